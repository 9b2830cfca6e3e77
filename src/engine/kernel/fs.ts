import { ERRNO } from '../abi/errno.ts'
import type { Errno } from '../abi/errno.ts'
import { KernelBug } from './bug.ts'
import type { Disk } from './disk.ts'
import type { Entry, Ino, Inode } from './inode.ts'
import { PAGE_SIZE, PageCache } from './page-cache.ts'
import type { PageTable } from './page-cache.ts'
import { Trie } from './trie.ts'

/** What a hostile guest may use up. */
export interface FsLimits {
  /** Bytes of one file; beyond that EFBIG. */
  readonly fileSize: number
  /** Pages of all files together, a symlink's target counting as one; beyond that ENOSPC. */
  readonly pages: number
  /** Inodes and names; beyond that ENOSPC. */
  readonly inodes: number
  readonly entries: number
  /** Names of one inode; beyond that EMLINK. */
  readonly links: number
  /** Pages kept in memory. */
  readonly residentPages: number
}

export const FS_LIMITS: FsLimits = {
  fileSize: 2 ** 30,
  pages: (512 * 2 ** 20) / PAGE_SIZE,
  inodes: 65_536,
  entries: 131_072,
  links: 65_000,
  residentPages: (64 * 2 ** 20) / PAGE_SIZE,
}

/** The file system as it was at one moment. */
export interface FsSnapshot {
  readonly inodes: Trie<Inode>
  readonly usage: Usage
}

interface Usage {
  readonly nextIno: Ino
  readonly pages: number
  readonly inodes: number
  readonly entries: number
}

/** Behind what is only looked at; its pages are the present's. */
const NO_DISK: Disk = { read: () => new Uint8Array(0), write: () => {}, remove: () => {} }

/** Linux's relatime: a file read again and again is touched once a day. */
const DAY = 86_400_000_000_000n

/**
 * One file system in memory, shared by all processes: inodes and the bytes of files. Names are the business
 * of `directory.ts` and `path.ts`. A snapshot shares everything with the present until one of them changes.
 * All times are nanoseconds since 1970-01-01 UTC; results of calls are sizes or −errno, or an errno.
 */
export class FileSystem {
  readonly root: Ino = 1
  readonly limits: FsLimits
  readonly #cache: PageCache
  #inodes = new Trie<Inode>()
  #epoch = 1
  #nextIno: Ino = 1
  #pages = 0
  #inodeCount = 0
  #entries = 0
  #snapshots = new Set<FsSnapshot>()
  #changes = 0

  /** @param now when the root directory was made */
  constructor(disk: Disk, now: bigint, limits: FsLimits = FS_LIMITS, past?: { readonly cache: PageCache; readonly snapshot: FsSnapshot }) {
    this.limits = limits
    this.#cache = past?.cache ?? new PageCache(disk, limits.residentPages)
    if (past !== undefined) {
      this.#inodes = past.snapshot.inodes.copy()
      // Nothing of it is the present's: whatever is written, the access time of what is read, is a copy.
      this.#epoch = Infinity
      return
    }
    const root = this.create({ kind: 'directory', parent: 1 }, 0o755, now)
    if (root !== this.root) throw new KernelBug('the root directory is not inode 1')
    this.own(root).nlink = 1
  }

  /** An inode that a name or an open file refers to. */
  get(ino: Ino): Readonly<Inode> {
    const inode = this.#inodes.get(ino)
    if (inode === undefined) throw new KernelBug(`no inode ${ino}`)
    return inode
  }

  /** The inode to be changed: a copy where a snapshot has it, too. For `directory.ts`. */
  own(ino: Ino): Inode {
    const inode = this.get(ino)
    const epoch = this.#epoch
    this.#changes++
    if (inode.epoch === epoch) return inode
    const copy: Inode =
      inode.kind === 'file' ? { ...inode, epoch, pages: inode.pages.copy() }
      : inode.kind === 'directory' ? { ...inode, epoch, entries: new Map(inode.entries) }
      : { ...inode, epoch }
    this.#inodes.set(ino, copy, epoch)
    return copy
  }

  /** A new inode without a name; undefined when there are too many (ENOSPC). */
  create(
    what: { kind: 'file' } | { kind: 'directory'; parent: Ino } | { kind: 'link'; target: string },
    mode: number, now: bigint,
  ): Ino | undefined {
    const pages = what.kind === 'link' ? 1 : 0
    if (this.#inodeCount >= this.limits.inodes || this.#pages + pages > this.limits.pages) return undefined
    const ino = this.#nextIno++
    this.#changes++
    const common = { ino, epoch: this.#epoch, nlink: 0, opens: 0, mode, atim: now, mtim: now, ctim: now }
    const inode: Inode =
      what.kind === 'file' ? { ...common, kind: 'file', size: 0, pages: new Trie() }
      : what.kind === 'directory'
        ? { ...common, kind: 'directory', parent: what.parent, entries: new Map<string, Entry>(), next: 2 }
        : { ...common, kind: 'link', target: what.target }
    this.#inodes.set(ino, inode, this.#epoch)
    this.#inodeCount++
    this.#pages += pages
    return ino
  }

  /** Counts names, for `directory.ts`: false when there would be too many (ENOSPC). */
  countEntries(change: 1 | -1): boolean {
    if (change > 0 && this.#entries >= this.limits.entries) return false
    this.#entries += change
    return true
  }

  /** Frees an inode that has neither a name nor an open file. */
  drop(ino: Ino): void {
    const inode = this.get(ino)
    if (inode.nlink > 0 || inode.opens > 0) return
    if (inode.kind === 'file') {
      const mine = this.own(ino)
      if (mine.kind === 'file') this.#pages -= this.#cache.truncate(mine.pages, 0, this.#epoch)
    } else if (inode.kind === 'link') this.#pages--
    this.#inodes.delete(ino, this.#epoch)
    this.#changes++
    this.#inodeCount--
  }

  /** An open file description refers to the inode from now on. */
  acquire(ino: Ino): void {
    this.own(ino).opens++
  }

  /** It does so no longer: the last one sends the file's pages to the disk, or frees a file without names. */
  release(ino: Ino): void {
    const inode = this.own(ino)
    inode.opens--
    if (inode.opens > 0) return
    if (inode.nlink === 0) this.drop(ino)
    else if (inode.kind === 'file') this.#cache.flush(inode.pages)
  }

  /**
   * Reads from a regular file into all of `into`, or `count` bytes of it from `start`, or up to the end. Returns the
   * number of bytes read.
   */
  read(ino: Ino, offset: number, into: Uint8Array, now: bigint, start = 0, count = into.length - start): number {
    const inode = this.get(ino)
    if (inode.kind !== 'file') return -ERRNO.EISDIR
    const length = Math.max(0, Math.min(count, inode.size - offset))
    this.#cache.read(inode.pages, offset, into, start, length)
    if (count > 0) this.touch(ino, now)
    return length
  }

  /** relatime: the access time moves if it is not later than the last change, or a day old. */
  touch(ino: Ino, now: bigint): void {
    const { atim, mtim, ctim } = this.get(ino)
    if (now !== atim && (atim <= mtim || atim <= ctim || now - atim >= DAY)) this.own(ino).atim = now
  }

  /**
   * Writes the bytes, or `count` of them from `start`, to a regular file, as much as there is room for. Returns the
   * number of bytes, or −errno.
   */
  write(ino: Ino, offset: number, bytes: Uint8Array, now: bigint, start = 0, count = bytes.length - start): number {
    const inode = this.own(ino)
    if (inode.kind !== 'file') return -ERRNO.EISDIR
    if (count === 0) return 0
    const room = Math.min(count, this.limits.fileSize - offset)
    if (room <= 0) return -ERRNO.EFBIG
    let done = 0
    while (done < room) {
      // A piece is as large as the budget surely allows, or one page that may exist already.
      const at = (offset + done) % PAGE_SIZE
      const free = this.limits.pages - this.#pages
      const piece = Math.min(room - done, Math.max(1, free) * PAGE_SIZE - at)
      const hole = inode.pages.get((offset + done - at) / PAGE_SIZE) === undefined
      if (free <= 0 && hole) break
      this.#pages += this.#cache.write(inode.pages, offset + done, bytes, this.#epoch, start + done, piece)
      done += piece
    }
    if (done === 0) return -ERRNO.ENOSPC
    inode.size = Math.max(inode.size, offset + done)
    inode.mtim = inode.ctim = now
    return done
  }

  /** Cuts a regular file, or lets it grow by a hole: ftruncate(2). EINVAL, EFBIG, EISDIR. */
  resize(ino: Ino, size: number, now: bigint): Errno {
    if (size < 0) return ERRNO.EINVAL
    if (size > this.limits.fileSize) return ERRNO.EFBIG
    const inode = this.own(ino)
    if (inode.kind !== 'file') return ERRNO.EISDIR
    if (size < inode.size) this.#pages -= this.#cache.truncate(inode.pages, size, this.#epoch)
    inode.size = size
    inode.mtim = inode.ctim = now
    return 0
  }

  /**
   * posix_fallocate(3): the file is at least offset + length bytes long afterwards. Unlike Linux, the room is
   * only checked (ENOSPC) and not kept. EINVAL, EFBIG.
   */
  allocate(ino: Ino, offset: number, length: number, now: bigint): Errno {
    if (offset < 0 || length <= 0) return ERRNO.EINVAL
    const end = offset + length
    if (end > this.limits.fileSize) return ERRNO.EFBIG
    const inode = this.own(ino)
    if (inode.kind !== 'file') return ERRNO.EISDIR
    const first = Math.floor(offset / PAGE_SIZE)
    const last = Math.ceil(end / PAGE_SIZE)
    let missing = last - first
    for (const [index] of inode.pages.entries(first)) {
      if (index >= last) break
      missing--
    }
    if (missing > this.limits.pages - this.#pages) return ERRNO.ENOSPC
    if (end > inode.size) {
      inode.size = end
      inode.mtim = now
    }
    inode.ctim = now
    return 0
  }

  /** utimensat(2): undefined leaves a time as it is. */
  setTimes(ino: Ino, atim: bigint | undefined, mtim: bigint | undefined, now: bigint): void {
    const inode = this.own(ino)
    if (atim !== undefined) inode.atim = atim
    if (mtim !== undefined) inode.mtim = mtim
    inode.ctim = now
  }

  /** Bytes of a regular file, links' targets and directories as stat(2) counts them. */
  sizeOf(ino: Ino): number {
    const inode = this.get(ino)
    if (inode.kind === 'file') return inode.size
    if (inode.kind === 'directory') return inode.entries.size * 32
    let bytes = 0
    for (const char of inode.target) {
      const code = char.codePointAt(0) ?? 0
      bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4
    }
    return bytes
  }

  /** Counts up whenever anything in it changes. */
  get changes(): number {
    return this.#changes
  }

  /** It as it was: to be looked at, as long as the snapshot is kept. */
  at(snapshot: FsSnapshot): FileSystem {
    return new FileSystem(NO_DISK, 0n, this.limits, { cache: this.#cache, snapshot })
  }

  /** The present, to be returned to. Open file descriptions are the caller's to note at the same moment. */
  snapshot(): FsSnapshot {
    const usage = { nextIno: this.#nextIno, pages: this.#pages, inodes: this.#inodeCount, entries: this.#entries }
    const snapshot = { inodes: this.#inodes.copy(), usage }
    this.#snapshots.add(snapshot)
    this.#epoch++
    return snapshot
  }

  /** Goes back to a snapshot, which can be returned to again. */
  restore(snapshot: FsSnapshot): void {
    this.#epoch++
    this.#inodes = snapshot.inodes.copy()
    this.#nextIno = snapshot.usage.nextIno
    this.#pages = snapshot.usage.pages
    this.#inodeCount = snapshot.usage.inodes
    this.#entries = snapshot.usage.entries
    this.#cache.sweep(this.#tables())
  }

  /** Nobody will return to these: what only they had leaves memory and disk. */
  forget(...snapshots: readonly FsSnapshot[]): void {
    for (const snapshot of snapshots) this.#snapshots.delete(snapshot)
    this.#cache.sweep(this.#tables())
  }

  *#tables(): Generator<PageTable> {
    for (const inodes of [this.#inodes, ...[...this.#snapshots].map((snapshot) => snapshot.inodes)]) {
      for (const [, inode] of inodes.entries()) if (inode.kind === 'file') yield inode.pages
    }
  }
}
