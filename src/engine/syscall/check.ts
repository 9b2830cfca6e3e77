import { ERRNO } from '../abi/errno.ts'
import type { Errno } from '../abi/errno.ts'
import type { Rights } from '../abi/wasi.ts'
import type { Descriptor, Fd } from '../kernel/descriptors.ts'
import type { OpenDirectory, OpenRegular } from '../kernel/file.ts'
import type { GuestAddr } from '../kernel/memory.ts'
import { PATH_MAX, resolvePath } from '../kernel/path.ts'
import type { LastLink, Place } from '../kernel/path.ts'
import { strictText } from '../kernel/text.ts'
import type { Caller } from './row.ts'

/** What handlers check alike. Each answers what was asked for, or an errno. */

/** An open descriptor with all of these rights: EBADF, ENOTCAPABLE. */
export const withRights = (caller: Caller, fd: Fd, rights: Rights): Descriptor | Errno => {
  const descriptor = caller.files.get(fd)
  if (descriptor === undefined) return ERRNO.EBADF
  return (descriptor.rights & rights) === rights ? descriptor : ERRNO.ENOTCAPABLE
}

/** A regular file: EBADF, EISDIR, `notAFile` for terminals and pipes, ENOTCAPABLE. */
export const regularFile = (caller: Caller, fd: Fd, rights: Rights, notAFile: Errno): OpenRegular | Errno => {
  const descriptor = caller.files.get(fd)
  if (descriptor === undefined) return ERRNO.EBADF
  const { file } = descriptor
  if (file.kind === 'directory') return ERRNO.EISDIR
  if (file.kind === 'stream') return notAFile
  return (descriptor.rights & rights) === rights ? file : ERRNO.ENOTCAPABLE
}

/** A directory: EBADF, ENOTDIR, ENOTCAPABLE. */
export const directory = (
  caller: Caller, fd: Fd, rights: Rights,
): { readonly file: OpenDirectory; readonly descriptor: Descriptor } | Errno => {
  const descriptor = caller.files.get(fd)
  if (descriptor === undefined) return ERRNO.EBADF
  const { file } = descriptor
  if (file.kind !== 'directory') return ERRNO.ENOTDIR
  return (descriptor.rights & rights) === rights ? { file, descriptor } : ERRNO.ENOTCAPABLE
}

/** A path in memory: EFAULT, ENAMETOOLONG, EILSEQ if it is not UTF-8, EINVAL if a NUL is in it. */
export const pathText = (caller: Caller, addr: GuestAddr, length: number): string | Errno => {
  const bytes = caller.memory.view(addr, length)
  if (bytes === undefined) return ERRNO.EFAULT
  if (length >= PATH_MAX) return ERRNO.ENAMETOOLONG
  const path = strictText(bytes)
  if (path === undefined) return ERRNO.EILSEQ
  return path.includes('\0') ? ERRNO.EINVAL : path
}

/** A place in the file system and the directory that it was looked for from. */
export interface Found {
  readonly file: OpenDirectory
  readonly descriptor: Descriptor
  readonly path: string
  readonly place: Place
}

/**
 * Where a path in memory leads, from a directory with these rights. An absolute path is ENOTCAPABLE: a guest
 * has no root, only directories that it was given (wasi-libc strips the name of the fitting one).
 */
export const findPlace = (
  caller: Caller, fd: Fd, rights: Rights, addr: GuestAddr, length: number, lastLink: LastLink,
): Found | Errno => {
  const path = pathText(caller, addr, length)
  if (typeof path === 'number') return path
  const from = directory(caller, fd, rights)
  if (typeof from === 'number') return from
  if (path.startsWith('/')) return ERRNO.ENOTCAPABLE
  const place = resolvePath(from.file.fs, from.file.ino, path, lastLink)
  return typeof place === 'number' ? place : { ...from, path, place }
}
