import { EventKind, type Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { lookAt } from '../session/past.ts'
import { isStep } from '../widgets/step.ts'

/** A function on a guest's stack: an instruction of the module as it was compiled. */
export interface StackFrame {
  readonly func: number
  /** In the code section; undefined where the browser does not tell it. */
  readonly codeOffset: number | undefined
}

/** Where a task stands at an event: its stack, the innermost function first, or why that is not known. */
export type Where =
  | { readonly known: true; readonly frames: readonly StackFrame[] }
  | { readonly known: false; readonly sentence: string }

const NOWHERE: Where = { known: false, sentence: 'No guest stands anywhere at this event.' }
const RUNNING: Where = { known: false, sentence: 'Where the guest stands here is told when the run has ended or waits.' }
const OUTSIDE: Where = { known: false, sentence: 'The guest is in none of its functions here: it has not begun, or it has ended.' }

/** Of a trace: what was found out. A trace only grows, so that it stays true. */
const found = new WeakMap<Trace, Map<Seq, Where>>()

const foundOf = (trace: Trace): Map<Seq, Where> => {
  const known = found.get(trace) ?? new Map<Seq, Where>()
  found.set(trace, known)
  return known
}

/** The event whose stack an event has: a request stands at its stop, an exit where its call was made. 0: none has. */
export const placeOf = (trace: Trace, seq: Seq): Seq => {
  const event = trace.event(seq)
  if (event === undefined) return 0
  switch (event.kind) {
    case EventKind.request: return event.link > 0 && event.link < seq ? placeOf(trace, event.link) : 0
    case EventKind.exit: return event.link > 0 && event.link < seq ? event.link : seq
    case EventKind.print: case EventKind.failure: return 0
    default: return seq
  }
}

/** Events whose places a look has found, with these. */
export const placesFound = (trace: Trace): ReadonlyMap<Seq, Where> => foundOf(trace)

/** Where the task of an event stands, as far as it is known by now: a step says it, a look has found it. */
export const whereKnown = (trace: Trace, seq: Seq): Where | undefined => {
  const place = placeOf(trace, seq)
  if (place === 0) return NOWHERE
  const known = foundOf(trace).get(place)
  if (known !== undefined) return known
  const step = isStep(trace, place) ? trace.siginfo(place).step : undefined
  return step === undefined || step.pc === 0 ? undefined : { known: true, frames: [{ func: step.func, codeOffset: step.pc }] }
}

/** Where the guest of an event is so many instructions behind it. */
export const findWithin = async (seq: Seq, steps: number): Promise<Where> => {
  const sight = await lookAt({ seq, steps, ranges: [] })
  if (sight === undefined) return RUNNING
  return 'sentence' in sight ? { known: false, sentence: sight.sentence } : { known: true, frames: sight.frames.map(({ func, codeOffset }) => ({ func, codeOffset })) }
}

/** Where the task of an event stands: the guest is made again if need be, which takes as long as it computed. */
export const findWhere = async (trace: Trace, seq: Seq): Promise<Where> => {
  const place = placeOf(trace, seq)
  const known = foundOf(trace).get(place)
  if (place === 0) return NOWHERE
  if (known !== undefined) return known
  const sight = await lookAt({ seq: place, ranges: [] })
  // Later it may be there.
  if (sight === undefined) return whereKnown(trace, seq) ?? RUNNING
  const where: Where = 'sentence' in sight
    ? whereKnown(trace, seq) ?? { known: false, sentence: sight.sentence }
    : sight.frames.length === 0 ? whereKnown(trace, seq) ?? OUTSIDE
    : { known: true, frames: sight.frames.map(({ func, codeOffset }) => ({ func, codeOffset })) }
  foundOf(trace).set(place, where)
  return where
}
