import { tracedCall, type TracedCall } from '../decode/call.ts'
import type { Note } from '../link/note.ts'
import { EventKind, type Seq } from '../trace/format.ts'
import type { Trace, TraceEvent } from '../trace/trace.ts'

/** What is written out. */
export interface ExportSource {
  readonly trace: Trace
  /** What the run is called: the guest, the example, the log's file. */
  readonly title: string
  /** The real clock when the trace began, in nanoseconds since 1970; undefined for a log that does not tell. */
  readonly epoch: bigint | undefined
  /** The digest of a run that is over. */
  readonly digest?: string | undefined
  /** What somebody wrote about its events, in their order. */
  readonly notes?: readonly Note[]
}

/** A call from its beginning to its end, for formats that have one line for both. */
export interface WholeCall {
  readonly call: TracedCall
  readonly event: TraceEvent
  /** Nanoseconds since the trace began; the end of one that never came back is undefined. */
  readonly end: number | undefined
}

/** The call that begins at an event, whole; undefined for what begins none. An exit whose entry nobody saw begins one. */
export const wholeCallAt = (trace: Trace, seq: Seq): WholeCall | undefined => {
  const event = trace.event(seq)
  if (event === undefined) return undefined
  const { kind, link, time } = event
  const begins = kind === EventKind.entry || kind === EventKind.call || (kind === EventKind.exit && (link === 0 || link >= seq))
  const call = begins ? tracedCall(trace, seq, 'after') : undefined
  if (call === undefined) return undefined
  return { call, event, end: kind === EventKind.entry ? call.outcome?.time : time }
}

/** A call's result in words, as strace has them. */
export const resultOf = ({ returned, result }: TracedCall): string => returned ?? result.text

/** The words of a number of `EventKind`. */
export const kindWord = (kind: number): string => KINDS.get(kind) ?? ''

const KINDS: ReadonlyMap<number, string> = new Map(Object.entries(EventKind).map(([name, kind]) => [kind, name]))
