import { Malformed, Reader } from './bytes.ts'
import { readCommand } from './inspect.ts'
import { SHOWN_SLOTS } from './limit.ts'
import { type FunctionType, readValType, SECTION, type ValType } from './module.ts'
import { guarded, type Result } from './problem.ts'

/**
 * A local that the step and block builds show, in the globals `skipcall.local.0` and so on: its bits in the global
 * number `slot`, with zeros above 32; of a v128 the low half, with the high one in the next; of a reference 0 where it
 * is null and else 1.
 */
export interface ShownLocal {
  readonly type: ValType
  readonly slot: number
}

const NO_LOCALS: readonly ShownLocal[] = []

/**
 * The locals of a function that are shown, parameters first: as many as there is room for. `reader` stands before the
 * first of `groups` declarations.
 */
export function shownLocals(params: FunctionType['params'], groups: number, reader: Reader): readonly ShownLocal[] {
  const shown: ShownLocal[] = []
  let slot = 0
  const show = (type: ValType): boolean => {
    const next = slot + (type === 'v128' ? 2 : 1)
    if (next > SHOWN_SLOTS) return false
    shown.push({ type, slot })
    slot = next
    return true
  }
  for (const type of params) if (!show(type)) return shown
  for (let group = 0; group < groups; group++) {
    const count = reader.u32()
    const type = readValType(reader)
    for (let each = 0; each < count; each++) if (!show(type)) return shown
  }
  return shown
}

/** By index in the original: the locals that are shown of a function. None of one that it imports. */
export type LocalTable = (index: number) => readonly ShownLocal[]

/**
 * Reads what `skipcall.local.…` means in each function of a module. Locals come in the original's order; those behind
 * the last one that has room are not shown. Never throws, whatever the bytes; nor does the table, for whose lifetime
 * they must stay as they are.
 */
export function readLocals(bytes: Uint8Array): Result<LocalTable> {
  return guarded(() => {
    const { module } = readCommand(bytes)
    const imports = module.imports.length
    const bodies = new Uint32Array(module.functions.length - imports)
    const section = module.sections.find(({ id }) => id === SECTION.code)
    if (section !== undefined) {
      const reader = new Reader(bytes, section.payload, section.end)
      if (reader.count() !== bodies.length) throw new Malformed('not every function has code', section.payload)
      for (let index = 0; index < bodies.length; index++) {
        const body = reader.part(reader.u32())
        bodies[index] = body.at
        shownLocals(NO_PARAMS, body.count(), body)
      }
    }
    return (index) => {
      const at = bodies[index - imports]
      if (at === undefined || at === 0) return NO_LOCALS
      const body = new Reader(bytes, at, bytes.length)
      const { params } = module.types[module.functions[index]!]!
      return shownLocals(params, body.count(), body)
    }
  })
}

const NO_PARAMS: FunctionType['params'] = []
