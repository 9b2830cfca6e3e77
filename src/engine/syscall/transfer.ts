import { ERRNO } from '../abi/errno.ts'
import type { Errno } from '../abi/errno.ts'
import { FDFLAG, IOVEC, RIGHT } from '../abi/wasi.ts'
import type { Fd } from '../kernel/descriptors.ts'
import type { OpenRegular } from '../kernel/file.ts'
import type { GuestAddr, GuestMemory } from '../kernel/memory.ts'
import { regularFile } from './check.ts'
import { checkOne, readIovecs } from './iovec.ts'
import type { Buffer } from './iovec.ts'
import type { Caller, CallResult } from './row.ts'
import { readStream, STREAM_PIECE, writeStream } from './stream-io.ts'

/** fd_read, fd_write and their positioned kin: readv(2), writev(2), preadv(2), pwritev(2). */

/** The count goes through a pointer, which has been checked; the result is an errno. */
const stored = (caller: Caller, at: GuestAddr) => (count: number): Errno => {
  if (count < 0) return -count
  caller.memory.setU32(at, count)
  return 0
}

export const fdRead = (caller: Caller, fd: Fd, iovs: GuestAddr, iovsLen: number, nread: GuestAddr): CallResult => {
  const descriptor = caller.files.get(fd)
  if (descriptor === undefined) return ERRNO.EBADF
  const { file, rights } = descriptor
  if (file.kind === 'directory') return ERRNO.EISDIR
  if ((rights & RIGHT.FD_READ) === 0) return ERRNO.ENOTCAPABLE
  const { memory } = caller
  let count
  if (iovsLen === 1 && file.kind === 'file') {
    const problem = checkOne(memory, iovs)
    if (problem !== 0) return problem
    if (!memory.has(nread, 4)) return ERRNO.EFAULT
    const length = memory.u32(iovs + IOVEC.bufLen)
    count = length === 0 ? 0 : readPiece(memory, file, file.offset, memory.u32(iovs + IOVEC.buf), length, caller.clock.realtime())
  } else {
    const buffers = readIovecs(caller, iovs, iovsLen)
    if (typeof buffers === 'number') return buffers
    if (!memory.has(nread, 4)) return ERRNO.EFAULT
    if (file.kind === 'stream') return readStream(caller, file, buffers, stored(caller, nread))
    count = readFile(caller, file, buffers, file.offset)
  }
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
  const { memory } = caller
  if (iovsLen === 1 && file.kind === 'stream' && file.stream.writeFrom !== undefined) {
    const problem = checkOne(memory, iovs)
    if (problem !== 0) return problem
    if (!memory.has(nwritten, 4)) return ERRNO.EFAULT
    const length = Math.min(memory.u32(iovs + IOVEC.bufLen), STREAM_PIECE)
    memory.setU32(nwritten, file.stream.writeFrom(memory.bytes, memory.u32(iovs + IOVEC.buf), length))
    return 0
  }
  const buffers = readIovecs(caller, iovs, iovsLen)
  if (typeof buffers === 'number') return buffers
  if (!memory.has(nwritten, 4)) return ERRNO.EFAULT
  if (file.kind === 'stream') return writeStream(caller, file, buffers, stored(caller, nwritten))
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

/** Reads a regular file from an offset in bytes. Returns the number of bytes, or −errno. */
export const readFile = (caller: Caller, file: OpenRegular, buffers: readonly Buffer[], offset: number): number => {
  const now = caller.clock.realtime()
  let done = 0
  for (const { addr, length } of buffers) {
    const count = readPiece(caller.memory, file, offset + done, addr, length, now)
    if (count < 0) return done > 0 ? done : count
    done += count
    if (count < length) break
  }
  return done
}

/** The part of a read that goes into one buffer: how many bytes, or −EFAULT. Only what the file has counts as written. */
const readPiece = (memory: GuestMemory, { fs, ino }: OpenRegular, offset: number, addr: GuestAddr, length: number, now: bigint): number => {
  const there = Math.max(0, Math.min(length, fs.sizeOf(ino) - offset))
  if (there > 0 && !memory.has(addr, there)) return -ERRNO.EFAULT
  memory.wrote(addr, there)
  return fs.read(ino, offset, memory.bytes, now, addr, there)
}

/** Writes a regular file from an offset in bytes. Returns the number of bytes, or −errno if it is none. */
export const writeFile = (caller: Caller, file: OpenRegular, buffers: readonly Buffer[], offset: number): number => {
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
