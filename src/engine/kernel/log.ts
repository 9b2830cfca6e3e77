import type { GuestAddr, GuestMemory, Write } from './memory.ts'

/**
 * What crossed a guest's border since its image began: with it, and the guest's own code, the guest can be made again,
 * stack and all ("A stack is never copied, it is rebuilt", design.md). Records stand in the order of the crossings.
 */
export const Crossing = {
  /** A call gave its result: what, and the bytes that kernel and tracers wrote before the guest went on. */
  call: 0,
  /** Bytes were written, or a handler is about to be entered, where the guest had run so many ticks. */
  tick: 1,
  /** A signal handler begins: the number, the shadow stack's pointer, and what stands on that stack. */
  enter: 2,
  /** It has returned; `value` is 1 if the interrupted call is made again. */
  leave: 3,
} as const
export type Crossing = (typeof Crossing)[keyof typeof Crossing]

/** One record, as `LogReader` shows it. */
export interface LogRecord {
  readonly kind: Crossing
  /** call: the import's index. tick: ticks since the image began. enter: the stack pointer. */
  readonly where: number
  /** call: the result. enter: the signal. leave: again. */
  readonly value: number
}

/** Bytes of a log that are kept, of records and payloads together; beyond them the process cannot be rebuilt. */
export const LOG_BYTES = 64 * 1024 * 1024

/** kind, where (two words: ticks are beyond 32 bits), value, number of writes; then address and length of each. */
const HEAD = 5

interface Segment {
  words: Int32Array
  bytes: Uint8Array
  wordCount: number
  byteCount: number
}

const newSegment = (): Segment => ({ words: new Int32Array(64), bytes: new Uint8Array(64), wordCount: 0, byteCount: 0 })

const room = <A extends Int32Array | Uint8Array>(array: A, wanted: number): A => {
  if (wanted <= array.length) return array
  const grown = new (array.constructor as new (length: number) => A)(Math.max(wanted, 2 * array.length))
  grown.set(array)
  return grown
}

/** The log of one image. Append-only; a fork shares what is written so far. */
export class CrossingLog {
  /** All but the last are sealed: several logs may hold them. */
  #segments: Segment[]
  #size: number

  constructor(segments: readonly Segment[] = [], size = 0) {
    this.#segments = [...segments, newSegment()]
    this.#size = size
  }

  /** Bytes that it keeps. */
  get size(): number {
    return this.#size
  }
  /** Has it become too long to be kept? Then it is empty, and stays so. */
  get lost(): boolean {
    return this.#size > LOG_BYTES
  }

  /** Appends a record with the bytes that stand in `memory` now where `writes` says. */
  append(kind: Crossing, where: number, value: number, memory: GuestMemory, writes: readonly Write[]): void {
    if (this.lost) return
    const segment = this.#segments[this.#segments.length - 1] as Segment
    const count = segment.wordCount
    segment.words = room(segment.words, count + HEAD + 2 * writes.length)
    const { words } = segment
    words[count] = kind
    words[count + 1] = where | 0
    words[count + 2] = Math.floor(where / 2 ** 32)
    words[count + 3] = value
    words[count + 4] = writes.length
    let at = count + HEAD
    for (const { addr, length } of writes) {
      words[at++] = addr
      words[at++] = length
      segment.bytes = room(segment.bytes, segment.byteCount + length)
      segment.bytes.set(memory.bytes.subarray(addr, addr + length), segment.byteCount)
      segment.byteCount += length
      this.#size += length
    }
    this.#size += 4 * (at - count)
    segment.wordCount = at
    if (this.lost) this.#segments = [newSegment()]
  }

  /** The log of a child that is this image up to here: what follows is each one's own. */
  fork(): CrossingLog {
    const last = this.#segments[this.#segments.length - 1] as Segment
    if (last.wordCount > 0) {
      last.words = last.words.slice(0, last.wordCount)
      last.bytes = last.bytes.slice(0, last.byteCount)
      this.#segments.push(newSegment())
    }
    return new CrossingLog(this.#segments.slice(0, -1), this.#size)
  }

  /** Reads it from the beginning. What is appended meanwhile is read as well. */
  reader(): LogReader {
    return new LogReader(this.#segments)
  }
}

/** A place in a log, from its beginning on. */
export class LogReader {
  readonly #segments: readonly Segment[]
  #segment = 0
  #word = 0
  #byte = 0
  #record: LogRecord | undefined

  constructor(segments: readonly Segment[]) {
    this.#segments = segments
  }

  /** The next record, which stays the next until `take`; undefined at the end. */
  get next(): LogRecord | undefined {
    if (this.#record !== undefined) return this.#record
    let segment = this.#segments[this.#segment]
    while (segment !== undefined && this.#word >= segment.wordCount && this.#segment + 1 < this.#segments.length) {
      segment = this.#segments[++this.#segment]
      this.#word = this.#byte = 0
    }
    if (segment === undefined || this.#word >= segment.wordCount) return undefined
    const { words } = segment
    const at = this.#word
    this.#record = {
      kind: words[at] as Crossing,
      where: (words[at + 2] as number) * 2 ** 32 + ((words[at + 1] as number) >>> 0),
      value: words[at + 3] as number,
    }
    return this.#record
  }

  /** Passes the next record and puts its bytes into the memory, which has them by then: a guest grows alike each time. */
  take(memory: GuestMemory): void {
    if (this.next === undefined) return
    const { words, bytes } = this.#segments[this.#segment] as Segment
    let at = this.#word + HEAD
    for (let left = words[this.#word + 4] as number; left > 0; left--) {
      const addr: GuestAddr = (words[at] as number) >>> 0
      const length = words[at + 1] as number
      memory.write(addr, bytes.subarray(this.#byte, this.#byte + length))
      this.#byte += length
      at += 2
    }
    this.#word = at
    this.#record = undefined
  }
}
