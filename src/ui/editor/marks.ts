import { EventKind, type Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'

/** What the editor points out for the cursor; lines from 1. */
export interface Marks {
  /** The line that answered the stop at the cursor, or made the request at it; 0 for none. */
  readonly at: number
  /** By line, the request of this stop that it made; the last one if it made several. */
  readonly requests: ReadonlyMap<number, Seq>
}

const NONE: Marks = { at: 0, requests: new Map() }

/** A stop is answered soon, or the task never moves again: no need to read a whole trace to know. */
const FAR = 4096

/** The lines that belong to the event at the cursor: what was asked at its stop, and what let the task go on. */
export const marksOf = (trace: Trace, cursor: Seq): Marks => {
  const event = trace.event(cursor)
  if (event === undefined) return NONE
  if (event.kind === EventKind.print || event.kind === EventKind.failure) return { at: event.line, requests: new Map() }
  const stop = event.kind === EventKind.request ? event.link : event.seq
  if (stop === 0) return { at: event.line, requests: new Map() }
  const requests = new Map<number, Seq>()
  const { kind, pid, link, line } = trace.events.columns
  const task = pid[stop - 1]
  let last = 0
  for (let row = stop; row < Math.min(trace.length, stop + FAR); row++) {
    if (pid[row] !== task) continue
    if (kind[row] !== EventKind.request) break // The task went on.
    if (link[row] !== stop || line[row] === 0) continue
    last = line[row] as number
    requests.set(last, row + 1)
  }
  if (event.kind === EventKind.request && event.line > 0) requests.set(event.line, event.seq)
  return { at: event.kind === EventKind.request ? event.line : last, requests }
}
