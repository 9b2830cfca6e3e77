import { copyBytes } from './bytes.ts'
import type { Disk } from './disk.ts'
import type { Trie } from './trie.ts'

/** Bytes of a page. */
export const PAGE_SIZE = 16_384

/** A piece of a file. What is missing at the end of `bytes` reads as zeros. */
export interface Page {
  /** Its number, also on the disk. */
  readonly id: number
  /** The epoch that made it: a page of an older epoch belongs to a snapshot and is never written to. */
  readonly epoch: number
  /** Undefined while it is only on the disk. */
  bytes: Uint8Array | undefined
  /** On the disk, and from then on immutable. */
  onDisk: boolean
  /** When it was last used, on the cache's own count. */
  used: number
}

/** A file's pages by their place in the file; a place without a page is a hole and reads as zeros. */
export type PageTable = Trie<Page>

/**
 * The pages of all files. Copy-on-write: a page is changed in place only while no snapshot and no disk has
 * it. Pages that are full, closed or evicted go to the disk; those in memory are bounded by `room`.
 */
export class PageCache {
  readonly #disk: Disk
  readonly #room: number
  #nextId = 1
  /** The pages in memory. */
  #resident = new Set<Page>()
  #uses = 0
  /** Pages on the disk by number: what `sweep` goes through. */
  #stored = new Map<number, Page>()

  /** @param room pages kept in memory before those used longest ago are evicted */
  constructor(disk: Disk, room: number) {
    this.#disk = disk
    this.#room = room
  }

  /** Tables all of whose pages are on the disk: a file that is only read is closed without a look at them. */
  #flushed = new WeakSet<PageTable>()

  /** Pages on the disk. */
  get stored(): number {
    return this.#stored.size
  }

  /** Fills `into`, from `start`, with `count` bytes of the file from `offset` on; the caller has clamped it to the file's size. */
  read(table: PageTable, offset: number, into: Uint8Array, start = 0, count = into.length - start): void {
    for (let done = 0; done < count; ) {
      const at = (offset + done) % PAGE_SIZE
      const length = Math.min(PAGE_SIZE - at, count - done)
      const page = table.get((offset + done - at) / PAGE_SIZE)
      const bytes = page === undefined ? undefined : this.#bytes(page)
      const there = bytes === undefined ? 0 : Math.max(0, Math.min(length, bytes.length - at))
      if (bytes !== undefined) copyBytes(bytes, at, into, start + done, there)
      if (there < length) into.fill(0, start + done + there, start + done + length)
      done += length
    }
  }

  /** Writes `count` of the bytes, from `start`, at `offset`. Returns how many pages the table has more than before. */
  write(table: PageTable, offset: number, bytes: Uint8Array, epoch: number, start = 0, count = bytes.length - start): number {
    let added = 0
    for (let done = 0; done < count; ) {
      const at = (offset + done) % PAGE_SIZE
      const index = (offset + done - at) / PAGE_SIZE
      const length = Math.min(PAGE_SIZE - at, count - done)
      const old = table.get(index)
      if (old === undefined) added++
      const page = this.#own(table, index, old, at + length, epoch)
      if (page.bytes !== undefined) copyBytes(bytes, start + done, page.bytes, at, length)
      if (at + length === PAGE_SIZE) this.#store(page)
      done += length
    }
    return added
  }

  /** Cuts the file to `size` bytes. Returns how many pages the table has less than before. */
  truncate(table: PageTable, size: number, epoch: number): number {
    const first = Math.ceil(size / PAGE_SIZE)
    const gone = [...table.entries(first)]
    for (const [index, page] of gone) {
      table.delete(index, epoch)
      this.#discard(page, epoch)
    }
    const at = size % PAGE_SIZE
    const last = at === 0 ? undefined : table.get(first - 1)
    // What is cut off must read as zeros when the file grows again.
    if (last !== undefined && this.#bytes(last).length > at) {
      this.#own(table, first - 1, last, at, epoch).bytes?.fill(0, at)
    }
    return gone.length
  }

  /** The file was closed: its pages go to the disk. */
  flush(table: PageTable): void {
    if (this.#flushed.has(table)) return
    for (const [, page] of table.entries()) this.#store(page)
    this.#flushed.add(table)
  }

  /** Takes from the disk what none of these tables has. */
  sweep(live: Iterable<PageTable>): void {
    const keep = new Set<Page>()
    for (const table of live) for (const [, page] of table.entries()) keep.add(page)
    for (const page of [...this.#stored.values()]) if (!keep.has(page)) this.#remove(page)
    for (const page of [...this.#resident]) if (!keep.has(page)) this.#resident.delete(page)
  }

  #bytes(page: Page): Uint8Array {
    page.used = ++this.#uses
    if (page.bytes !== undefined) return page.bytes
    const bytes = this.#disk.read(page.id)
    page.bytes = bytes
    this.#admit(page)
    return bytes
  }

  /** The page at `index`, in memory, writable and at least `length` bytes long. */
  #own(table: PageTable, index: number, old: Page | undefined, length: number, epoch: number): Page {
    const bytes = old === undefined ? undefined : this.#bytes(old)
    const mine = old !== undefined && old.epoch === epoch && !old.onDisk
    if (!mine) this.#flushed.delete(table)
    if (mine && bytes !== undefined && bytes.length >= length) return old
    // A short page grows by doubling: a file written byte by byte is not copied byte by byte.
    const room = bytes !== undefined && bytes.length < length ? 2 * bytes.length : (bytes?.length ?? 0)
    const grown = new Uint8Array(Math.min(PAGE_SIZE, Math.max(length, room)))
    if (bytes !== undefined) grown.set(bytes)
    if (mine) {
      old.bytes = grown
      return old
    }
    const page: Page = { id: this.#nextId++, epoch, bytes: grown, onDisk: false, used: ++this.#uses }
    table.set(index, page, epoch)
    if (old !== undefined) this.#discard(old, epoch)
    this.#admit(page)
    return page
  }

  #store(page: Page): void {
    if (page.onDisk || page.bytes === undefined) return
    page.onDisk = true
    this.#stored.set(page.id, page)
    this.#disk.write(page.id, page.bytes)
  }

  /** The current tables do not have the page any more; an older epoch's may be in a snapshot. */
  #discard(page: Page, epoch: number): void {
    if (page.epoch === epoch) this.#remove(page)
  }

  #remove(page: Page): void {
    this.#resident.delete(page)
    if (this.#stored.delete(page.id)) this.#disk.remove(page.id)
  }

  /** Keeps a page in memory. An eighth is evicted at a time, so that the search for the oldest is rare. */
  #admit(page: Page): void {
    this.#resident.add(page)
    if (this.#resident.size <= this.#room) return
    const oldest = [...this.#resident].filter((other) => other !== page).sort((a, b) => a.used - b.used)
    for (const old of oldest.slice(0, Math.ceil(this.#room / 8))) {
      this.#store(old)
      old.bytes = undefined
      this.#resident.delete(old)
    }
  }
}
