import { Malformed, Reader, type Writer } from './bytes.ts'
import { type Module, SECTION } from './module.ts'

// The name section, as the specification's appendix on custom sections has it.

const SUBSECTION = { function: 1, local: 2, label: 3, global: 7 } as const

const nameSection = (module: Module): Reader | undefined => {
  const section = module.sections.findLast((each) => each.id === SECTION.custom && each.name === 'name')
  return section === undefined ? undefined : new Reader(module.bytes, section.payload, section.end)
}

function readNames(module: Module, wanted: number, each: (index: number, name: () => string) => void): void {
  const reader = nameSection(module)
  if (reader === undefined) return
  // A custom section that is wrong doesn't make a module invalid: what was read before the mistake counts.
  try {
    while (!reader.done()) {
      const id = reader.u8()
      const part = reader.part(reader.u32())
      if (id !== wanted) continue
      for (let count = part.count(); count > 0; count--) {
        const index = part.u32()
        const start = part.at
        part.skip(part.u32())
        each(index, () => new Reader(part.bytes, start, part.at).name())
      }
    }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
  }
}

/** Names of functions by index, where the module has them. */
export function readFunctionNames(module: Module): Map<number, string> {
  const names = new Map<number, string>()
  readNames(module, SUBSECTION.function, (index, name) => names.set(index, name()))
  return names
}

/** The first global that bears a name, if one does. */
export function findGlobal(module: Module, wanted: string): number | undefined {
  let found: number | undefined
  readNames(module, SUBSECTION.global, (index, name) => {
    if (found === undefined && name() === wanted) found = index
  })
  return found
}

/** How indices move when a module is rewritten. */
export interface Moves {
  readonly func: (index: number) => number
  readonly global: (index: number) => number
  /** Names for what was added. */
  readonly addedFunctions: readonly (readonly [index: number, name: string])[]
}

function copySubsection(id: number, part: Reader, out: Writer, moves: Moves): void {
  const added = id === SUBSECTION.function ? moves.addedFunctions : []
  let next = 0
  const count = part.count()
  out.u32(count + added.length)
  const addUpTo = (limit: number): void => {
    for (; next < added.length && added[next]![0] < limit; next++) {
      out.u32(added[next]![0])
      out.name(added[next]![1])
    }
  }
  for (let each = 0; each < count; each++) {
    const index = part.u32()
    const moved = id === SUBSECTION.global ? moves.global(index) : moves.func(index)
    addUpTo(moved)
    out.u32(moved)
    const start = part.at
    if (id === SUBSECTION.local || id === SUBSECTION.label) {
      for (let inner = part.count(); inner > 0; inner--) {
        part.u32()
        part.skip(part.u32())
      }
    } else part.skip(part.u32())
    out.copy(part.bytes, start, part.at)
  }
  addUpTo(Infinity)
}

/** Writes a name section's payload with its indices moved. Throws Malformed where it is wrong. */
export function copyNames(reader: Reader, out: Writer, moves: Moves): void {
  while (!reader.done()) {
    const id = reader.u8()
    const part = reader.part(reader.u32())
    out.u8(id)
    const start = out.open()
    if (id === SUBSECTION.function || id === SUBSECTION.local || id === SUBSECTION.label || id === SUBSECTION.global) {
      copySubsection(id, part, out, moves)
    } else out.copy(part.bytes, part.at, part.end)
    out.seal(start)
  }
}
