import { callOf } from '../../engine/decode/call.ts'
import { EventKind, type Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'

/** The events that belong to one: the entry and exit of its call, and the requests made at the entry. */
export interface Related {
  readonly entry: Seq
  readonly exit: Seq
}

const NOBODY: Related = { entry: 0, exit: 0 }

/** What an event belongs to. A request belongs to the call at whose stop it was made; 0 where there is none. */
export const relatedTo = (trace: Trace, seq: Seq): Related => {
  const event = trace.event(seq)
  if (event === undefined) return NOBODY
  if (event.kind === EventKind.request) {
    const stop = trace.event(event.link)
    if (stop === undefined || event.link === seq) return NOBODY
    // At a stop that is no call's, the stop itself is what the request belongs to.
    const call = callOf(trace, event.link)
    return call === 0 ? { entry: event.link, exit: event.link } : { entry: call, exit: trace.outcome(call)?.exit ?? 0 }
  }
  const call = callOf(trace, seq)
  if (call === 0) return { entry: seq, exit: seq }
  return { entry: call, exit: trace.outcome(call)?.exit ?? 0 }
}

/** Whether an event belongs to the same call, or is a request at its stop. */
export const isRelated = (trace: Trace, seq: Seq, { entry, exit }: Related): boolean => {
  if (seq === entry || seq === exit) return seq !== 0
  const { kind, link } = trace.events.columns
  const at = link[seq - 1] as number
  return kind[seq - 1] === EventKind.request && at !== 0 && (at === entry || at === exit)
}
