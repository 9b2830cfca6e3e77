import { ERRNO } from '../abi/errno.ts'
import { SIGNAL } from '../abi/signal.ts'
import { FDFLAG, RIGHT } from '../abi/wasi.ts'
import type { Fd } from '../kernel/descriptors.ts'
import type { OpenRegular, OpenStream } from '../kernel/file.ts'
import type { GuestAddr } from '../kernel/memory.ts'
import { regularFile } from './check.ts'
import { readIovecs } from './iovec.ts'
import type { Buffer } from './iovec.ts'
import type { Caller, CallResult } from './row.ts'

/** fd_read, fd_write and their positioned kin: readv(2), writev(2), preadv(2), pwritev(2). */

const NOTHING = new Uint8Array(0)

/** A terminal or pipe takes no more at a time; the guest sees a short write. */
const STREAM_PIECE = 1 << 20

export const fdRead = (caller: Caller, fd: Fd, iovs: GuestAddr, iovsLen: number, nread: GuestAddr): CallResult => {
  const descriptor = caller.files.get(fd)
  if (descriptor === undefined) return ERRNO.EBADF
  const { file, rights } = descriptor
  if (file.kind === 'directory') return ERRNO.EISDIR
  if ((rights & RIGHT.FD_READ) === 0) return ERRNO.ENOTCAPABLE
  const buffers = readIovecs(caller, iovs, iovsLen)
  if (typeof buffers === 'number') return buffers
  if (!caller.memory.has(nread, 4)) return ERRNO.EFAULT
  if (file.kind === 'stream') return readStream(caller, file, buffers, nread)
  const count = readFile(caller, file, buffers, file.offset)
  if (count < 0) return -count
  file.offset += count
  caller.memory.setU32(nread, count)
  return 0
}

export const fdPread = (
  caller: Caller, fd: Fd, iovs: GuestAddr, iovsLen: number, offset: number, nread: GuestAddr,
): CallResult => {
  const file = regularFile(caller, fd, RIGHT.FD_READ, ERRNO.ESPIPE)
  if (typeof file === 'number') return file
  if (offset < 0) return ERRNO.EINVAL
  const buffers = readIovecs(caller, iovs, iovsLen)
  if (typeof buffers === 'number') return buffers
  if (!caller.memory.has(nread, 4)) return ERRNO.EFAULT
  const count = readFile(caller, file, buffers, offset)
  if (count < 0) return -count
  caller.memory.setU32(nread, count)
  return 0
}

export const fdWrite = (
  caller: Caller, fd: Fd, iovs: GuestAddr, iovsLen: number, nwritten: GuestAddr,
): CallResult => {
  const descriptor = caller.files.get(fd)
  if (descriptor === undefined) return ERRNO.EBADF
  const { file, rights } = descriptor
  if (file.kind === 'directory') return ERRNO.EISDIR
  if ((rights & RIGHT.FD_WRITE) === 0) return ERRNO.ENOTCAPABLE
  const buffers = readIovecs(caller, iovs, iovsLen)
  if (typeof buffers === 'number') return buffers
  if (!caller.memory.has(nwritten, 4)) return ERRNO.EFAULT
  if (file.kind === 'stream') return writeStream(caller, file, buffers, nwritten)
  const start = (file.flags & FDFLAG.APPEND) !== 0 ? file.fs.sizeOf(file.ino) : file.offset
  const count = writeFile(caller, file, buffers, start)
  if (count < 0) return -count
  if (count > 0) file.offset = start + count
  caller.memory.setU32(nwritten, count)
  return 0
}

export const fdPwrite = (
  caller: Caller, fd: Fd, iovs: GuestAddr, iovsLen: number, offset: number, nwritten: GuestAddr,
): CallResult => {
  const file = regularFile(caller, fd, RIGHT.FD_WRITE, ERRNO.ESPIPE)
  if (typeof file === 'number') return file
  if (offset < 0) return ERRNO.EINVAL
  const buffers = readIovecs(caller, iovs, iovsLen)
  if (typeof buffers === 'number') return buffers
  if (!caller.memory.has(nwritten, 4)) return ERRNO.EFAULT
  // pwrite(2), BUGS: "if a file is opened with O_APPEND, pwrite() appends data to the end of the file".
  const start = (file.flags & FDFLAG.APPEND) !== 0 ? file.fs.sizeOf(file.ino) : offset
  const count = writeFile(caller, file, buffers, start)
  if (count < 0) return -count
  caller.memory.setU32(nwritten, count)
  return 0
}

/** Returns the number of bytes, or −errno. */
const readFile = (caller: Caller, file: OpenRegular, buffers: readonly Buffer[], offset: number): number => {
  const now = caller.clock.realtime()
  const { memory } = caller
  const { fs, ino } = file
  let done = 0
  for (const { addr, length } of buffers) {
    // Only what the file has counts as written to the memory.
    const there = Math.max(0, Math.min(length, fs.sizeOf(ino) - offset - done))
    if (!memory.has(addr, there)) return done > 0 ? done : -ERRNO.EFAULT
    memory.wrote(addr, there)
    done += fs.read(ino, offset + done, memory.bytes, now, addr, there)
    if (there < length) break
  }
  return done
}

/** Returns the number of bytes, or −errno if it is none. */
const writeFile = (caller: Caller, file: OpenRegular, buffers: readonly Buffer[], offset: number): number => {
  const now = caller.clock.realtime()
  const { memory } = caller
  let done = 0
  for (const { addr, length } of buffers) {
    const count = memory.has(addr, length) ? file.fs.write(file.ino, offset + done, memory.bytes, now, addr, length) : -ERRNO.EFAULT
    if (count < 0) return done > 0 ? done : count
    done += count
    if (count < length) break
  }
  return done
}

const readStream = (caller: Caller, file: OpenStream, buffers: readonly Buffer[], nread: GuestAddr): CallResult => {
  const { memory } = caller
  let done = 0
  for (const { addr, length } of buffers) {
    // Into bytes of our own first: only what came counts as written to the memory.
    const piece = new Uint8Array(Math.min(length, STREAM_PIECE))
    const count = done > 0 && !file.stream.readable().ready ? undefined : file.stream.read(piece)
    if (count === undefined) {
      if (done > 0) break
      if ((file.flags & FDFLAG.NONBLOCK) !== 0) return ERRNO.EAGAIN
      const retry = (): CallResult => readStream(caller, file, buffers, nread)
      return { on: [file.stream.changed], restart: 'call', retry }
    }
    if (count < 0 && done === 0) return -count
    if (count <= 0) break
    memory.write(addr, piece.subarray(0, count))
    done += count
    // A short read is the end of a line or of what is there.
    if (count < length) break
  }
  memory.setU32(nread, done)
  return 0
}

const writeStream = (
  caller: Caller, file: OpenStream, buffers: readonly Buffer[], nwritten: GuestAddr,
): CallResult => {
  const bytes = gather(caller, buffers)
  const count = file.stream.write(bytes)
  if (count === undefined) {
    if ((file.flags & FDFLAG.NONBLOCK) !== 0) return ERRNO.EAGAIN
    const retry = (): CallResult => writeStream(caller, file, buffers, nwritten)
    return { on: [file.stream.changed], restart: 'call', retry }
  }
  // write(2), EPIPE: "When this happens the writing process will also receive a SIGPIPE signal."
  if (count === -ERRNO.EPIPE) caller.raise(SIGNAL.SIGPIPE)
  if (count < 0) return -count
  caller.memory.setU32(nwritten, count)
  return 0
}

/** One piece of bytes: what a call writes arrives at a terminal or pipe together. */
const gather = (caller: Caller, buffers: readonly Buffer[]): Uint8Array => {
  const [first] = buffers
  if (first !== undefined && buffers.length === 1 && first.length <= STREAM_PIECE) return caller.memory.view(first.addr, first.length) ?? NOTHING
  const total = buffers.reduce((sum, { length }) => sum + length, 0)
  const bytes = new Uint8Array(Math.min(total, STREAM_PIECE))
  let done = 0
  for (const { addr, length } of buffers) {
    const part = caller.memory.view(addr, Math.min(length, bytes.length - done))
    if (part !== undefined) bytes.set(part, done)
    done += part?.length ?? 0
  }
  return bytes
}
