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
  /** Bytes were written where it stood still: before it began, in a call, on a handler's return. */
  wrote: 4,
  /** … or between two ticks, so many steps after the record before; `value` is 1 for the block build's steps. */
  step: 5,
} as const
export type Crossing = (typeof Crossing)[keyof typeof Crossing]

/** One record, as `LogReader` shows it. */
export interface LogRecord {
  readonly kind: Crossing
  /** call: the import's index. tick: ticks since the image began. enter: the stack pointer. step: steps. */
  readonly where: number
  /** call: the result. enter: the signal. leave: again. */
  readonly value: number
}

/** Bytes of a log that are kept, of records and payloads together; beyond them the process cannot be rebuilt. */
export const LOG_BYTES = 64 * 1024 * 1024

/** kind, where (two words: ticks are beyond 32 bits), value, number of writes; then address and length of each. */
const HEAD = 5

/** Records as they were appended, by one log. */
interface Segment {
  words: Int32Array
  bytes: Uint8Array
  wordCount: number
  byteCount: number
}

/** What a log holds of a segment: of an ancestor's, only what stood there when it forked. */
interface Part {
  readonly segment: Segment
  readonly words: number
}

/** Beyond the bound of any log: all that is there, and will be. */
const ALL = 2 ** 31 - 1

const newSegment = (): Segment => ({ words: new Int32Array(64), bytes: new Uint8Array(64), wordCount: 0, byteCount: 0 })

const room = <A extends Int32Array | Uint8Array>(array: A, wanted: number): A => {
  if (wanted <= array.length) return array
  const grown = new (array.constructor as new (length: number) => A)(Math.max(wanted, 2 * array.length))
  grown.set(array)
  return grown
}

/** The log of one image. Append-only; a fork shares what is written so far. */
export class CrossingLog {
  /** Its ancestors', up to where it forked. */
  #before: readonly Part[]
  #own = newSegment()
  #size: number
  #records: number
  /** Steps that the guest has made since the latest record, where it is on a build that steps. */
  steps = 0
  #build: 'step' | 'block' | undefined

  constructor(before: readonly Part[] = [], size = 0, records = 0, build: 'step' | 'block' | undefined = undefined) {
    this.#before = before
    this.#size = size
    this.#records = records
    this.#build = build
  }

  /** Records so far, its ancestors' among them. */
  get records(): number {
    return this.#records
  }
  /** The only build on which it can be read, if it counts the steps of one. */
  get build(): 'step' | 'block' | undefined {
    return this.#build
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
    this.#records++
    this.steps = 0
    const segment = this.#own
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
    if (!this.lost) return
    this.#lose()
  }

  /** Appends what was written where the guest stands between two ticks, on this build. */
  appendStep(build: 'step' | 'block', memory: GuestMemory, writes: readonly Write[]): void {
    if (this.#build !== undefined && this.#build !== build) {
      // Two ways of counting: no build could find both places again.
      this.#size = Infinity
      this.#lose()
      return
    }
    this.#build = build
    this.append(Crossing.step, this.steps, build === 'block' ? 1 : 0, memory, writes)
  }

  #lose(): void {
    this.#before = []
    this.#own = newSegment()
  }

  /** The log of a child that is this image up to here: what follows is each one's own. */
  fork(): CrossingLog {
    const { wordCount } = this.#own
    const before = wordCount === 0 ? this.#before : [...this.#before, { segment: this.#own, words: wordCount }]
    return new CrossingLog(before, this.#size, this.#records, this.#build)
  }

  /** The kinds of the record of this number, from 0, and of those after it, as far as `go` wants them. */
  walk(from: number, go: (kind: Crossing, where: number) => boolean): void {
    let left = from
    for (const { segment, words: most } of [...this.#before, { segment: this.#own, words: ALL }]) {
      const { words } = segment
      for (let at = 0; at < Math.min(segment.wordCount, most); at += HEAD + 2 * (words[at + 4] as number)) {
        if (left-- > 0) continue
        const where = (words[at + 2] as number) * 2 ** 32 + ((words[at + 1] as number) >>> 0)
        if (!go(words[at] as Crossing, where)) return
      }
    }
  }

  /** Reads it from the beginning: so many records, or all, and then what is appended meanwhile as well. */
  reader(most = Infinity): LogReader {
    return new LogReader([...this.#before, { segment: this.#own, words: ALL }], most)
  }
}

/** So many bytes are copied one by one: to make a view takes longer. */
const FEW_BYTES = 32

/** A place in a log, from its beginning on. It is itself the record that is next: a rebuilding reads millions. */
export class LogReader implements LogRecord {
  readonly #parts: readonly Part[]
  /** Records that it has passed. */
  taken = 0
  #part = 0
  #segment: Segment | undefined
  #word = 0
  #byte = 0
  #isRead = false
  #left: number
  kind: Crossing = Crossing.call
  where = 0
  value = 0

  constructor(parts: readonly Part[], most: number) {
    this.#parts = parts
    this.#left = most
    this.#segment = parts[0]?.segment
  }

  /** The next record, which stays the next until `take`, and is valid until then; undefined at the end. */
  get next(): LogRecord | undefined {
    if (this.#isRead) return this
    if (this.#left <= 0) return undefined
    let segment = this.#segment
    while (segment !== undefined && this.#word >= Math.min(segment.wordCount, (this.#parts[this.#part] as Part).words)) {
      if (this.#part + 1 >= this.#parts.length) return undefined
      segment = this.#segment = (this.#parts[++this.#part] as Part).segment
      this.#word = this.#byte = 0
    }
    if (segment === undefined) return undefined
    const { words } = segment
    const at = this.#word
    const high = words[at + 2] as number
    this.kind = words[at] as Crossing
    this.where = high === 0 ? (words[at + 1] as number) >>> 0 : high * 2 ** 32 + ((words[at + 1] as number) >>> 0)
    this.value = words[at + 3] as number
    this.#isRead = true
    return this
  }

  /** Passes the next record and puts its bytes into the memory, which has them by then: a guest grows alike each time. */
  take(memory: GuestMemory): void {
    if (this.next === undefined) return
    const { words, bytes } = this.#segment as Segment
    let at = this.#word + HEAD
    for (let left = words[this.#word + 4] as number; left > 0; left--) {
      const addr: GuestAddr = (words[at] as number) >>> 0
      const length = words[at + 1] as number
      const from = this.#byte
      if (length > FEW_BYTES) memory.write(addr, bytes.subarray(from, from + length))
      else {
        const to = memory.bytes
        for (let i = 0; i < length; i++) to[addr + i] = bytes[from + i] as number
        memory.wrote(addr, length)
      }
      this.#byte = from + length
      at += 2
    }
    this.#word = at
    this.#isRead = false
    this.#left--
    this.taken++
  }
}
