import type { FileEntry } from '../protocol.ts'
import type { FileSystem } from './fs.ts'
import type { Ino } from './inode.ts'
import { resolvePath } from './path.ts'

/** A list for people: a guest that makes a million files is still answered at once. */
const MOST_ENTRIES = 10_000

/**
 * What is in a file system, parents before children, by name within a directory: as a person looks at it, who
 * changes nothing by looking.
 *
 * @param since nanoseconds since 1970: what has changed after it is marked so; by ctim, which no guest can set back
 */
export const listFiles = (fs: FileSystem, since: bigint): { readonly entries: readonly FileEntry[]; readonly more: boolean } => {
  const entries: FileEntry[] = []
  return { entries, more: !list(fs, fs.root, '', since, entries) }
}

/** Whether all of the directory has found its place. */
const list = (fs: FileSystem, top: Ino, prefix: string, since: bigint, entries: FileEntry[]): boolean => {
  const directory = fs.get(top)
  if (directory.kind !== 'directory') return true
  const names = [...directory.entries].sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [name, { ino }] of names) {
    if (entries.length >= MOST_ENTRIES) return false
    const inode = fs.get(ino)
    const { kind, mtim, ctim } = inode
    const path = `${prefix}/${name}`
    entries.push({
      path, kind, size: kind === 'file' ? fs.sizeOf(ino) : 0, mtim, changed: ctim > since, ...(inode.kind === 'link' ? { link: inode.target } : {}),
    })
    if (!list(fs, ino, path, since, entries)) return false
  }
  return true
}

/** The first `most` bytes of a regular file, without a trace in its access time; undefined if there is none. */
export const peekFile = (fs: FileSystem, path: string, most: number): Uint8Array | undefined => {
  const place = resolvePath(fs, fs.root, path, 'parent')
  if (typeof place === 'number' || place.ino === undefined) return undefined
  const { kind, atim } = fs.get(place.ino)
  if (kind !== 'file') return undefined
  const bytes = new Uint8Array(Math.min(most, fs.sizeOf(place.ino)))
  const read = fs.read(place.ino, 0, bytes, atim)
  return read < 0 ? undefined : bytes
}
