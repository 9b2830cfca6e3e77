import { ERRNO } from '../abi/errno.ts'
import { FILETYPE, RIGHT, STREAM_RIGHTS } from '../abi/wasi.ts'
import type { Filetype } from '../abi/wasi.ts'
import type { Descriptor } from './descriptors.ts'
import { openStream } from './file.ts'
import { AT_END, NOT_READY } from './stream.ts'
import type { Readiness, Stream } from './stream.ts'
import type { Output, Tty } from './tty.ts'
import { WaitQueue } from './wait-queue.ts'

/** Input that is known from the start: `bytes`, then the end. To a guest it looks like a pipe. */
export class FixedInput implements Stream {
  readonly filetype = FILETYPE.UNKNOWN
  readonly changed = new WaitQueue()
  readonly #bytes: Uint8Array
  /** Bytes read so far; to be noted and set for checkpoints. */
  position = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  read(into: Uint8Array): number {
    const piece = this.#bytes.subarray(this.position, this.position + into.length)
    into.set(piece)
    this.position += piece.length
    return piece.length
  }
  write(): number {
    return -ERRNO.EBADF
  }
  readable(): Readiness {
    const bytes = this.#bytes.length - this.position
    return bytes > 0 ? { ready: true, bytes, hangup: false } : AT_END
  }
  writable(): Readiness {
    return NOT_READY
  }
  close(): void {}
}

/** fd 1 or 2: takes everything at once. What is read from it is what is typed, as on a terminal. */
class OutputStream implements Stream {
  readonly filetype: Filetype
  readonly changed: WaitQueue
  readonly #fd: 1 | 2
  readonly #output: Output
  readonly #tty: Tty | undefined

  constructor(fd: 1 | 2, output: Output, filetype: Filetype, tty: Tty | undefined) {
    this.#fd = fd
    this.#output = output
    this.filetype = filetype
    this.#tty = tty
    this.changed = tty?.changed ?? new WaitQueue()
  }

  read(into: Uint8Array): number | undefined {
    return this.#tty === undefined ? -ERRNO.EBADF : this.#tty.read(into)
  }
  write(bytes: Uint8Array): number {
    this.#output(this.#fd, bytes)
    return bytes.length
  }
  writeFrom(bytes: Uint8Array, at: number, length: number): number {
    this.#output(this.#fd, bytes, at, length)
    return length
  }
  readable(): Readiness {
    return this.#tty?.readable() ?? NOT_READY
  }
  writable(): Readiness {
    return { ready: true, bytes: 0, hangup: false }
  }
  close(): void {}
}

export interface Stdio {
  /** A terminal, or bytes that end. */
  readonly input: Tty | Uint8Array
  readonly output: Output
  /** Whether isatty(3) says so of fd 1 and 2; they do if the input is a terminal, unless told. */
  readonly isTerminal?: boolean
}

/** The descriptors 0, 1 and 2, labelled stdin, stdout and stderr: put them into a table by `place`. */
export const openStdio = (stdio: Stdio): readonly [Descriptor, Descriptor, Descriptor] => {
  const { input, output } = stdio
  const tty = input instanceof Uint8Array ? undefined : input
  const filetype = stdio.isTerminal ?? tty !== undefined ? FILETYPE.CHARACTER_DEVICE : FILETYPE.UNKNOWN
  const descriptor = (stream: Stream, without: number, label: string): Descriptor => ({
    file: openStream(stream, 0, label),
    rights: STREAM_RIGHTS & ~without,
    inheriting: 0,
    closeOnExec: false,
    preopen: undefined,
  })
  const sink = (fd: 1 | 2): Stream => new OutputStream(fd, output, filetype, tty)
  return [
    descriptor(input instanceof Uint8Array ? new FixedInput(input) : input, RIGHT.FD_WRITE, 'stdin'),
    descriptor(sink(1), RIGHT.FD_READ, 'stdout'),
    descriptor(sink(2), RIGHT.FD_READ, 'stderr'),
  ]
}
