import { ERRNO } from '../abi/errno.ts'
import type { Errno } from '../abi/errno.ts'
import type { FileSystem } from './fs.ts'
import type { Ino } from './inode.ts'
import { encodeUtf8 } from './text.ts'

/** path_resolution(7): "the maximum number of symbolic links … is 40". */
export const LINK_LIMIT = 40
/** limits.h: bytes of a name, and of a path (with its NUL). */
export const NAME_MAX = 255
export const PATH_MAX = 4096

/** Where a path leads: a directory, a name in it, and what the name stands for now. */
export interface Place {
  readonly directory: Ino
  readonly name: string
  /** What is there; undefined if nothing is. */
  readonly ino: Ino | undefined
  /** The path ends in slashes: only a directory may be there. */
  readonly slash: boolean
  /** The last component is a name, or '.', '..' or the root: what cannot be created, removed or renamed. */
  readonly last: 'name' | '.' | '..' | '/'
}

/**
 * - `follow`: a symlink at the end is followed
 * - `keep`: it is not, unless slashes follow it ("a trailing slash forces resolution of the preceding component")
 * - `parent`: it never is: for calls that make, remove or rename the name itself
 */
export type LastLink = 'follow' | 'keep' | 'parent'

/**
 * Resolves a path as in path_resolution(7), beginning at a directory and never leaving it: ENOTCAPABLE where ".."
 * or a symlink would. Where it begins at the file system's root, ".." there is itself, and absolute symlinks
 * and paths mean that root; elsewhere an absolute one is ENOTCAPABLE, too.
 *
 * ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG. A missing last component is no error: its place has no `ino`.
 */
export const resolvePath = (fs: FileSystem, start: Ino, path: string, lastLink: LastLink): Place | Errno => {
  if (path === '') return ERRNO.ENOENT
  if (tooLong(path, PATH_MAX - 1)) return ERRNO.ENAMETOOLONG
  const isRoot = start === fs.root
  if (path.startsWith('/') && !isRoot) return ERRNO.ENOTCAPABLE
  let slash = path.endsWith('/')
  /** Components still to come, the next one last. */
  const rest = components(path)
  let directory = start
  let place: Place = { directory, name: '', ino: directory, slash, last: '/' }
  for (let links = 0; ; ) {
    const name = rest.pop()
    if (name === undefined) return { ...place, slash }
    if (name === '.') {
      place = { directory, name, ino: directory, slash, last: '.' }
      continue
    }
    if (name === '..') {
      if (directory !== start) directory = parentOf(fs, directory)
      else if (!isRoot) return ERRNO.ENOTCAPABLE
      place = { directory, name, ino: directory, slash, last: '..' }
      continue
    }
    if (tooLong(name, NAME_MAX)) return ERRNO.ENAMETOOLONG
    const atEnd = rest.length === 0
    const ino = lookUp(fs, directory, name)
    if (ino === undefined) return atEnd ? { directory, name, ino, slash, last: 'name' } : ERRNO.ENOENT
    const inode = fs.get(ino)
    if (inode.kind === 'link' && (!atEnd || lastLink === 'follow' || (lastLink === 'keep' && slash))) {
      if (++links > LINK_LIMIT) return ERRNO.ELOOP
      if (inode.target.startsWith('/')) {
        if (!isRoot) return ERRNO.ENOTCAPABLE
        directory = fs.root
        place = { directory, name: '', ino: directory, slash, last: '/' }
      }
      if (atEnd && inode.target.endsWith('/')) slash = true
      rest.push(...components(inode.target))
      continue
    }
    if (atEnd) {
      const mustBeDirectory = slash && lastLink !== 'parent'
      if (mustBeDirectory && inode.kind !== 'directory') return ERRNO.ENOTDIR
      return { directory, name, ino, slash, last: 'name' }
    }
    if (inode.kind !== 'directory') return ERRNO.ENOTDIR
    directory = ino
    place = { directory, name, ino, slash, last: 'name' }
  }
}

/** What a name in a directory stands for. */
export const lookUp = (fs: FileSystem, directory: Ino, name: string): Ino | undefined => {
  const inode = fs.get(directory)
  return inode.kind === 'directory' ? inode.entries.get(name)?.ino : undefined
}

/** The directory's "..". */
export const parentOf = (fs: FileSystem, directory: Ino): Ino => {
  const inode = fs.get(directory)
  return inode.kind === 'directory' ? inode.parent : directory
}

/** A path's names, the first one last, so that `pop` takes it. */
const components = (path: string): string[] =>
  path.includes('/') ? path.split('/').filter((name) => name !== '').reverse() : path === '' ? [] : [path]

const tooLong = (text: string, bytes: number): boolean =>
  text.length > bytes || (text.length * 3 > bytes && encodeUtf8(text).length > bytes)
