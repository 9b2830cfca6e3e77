import type { FileSystem, FsSnapshot } from '../kernel/fs.ts'
import type { Seq } from '../trace/format.ts'

interface Kept {
  /** The event after which the files were so. */
  readonly seq: Seq
  /** Changes that the file system had seen by then: those of one number are alike. */
  readonly changes: number
  readonly snapshot: FsSnapshot
  /** The first event after which they were different. */
  until: Seq
}

/** So many are kept; then every other one goes, and half as many are taken from there on. */
const MOST = 256

/**
 * The files as they were at events of the past. A snapshot costs nothing until what it shares is written to; then a
 * page. Of a run that changes files often, only so many moments are kept, alike far apart.
 */
export class FileHistory {
  readonly #fs: FileSystem
  #kept: Kept[] = []
  /** Events from one snapshot to the next, at least. */
  #every = 1
  #latest: Seq = 0

  constructor(fs: FileSystem) {
    this.#fs = fs
    this.#take(0)
  }

  /** An event has been recorded. */
  note(seq: Seq): void {
    this.#latest = seq
    const last = this.#kept.at(-1) as Kept
    if (this.#fs.changes === last.changes) return
    last.until = Math.min(last.until, seq)
    if (seq < last.seq + this.#every) return
    this.#take(seq)
    if (this.#kept.length < MOST) return
    this.#fs.forget(...this.#kept.filter((_, i) => i % 2 === 1).map(({ snapshot }) => snapshot))
    this.#kept = this.#kept.filter((_, i) => i % 2 === 0)
    this.#every *= 2
  }

  /** The files at an event; or, where `seq` is another, at the latest one before it that was kept. */
  at(seq: Seq): { readonly fs: FileSystem; readonly seq: Seq } {
    // The present is not kept yet.
    const last = this.#kept.at(-1) as Kept
    if (seq >= this.#latest && this.#fs.changes !== last.changes) return { fs: this.#fs, seq }
    const found = this.#kept.findLast((one) => one.seq <= seq) ?? (this.#kept[0] as Kept)
    return { fs: this.#fs.at(found.snapshot), seq: seq < found.until ? seq : found.seq }
  }

  #take(seq: Seq): void {
    const { changes } = this.#fs
    this.#kept.push({ seq, changes, snapshot: this.#fs.snapshot(), until: Infinity })
  }
}
