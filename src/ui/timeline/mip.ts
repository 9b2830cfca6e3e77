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
const BASE = 16

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
    const i = this.#classes.push(cls)
    this.#bits.push(bits)
    // A level comes into being when its first block would hold more than one of the level below.
    if (i === BASE << this.#levels.length >> 1 || this.#levels.length === 0) this.#addLevel()
    else this.#count(i, cls, bits)
  }
  /** Adds bits to an earlier item: an outcome has become known. */
  mark(i: number, bits: number): void {
    this.#bits.values[i] = (this.#bits.values[i] as number) | bits
    this.#levels.forEach((level, k) => {
      const block = Math.floor(i / (BASE << k))
      level.bits.values[block] = (level.bits.values[block] as number) | bits
    })
  }
  #count(i: number, cls: number, bits: number): void {
    for (let k = 0; k < this.#levels.length; k++) {
      const level = this.#levels[k] as Level
      const block = Math.floor(i / (BASE << k))
      const at = block * CLASS_COUNT + cls
      level.counts.resize(block * CLASS_COUNT + CLASS_COUNT)
      level.bits.resize(block)
      level.counts.values[at] = (level.counts.values[at] as number) + 1
      level.bits.values[block] = (level.bits.values[block] as number) | bits
    }
  }
  #addLevel(): void {
    const size = BASE << this.#levels.length
    const level = { counts: words(CLASS_COUNT * 4), bits: bytes(4) }
    // The newest item is counted in the lower levels too.
    const i = this.length - 1
    this.#count(i, this.#classes.values[i] as number, this.#bits.values[i] as number)
    for (let j = 0; j <= i; j++) {
      const block = Math.floor(j / size)
      const at = block * CLASS_COUNT + (this.#classes.values[j] as number)
      level.counts.values[at] = (level.counts.values[at] as number) + 1
      level.bits.values[block] = (level.bits.values[block] as number) | (this.#bits.values[j] as number)
    }
    this.#levels.push(level)
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
