import { Sha256 } from '../trace/sha256.ts'
import type { Seq } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import { decodeBase64url, encodeBase64url } from './base64url.ts'
import { matching, object, whole, type Check } from './check.ts'

/**
 * Digests of a run at up to sixteen places, so that a link that comes to another run on another engine can say where the
 * two part. They leave virtual time out: another table of costs changes every time, and nothing that happened.
 */
export interface Checkpoints {
  /** How many events the run had. */
  readonly events: number
  /** Three bytes for each place, in base64url. */
  readonly sums: string
}

const PLACES = 16
/** Bytes of a sum: one chance in sixteen million that a difference goes unnoticed at its first place, and another at the next. */
const WIDTH = 3
/** Of longer runs the payloads are left out: a dialog must not hold the page up. */
const MOST_WITH_PAYLOADS = 100_000

export const checkpointsForm: Check<Checkpoints> = object({
  events: whole(0, 0xffff_ffff), sums: matching(/^(?:[\w-]{4}){0,16}$/, 'a list of sums'),
})

/** The last events of the stretches into which a run of that many is cut. */
const placesOf = (events: number): readonly Seq[] => {
  const count = Math.min(PLACES, events)
  return Array.from({ length: count }, (_, k) => Math.ceil((events * (k + 1)) / count))
}

const WORDS = ['kind', 'pid', 'by', 'arch', 'flags', 'nr', 'ret', 'status', 'link', 'line'] as const

/** Rows that are hashed in one go. */
const BATCH = 4096

/** The sums at those places that the trace has: of all rows up to there and, if asked, of their payloads. */
const sumsAt = (trace: Trace, places: readonly Seq[], payloads: boolean): readonly Uint8Array[] => {
  const [rows, pool] = [new Sha256(), new Sha256()]
  // WebAssembly is little-endian, and so is every engine that runs it: the array's bytes are canonical.
  const batch = new Int32Array(BATCH * WORDS.length)
  const columns = WORDS.map((name) => trace.events.columns[name])
  const sums: Uint8Array[] = []
  let from = 0
  for (const place of places) {
    if (place > trace.length) break
    while (from < place) {
      const to = Math.min(place, from + BATCH)
      columns.forEach((column, k) => {
        for (let i = from, at = k; i < to; i++, at += WORDS.length) batch[at] = column[i] as number
      })
      rows.update(new Uint8Array(batch.buffer, 0, 4 * WORDS.length * (to - from)))
      if (payloads) for (let i = from; i < to; i++) pool.update(trace.events.payload(i))
      from = to
    }
    sums.push(new Sha256().update(rows.digest()).update(pool.digest()).digest().subarray(0, WIDTH))
  }
  return sums
}

/** The checkpoints of a run that is over. */
export const checkpointsOf = (trace: Trace): Checkpoints => {
  const events = trace.length
  const sums = sumsAt(trace, placesOf(events), events <= MOST_WITH_PAYLOADS)
  const all = new Uint8Array(WIDTH * sums.length)
  sums.forEach((sum, k) => all.set(sum, WIDTH * k))
  return { events, sums: encodeBase64url(all) }
}

/** How a run differs from the one that its link was made of. */
export type Difference =
  /** Up to `after` they are the same; the first difference is after it, at `until` at the latest. */
  | { readonly kind: 'parts'; readonly after: Seq; readonly until: Seq }
  /** It is the other one's beginning. */
  | { readonly kind: 'shorter'; readonly length: number }
  /** The other one is its beginning. */
  | { readonly kind: 'longer'; readonly length: number }
  /** What happened is the same: virtual times differ, or what was written. */
  | { readonly kind: 'quiet' }

/** Where a run parts from the one that has these checkpoints. */
export const firstDifference = ({ events, sums }: Checkpoints, trace: Trace): Difference => {
  const places = placesOf(events)
  const theirs = decodeBase64url(sums) ?? new Uint8Array()
  const ours = sumsAt(trace, places, events <= MOST_WITH_PAYLOADS)
  let after = 0
  for (const [k, place] of places.entries()) {
    const sum = ours[k]
    // In the stretch in which this run ends it may part or only end: nothing tells.
    if (sum === undefined) return trace.length === after ? { kind: 'shorter', length: trace.length } : { kind: 'parts', after, until: Math.min(place, trace.length + 1) }
    if (sum.some((byte, i) => byte !== theirs[WIDTH * k + i])) return { kind: 'parts', after, until: place }
    after = place
  }
  return trace.length > events ? { kind: 'longer', length: trace.length } : { kind: 'quiet' }
}
