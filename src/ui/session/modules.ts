import type { Modules } from '../../engine/link/container.ts'
import type { Program, Recipe } from '../../engine/recipe.ts'
import { fetchAsset } from './asset.ts'
import { bundledHashes, loadManifest, type Manifest } from './manifest.ts'
import { recallModule } from './storage.ts'

/** Modules that are here, by hash: fetched, recalled, or brought by a link. */
const here = new Map<string, Uint8Array>()

/** Lower-case hex of the SHA-256 of some bytes. */
export const sha256 = async (bytes: Uint8Array | ArrayBuffer): Promise<string> =>
  Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** A module that somebody brought: from now on it is here. Whoever brings it has checked its hash. */
export const bringModule = (hash: string, bytes: Uint8Array): void => {
  here.set(hash, bytes)
}

/** The module goes, unless it is one of the page's own. */
export const dropModule = (hash: string): void => {
  here.delete(hash)
}

/** The module of a person's own guest; undefined if this browser has not kept it. */
const ownModule = async (hash: string): Promise<Uint8Array | undefined> => {
  const kept = here.get(hash) ?? (await recallModule(hash))
  if (kept === undefined) return undefined
  if (!here.has(hash) && (await sha256(kept)) !== hash) return undefined
  here.set(hash, kept)
  return kept
}

/** The bytes of a module, which are what their name says. Throws an Error with a sentence if they are not to be had. */
export const moduleOf = async ({ name, hash }: Program, manifest: Manifest): Promise<Uint8Array> => {
  const kept = here.get(hash)
  if (kept !== undefined) return kept
  if (!bundledHashes(manifest).has(hash)) {
    const own = await ownModule(hash)
    if (own === undefined) throw new Error(`The module of ${name} is not in this browser any more: add its .wasm file again in the guest menu.`)
    return own
  }
  const bytes = await (await fetchAsset(`guests/${hash}.wasm`)).arrayBuffer()
  if ((await sha256(bytes)) !== hash) throw new Error(`The server sent other bytes than guests/${hash}.wasm should have.`)
  const module = new Uint8Array(bytes)
  here.set(hash, module)
  return module
}

/** The programs of a recipe that neither this page nor this browser has. */
export const missingPrograms = async (recipe: Recipe): Promise<readonly Program[]> => {
  const known = bundledHashes(await loadManifest())
  const missing: Program[] = []
  for (const program of recipe.programs) if (!known.has(program.hash) && (await ownModule(program.hash)) === undefined) missing.push(program)
  return missing
}

/** The modules of a recipe that other people's pages cannot have. */
export const foreignModules = async (recipe: Recipe): Promise<Modules> => {
  const known = bundledHashes(await loadManifest())
  const foreign: Record<string, Uint8Array> = {}
  for (const { hash } of recipe.programs) {
    const module = known.has(hash) ? undefined : await ownModule(hash)
    if (module !== undefined) foreign[hash] = module
  }
  return foreign
}
