import { EventKind, type Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'

/** Where the cursor can go from where it is. All answer 0 when there is nothing in that direction. */

const STOPS: ReadonlySet<number> = new Set([
  EventKind.entry, EventKind.exit, EventKind.event, EventKind.signal, EventKind.group,
])

type Direction = 1 | -1

/** The nearest event after (or before) `from` that `fits`, given the index of its row. */
export const seek = (trace: Trace, from: Seq, by: Direction, fits: (row: number) => boolean): Seq => {
  for (let row = from - 1 + by; row >= 0 && row < trace.length; row += by) if (fits(row)) return row + 1
  return 0
}

/** The next stop of any tracee: what a tracer's wait would answer. A run that nobody traced has calls instead. */
export const seekStop = (trace: Trace, from: Seq, by: Direction): Seq => {
  const { kind } = trace.events.columns
  return seek(trace, from, by, (row) => STOPS.has(kind[row] as number) || kind[row] === EventKind.call)
}

/** The task on whose track an event is drawn: a request is its tracer's. */
export const trackOf = (trace: Trace, seq: Seq): number => {
  const { kind, pid, by } = trace.events.columns
  return (kind[seq - 1] === EventKind.request ? by[seq - 1] : pid[seq - 1]) ?? 0
}

/** The next event on the same track. */
export const seekOnTrack = (trace: Trace, from: Seq, by: Direction): Seq => {
  const track = trackOf(trace, from)
  return seek(trace, from, by, (row) => trackOf(trace, row + 1) === track)
}

/** The event of the next track, from top to bottom as they are drawn (`tracks`: their pids), that is nearest to `from`. */
export const seekTrack = (trace: Trace, tracks: readonly number[], from: Seq, by: Direction): Seq => {
  const at = tracks.indexOf(trackOf(trace, from))
  const track = tracks[at + by]
  if (at < 0 || track === undefined) return 0
  const fits = (row: number): boolean => trackOf(trace, row + 1) === track
  const [before, after] = [seek(trace, from, -1, fits), seek(trace, from, 1, fits)]
  if (before === 0 || after === 0) return before || after
  return from - before <= after - from ? before : after
}

/** The entry that an event belongs to: of an exit, of a request at its stop, of an event during its call. */
const entryOf = (trace: Trace, seq: Seq): Seq => {
  let at = seq
  for (let hops = 0; hops < 4; hops++) {
    const event = trace.event(at)
    if (event === undefined || event.kind === EventKind.entry || event.kind === EventKind.call) return event?.seq ?? 0
    if (event.link === 0 || event.link >= at) return 0
    at = event.link
  }
  return 0
}

/** The entry of the call at `seq`. */
export const callEntry = (trace: Trace, seq: Seq): Seq => entryOf(trace, seq)

/** The exit of the call at `seq`; 0 when it had no exit stop or is not over. */
export const callExit = (trace: Trace, seq: Seq): Seq => {
  const entry = entryOf(trace, seq)
  return entry === 0 ? 0 : (trace.outcome(entry)?.exit ?? 0)
}
