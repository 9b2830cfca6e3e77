import { ERRNO } from '../abi/errno.ts'
import { MAX_RW_COUNT } from '../abi/linux.ts'
import { FDFLAG, RIGHT } from '../abi/wasi.ts'
import type { Fd } from '../kernel/descriptors.ts'
import type { GuestAddr } from '../kernel/memory.ts'
import type { LinuxHandlers } from './linux.ts'
import { descriptorHandlers } from './linux-descriptor.ts'
import { poll } from './linux-poll.ts'
import type { Buffer } from './iovec.ts'
import { negated } from './result.ts'
import type { Caller, CallResult } from './row.ts'
import { readStream, writeStream } from './stream-io.ts'
import { readFile, writeFile } from './transfer.ts'

/** read(2), write(2), and the table's other calls on descriptors. */

const SSIZE_MAX = 0x7fff_ffff
/** NULL as a buffer's address: never inside memory. */
const NOWHERE = -1

/**
 * The buffer of a transfer, or −errno, in Linux's order: what is outside of the address space is refused at once
 * (EFAULT), "count … greater than SSIZE_MAX" next (EINVAL), NULL only when a byte is to be moved.
 */
const bufferOf = (caller: Caller, addr: GuestAddr, count: number): readonly Buffer[] | number => {
  if (!caller.memory.has(addr, count)) return -ERRNO.EFAULT
  if (count > SSIZE_MAX) return -ERRNO.EINVAL
  return count === 0 ? [] : [{ addr: addr === 0 ? NOWHERE : addr, length: Math.min(count, MAX_RW_COUNT) }]
}

const whole = (count: number): number => count

const read = (caller: Caller, fd: Fd, buf: GuestAddr, count: number): CallResult => {
  const descriptor = caller.files.get(fd)
  if (descriptor === undefined) return -ERRNO.EBADF
  const { file, rights } = descriptor
  // A directory is opened for reading on Linux, and read(2) is refused by it: "EISDIR fd refers to a directory."
  if (file.kind !== 'directory' && (rights & RIGHT.FD_READ) === 0) return -ERRNO.EBADF
  const buffers = bufferOf(caller, buf, count)
  if (typeof buffers === 'number') return buffers
  if (file.kind === 'directory') return -ERRNO.EISDIR
  if (file.kind === 'stream') return readStream(caller, file, buffers, whole)
  const done = readFile(caller, file, buffers, file.offset)
  if (done > 0) file.offset += done
  return done
}

const write = (caller: Caller, fd: Fd, buf: GuestAddr, count: number): CallResult => {
  const descriptor = caller.files.get(fd)
  if (descriptor === undefined) return -ERRNO.EBADF
  const { file, rights } = descriptor
  if (file.kind === 'directory' || (rights & RIGHT.FD_WRITE) === 0) return -ERRNO.EBADF
  const buffers = bufferOf(caller, buf, count)
  if (typeof buffers === 'number') return buffers
  if (file.kind === 'stream') return writeStream(caller, file, buffers, whole)
  const start = (file.flags & FDFLAG.APPEND) !== 0 ? file.fs.sizeOf(file.ino) : file.offset
  const done = writeFile(caller, file, buffers, start)
  if (done > 0) file.offset = start + done
  return done
}

const close = (caller: Caller, fd: Fd): number => negated(caller.files.close(fd))

/** What the calls do, by name. */
export const ioHandlers = {
  read,
  write,
  close,
  poll,
  ...descriptorHandlers,
} satisfies Partial<LinuxHandlers>
