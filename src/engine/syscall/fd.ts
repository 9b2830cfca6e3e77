import { ERRNO } from '../abi/errno.ts'
import type { Errno } from '../abi/errno.ts'
import {
  ADVICE, ALL_RIGHTS, FDFLAG, FDSTAT, FILETYPE, PREOPENTYPE, PRESTAT, RIGHT, WHENCE,
} from '../abi/wasi.ts'
import type { Filetype, Rights } from '../abi/wasi.ts'
import type { Fd } from '../kernel/descriptors.ts'
import type { OpenFile } from '../kernel/file.ts'
import type { GuestAddr } from '../kernel/memory.ts'
import { encodeUtf8 } from '../kernel/text.ts'
import { regularFile, withRights } from './check.ts'
import type { Caller } from './row.ts'

/** The calls on a descriptor itself, its offset and its flags. */

const ALL_FDFLAGS = FDFLAG.APPEND | FDFLAG.DSYNC | FDFLAG.NONBLOCK | FDFLAG.RSYNC | FDFLAG.SYNC

export const filetypeOf = (file: OpenFile): Filetype =>
  file.kind === 'directory' ? FILETYPE.DIRECTORY
  : file.kind === 'file' ? FILETYPE.REGULAR_FILE
  : file.stream.filetype

/** posix_fadvise(2): advice changes nothing here, but it is checked. */
export const fdAdvise = (caller: Caller, fd: Fd, offset: number, len: number, advice: number): Errno => {
  const file = regularFile(caller, fd, RIGHT.FD_ADVISE, ERRNO.ESPIPE)
  if (typeof file === 'number') return file
  return offset < 0 || len < 0 || advice > ADVICE.NOREUSE ? ERRNO.EINVAL : 0
}

export const fdAllocate = (caller: Caller, fd: Fd, offset: number, len: number): Errno => {
  const file = regularFile(caller, fd, RIGHT.FD_ALLOCATE, ERRNO.ESPIPE)
  if (typeof file === 'number') return file
  return file.fs.allocate(file.ino, offset, len, caller.clock.realtime())
}

export const fdClose = (caller: Caller, fd: Fd): Errno => caller.files.close(fd)

/** fsync(2), EINVAL: "fd is bound to a special file which does not support synchronization." */
const sync = (caller: Caller, fd: Fd, right: Rights): Errno => {
  const descriptor = caller.files.get(fd)
  if (descriptor === undefined) return ERRNO.EBADF
  if (descriptor.file.kind === 'stream') return ERRNO.EINVAL
  return (descriptor.rights & right) === 0 ? ERRNO.ENOTCAPABLE : 0
}
export const fdSync = (caller: Caller, fd: Fd): Errno => sync(caller, fd, RIGHT.FD_SYNC)
export const fdDatasync = (caller: Caller, fd: Fd): Errno => sync(caller, fd, RIGHT.FD_DATASYNC)

export const fdFdstatGet = (caller: Caller, fd: Fd, stat: GuestAddr): Errno => {
  const descriptor = withRights(caller, fd, 0)
  if (typeof descriptor === 'number') return descriptor
  const bytes = new Uint8Array(FDSTAT.size)
  const view = new DataView(bytes.buffer)
  view.setUint8(FDSTAT.filetype, filetypeOf(descriptor.file))
  view.setUint16(FDSTAT.flags, descriptor.file.flags, true)
  view.setBigUint64(FDSTAT.rightsBase, BigInt(descriptor.rights), true)
  view.setBigUint64(FDSTAT.rightsInheriting, BigInt(descriptor.inheriting), true)
  return caller.memory.write(stat, bytes) ? 0 : ERRNO.EFAULT
}

/** fcntl(2), F_SETFL. */
export const fdFdstatSetFlags = (caller: Caller, fd: Fd, flags: number): Errno => {
  const descriptor = withRights(caller, fd, RIGHT.FD_FDSTAT_SET_FLAGS)
  if (typeof descriptor === 'number') return descriptor
  if ((flags & ~ALL_FDFLAGS) !== 0) return ERRNO.EINVAL
  descriptor.file.flags = flags
  return 0
}

/** "This can only be used to remove rights", and is ENOTCAPABLE if it would add some. */
export const fdFdstatSetRights = (caller: Caller, fd: Fd, base: Rights, inheriting: Rights): Errno => {
  const descriptor = withRights(caller, fd, 0)
  if (typeof descriptor === 'number') return descriptor
  const more = (base & ~descriptor.rights) | (inheriting & ~descriptor.inheriting)
  if ((more & ALL_RIGHTS) !== 0) return ERRNO.ENOTCAPABLE
  return caller.files.change(fd, { rights: base & ALL_RIGHTS, inheriting: inheriting & ALL_RIGHTS })
}

/** EBADF for what is not preopened, too: wasi-libc asks from 3 on and stops there. */
export const fdPrestatGet = (caller: Caller, fd: Fd, prestat: GuestAddr): Errno => {
  const name = caller.files.get(fd)?.preopen
  if (name === undefined) return ERRNO.EBADF
  if (!caller.memory.has(prestat, PRESTAT.size)) return ERRNO.EFAULT
  caller.memory.setU32(prestat + PRESTAT.tag, PREOPENTYPE.DIR)
  caller.memory.setU32(prestat + PRESTAT.nameLen, encodeUtf8(name).length)
  return 0
}

export const fdPrestatDirName = (caller: Caller, fd: Fd, path: GuestAddr, pathLen: number): Errno => {
  const name = caller.files.get(fd)?.preopen
  if (name === undefined) return ERRNO.EBADF
  const bytes = encodeUtf8(name)
  if (bytes.length > pathLen) return ERRNO.ENAMETOOLONG
  return caller.memory.has(path, pathLen) && caller.memory.write(path, bytes) ? 0 : ERRNO.EFAULT
}

export const fdRenumber = (caller: Caller, fd: Fd, to: Fd): Errno => caller.files.renumber(fd, to)

/** lseek(2). The right to tell is enough to ask where one is. */
export const fdSeek = (caller: Caller, fd: Fd, offset: number, whence: number, newOffset: GuestAddr): Errno => {
  const needed = whence === WHENCE.CUR && offset === 0 ? RIGHT.FD_TELL : RIGHT.FD_SEEK
  const descriptor = caller.files.get(fd)
  if (descriptor === undefined) return ERRNO.EBADF
  const { file, rights } = descriptor
  if (file.kind === 'directory') return ERRNO.EISDIR
  if (file.kind === 'stream') return ERRNO.ESPIPE
  if ((rights & (needed | RIGHT.FD_SEEK)) === 0) return ERRNO.ENOTCAPABLE
  if (whence > WHENCE.END) return ERRNO.EINVAL
  if (!caller.memory.has(newOffset, 8)) return ERRNO.EFAULT
  const from = whence === WHENCE.SET ? 0 : whence === WHENCE.CUR ? file.offset : file.fs.sizeOf(file.ino)
  const to = from + offset
  if (!(to >= 0)) return ERRNO.EINVAL
  if (to > Number.MAX_SAFE_INTEGER) return ERRNO.EOVERFLOW
  file.offset = to
  caller.memory.setWhole(newOffset, to)
  return 0
}

export const fdTell = (caller: Caller, fd: Fd, offset: GuestAddr): Errno => fdSeek(caller, fd, 0, WHENCE.CUR, offset)
