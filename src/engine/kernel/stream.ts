import type { Filetype } from '../abi/wasi.ts'
import type { WaitQueue } from './wait-queue.ts'

/** What is behind an open file that is no file: a terminal, a pipe's end, fixed bytes. */
export interface Stream {
  readonly filetype: Filetype
  /** Woken when reading or writing may have become possible. */
  readonly changed: WaitQueue
  /** Fills a part of `into`: the number of bytes, 0 at the end, −errno, or undefined when it has to wait. */
  read(into: Uint8Array): number | undefined
  /** Takes a part of the bytes, which are there during the call only: how many, −errno, or undefined when it has to wait. */
  write(bytes: Uint8Array): number | undefined
  /** `write` of what stands at `at`, by a stream that never waits: nobody has to make a view of it. */
  writeFrom?(bytes: Uint8Array, at: number, length: number): number
  /**
   * Does write(2) go on until all is taken, unless O_NONBLOCK is set? A pipe's does; of others the guest sees a short
   * write.
   */
  readonly takesAll?: boolean
  /** For poll: would it not wait? `bytes` is how many there are, at least. */
  readable(): Readiness
  writable(): Readiness
  /** The last descriptor of this open file is closed. */
  close(): void
}

export interface Readiness {
  readonly ready: boolean
  readonly bytes: number
  readonly hangup: boolean
}

export const NOT_READY: Readiness = { ready: false, bytes: 0, hangup: false }
export const AT_END: Readiness = { ready: true, bytes: 0, hangup: true }
