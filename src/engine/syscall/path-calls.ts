import { ERRNO } from '../abi/errno.ts'
import type { Errno } from '../abi/errno.ts'
import { LOOKUPFLAG, RIGHT } from '../abi/wasi.ts'
import type { Rights } from '../abi/wasi.ts'
import type { Fd } from '../kernel/descriptors.ts'
import { makeDirectory, makeLink, makeSymlink, removeDirectory, rename, unlinkFile } from '../kernel/directory.ts'
import type { FileSystem } from '../kernel/fs.ts'
import type { GuestAddr } from '../kernel/memory.ts'
import type { Place } from '../kernel/path.ts'
import { encodeUtf8 } from '../kernel/text.ts'
import { findPlace, pathText } from './check.ts'
import type { Caller } from './row.ts'

/** The calls that make, remove and rename names, and readlink(2). */

/** A call that changes one name. */
const change = (
  caller: Caller, fd: Fd, right: Rights, path: GuestAddr, pathLen: number,
  how: (fs: FileSystem, place: Place, now: bigint) => Errno,
): Errno => {
  const found = findPlace(caller, fd, right, path, pathLen, 'parent')
  return typeof found === 'number' ? found : how(found.file.fs, found.place, caller.clock.realtime())
}

/** WASI has no permission bits; these are what the host sees. */
const DIRECTORY_MODE = 0o755

export const pathCreateDirectory = (caller: Caller, fd: Fd, path: GuestAddr, pathLen: number): Errno =>
  change(caller, fd, RIGHT.PATH_CREATE_DIRECTORY, path, pathLen, (fs, place, now) =>
    makeDirectory(fs, place, DIRECTORY_MODE, now))

export const pathRemoveDirectory = (caller: Caller, fd: Fd, path: GuestAddr, pathLen: number): Errno =>
  change(caller, fd, RIGHT.PATH_REMOVE_DIRECTORY, path, pathLen, removeDirectory)

export const pathUnlinkFile = (caller: Caller, fd: Fd, path: GuestAddr, pathLen: number): Errno =>
  change(caller, fd, RIGHT.PATH_UNLINK_FILE, path, pathLen, unlinkFile)

/** A target that is absolute is refused as in wasmtime: it could only lead out of the sandbox. */
export const pathSymlink = (
  caller: Caller, oldPath: GuestAddr, oldPathLen: number, fd: Fd, newPath: GuestAddr, newPathLen: number,
): Errno => {
  const target = pathText(caller, oldPath, oldPathLen)
  if (typeof target === 'number') return target
  if (target.startsWith('/')) return ERRNO.ENOTCAPABLE
  return change(caller, fd, RIGHT.PATH_SYMLINK, newPath, newPathLen, (fs, place, now) =>
    makeSymlink(fs, target, place, now))
}

export const pathLink = (
  caller: Caller, oldFd: Fd, oldFlags: number, oldPath: GuestAddr, oldPathLen: number, newFd: Fd,
  newPath: GuestAddr, newPathLen: number,
): Errno => {
  if ((oldFlags & ~LOOKUPFLAG.SYMLINK_FOLLOW) !== 0) return ERRNO.EINVAL
  const lastLink = oldFlags === 0 ? 'keep' : 'follow'
  const from = findPlace(caller, oldFd, RIGHT.PATH_LINK_SOURCE, oldPath, oldPathLen, lastLink)
  if (typeof from === 'number') return from
  return change(caller, newFd, RIGHT.PATH_LINK_TARGET, newPath, newPathLen, (fs, place, now) =>
    fs === from.file.fs ? makeLink(fs, from.place, place, now) : ERRNO.EXDEV)
}

export const pathRename = (
  caller: Caller, fd: Fd, oldPath: GuestAddr, oldPathLen: number, newFd: Fd, newPath: GuestAddr,
  newPathLen: number,
): Errno => {
  const from = findPlace(caller, fd, RIGHT.PATH_RENAME_SOURCE, oldPath, oldPathLen, 'parent')
  if (typeof from === 'number') return from
  return change(caller, newFd, RIGHT.PATH_RENAME_TARGET, newPath, newPathLen, (fs, place, now) =>
    fs === from.file.fs ? rename(fs, from.place, place, now) : ERRNO.EXDEV)
}

/** readlink(2): "It will (silently) truncate the contents … in case the buffer is too small". */
export const pathReadlink = (
  caller: Caller, fd: Fd, path: GuestAddr, pathLen: number, buf: GuestAddr, bufLen: number, bufused: GuestAddr,
): Errno => {
  const found = findPlace(caller, fd, RIGHT.PATH_READLINK, path, pathLen, 'keep')
  if (typeof found === 'number') return found
  const { ino } = found.place
  if (ino === undefined) return ERRNO.ENOENT
  const inode = found.file.fs.get(ino)
  if (inode.kind !== 'link') return ERRNO.EINVAL
  const { memory } = caller
  if (!memory.has(buf, bufLen) || !memory.has(bufused, 4)) return ERRNO.EFAULT
  const target = encodeUtf8(inode.target).subarray(0, bufLen)
  memory.write(buf, target)
  memory.setU32(bufused, target.length)
  found.file.fs.touch(ino, caller.clock.realtime())
  return 0
}
