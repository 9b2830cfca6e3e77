import { KernelBug } from './bug.ts'

/**
 * Where pages of files go that the page cache need not keep. A page is written once under a number of its
 * own and never changed, so all that a disk has to be able to do is to keep immutable files.
 */
export interface Disk {
  /** Keeps the bytes (at most PAGE_SIZE); no number is written twice. The bytes never change afterwards. */
  write(page: number, bytes: Uint8Array): void
  /** What `write` was given. */
  read(page: number): Uint8Array
  /** The page is not needed any more. */
  remove(page: number): void
}

/** The disk of tests, and the one that serves until the other has loaded. */
export class MapDisk implements Disk {
  #pages = new Map<number, Uint8Array>()

  get size(): number {
    return this.#pages.size
  }
  write(page: number, bytes: Uint8Array): void {
    if (this.#pages.has(page)) throw new KernelBug(`page ${page} is written twice`)
    this.#pages.set(page, bytes)
  }
  read(page: number): Uint8Array {
    const bytes = this.#pages.get(page)
    if (bytes === undefined) throw new KernelBug(`page ${page} is not on the disk`)
    return bytes
  }
  remove(page: number): void {
    this.#pages.delete(page)
  }
}
