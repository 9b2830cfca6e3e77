import type { MemFS } from '@wasmer/wasi'
import { KernelBug } from '../engine/kernel/bug.ts'
import { MapDisk, type Disk } from '../engine/kernel/disk.ts'
import { NOWHERE, type WasmerPackage } from './wasmer-package.ts'

/** Directories that the pages are spread over: MemFS looks a name up by going through all of its directory. */
const DIRECTORIES = 256

/**
 * The file system of @wasmer/wasi as the disk behind the page cache. A page is one file, written once by one handle
 * that is closed before anything else happens: what MemFS does otherwise to writes in the middle of a file, to
 * cursors (one for all handles of a file) and to files that are removed while they are open never comes up.
 */
export class MemfsDisk implements Disk {
  readonly #fs: MemFS
  readonly #directories = new Set<number>()
  /** Lengths of the pages that are there. */
  readonly #lengths = new Map<number, number>()

  constructor(fs: MemFS) {
    this.#fs = fs
  }

  get size(): number {
    return this.#lengths.size
  }
  has(page: number): boolean {
    return this.#lengths.has(page)
  }

  write(page: number, bytes: Uint8Array): void {
    if (this.#lengths.has(page)) throw new KernelBug(`page ${page} is written twice`)
    const path = this.#path(page)
    if (bytes.length > 0) {
      const file = this.#fs.open(path, { write: true, create_new: true })
      try {
        for (let done = 0; done < bytes.length; ) {
          // A copy: the glue writes back into what it is given, and a snapshot may hold the page.
          const count = file.write(bytes.slice(done))
          if (!(count > 0)) throw new KernelBug(`MemFS took ${done} of ${bytes.length} bytes of page ${page}`)
          done += count
        }
      } finally {
        file.free()
      }
    }
    this.#lengths.set(page, bytes.length)
  }

  read(page: number): Uint8Array {
    const length = this.#lengths.get(page)
    if (length === undefined) throw new KernelBug(`page ${page} is not on the disk`)
    if (length === 0) return new Uint8Array(0)
    const file = this.#fs.open(this.#path(page), { read: true })
    try {
      file.seek(0)
      const bytes = file.read()
      if (bytes.length !== length) throw new KernelBug(`MemFS gave ${bytes.length} of ${length} bytes of page ${page}`)
      // The glue's arrays are of a class of their own: a cache of one kind of array is faster.
      return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
    } finally {
      file.free()
    }
  }

  remove(page: number): void {
    const length = this.#lengths.get(page)
    if (length === undefined) return
    this.#lengths.delete(page)
    if (length > 0) this.#fs.removeFile(this.#path(page))
  }

  #path(page: number): string {
    const directory = page % DIRECTORIES
    if (!this.#directories.has(directory)) {
      this.#fs.createDir(`/${directory}`)
      this.#directories.add(directory)
    }
    return `/${directory}/${page}`
  }
}

/** A Map that serves until a better disk has loaded; what was written before stays where it is. */
export class LateDisk implements Disk {
  readonly #first = new MapDisk()
  readonly #failed: (cause: string) => void
  #later: MemfsDisk | undefined
  #broken = false

  /** @param failed a page is lost: the run cannot go on */
  constructor(failed: (cause: string) => void) {
    this.#failed = failed
  }

  arrive(disk: MemfsDisk): void {
    this.#later = disk
  }
  /** Pages in the Map, and on the disk that came later. */
  get sizes(): readonly [number, number] {
    return [this.#first.size, this.#later?.size ?? 0]
  }
  write(page: number, bytes: Uint8Array): void {
    if (this.#later !== undefined && !this.#broken) {
      try {
        return this.#later.write(page, bytes)
      } catch {
        // It panicked, or it has no more memory. The Map takes what comes, and what is there may still be read.
        this.#broken = true
      }
    }
    this.#first.write(page, bytes)
  }
  read(page: number): Uint8Array {
    if (this.#later?.has(page) !== true) return this.#first.read(page)
    try {
      return this.#later.read(page)
    } catch (thrown) {
      this.#failed(String((thrown as { message?: unknown } | null)?.message ?? thrown))
      return new Uint8Array(0)
    }
  }
  remove(page: number): void {
    if (this.#later?.has(page) !== true) return this.#first.remove(page)
    try {
      this.#later.remove(page)
    } catch {
      // Nobody misses it.
      this.#broken = true
    }
  }
}

/** A disk that serves at once, and is MemFS as soon as the package has been compiled. */
export const lateDisk = (wasmer: WasmerPackage, failed: (cause: string) => void): LateDisk => {
  const disk = new LateDisk(failed)
  wasmer.startLater(NOWHERE).then(
    ({ MemFS }) => disk.arrive(new MemfsDisk(new MemFS())),
    // No memory for it: the Map serves on.
    () => {},
  )
  return disk
}
