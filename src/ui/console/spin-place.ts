import type { Frame, Spin } from '../../engine/protocol.ts'
import type { Recipe } from '../../engine/recipe.ts'
import { placeIn } from '../source/line-events.ts'
import { sourceOf } from '../source/program-source.ts'

/** The function in which a guest computed without end, and its line, where the program has lines. */
export interface SpinPlace {
  readonly func: number
  readonly name: string | undefined
  readonly place: { readonly file: string; readonly line: number } | undefined
}

/**
 * Where a guest computed without end, as its author would say it: the innermost function that is in the program's own
 * file, else the innermost of all. Rejects with a sentence if its module is not to be had.
 */
export const spunAt = async ({ frames, hash }: Pick<Spin, 'frames' | 'hash'>, recipe: Recipe | undefined): Promise<SpinPlace> => {
  const [innermost] = frames as readonly [Frame, ...Frame[]]
  const program = recipe?.programs.find((one) => one.hash === hash)
  const bare: SpinPlace = { func: innermost.func, name: innermost.name, place: undefined }
  if (program === undefined) return bare
  const { source, text } = await sourceOf(program)
  for (const { func, codeOffset, name } of frames) {
    const place = text === undefined || codeOffset === undefined ? undefined : placeIn([{ func, codeOffset }], source, text.path)
    if (place !== undefined && text !== undefined) return { func, name: name ?? source.functionName(func), place: { file: text.name, line: place.line } }
  }
  const place = innermost.codeOffset === undefined ? undefined : source.lineOf(innermost.codeOffset)
  return { ...bare, name: bare.name ?? source.functionName(innermost.func), place: place === undefined ? undefined : { file: place.file.split('/').at(-1) ?? place.file, line: place.line } }
}
