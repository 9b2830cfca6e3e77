import { ERRNO } from '../abi/errno.ts'
import { PIPE_BUF, PIPE_CAPACITY, PIPE_MAX_SIZE } from '../abi/linux.ts'
import { FILETYPE } from '../abi/wasi.ts'
import type { Clock } from './clock.ts'
import type { Readiness, Stream } from './stream.ts'
import { WaitQueue } from './wait-queue.ts'

/** What a pipe holds, as plain data for checkpoints. */
export interface PipeState {
  readonly bytes: Uint8Array
  readonly capacity: number
  readonly readers: number
  readonly writers: number
}

/** F_SETPIPE_SZ rounds up to pages of this size, and to a power of two of them. */
const PAGE = 4096

/**
 * pipe(7): bytes between two kinds of open file descriptions. Unlike Linux, the capacity is counted in bytes and not in
 * pages, of which a small write may take a whole one.
 */
export class Pipe {
  /** Told apart by this: Linux shows the inode's number as `pipe:[n]`. */
  readonly label: string
  /** Open file descriptions of the two ends. */
  readers = 0
  writers = 0
  /** Woken when there is something to read, or nobody left who could write. */
  readonly filled = new WaitQueue()
  /** Woken when there is room, or nobody left who could read. */
  readonly drained = new WaitQueue()
  #ring = new Uint8Array(0)
  #start = 0
  #length = 0
  #capacity: number = PIPE_CAPACITY

  constructor(number: number) {
    this.label = `pipe:[${number}]`
  }

  /** Bytes in it. */
  get length(): number {
    return this.#length
  }
  get capacity(): number {
    return this.#capacity
  }
  get room(): number {
    return this.#capacity - this.#length
  }

  /** Takes bytes out, as many as there are. Returns how many; 0 if there are none. */
  take(into: Uint8Array): number {
    const count = Math.min(into.length, this.#length)
    this.#copyOut(into, count)
    this.#start = count === this.#length ? 0 : (this.#start + count) % this.#ring.length
    this.#length -= count
    if (count > 0) this.drained.wakeAll()
    return count
  }

  /** Puts bytes in, which must find room. */
  put(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#ring.length) this.#reallocate(this.#length + bytes.length)
    const ring = this.#ring
    const at = (this.#start + this.#length) % ring.length
    const first = Math.min(bytes.length, ring.length - at)
    ring.set(bytes.subarray(0, first), at)
    ring.set(bytes.subarray(first), 0)
    this.#length += bytes.length
    if (bytes.length > 0) this.filled.wakeAll()
  }

  /**
   * fcntl(2), F_SETPIPE_SZ. Returns the new capacity in bytes, or −errno: EINVAL for more than 2 GiB, EPERM above
   * pipe-max-size, EBUSY if what is in it would not fit. Unlike Linux, that limit also holds for uid 0.
   */
  resize(size: number): number {
    if (size > 2 ** 31) return -ERRNO.EINVAL
    let capacity = PAGE
    while (capacity < size) capacity *= 2
    if (capacity > PIPE_MAX_SIZE) return -ERRNO.EPERM
    if (capacity < this.#length) return -ERRNO.EBUSY
    const grown = capacity > this.#capacity
    this.#capacity = capacity
    if (grown) this.drained.wakeAll()
    return capacity
  }

  save(): PipeState {
    const bytes = new Uint8Array(this.#length)
    this.#copyOut(bytes, bytes.length)
    return { bytes, capacity: this.#capacity, readers: this.readers, writers: this.writers }
  }

  restore(state: PipeState): void {
    this.#capacity = state.capacity
    this.#ring = state.bytes.slice()
    this.#start = 0
    this.#length = state.bytes.length
    this.readers = state.readers
    this.writers = state.writers
  }

  #copyOut(into: Uint8Array, count: number): void {
    const first = Math.min(count, this.#ring.length - this.#start)
    into.set(this.#ring.subarray(this.#start, this.#start + first))
    into.set(this.#ring.subarray(0, count - first), first)
  }

  /** Most pipes carry lines: memory is taken as it is needed. */
  #reallocate(least: number): void {
    let size = 256
    while (size < least) size *= 2
    const ring = new Uint8Array(Math.min(size, this.#capacity))
    this.#copyOut(ring, this.#length)
    this.#ring = ring
    this.#start = 0
  }
}

/** The end that is read: an open file description of its own. */
class ReadEnd implements Stream {
  readonly filetype = FILETYPE.UNKNOWN
  readonly pipe: Pipe
  readonly changed: WaitQueue

  constructor(pipe: Pipe) {
    this.pipe = pipe
    this.changed = pipe.filled
    pipe.readers++
  }

  /** "If all file descriptors referring to the write end of a pipe have been closed", 0: the end. */
  read(into: Uint8Array): number | undefined {
    const { pipe } = this
    if (into.length > 0 && pipe.length === 0) return pipe.writers > 0 ? undefined : 0
    return pipe.take(into)
  }
  write(): number {
    return -ERRNO.EBADF
  }
  readable(): Readiness {
    const { length, writers } = this.pipe
    return { ready: length > 0 || writers === 0, bytes: length, hangup: writers === 0 }
  }
  writable(): Readiness {
    return { ready: false, bytes: 0, hangup: false }
  }
  close(): void {
    this.pipe.readers--
    if (this.pipe.readers === 0) this.pipe.drained.wakeAll()
  }
}

/** The end that is written. */
class WriteEnd implements Stream {
  readonly filetype = FILETYPE.UNKNOWN
  readonly takesAll = true
  readonly pipe: Pipe
  readonly changed: WaitQueue

  constructor(pipe: Pipe) {
    this.pipe = pipe
    this.changed = pipe.drained
    pipe.writers++
  }

  read(): number {
    return -ERRNO.EBADF
  }
  /**
   * "Writes of less than PIPE_BUF bytes must be atomic" (POSIX says "of PIPE_BUF bytes or less"): those wait until all
   * of them fits, longer ones put in what does.
   */
  write(bytes: Uint8Array): number | undefined {
    const { pipe } = this
    if (bytes.length === 0) return 0
    if (pipe.readers === 0) return -ERRNO.EPIPE
    const { room } = pipe
    if (room === 0 || (bytes.length <= PIPE_BUF && bytes.length > room)) return undefined
    const piece = bytes.length > room ? bytes.subarray(0, room) : bytes
    pipe.put(piece)
    return piece.length
  }
  /** For FIONREAD, which Linux answers at both ends; nothing can be read here. */
  readable(): Readiness {
    return { ready: false, bytes: this.pipe.length, hangup: false }
  }
  /** As poll(2): a write of PIPE_BUF bytes would not wait. */
  writable(): Readiness {
    const { room, readers } = this.pipe
    return { ready: room >= PIPE_BUF || readers === 0, bytes: room, hangup: readers === 0 }
  }
  close(): void {
    this.pipe.writers--
    if (this.pipe.writers === 0) this.pipe.filled.wakeAll()
  }
}

/** A new pipe with one open end of each kind. */
export const newPipe = (number: number): { readonly pipe: Pipe; readonly read: Stream; readonly write: Stream } => {
  const pipe = new Pipe(number)
  return { pipe, read: new ReadEnd(pipe), write: new WriteEnd(pipe) }
}

/** The pipe behind a stream, and whether it is the end that is written; undefined for other streams. */
export const pipeOf = (stream: Stream): { readonly pipe: Pipe; readonly writes: boolean } | undefined =>
  stream instanceof ReadEnd ? { pipe: stream.pipe, writes: false }
  : stream instanceof WriteEnd ? { pipe: stream.pipe, writes: true }
  : undefined

/** Pipes made so far, by machine: each has one clock. */
const made = new WeakMap<Clock, number>()

/** The number of the machine's next pipe, from 1. */
export const nextPipeNumber = (clock: Clock): number => {
  const number = (made.get(clock) ?? 0) + 1
  made.set(clock, number)
  return number
}
