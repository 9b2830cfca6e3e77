import type { PageTable } from './page-cache.ts'

/** An inode's number. Numbers count up from 1, the root, and are never used again. */
export type Ino = number

interface Common {
  readonly ino: Ino
  /** The epoch that made this copy of it: an older one belongs to a snapshot and is never written to. */
  readonly epoch: number
  /** Names; a directory's own "." and its children's ".." are not counted, as on btrfs. */
  nlink: number
  /** Open file descriptions; an inode without names lives until there are none. */
  opens: number
  /** The host's permission bits. WASI has none: they are only kept for the way back. */
  mode: number
  /** Nanoseconds since 1970-01-01 UTC: last access, last modification, last change of the inode. */
  atim: bigint
  mtim: bigint
  ctim: bigint
}

export interface FileInode extends Common {
  readonly kind: 'file'
  size: number
  readonly pages: PageTable
}

export interface DirectoryInode extends Common {
  readonly kind: 'directory'
  /** Itself, for the root. */
  parent: Ino
  /** In the order of their positions. */
  readonly entries: Map<string, Entry>
  /** The position that the next new entry gets. */
  next: number
}

export interface LinkInode extends Common {
  readonly kind: 'link'
  readonly target: string
}

export type Inode = FileInode | DirectoryInode | LinkInode

/** A name in a directory. Its position never changes: readdir's cookies are made of it. */
export interface Entry {
  readonly ino: Ino
  readonly position: number
}
