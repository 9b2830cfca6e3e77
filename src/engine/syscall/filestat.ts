import { ERRNO } from '../abi/errno.ts'
import type { Errno } from '../abi/errno.ts'
import { FILESTAT, FILETYPE, FSTFLAG, LOOKUPFLAG, RIGHT } from '../abi/wasi.ts'
import type { FilestatLayout, Filetype } from '../abi/wasi.ts'
import type { Fd } from '../kernel/descriptors.ts'
import type { FileSystem } from '../kernel/fs.ts'
import type { Ino, Inode } from '../kernel/inode.ts'
import type { GuestAddr } from '../kernel/memory.ts'
import { findPlace, regularFile, withRights } from './check.ts'
import { filetypeOf } from './fd.ts'
import type { Found } from './check.ts'
import type { Caller } from './row.ts'

/** stat(2), ftruncate(2) and utimensat(2). */

/** The one device that there is: st_dev and st_ino identify a file. */
const DEVICE = 1n

export const filetypeOfKind = (kind: Inode['kind']): Filetype =>
  kind === 'file' ? FILETYPE.REGULAR_FILE : kind === 'directory' ? FILETYPE.DIRECTORY : FILETYPE.SYMBOLIC_LINK

const putFilestat = (caller: Caller, at: GuestAddr, layout: FilestatLayout, fill: (view: DataView) => void): Errno => {
  const bytes = new Uint8Array(layout.size)
  fill(new DataView(bytes.buffer))
  return caller.memory.write(at, bytes) ? 0 : ERRNO.EFAULT
}

const putInode = (caller: Caller, at: GuestAddr, layout: FilestatLayout, fs: FileSystem, ino: Ino): Errno =>
  putFilestat(caller, at, layout, (view) => {
    const inode = fs.get(ino)
    view.setBigUint64(layout.dev, DEVICE, true)
    view.setBigUint64(layout.ino, BigInt(ino), true)
    view.setUint8(layout.filetype, filetypeOfKind(inode.kind))
    // Before the size: of wasi_unstable's 32 bits the upper half lies there.
    view.setBigUint64(layout.nlink, BigInt(inode.nlink), true)
    view.setBigUint64(layout.fileSize, BigInt(fs.sizeOf(ino)), true)
    view.setBigUint64(layout.atim, BigInt.asUintN(64, inode.atim), true)
    view.setBigUint64(layout.mtim, BigInt.asUintN(64, inode.mtim), true)
    view.setBigUint64(layout.ctim, BigInt.asUintN(64, inode.ctim), true)
  })

export const fdFilestatGet = (caller: Caller, fd: Fd, buf: GuestAddr, layout: FilestatLayout = FILESTAT): Errno => {
  const descriptor = withRights(caller, fd, RIGHT.FD_FILESTAT_GET)
  if (typeof descriptor === 'number') return descriptor
  const { file } = descriptor
  if (file.kind !== 'stream') return putInode(caller, buf, layout, file.fs, file.ino)
  return putFilestat(caller, buf, layout, (view) => {
    view.setUint8(layout.filetype, filetypeOf(file))
    view.setBigUint64(layout.nlink, 1n, true)
  })
}

export const fdFilestatSetSize = (caller: Caller, fd: Fd, size: number): Errno => {
  const file = regularFile(caller, fd, RIGHT.FD_FILESTAT_SET_SIZE, ERRNO.EINVAL)
  if (typeof file === 'number') return file
  return file.fs.resize(file.ino, size, caller.clock.realtime())
}

/** EINVAL for both ways to set one time, and for flags that there are not. */
const setTimes = (
  caller: Caller, fs: FileSystem, ino: Ino, atim: bigint, mtim: bigint, flags: number,
): Errno => {
  const has = (flag: number): boolean => (flags & flag) !== 0
  if (has(~(FSTFLAG.ATIM | FSTFLAG.ATIM_NOW | FSTFLAG.MTIM | FSTFLAG.MTIM_NOW))) return ERRNO.EINVAL
  if (has(FSTFLAG.ATIM) && has(FSTFLAG.ATIM_NOW)) return ERRNO.EINVAL
  if (has(FSTFLAG.MTIM) && has(FSTFLAG.MTIM_NOW)) return ERRNO.EINVAL
  const now = caller.clock.realtime()
  const newAtim = has(FSTFLAG.ATIM) ? atim : has(FSTFLAG.ATIM_NOW) ? now : undefined
  const newMtim = has(FSTFLAG.MTIM) ? mtim : has(FSTFLAG.MTIM_NOW) ? now : undefined
  if (newAtim !== undefined || newMtim !== undefined) fs.setTimes(ino, newAtim, newMtim, now)
  return 0
}

export const fdFilestatSetTimes = (caller: Caller, fd: Fd, atim: bigint, mtim: bigint, flags: number): Errno => {
  const descriptor = withRights(caller, fd, RIGHT.FD_FILESTAT_SET_TIMES)
  if (typeof descriptor === 'number') return descriptor
  const { file } = descriptor
  return file.kind === 'stream' ? ERRNO.EINVAL : setTimes(caller, file.fs, file.ino, atim, mtim, flags)
}

/** What is at a path, after following a symlink at its end if `flags` say so. */
const findInode = (
  caller: Caller, fd: Fd, right: number, flags: number, path: GuestAddr, pathLen: number,
): (Found & { readonly ino: Ino }) | Errno => {
  if ((flags & ~LOOKUPFLAG.SYMLINK_FOLLOW) !== 0) return ERRNO.EINVAL
  const found = findPlace(caller, fd, right, path, pathLen, flags === 0 ? 'keep' : 'follow')
  if (typeof found === 'number') return found
  const { ino } = found.place
  return ino === undefined ? ERRNO.ENOENT : { ...found, ino }
}

export const pathFilestatGet = (
  caller: Caller, fd: Fd, flags: number, path: GuestAddr, pathLen: number, buf: GuestAddr, layout: FilestatLayout = FILESTAT,
): Errno => {
  const found = findInode(caller, fd, RIGHT.PATH_FILESTAT_GET, flags, path, pathLen)
  return typeof found === 'number' ? found : putInode(caller, buf, layout, found.file.fs, found.ino)
}

export const pathFilestatSetTimes = (
  caller: Caller, fd: Fd, flags: number, path: GuestAddr, pathLen: number, atim: bigint, mtim: bigint,
  fstFlags: number,
): Errno => {
  const found = findInode(caller, fd, RIGHT.PATH_FILESTAT_SET_TIMES, flags, path, pathLen)
  return typeof found === 'number' ? found : setTimes(caller, found.file.fs, found.ino, atim, mtim, fstFlags)
}
