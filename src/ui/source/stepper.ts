import type { Steps } from '../../engine/history/steps.ts'

/** How far one goes at once: an instruction; to another line, into functions or over them; out of the function. */
export type Stride = 'instruction' | 'into' | 'over' | 'out'

/** The line of an instruction in the file that is shown; undefined for code of other files. */
export type LineOf = (pc: number) => number | undefined

/** Instructions behind an event, as far as they are known. */
export interface Known extends Pick<Steps, 'pcs' | 'depths'> {
  /** Where the guest stands at the event: the line whose call it is in, and how many functions deep that line is. */
  readonly start?: Place
}

interface Place {
  readonly line: number | undefined
  /** Functions that the guest is in. */
  readonly depth: number
}

/** Where one is: 0 at the event itself, then the number of the instruction that is about to run. */
const at = ({ pcs, depths, start }: Known, position: number, lineOf: LineOf): Place => {
  // Of an event that is no call, any line of the file is another one.
  if (position === 0) return start ?? { line: undefined, depth: Infinity }
  const pc = pcs[position - 1]
  const line = pc === undefined ? undefined : lineOf(pc)
  return { line, depth: depths[position - 1] ?? Infinity }
}

/** Is another place one to stop at, seen from here? */
const isStop = (known: Known, from: Place, position: number, stride: Stride, lineOf: LineOf): boolean => {
  const { line, depth } = at(known, position, lineOf)
  if (line === undefined) return false
  switch (stride) {
    case 'instruction':
      return true
    case 'into':
      return line !== from.line || depth !== from.depth
    case 'over':
      return depth <= from.depth && (line !== from.line || depth < from.depth)
    case 'out':
      return depth < from.depth
  }
}

/** The next place to stop at; undefined if it is not among the instructions that are known. */
export const forward = (known: Known, position: number, stride: Stride, lineOf: LineOf): number | undefined => {
  if (stride === 'instruction') return position < known.pcs.length ? position + 1 : undefined
  const from = at(known, position, lineOf)
  for (let to = position + 1; to <= known.pcs.length; to++) if (isStop(known, from, to, stride, lineOf)) return to
  return undefined
}

/** The first instruction of the line that another one is of, in the same call of its function. */
const beginning = (known: Known, position: number, lineOf: LineOf): number => {
  const { line, depth } = at(known, position, lineOf)
  let first = position
  for (let before = position - 1; before > 0; before--) {
    const there = at(known, before, lineOf)
    if (there.depth > depth) continue
    if (there.depth < depth || there.line !== line) break
    first = before
  }
  return first
}

/** The place to stop at before; 0 is the event. */
export const backward = (known: Known, position: number, stride: Stride, lineOf: LineOf): number => {
  if (stride === 'instruction') return Math.max(0, position - 1)
  // In the middle of a line its beginning comes first.
  const first = position === 0 ? 0 : beginning(known, position, lineOf)
  if (first < position && stride !== 'out') return first
  const from = at(known, position, lineOf)
  for (let to = position - 1; to > 0; to--) if (isStop(known, from, to, stride, lineOf)) return beginning(known, to, lineOf)
  return 0
}

/** The next instruction that begins one of these lines; undefined if none of the known ones does. */
export const toLine = (known: Known, position: number, lines: ReadonlySet<number>, lineOf: LineOf): number | undefined => {
  let before = at(known, position, lineOf)
  for (let to = position + 1; to <= known.pcs.length; to++) {
    const there = at(known, to, lineOf)
    if (there.line !== undefined && lines.has(there.line) && (there.line !== before.line || there.depth !== before.depth)) return to
    // What is called on the way does not make the line another one.
    if (there.line !== undefined || there.depth <= before.depth) before = there
  }
  return undefined
}
