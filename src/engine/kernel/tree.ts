import { ERRNO, errnoMessage } from '../abi/errno.ts'
import type { Errno } from '../abi/errno.ts'
import { ALL_RIGHTS, DIRECTORY_RIGHTS } from '../abi/wasi.ts'
import type { Descriptor } from './descriptors.ts'
import { createFile, makeDirectory, makeSymlink } from './directory.ts'
import { openInode } from './file.ts'
import type { FileSystem } from './fs.ts'
import type { Ino } from './inode.ts'
import { resolvePath } from './path.ts'
import type { Place } from './path.ts'

/** A thing to be put into a file system, or found in it. Paths are absolute; missing parents are made. */
export type TreeEntry = TreeFile | TreeLink | TreeDirectory

interface Common {
  readonly path: string
  /** The host's permission bits; 0o644, 0o755 for directories, 0o777 for links unless told. */
  readonly mode?: number
  /** Last modification, in nanoseconds since 1970-01-01 UTC; `now` unless told. */
  readonly mtim?: bigint
}
export interface TreeFile extends Common {
  readonly bytes: Uint8Array
}
export interface TreeLink extends Common {
  readonly link: string
}
export interface TreeDirectory extends Common {
  readonly directory: true
}

/**
 * Puts all entries into the file system. Returns undefined, or the sentence that says which one could not be
 * made and why.
 */
export const plantTree = (fs: FileSystem, entries: Iterable<TreeEntry>, now: bigint): string | undefined => {
  const times: [Ino, bigint][] = []
  for (const entry of entries) {
    const planted = plant(fs, entry, now)
    if (planted < 0) return `${entry.path}: ${errnoMessage(-planted)}`
    if (entry.mtim !== undefined) times.push([planted, entry.mtim])
  }
  // Last, because making something in a directory changes its time.
  for (const [ino, mtim] of times) fs.setTimes(ino, mtim, mtim, now)
  return undefined
}

/** Where the programs of a recipe stand, and what PATH says. */
const PROGRAMS = '/bin'

/**
 * The programs as files, /bin/NAME, so that execve(2) finds them; a file of the recipe's own at that place stays.
 *
 * @param modules their bytes by hash; a program without is left out
 */
export const programFiles = (
  programs: readonly { readonly name: string; readonly hash: string }[],
  modules: Readonly<Record<string, Uint8Array>>,
  tree: readonly TreeEntry[],
): readonly TreeEntry[] => {
  const files = new Map<string, TreeEntry>()
  const taken = new Set(tree.map(({ path }) => path))
  for (const { name, hash } of programs) {
    const path = `${PROGRAMS}/${name}`
    const bytes = modules[hash]
    if (bytes !== undefined && isFileName(name) && !taken.has(path)) files.set(path, { path, bytes, mode: 0o555 })
  }
  return [...files.values()]
}

const isFileName = (name: string): boolean => name !== '' && name !== '.' && name !== '..' && !name.includes('/')

/** Returns the inode's number, or −errno. */
const plant = (fs: FileSystem, entry: TreeEntry, now: bigint): number => {
  const path = entry.path.replace(/\/+$/, '') || '/'
  const parents = makeParents(fs, path, now)
  if (parents !== 0) return -parents
  const place = resolvePath(fs, fs.root, path, 'parent')
  if (typeof place === 'number') return -place
  if ('directory' in entry) return plantDirectory(fs, place, entry, now)
  if ('link' in entry) {
    const made = makeSymlink(fs, entry.link, place, now)
    return made === 0 ? inoAt(fs, path) : -made
  }
  if (place.ino !== undefined) return -ERRNO.EEXIST
  const ino = createFile(fs, place, entry.mode ?? 0o644, now)
  if (ino < 0) return ino
  // The open file is what sends the pages to the disk when it is closed.
  fs.acquire(ino)
  const written = fs.write(ino, 0, entry.bytes, now)
  fs.release(ino)
  if (written < 0) return written
  return written < entry.bytes.length ? -ERRNO.ENOSPC : ino
}

const plantDirectory = (fs: FileSystem, place: Place, entry: TreeDirectory, now: bigint): number => {
  if (place.ino !== undefined) {
    const inode = fs.own(place.ino)
    if (inode.kind !== 'directory') return -ERRNO.EEXIST
    if (entry.mode !== undefined) inode.mode = entry.mode
    return place.ino
  }
  const made = makeDirectory(fs, place, entry.mode ?? 0o755, now)
  return made === 0 ? inoAt(fs, entry.path) : -made
}

const inoAt = (fs: FileSystem, path: string): number => {
  const place = resolvePath(fs, fs.root, path, 'parent')
  return typeof place === 'number' ? -place : (place.ino ?? -ERRNO.ENOENT)
}

const makeParents = (fs: FileSystem, path: string, now: bigint): Errno => {
  for (let at = path.indexOf('/', 1); at > 0; at = path.indexOf('/', at + 1)) {
    const place = resolvePath(fs, fs.root, path.slice(0, at), 'follow')
    if (typeof place === 'number') return place
    const made = place.ino === undefined ? makeDirectory(fs, place, 0o755, now) : 0
    if (made !== 0) return made
  }
  return 0
}

/** What `walkTree` finds. Names of one file (hard links) have the same `ino`. */
export type Found = TreeEntry & { readonly ino: Ino; readonly mode: number; readonly mtim: bigint }

/**
 * All that is below a directory, parents before children, otherwise in the order in which the names were made. Paths
 * begin at that directory ('/' is itself and is left out); `bytes` are a copy.
 */
export function* walkTree(fs: FileSystem, top: Ino = fs.root, prefix = ''): Generator<Found> {
  const inode = fs.get(top)
  if (inode.kind !== 'directory') return
  for (const [name, { ino }] of inode.entries) {
    const path = `${prefix}/${name}`
    const { mode, mtim } = fs.get(ino)
    const child = fs.get(ino)
    if (child.kind === 'directory') {
      yield { path, ino, mode, mtim, directory: true }
      yield* walkTree(fs, ino, path)
    } else if (child.kind === 'link') yield { path, ino, mode, mtim, link: child.target }
    else yield { path, ino, mode, mtim, bytes: readAll(fs, ino) }
  }
}

/** All bytes of a regular file, without a trace in its access time. */
export const readAll = (fs: FileSystem, ino: Ino): Uint8Array => {
  const bytes = new Uint8Array(fs.sizeOf(ino))
  const { atim } = fs.get(ino)
  fs.read(ino, 0, bytes, atim)
  return bytes
}

export interface Preopen {
  /** The name under which the guest finds it: '/sandbox', '.'. */
  readonly guest: string
  /** A directory of the file system. */
  readonly path: string
}

/** A preopened directory with all rights, for `Descriptors.add`; −errno if there is no such directory. */
export const openPreopen = (fs: FileSystem, { guest, path }: Preopen): Descriptor | number => {
  const place = resolvePath(fs, fs.root, path, 'follow')
  if (typeof place === 'number') return -place
  if (place.ino === undefined) return -ERRNO.ENOENT
  if (fs.get(place.ino).kind !== 'directory') return -ERRNO.ENOTDIR
  const file = openInode(fs, place.ino, 0, guest)
  return { file, rights: DIRECTORY_RIGHTS, inheriting: ALL_RIGHTS, closeOnExec: false, preopen: guest }
}
