/** Which events of a trace match, found slice by slice so that a million events never block the page. */
import { EventKind, type Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'

/** A trace that is being matched, and how far it has come. */
export class Scan {
  readonly trace: Trace
  readonly #matches: (seq: Seq) => boolean
  /** By seq − 1; 1 matches. What has not been looked at yet counts as matching, so that nothing flickers. */
  #marks = new Uint8Array(1024).fill(1)
  /** The seqs that match, in order. */
  #found = new Uint32Array(256)
  #foundCount = 0
  #done: Seq = 0
  #calls = 0
  #callsFound = 0

  /** @param matches whether the event matches; called once for each, in order */
  constructor(trace: Trace, matches: (seq: Seq) => boolean) {
    this.trace = trace
    this.#matches = matches
  }

  /** The last event that was looked at. */
  get done(): Seq {
    return this.#done
  }
  get complete(): boolean {
    return this.#done >= this.trace.length
  }
  /** A view of the marks, by seq − 1; new with every slice, so that React sees that it changed. */
  get marks(): Uint8Array {
    return this.#marks.subarray(0, this.trace.length)
  }
  /** A view of the seqs that match, in order. */
  get found(): Uint32Array {
    return this.#found.subarray(0, this.#foundCount)
  }
  /** Calls looked at, and how many of them match. A call counts once, at its entry. */
  get calls(): { readonly all: number; readonly found: number } {
    return { all: this.#calls, found: this.#callsFound }
  }

  /** Looks at events until `enough` says so, asked every 256 of them. */
  step(enough: () => boolean): void {
    const { length } = this.trace
    if (this.#marks.length < length) {
      const grown = new Uint8Array(Math.max(this.#marks.length * 2, length)).fill(1)
      grown.set(this.#marks)
      this.#marks = grown
    }
    const { kind } = this.trace.events.columns
    while (this.#done < length) {
      const seq = ++this.#done
      const matches = this.#matches(seq)
      const call = kind[seq - 1] === EventKind.entry || kind[seq - 1] === EventKind.call
      if (call) this.#calls++
      this.#marks[seq - 1] = matches ? 1 : 0
      if (matches) {
        if (call) this.#callsFound++
        this.#push(seq)
      }
      if ((seq & 255) === 0 && enough()) return
    }
  }

  #push(seq: Seq): void {
    if (this.#foundCount === this.#found.length) {
      const grown = new Uint32Array(this.#found.length * 2)
      grown.set(this.#found)
      this.#found = grown
    }
    this.#found[this.#foundCount++] = seq
  }
}

/** The number of entries of a sorted list that are less than `seq`. */
export const lowerBound = (sorted: Uint32Array, seq: Seq): number => {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < seq) low = middle + 1
    else high = middle
  }
  return low
}

/** The match after (or before) an event, going round at the ends; 0 if there is none. */
export const nextMatch = (found: Uint32Array, from: Seq, direction: 1 | -1): Seq => {
  if (found.length === 0) return 0
  if (direction === 1) return found[lowerBound(found, from + 1)] ?? (found[0] as number)
  return found[lowerBound(found, from) - 1] ?? (found[found.length - 1] as number)
}
