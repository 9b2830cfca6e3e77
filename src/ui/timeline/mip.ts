import { bytes, words, type Growing } from './growing.ts'

/** The classes that are counted: six of calls (`CLASS_ORDER`), and what is no call. */
export const CLASS_COUNT = 7
/** Index of what is no call: requests, events, signals. */
export const NO_CLASS = 6

/** What a stretch of events contains; none of it may vanish when it is drawn one pixel wide. */
export const Bit = {
  /** A call's result is an error */
  error: 1,
  /** A call was not run; for requests: the tag says so */
  skip: 2,
  /** A request with the tag SKIPEXIT */
  open: 4,
  /** A ptrace event, signal or group stop */
  stop: 8,
  /** The tracer wrote into the task */
  poke: 16,
} as const

/** A summary of some events: how many of each class, and the OR of their bits. */
export interface Summary {
  readonly counts: Uint32Array
  bits: number
}
export const makeSummary = (): Summary => ({ counts: new Uint32Array(CLASS_COUNT), bits: 0 })

/** Items of a block of the lowest level. */
const BASE_SHIFT = 4
const BASE = 1 << BASE_SHIFT

interface Level {
  readonly counts: Growing<Uint32Array<ArrayBuffer>>
  readonly bits: Growing<Uint8Array<ArrayBuffer>>
}

/**
 * A sequence of (class, bits) with summaries of its blocks of 16, 32, 64, … items, kept up to date while it
 * grows, so that any stretch is summed up in O(log n).
 */
export class Mip {
  #classes = bytes(BASE)
  #bits = bytes(BASE)
  #levels: Level[] = []

  get length(): number {
    return this.#classes.length
  }
  get levels(): number {
    return this.#levels.length
  }

  push(cls: number, bits: number): void {
    this.#classes.push(cls)
    this.#bits.push(bits)
    // A block enters the level above when it is whole: two additions an item, however many levels.
    for (let k = 0; (this.length & ((BASE << k) - 1)) === 0; k++) this.#complete(k)
  }
  /** Adds bits to an earlier item: an outcome has become known. */
  mark(i: number, bits: number): void {
    this.#bits.values[i] = (this.#bits.values[i] as number) | bits
    for (let k = 0; k < this.#levels.length; k++) {
      const { values } = (this.#levels[k] as Level).bits
      const block = i >>> (BASE_SHIFT + k)
      if (block < values.length) values[block] = (values[block] as number) | bits
    }
  }

  /** The newest block of level k is whole: sums up its two halves, or its items. */
  #complete(k: number): void {
    const level = this.#levels[k] ?? { counts: words(CLASS_COUNT * 4), bits: bytes(4) }
    this.#levels[k] = level
    const block = (this.length >>> (BASE_SHIFT + k)) - 1
    if (block >= level.bits.values.length) {
      level.counts.resize(level.bits.values.length * 2 * CLASS_COUNT)
      level.bits.resize(block)
    }
    const at = block * CLASS_COUNT
    const counts = level.counts.values
    let bits = 0
    const below = this.#levels[k - 1]
    if (below === undefined) {
      for (let i = this.length - BASE; i < this.length; i++) {
        const cls = at + (this.#classes.values[i] as number)
        counts[cls] = (counts[cls] as number) + 1
        bits |= this.#bits.values[i] as number
      }
    } else {
      const from = below.counts.values
      for (let c = 0; c < CLASS_COUNT; c++) {
        counts[at + c] = (from[2 * at + c] as number) + (from[2 * at + CLASS_COUNT + c] as number)
      }
      bits = (below.bits.values[2 * block] as number) | (below.bits.values[2 * block + 1] as number)
    }
    level.bits.values[block] = bits
  }

  /** Sums up items `from` … `to − 1` into `out`, replacing what it held. */
  sum(from: number, to: number, out: Summary): void {
    const { counts } = out
    counts.fill(0)
    let bits = 0
    let i = Math.max(0, from)
    const end = Math.min(to, this.length)
    while (i < end) {
      if (i % BASE === 0 && i + BASE <= end) {
        let k = 0
        while (k + 1 < this.#levels.length && i % (BASE << (k + 1)) === 0 && i + (BASE << (k + 1)) <= end) k++
        const level = this.#levels[k] as Level
        const block = i / (BASE << k)
        const at = block * CLASS_COUNT
        const from = level.counts.values
        for (let c = 0; c < CLASS_COUNT; c++) counts[c] = (counts[c] as number) + (from[at + c] as number)
        bits |= level.bits.values[block] as number
        i += BASE << k
      } else {
        const cls = this.#classes.values[i] as number
        counts[cls] = (counts[cls] as number) + 1
        bits |= this.#bits.values[i] as number
        i++
      }
    }
    out.bits = bits
  }
}

/** The class that most of the calls belong to; NO_CLASS if there is no call. The lower index wins a tie. */
export const dominantClass = (summary: Summary): number => {
  let best = NO_CLASS
  let most = 0
  for (let c = 0; c < NO_CLASS; c++) {
    const count = summary.counts[c] as number
    if (count > most) [best, most] = [c, count]
  }
  return best
}
