import { ERRNO } from '../abi/errno.ts'
import { SIGNAL } from '../abi/signal.ts'
import { FDFLAG, FILETYPE } from '../abi/wasi.ts'
import type { OpenStream } from '../kernel/file.ts'
import type { Buffer } from './iovec.ts'
import type { Caller, CallResult } from './row.ts'

/**
 * Reading and writing what is no file, as both tables do it: terminals, pipes, fixed bytes. A buffer that is outside of
 * the memory is EFAULT only when a byte would be moved, as on Linux.
 */

/** What the table makes of a number of bytes, or of −errno. */
type Answer = (count: number) => number

/** So many bytes move at a time; of a terminal the guest sees a short write. */
export const STREAM_PIECE = 1 << 20

const mayNotWait = (file: OpenStream): boolean => (file.flags & FDFLAG.NONBLOCK) !== 0

/** readv(2): what there is; waits for the first byte unless O_NONBLOCK is set. */
export const readStream = (
  caller: Caller, file: OpenStream, buffers: readonly Buffer[], answer: Answer,
): CallResult => {
  const { memory } = caller
  const { stream } = file
  const refused = stream.filetype === FILETYPE.CHARACTER_DEVICE ? caller.terminal.mayRead() : 0
  if (refused !== 0) return answer(refused)
  let done = 0
  for (const { addr, length } of buffers) {
    if (done > 0 && !stream.readable().ready) break
    if (!memory.has(addr, length) && stream.readable().bytes > 0) return answer(done > 0 ? done : -ERRNO.EFAULT)
    // Into bytes of our own first: only what came counts as written to the memory.
    const piece = new Uint8Array(Math.min(length, STREAM_PIECE))
    const count = stream.read(piece)
    if (count === undefined) {
      if (done > 0) break
      if (mayNotWait(file)) return answer(-ERRNO.EAGAIN)
      return { on: [stream.changed], restart: 'call', retry: () => readStream(caller, file, buffers, answer) }
    }
    if (count < 0 && done === 0) return answer(count)
    if (count <= 0) break
    memory.write(addr, piece.subarray(0, count))
    done += count
    // A short read is the end of a line or of what is there.
    if (count < length) break
  }
  return answer(done)
}

/**
 * writev(2): what a call writes arrives together. A pipe's waits until all is taken; what a signal finds done by then
 * is its result.
 *
 * @param done bytes that earlier looks have written
 */
export const writeStream = (
  caller: Caller, file: OpenStream, buffers: readonly Buffer[], answer: Answer, done = 0,
): CallResult => {
  const { stream } = file
  const total = buffers.reduce((sum, { length }) => sum + length, 0)
  let written = done
  for (;;) {
    const count = writePiece(caller, file, buffers, written)
    // write(2), EPIPE: "When this happens the writing process will also receive a SIGPIPE signal."
    if (count === -ERRNO.EPIPE) caller.raise(SIGNAL.SIGPIPE)
    if (count === undefined && !mayNotWait(file)) {
      return {
        on: [stream.changed],
        restart: 'call',
        retry: () => writeStream(caller, file, buffers, answer, written),
        interrupted: () => (written > 0 ? answer(written) : undefined),
      }
    }
    if (count === undefined || count < 0) return answer(written > 0 ? written : (count ?? -ERRNO.EAGAIN))
    written += count
    if (written >= total || count === 0 || stream.takesAll !== true) return answer(written)
  }
}

/** What can be written at once of the bytes from `from` on: how many, −errno, or undefined when it has to wait. */
const writePiece = (
  caller: Caller, { stream }: OpenStream, buffers: readonly Buffer[], from: number,
): number | undefined => {
  const bytes = gather(caller, buffers, from)
  if (bytes !== undefined) return stream.write(bytes)
  const { ready, hangup } = stream.writable()
  if (hangup) return -ERRNO.EPIPE
  return ready ? -ERRNO.EFAULT : undefined
}

/** One piece of bytes, for the length of a write; undefined if not even the first of them is inside the memory. */
const gather = (caller: Caller, buffers: readonly Buffer[], from: number): Uint8Array | undefined => {
  const { memory } = caller
  const [first] = buffers
  if (first !== undefined && buffers.length === 1) {
    return memory.view(first.addr + from, Math.min(first.length - from, STREAM_PIECE))
  }
  const total = buffers.reduce((sum, { length }) => sum + length, 0)
  const bytes = new Uint8Array(Math.min(total - from, STREAM_PIECE))
  let skip = from
  let done = 0
  for (const { addr, length } of buffers) {
    const begin = Math.min(skip, length)
    skip -= begin
    const part = memory.view(addr + begin, Math.min(length - begin, bytes.length - done))
    if (part === undefined) return done > 0 ? bytes.subarray(0, done) : undefined
    bytes.set(part, done)
    done += part.length
  }
  return bytes
}
