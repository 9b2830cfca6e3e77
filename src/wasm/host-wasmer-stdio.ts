import type { WASI } from '@wasmer/wasi'
import type { Stream } from '../engine/kernel/stream.ts'
import { readIovecs } from '../engine/syscall/iovec.ts'
import type { Caller, CallResult, Row, Wait } from '../engine/syscall/row.ts'

/** The kernel's stream at a descriptor: there the terminal begins. */
const streamAt = (caller: Caller, fd: number): Stream | undefined => {
  const file = caller.files.get(fd)?.file
  return file?.kind === 'stream' ? file.stream : undefined
}

const u32 = (halves: Int32Array, i: number): number => (halves[2 * i] as number) >>> 0

/**
 * Standard input of a process on the host `wasmer`. The package has a pipe for it, whose end an empty one is; so it is
 * given just what the guest is about to read, and a guest that has to wait waits before.
 */
export class StandardInput {
  readonly #wasi: WASI
  /** Descriptors that refer to it over there. */
  readonly #fds = new Set([0])
  /** Bytes in its pipe. */
  #left = 0

  constructor(wasi: WASI) {
    this.#wasi = wasi
  }

  /** Before a call: fetches what it will read; what to wait for when nothing has been typed yet. */
  fetch(row: Row, caller: Caller, halves: Int32Array, again: () => CallResult): Wait | undefined {
    if (row.name !== 'fd_read' || this.#left > 0 || !this.#fds.has(u32(halves, 0))) return undefined
    const stream = streamAt(caller, 0)
    const buffers = readIovecs(caller, u32(halves, 1), u32(halves, 2))
    if (stream === undefined || typeof buffers === 'number') return undefined
    const bytes = new Uint8Array(buffers.reduce((sum, { length }) => sum + length, 0))
    if (bytes.length === 0) return undefined
    const count = stream.read(bytes)
    if (count === undefined) return { on: [stream.changed], restart: 'call', retry: again }
    if (count > 0) {
      this.#wasi.setStdinBuffer(bytes.subarray(0, count))
      this.#left = count
    }
    return undefined
  }

  /** After a call that gave `errno`. */
  settle(row: Row, { memory }: Caller, halves: Int32Array, errno: number): void {
    if (errno !== 0) return
    const fd = u32(halves, 0)
    if (row.name === 'fd_close') this.#fds.delete(fd)
    else if (!this.#fds.has(fd)) return
    else if (row.name === 'fd_renumber') {
      this.#fds.delete(fd)
      this.#fds.add(u32(halves, 1))
    } else if (row.name === 'fd_read' && memory.has(u32(halves, 3), 4)) this.#left -= Math.min(this.#left, memory.u32(u32(halves, 3)))
  }
}

/** After a call that may have written: takes its output to the terminal. */
export const drain = ({ name }: Row, wasi: WASI, caller: Caller): void => {
  if (name !== 'fd_write' && name !== 'fd_pwrite') return
  const out = wasi.getStdoutBuffer()
  if (out.length > 0) streamAt(caller, 1)?.write(out)
  const errors = wasi.getStderrBuffer()
  if (errors.length > 0) streamAt(caller, 2)?.write(errors)
}
