import { words, type Growing } from './growing.ts'
import type { Model } from './model.ts'
import type { Track } from './track.ts'

/** By seq − 1: 1 if the event matches the filter. What it does not reach yet counts as matching. */
export type Matches = Uint8Array

/**
 * What the filter matches, as the picture asks: of an event, of a call, of a stretch of a track. Counts are
 * made for a track when it is first asked for.
 */
export class Matched {
  readonly #model: Model
  readonly #matches: Matches
  /** How many of a track's first i events match, or the calls they belong to. */
  #counts = new Map<Track, Growing<Uint32Array<ArrayBuffer>>>()

  constructor(model: Model, matches: Matches) {
    this.#model = model
    this.#matches = matches
  }

  event(seq: number): boolean {
    return this.#is(seq) || this.call(this.#model.span(seq))
  }
  /** A call matches when one of its stops does. */
  call(span: number): boolean {
    if (span < 0) return false
    const { entry, exit } = this.#model.spans
    return this.#is(entry.values[span] as number) || this.#is(exit.values[span] as number)
  }
  #is(seq: number): boolean {
    return seq > 0 && (this.#matches[seq - 1] ?? 1) === 1
  }
  /** Whether any of the track's events `from` … `to − 1` matches. */
  any(track: Track, from: number, to: number): boolean {
    const counts = this.#countsOf(track)
    return (counts[to] as number) > (counts[from] as number)
  }

  /** Grows with the track. */
  #countsOf(track: Track): Uint32Array {
    let counts = this.#counts.get(track)
    if (counts === undefined) {
      counts = words(track.seqs.length + 1)
      counts.push(0)
      this.#counts.set(track, counts)
    }
    for (let i = counts.length - 1; i < track.seqs.length; i++) {
      counts.push((counts.values[i] as number) + (this.event(track.seqs.values[i] as number) ? 1 : 0))
    }
    return counts.values
  }
}
