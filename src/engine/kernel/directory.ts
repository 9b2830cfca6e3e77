import { ERRNO } from '../abi/errno.ts'
import type { Errno } from '../abi/errno.ts'
import { KernelBug } from './bug.ts'
import type { FileSystem } from './fs.ts'
import type { DirectoryInode, Ino, Inode } from './inode.ts'
import { parentOf } from './path.ts'
import type { Place } from './path.ts'

/**
 * What changes names in directories: link(2), unlink(2), rename(2) and their kin. Places come from
 * `resolvePath` with 'parent'; which errno comes first is as in Linux's fs/namei.c. Each returns an errno.
 */

/** Makes an empty regular file where nothing is: open(2) with O_CREAT. Returns its number, or −errno. */
export const createFile = (fs: FileSystem, at: Place, mode: number, now: bigint): number => {
  // open(2), EISDIR: "pathname refers to a directory": a name with a slash behind it does.
  if (at.slash) return -ERRNO.EISDIR
  return add(fs, at, () => fs.create({ kind: 'file' }, mode, now), now)
}

/** mkdir(2). */
export const makeDirectory = (fs: FileSystem, at: Place, mode: number, now: bigint): Errno => {
  if (at.ino !== undefined) return ERRNO.EEXIST
  return errnoOf(add(fs, at, () => fs.create({ kind: 'directory', parent: at.directory }, mode, now), now))
}

/** symlink(2). */
export const makeSymlink = (fs: FileSystem, target: string, at: Place, now: bigint): Errno => {
  if (target === '') return ERRNO.ENOENT
  if (at.ino !== undefined) return ERRNO.EEXIST
  if (at.slash) return ERRNO.ENOENT
  return errnoOf(add(fs, at, () => fs.create({ kind: 'link', target }, 0o777, now), now))
}

/** link(2): another name for what is at `from`, a symlink itself included. */
export const makeLink = (fs: FileSystem, from: Place, to: Place, now: bigint): Errno => {
  if (from.ino === undefined) return ERRNO.ENOENT
  const inode = fs.get(from.ino)
  if (from.slash && inode.kind !== 'directory') return ERRNO.ENOTDIR
  if (to.ino !== undefined) return ERRNO.EEXIST
  if (to.slash) return ERRNO.ENOENT
  if (inode.kind === 'directory') return ERRNO.EPERM
  if (inode.nlink >= fs.limits.links) return ERRNO.EMLINK
  const ino = from.ino
  const added = errnoOf(add(fs, to, () => ino, now))
  if (added === 0) fs.own(ino).ctim = now
  return added
}

/** unlink(2). */
export const unlinkFile = (fs: FileSystem, at: Place, now: bigint): Errno => {
  if (at.last !== 'name') return ERRNO.EISDIR
  if (at.ino === undefined) return ERRNO.ENOENT
  if (fs.get(at.ino).kind === 'directory') return ERRNO.EISDIR
  if (at.slash) return ERRNO.ENOTDIR
  remove(fs, at, now)
  return 0
}

/** rmdir(2). */
export const removeDirectory = (fs: FileSystem, at: Place, now: bigint): Errno => {
  if (at.last === '.') return ERRNO.EINVAL
  if (at.last === '..') return ERRNO.ENOTEMPTY
  if (at.last === '/') return ERRNO.EBUSY
  if (at.ino === undefined) return ERRNO.ENOENT
  const inode = fs.get(at.ino)
  if (inode.kind !== 'directory') return ERRNO.ENOTDIR
  if (inode.entries.size > 0) return ERRNO.ENOTEMPTY
  remove(fs, at, now)
  return 0
}

/** rename(2): "if newpath already exists, it will be atomically replaced". */
export const rename = (fs: FileSystem, from: Place, to: Place, now: bigint): Errno => {
  if (from.last !== 'name' || to.last !== 'name') return ERRNO.EBUSY
  if (from.ino === undefined) return ERRNO.ENOENT
  const moved = fs.get(from.ino)
  const isDirectory = moved.kind === 'directory'
  if (!isDirectory && (from.slash || to.slash)) return ERRNO.ENOTDIR
  if (fs.get(to.directory).nlink === 0) return ERRNO.ENOENT
  if (isDirectory && isWithin(fs, to.directory, from.ino)) return ERRNO.EINVAL
  if (to.ino !== undefined) {
    // "If oldpath and newpath are existing hard links referring to the same file, then rename() does nothing."
    if (to.ino === from.ino) return 0
    if (isWithin(fs, from.directory, to.ino)) return ERRNO.ENOTEMPTY
    const there = fs.get(to.ino)
    if (isDirectory && there.kind !== 'directory') return ERRNO.ENOTDIR
    if (!isDirectory && there.kind === 'directory') return ERRNO.EISDIR
    if (there.kind === 'directory' && there.entries.size > 0) return ERRNO.ENOTEMPTY
    remove(fs, to, now)
  }
  takeName(ownDirectory(fs, from.directory, now), from.name)
  giveName(ownDirectory(fs, to.directory, now), to.name, from.ino)
  const inode = fs.own(from.ino)
  inode.ctim = now
  if (inode.kind === 'directory') inode.parent = to.directory
  return 0
}

/** A directory's entry as readdir(3) gives it. */
export interface Listed {
  readonly name: string
  readonly ino: Ino
  readonly kind: Inode['kind']
  /** The cookie from which reading goes on behind it. */
  readonly next: number
}

/**
 * The entries from a cookie on, "." and ".." first; 0 is the beginning. Cookies are positions that an entry
 * keeps as long as it lives, so that what is made or removed meanwhile neither hides nor repeats another.
 */
export function* list(fs: FileSystem, directory: Ino, cookie: number): Generator<Listed> {
  const inode = fs.get(directory)
  if (inode.kind !== 'directory') return
  // A removed directory has not even these two.
  if (inode.nlink === 0) return
  if (cookie <= 0) yield { name: '.', ino: directory, kind: 'directory', next: 1 }
  if (cookie <= 1) yield { name: '..', ino: parentOf(fs, directory), kind: 'directory', next: 2 }
  for (const [name, { ino, position }] of inode.entries) {
    if (position >= cookie) yield { name, ino, kind: fs.get(ino).kind, next: position + 1 }
  }
}

/** Is `directory` the other one or below it? */
const isWithin = (fs: FileSystem, directory: Ino, other: Ino): boolean => {
  for (let at = directory; ; at = parentOf(fs, at)) {
    if (at === other) return true
    if (at === parentOf(fs, at)) return false
  }
}

const errnoOf = (result: number): Errno => (result < 0 ? -result : 0)

/** Gives a name to what `make` makes. Returns its number, or −errno. */
const add = (fs: FileSystem, at: Place, make: () => Ino | undefined, now: bigint): number => {
  if (at.ino !== undefined) return -ERRNO.EEXIST
  // The directory was removed while somebody had it open.
  if (fs.get(at.directory).nlink === 0) return -ERRNO.ENOENT
  if (!fs.countEntries(1)) return -ERRNO.ENOSPC
  const ino = make()
  if (ino === undefined) {
    fs.countEntries(-1)
    return -ERRNO.ENOSPC
  }
  giveName(ownDirectory(fs, at.directory, now), at.name, ino)
  fs.own(ino).nlink++
  return ino
}

const remove = (fs: FileSystem, at: Place, now: bigint): void => {
  if (at.ino === undefined) throw new KernelBug('nothing to remove')
  takeName(ownDirectory(fs, at.directory, now), at.name)
  fs.countEntries(-1)
  const inode = fs.own(at.ino)
  inode.nlink--
  inode.ctim = now
  fs.drop(at.ino)
}

const ownDirectory = (fs: FileSystem, ino: Ino, now: bigint): DirectoryInode => {
  const inode = fs.own(ino)
  if (inode.kind !== 'directory') throw new KernelBug(`inode ${ino} is no directory`)
  inode.mtim = inode.ctim = now
  return inode
}

const giveName = (directory: DirectoryInode, name: string, ino: Ino): void => {
  directory.entries.set(name, { ino, position: directory.next++ })
}

const takeName = (directory: DirectoryInode, name: string): void => {
  directory.entries.delete(name)
}
