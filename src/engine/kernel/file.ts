import type { FileSystem } from './fs.ts'
import type { Ino } from './inode.ts'
import type { Stream } from './stream.ts'

/**
 * An open file description, open(2): what descriptors share after dup and fork. It counts the descriptors
 * that refer to it; `Descriptors` keeps that count.
 */
export type OpenFile = OpenRegular | OpenDirectory | OpenStream

interface Common {
  /** Where it comes from, for the decoder: the path at the time of opening, 'stdin', 'pipe:[3]'. */
  readonly label: string
  /** `FDFLAG`s. */
  flags: number
  refs: number
}

export interface OpenRegular extends Common {
  readonly kind: 'file'
  readonly fs: FileSystem
  readonly ino: Ino
  /** Bytes from the file's start. */
  offset: number
}

export interface OpenDirectory extends Common {
  readonly kind: 'directory'
  readonly fs: FileSystem
  readonly ino: Ino
}

export interface OpenStream extends Common {
  readonly kind: 'stream'
  readonly stream: Stream
}

/** Opens an inode, a regular file or a directory; the inode lives until the description is closed. */
export const openInode = (fs: FileSystem, ino: Ino, flags: number, label: string): OpenRegular | OpenDirectory => {
  fs.acquire(ino)
  return fs.get(ino).kind === 'directory'
    ? { kind: 'directory', fs, ino, flags, label, refs: 0 }
    : { kind: 'file', fs, ino, flags, label, refs: 0, offset: 0 }
}

export const openStream = (stream: Stream, flags: number, label: string): OpenStream => ({
  kind: 'stream', stream, flags, label, refs: 0,
})

export const addRef = (file: OpenFile): void => {
  file.refs++
}

/** A descriptor is gone; the last one closes the file. */
export const dropRef = (file: OpenFile): void => {
  file.refs--
  if (file.refs > 0) return
  if (file.kind === 'stream') file.stream.close()
  else file.fs.release(file.ino)
}
