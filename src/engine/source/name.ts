import { Cursor, guarded } from './cursor.ts'

/** The name section: names by index, as far as it has them. */
export interface Names {
  readonly functions: ReadonlyMap<number, string>
  readonly globals: ReadonlyMap<number, string>
  /** Of the function's locals, parameters first. Read when it is asked for. */
  localsOf(index: number): ReadonlyMap<number, string>
}

// Subsections, from the specification's appendix "Custom Sections" and the extended name section proposal.
const FUNCTION = 1
const LOCAL = 2
const GLOBAL = 7

const readMap = (cursor: Cursor, into: Map<number, string>): void => {
  for (let left = cursor.count(); left > 0; left--) {
    const index = cursor.leb()
    into.set(index, cursor.name())
  }
}

/** Reads the payload of a custom section called `name`. What comes before a mistake counts. */
export const readNames = (payload: Uint8Array | undefined): Names => {
  const [functions, globals, locals] = [new Map<number, string>(), new Map<number, string>(), new Map<number, Cursor>()]
  if (payload !== undefined) {
    guarded(() => {
      const section = new Cursor(payload)
      while (section.left > 0) {
        const id = section.u8()
        const length = section.leb()
        const part = section.part(Math.min(length, section.left))
        if (id === FUNCTION) readMap(part, functions)
        else if (id === GLOBAL) readMap(part, globals)
        else if (id === LOCAL) {
          for (let left = part.count(); left > 0; left--) {
            const index = part.leb()
            locals.set(index, new Cursor(part.bytes, part.at, part.end))
            for (let inner = part.count(); inner > 0; inner--) {
              part.leb()
              part.skip(part.leb())
            }
          }
        }
      }
    }, undefined)
  }
  return {
    functions,
    globals,
    localsOf(index) {
      const names = new Map<number, string>()
      const cursor = locals.get(index)
      if (cursor !== undefined) guarded(() => readMap(new Cursor(cursor.bytes, cursor.at, cursor.end), names), undefined)
      return names
    },
  }
}
