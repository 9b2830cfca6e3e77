import type { Program } from '../../engine/recipe.ts'
import { openSource, type Source } from '../../engine/source/source.ts'
import { fetchAsset } from '../session/asset.ts'
import { loadManifest } from '../session/manifest.ts'
import { moduleOf } from '../session/modules.ts'

/** A program with what is known of its source. */
export interface ProgramSource {
  readonly program: Program
  readonly source: Source
  /** Its C text, where the page has it, with the path that its line tables have for it. */
  readonly text: { readonly path: string; readonly name: string; readonly code: string } | undefined
}

/** Opened ones by hash: a page knows a few programs at a time, and each keeps its module. */
const opened = new Map<string, Promise<ProgramSource>>()
const MOST = 8

const open = async (program: Program): Promise<ProgramSource> => {
  const manifest = await loadManifest()
  const { hash } = program
  const current = Object.values(manifest.guests).find((guest) => guest.hash === hash)
  const entry = current ?? manifest.old[hash]
  const [module, twin, code] = await Promise.all([
    moduleOf(program, manifest),
    entry?.debug === true ? fetchBytes(`guests/${hash}.debug.wasm`) : undefined,
    entry === undefined ? undefined : fetchAsset(`guests/${hash}.c`).then((response) => response.text()),
  ])
  const source = openSource(module, twin)
  const name = current?.source ?? `${manifest.old[hash]?.name ?? program.name}.c`
  const path = source.files().find((file) => file.split('/').at(-1) === name) ?? `/${name}`
  return { program, source, text: code === undefined ? undefined : { path, name, code } }
}

/** Without its twin a guest still has its lines. */
const fetchBytes = async (path: string): Promise<Uint8Array | undefined> => {
  try {
    return new Uint8Array(await (await fetchAsset(path)).arrayBuffer())
  } catch {
    return undefined
  }
}

/** A program's source; its debugging information is fetched now. Rejects with a sentence if its module is not to be had. */
export const sourceOf = (program: Program): Promise<ProgramSource> => {
  const known = opened.get(program.hash)
  if (known !== undefined) return known
  const opening = open(program)
  if (opened.size >= MOST) opened.delete(opened.keys().next().value as string)
  opened.set(program.hash, opening)
  // What could not be loaded may be there the next time.
  opening.catch(() => opened.delete(program.hash))
  return opening
}
