import { copyBytes } from '../kernel/bytes.ts'

/** What old payloads are made small by: given from outside, as the engine names no package. */
export interface PoolCodec {
  pack(bytes: Uint8Array): Uint8Array
  /** What `pack` was given, `length` bytes, in an array of its own. */
  unpack(packed: Uint8Array, length: number): Uint8Array
}

/** Bytes of a block: one is packed, and unpacked, as a whole. Deflate looks back no further. */
export const BLOCK = 32 * 1024
/** Unpacked blocks that are remembered: a call's row, its request's and its exit's are seldom further apart. */
const REMEMBERED = 8
const NOTHING = new Uint8Array(0)

interface Remembered {
  readonly block: number
  readonly bytes: Uint8Array
}

/**
 * The payload bytes of a table, one after the other. A pool in one piece is for a recorder, who hands it over soon; one in blocks
 * grows without being copied, and all but its newest block may be packed. Either reads the same.
 */
export class Pool {
  readonly #block: number
  /** The blocks that are full, each packed if it stands below `#packed` and got smaller by it. */
  #full: Uint8Array[] = []
  #packed = 0
  #fullBytes = 0
  #codec: PoolCodec | undefined
  /** Unpacked blocks, the last used first. */
  #remembered: Remembered[] = []
  /** What comes after the blocks. */
  #tail: Uint8Array
  #tailLength = 0

  constructor(capacity: number, { inBlocks }: { readonly inBlocks: boolean }) {
    this.#block = inBlocks ? BLOCK : Infinity
    this.#tail = new Uint8Array(Math.min(capacity, this.#block))
  }

  /** Bytes that were appended. */
  get length(): number {
    return this.#tailAt + this.#tailLength
  }
  /** Bytes that these take here: fewer once they are packed, without unused room and what is unpacked for now. */
  get heldLength(): number {
    return this.#fullBytes + this.#tailLength
  }
  get #tailAt(): number {
    return this.#full.length === 0 ? 0 : this.#full.length * this.#block
  }

  append(bytes: Uint8Array, length = bytes.length): void {
    let at = 0
    while (at < length) {
      if (this.#tailLength === this.#block) this.#fill()
      const count = Math.min(length - at, this.#block - this.#tailLength)
      this.#reserve(count)
      copyBytes(bytes, at, this.#tail, this.#tailLength, count)
      this.#tailLength += count
      at += count
    }
  }

  /** Forgets everything; the room of the newest block is kept. */
  clear(): void {
    this.#full = []
    this.#packed = 0
    this.#fullBytes = 0
    this.#remembered = []
    this.#tailLength = 0
  }

  /**
   * Packs up to `most` blocks that aren't yet.
   * @returns whether there are more
   */
  pack(codec: PoolCodec, most = Infinity): boolean {
    this.#codec ??= codec
    for (let left = most; left > 0 && this.#packed < this.#full.length; left--) {
      const bytes = this.#full[this.#packed] as Uint8Array
      const packed = this.#codec.pack(bytes)
      if (packed.length < bytes.length) {
        this.#full[this.#packed] = packed
        this.#fullBytes += packed.length - bytes.length
      }
      this.#packed++
    }
    return this.#packed < this.#full.length
  }

  /** The bytes from `from` up to, without, `to`: those that there are, as a view where they lie together. */
  bytes(from: number, to: number): Uint8Array {
    const tailAt = this.#tailAt
    if (from >= tailAt) return this.#tail.subarray(from - tailAt, Math.min(to - tailAt, this.#tailLength))
    const end = Math.min(to, this.length)
    if (from >= end) return NOTHING
    const first = Math.floor(from / this.#block)
    const start = first * this.#block
    if (end <= start + this.#block) return this.#blockAt(first).subarray(from - start, end - start)
    const joined = new Uint8Array(end - from)
    for (let at = from; at < end; ) {
      const block = Math.floor(at / this.#block)
      const base = block * this.#block
      const upTo = Math.min(end, base + this.#block)
      joined.set(this.#blockAt(block).subarray(at - base, upTo - base), at - from)
      at = upTo
    }
    return joined
  }

  #blockAt(block: number): Uint8Array {
    const held = this.#full[block]
    if (held === undefined) return this.#tail
    if (held.length === this.#block || this.#codec === undefined) return held
    const known = this.#remembered.findIndex((one) => one.block === block)
    if (known === 0) return (this.#remembered[0] as Remembered).bytes
    const found = known > 0 ? (this.#remembered[known] as Remembered) : { block, bytes: this.#codec.unpack(held, this.#block) }
    this.#remembered = [found, ...this.#remembered.filter((one) => one !== found)].slice(0, REMEMBERED)
    return found.bytes
  }

  /** The tail is as long as a block: it becomes one. */
  #fill(): void {
    this.#full.push(this.#tail)
    this.#fullBytes += this.#tail.length
    this.#tail = new Uint8Array(this.#block)
    this.#tailLength = 0
  }

  #reserve(count: number): void {
    const needed = this.#tailLength + count
    if (needed <= this.#tail.length) return
    const grown = new Uint8Array(Math.min(Math.max(this.#tail.length * 2, needed), this.#block))
    grown.set(this.#tail.subarray(0, this.#tailLength))
    this.#tail = grown
  }
}
