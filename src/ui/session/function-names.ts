import type { Program } from '../../engine/recipe.ts'
import { loadManifest } from './manifest.ts'
import { moduleOf } from './modules.ts'

// The name section, as the appendix on custom sections of the WebAssembly specification has it.

const HEADER_BYTES = 8
const CUSTOM_SECTION = 0
const FUNCTION_NAMES = 1

/** Reads LEB128 numbers and names; what lies beyond the end is 0 and ''. */
const readerOf = (bytes: Uint8Array, from: number, end: number) => {
  const decoder = new TextDecoder()
  let at = from
  const u32 = (): number => {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = at < end ? (bytes[at++] as number) : 0
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) break
    }
    return value
  }
  const name = (): string => {
    const length = u32()
    const text = decoder.decode(bytes.subarray(at, Math.min(at + length, end)))
    at += length
    return text
  }
  return { u32, name, get at() { return at }, isDone: () => at >= end, goTo: (place: number) => void (at = place) }
}

/** Names of functions by index; none for a module that has no name section. */
export const functionNamesIn = (module: Uint8Array): ReadonlyMap<number, string> => {
  const names = new Map<number, string>()
  const sections = readerOf(module, HEADER_BYTES, module.length)
  while (!sections.isDone()) {
    const id = sections.u32()
    const end = sections.u32() + sections.at
    const section = readerOf(module, sections.at, Math.min(end, module.length))
    sections.goTo(end)
    if (id !== CUSTOM_SECTION || section.name() !== 'name') continue
    while (!section.isDone()) {
      const kind = section.u32()
      const next = section.u32() + section.at
      for (let left = kind === FUNCTION_NAMES ? section.u32() : 0; left > 0 && !section.isDone(); left--) {
        names.set(section.u32(), section.name())
      }
      section.goTo(next)
    }
  }
  return names
}

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
