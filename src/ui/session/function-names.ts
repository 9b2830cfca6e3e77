import type { Program } from '../../engine/recipe.ts'
import { readLayout } from '../../engine/source/module.ts'
import { readNames } from '../../engine/source/name.ts'
import { loadManifest } from './manifest.ts'
import { moduleOf } from './modules.ts'

/** Names of functions by index; none for a module that has no name section. */
export const functionNamesIn = (module: Uint8Array): ReadonlyMap<number, string> => readNames(readLayout(module).custom.get('name')).functions

const known = new Map<string, Promise<ReadonlyMap<number, string>>>()

/** The names of a program's functions. Rejects with a sentence if its module is not to be had. */
export const functionNamesOf = (program: Program): Promise<ReadonlyMap<number, string>> => {
  const { hash } = program
  const found = known.get(hash) ?? loadManifest().then((manifest) => moduleOf(program, manifest)).then(functionNamesIn)
  known.set(hash, found)
  // What could not be loaded may be there the next time.
  found.catch(() => known.delete(hash))
  return found
}
