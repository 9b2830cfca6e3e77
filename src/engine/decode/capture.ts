import type { Row } from '../syscall/row.ts'
import { ARCH_LINUX } from '../abi/ptrace.ts'
import { CAPTURE_BYTES } from '../trace/capture.ts'
import { ELEMENT_BYTES, MOST_ELEMENTS, isVector, stringsExtent } from './layout.ts'
import { captureLinuxEntry, captureLinuxExit } from './linux-capture.ts'
import { u32At, type Peek } from './peek.ts'

/** Receives the stretches of memory that belong to a call. Some may lie outside memory: the caller looks. */
export interface CaptureSink {
  add(addr: number, length: number): void
}

/** What is kept of one event altogether, counting at most CAPTURE_BYTES of each stretch. */
export const EVENT_BYTES = 65_536

/** A pointer argument of a row, its names resolved to argument numbers (−1: none). */
interface Step {
  readonly arg: number
  readonly what: 'vectors' | 'strings' | 'elements'
  readonly dir: 'in' | 'out'
  readonly bytes: number
  readonly count: number
  readonly filled: number
  /** The call's result says how much it filled. */
  readonly result: boolean
}

const plans = new WeakMap<Row, readonly Step[]>()

const planOf = (row: Row): readonly Step[] => {
  const known = plans.get(row)
  if (known !== undefined) return known
  const index = (name: string | undefined): number =>
    name === undefined ? -1 : row.args.findIndex((arg) => arg.name === name)
  const steps = row.args.flatMap(({ show }, arg): Step[] => {
    if (show.kind !== 'pointer') return []
    // The buffer that argv points into has no count of its own: it is captured with the pointers.
    if (show.of === 'bytes' && show.count === undefined) return []
    const what = isVector(show.of) ? 'vectors' : show.of === 'pointers' ? 'strings' : 'elements'
    // An iovec is what a read fills, whichever way its row has the pointer.
    const dir = show.of === 'iovec' ? 'out' : show.dir
    return [{ arg, what, dir, bytes: ELEMENT_BYTES[show.of], count: index(show.count), filled: index(show.filled), result: show.result === true }]
  })
  plans.set(row, steps)
  return steps
}

/** What is left of EVENT_BYTES; captures of two events never interleave. */
let left = 0

const add = (sink: CaptureSink, addr: number, length: number): void => {
  if (length <= 0 || left <= 0) return
  left -= length < CAPTURE_BYTES ? length : CAPTURE_BYTES
  sink.add(addr, length)
}

const low = (halves: Int32Array, arg: number): number => (halves[2 * arg] as number) >>> 0

const elements = (halves: Int32Array, step: Step): number => (step.count < 0 ? 1 : low(halves, step.count))

/** The buffers of a vector, `most` bytes of them altogether. */
const buffers = (vector: Uint8Array, sink: CaptureSink, most: number): void => {
  let rest = most
  for (let at = 0; at < vector.length && rest > 0; at += 8) {
    const length = u32At(vector, at + 4)
    add(sink, u32At(vector, at), length < rest ? length : rest)
    rest -= length
  }
}

const vectorOf = (halves: Int32Array, step: Step, peek: Peek): Uint8Array | undefined => {
  const count = elements(halves, step)
  return peek(low(halves, step.arg), (count < MOST_ELEMENTS ? count : MOST_ELEMENTS) * step.bytes)
}

/**
 * The memory that a call's arguments describe when it is made: what pointers of direction `in` point to, and
 * every vector of buffers (an iovec of a read is itself input).
 * @param halves the argument registers, 2 × 9 halves, low first
 */
export const captureEntry = (row: Row, halves: Int32Array, peek: Peek, sink: CaptureSink): void => {
  left = EVENT_BYTES
  const steps = planOf(row)
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] as Step
    if (step.what === 'vectors') {
      const vector = vectorOf(halves, step, peek)
      if (vector === undefined) continue
      add(sink, low(halves, step.arg), vector.length)
      if (step.dir === 'in') buffers(vector, sink, Infinity)
    } else if (step.dir === 'in') {
      const length = elements(halves, step) * step.bytes
      add(sink, low(halves, step.arg), step.bytes === 1 ? length : Math.min(length, MOST_ELEMENTS * step.bytes))
    }
  }
  if (row.arch === ARCH_LINUX) captureLinuxEntry(row, halves, peek, (addr, length) => add(sink, addr, length))
}

/**
 * The memory that a call has written: what pointers of direction `out` point to, as much of it as the call
 * says that it filled. A call that failed has written nothing.
 * @param ok whether the result is a success
 * @param ret the result, which in the table linux may be a number of bytes
 */
export const captureExit = (row: Row, halves: Int32Array, ok: boolean, peek: Peek, sink: CaptureSink, ret = 0): void => {
  if (!ok) return
  left = EVENT_BYTES
  const steps = planOf(row)
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] as Step
    if (step.dir !== 'out') continue
    const addr = low(halves, step.arg)
    if (step.what === 'strings') {
      const extent = stringsExtent(peek, addr, low(halves, step.arg + 1))
      add(sink, addr, extent.count * step.bytes)
      add(sink, low(halves, step.arg + 1), extent.bytes)
      continue
    }
    let filled = step.result ? ret : Infinity
    if (step.filled >= 0) {
      const number = peek(low(halves, step.filled), 4)
      if (number === undefined) continue
      filled = u32At(number, 0)
    }
    if (step.what === 'vectors') {
      const vector = vectorOf(halves, step, peek)
      if (vector !== undefined) buffers(vector, sink, filled)
    } else {
      const count = Math.min(elements(halves, step), filled)
      add(sink, addr, step.bytes === 1 ? count : Math.min(count, MOST_ELEMENTS) * step.bytes)
    }
  }
  if (row.arch === ARCH_LINUX) captureLinuxExit(row, halves, peek, (at, length) => add(sink, at, length))
}
