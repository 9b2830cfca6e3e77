import { encodeBase64url, decodeBase64url } from '../../engine/link/base64url.ts'
import { MOST } from '../../engine/link/recipe-form.ts'
import { encodeUtf8, strictText } from '../../engine/kernel/text.ts'
import type { RecipeFile } from '../../engine/recipe.ts'

const padded = (digits: string): string => digits.replaceAll('-', '+').replaceAll('_', '/').padEnd(Math.ceil(digits.length / 4) * 4, '=')

/** The largest file that a recipe can hold, in bytes. */
export const MOST_BYTES = (MOST.base64 / 4) * 3

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i])

/** A file of a recipe: as text where the bytes are just that, so that links stay short and can be read. */
export const recipeFileOf = (path: string, bytes: Uint8Array): RecipeFile => {
  const text = bytes.length <= MOST.text && !bytes.includes(0) ? strictText(bytes) : undefined
  return text !== undefined && same(encodeUtf8(text), bytes) ? { path, text } : { path, base64: padded(encodeBase64url(bytes)) }
}

/** The bytes of a file of a recipe; none for what is no file. */
export const bytesOf = (file: RecipeFile): Uint8Array => {
  if ('text' in file) return encodeUtf8(file.text)
  if ('base64' in file) return decodeBase64url(file.base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')) ?? new Uint8Array(0)
  return new Uint8Array(0)
}

/** Their number, without making them. */
export const sizeOf = (file: RecipeFile): number => {
  if ('base64' in file) return Math.floor((file.base64.replace(/=+$/, '').length * 3) / 4)
  return 'text' in file ? encodeUtf8(file.text).length : 0
}
