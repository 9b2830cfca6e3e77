/**
 * What a reader throws when the bytes don't say what they should. It never leaves this folder: `guarded` (problem.ts)
 * turns it into a Problem.
 */
export class Malformed extends Error {
  readonly offset: number

  constructor(what: string, offset: number) {
    super(what)
    this.offset = offset
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A cursor over part of a module. Each read is checked against `end`; offsets are offsets in the file. */
export class Reader {
  readonly bytes: Uint8Array
  at: number
  readonly end: number

  constructor(bytes: Uint8Array, at: number, end: number) {
    this.bytes = bytes
    this.at = at
    this.end = end
  }

  u8(): number {
    const at = this.at
    if (at >= this.end) throw new Malformed('it ends too early', at)
    this.at = at + 1
    return this.bytes[at]!
  }

  /** An unsigned LEB128 of at most 32 bits. */
  u32(): number {
    const start = this.at
    let byte = this.u8()
    if (byte < 0x80) return byte
    let value = byte & 0x7f
    for (let shift = 7; shift < 35; shift += 7) {
      byte = this.u8()
      if (shift === 28 && byte > 0x0f) break
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value >>> 0
    }
    throw new Malformed('a number is longer than 32 bits', start)
  }

  /** A signed LEB128 of at most 33 bits, as block types have it; a type index, or a negative number. */
  s33(): number {
    const start = this.at
    let value = 0
    let scale = 1
    for (let count = 0; count < 5; count++) {
      const byte = this.u8()
      value += (byte & 0x7f) * scale
      scale *= 128
      if (byte < 0x80) return byte & 0x40 ? value - scale : value
    }
    throw new Malformed('a block type is longer than 33 bits', start)
  }

  /** Passes over a LEB128 of at most `length` bytes. */
  skipLeb(length: number): void {
    const start = this.at
    for (let count = 0; count < length; count++) if (this.u8() < 0x80) return
    throw new Malformed(`a number takes more than ${length} bytes`, start)
  }

  skip(length: number): void {
    if (length > this.end - this.at) throw new Malformed('a length reaches beyond what contains it', this.at)
    this.at += length
  }

  /** The number of entries of a vector, each of which takes at least one byte. */
  count(): number {
    const start = this.at
    const count = this.u32()
    if (count > this.end - this.at) throw new Malformed('a count is greater than what follows can hold', start)
    return count
  }

  name(): string {
    const length = this.u32()
    const start = this.at
    this.skip(length)
    try {
      return utf8.decode(this.bytes.subarray(start, this.at))
    } catch {
      throw new Malformed('a name is not UTF-8', start)
    }
  }

  /** A reader of the next `length` bytes, which this one passes over. */
  part(length: number): Reader {
    const start = this.at
    this.skip(length)
    return new Reader(this.bytes, start, this.at)
  }

  done(): boolean {
    return this.at >= this.end
  }
}

const encoder = new TextEncoder()
/** Shorter runs are copied byte by byte: `subarray` costs more. */
const LONG_RUN = 48

/** A growing sequence of bytes. */
export class Writer {
  private bytes: Uint8Array
  length = 0

  constructor(capacity = 256) {
    this.bytes = new Uint8Array(capacity)
  }

  private reserve(more: number): void {
    const needed = this.length + more
    if (needed <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(needed, Math.ceil(this.bytes.length * 1.5)))
    grown.set(this.bytes.subarray(0, this.length))
    this.bytes = grown
  }

  u8(value: number): void {
    if (this.length >= this.bytes.length) this.reserve(1)
    this.bytes[this.length++] = value
  }

  u32(value: number): void {
    let rest = value >>> 0
    while (rest >= 0x80) {
      this.u8((rest & 0x7f) | 0x80)
      rest >>>= 7
    }
    this.u8(rest)
  }

  s32(value: number): void {
    let rest = value | 0
    while (rest < -64 || rest > 63) {
      this.u8((rest & 0x7f) | 0x80)
      rest >>= 7
    }
    this.u8(rest & 0x7f)
  }

  raw(bytes: ArrayLike<number>): void {
    this.reserve(bytes.length)
    this.bytes.set(bytes, this.length)
    this.length += bytes.length
  }

  copy(source: Uint8Array, from: number, to: number): void {
    const count = to - from
    if (count <= 0) return
    this.reserve(count)
    if (count >= LONG_RUN) {
      this.bytes.set(source.subarray(from, to), this.length)
      this.length += count
      return
    }
    const bytes = this.bytes
    let at = this.length
    for (let index = from; index < to; index++) bytes[at++] = source[index]!
    this.length = at
  }

  name(text: string): void {
    const bytes = encoder.encode(text)
    this.u32(bytes.length)
    this.raw(bytes)
  }

  /** Leaves room for a length that `seal` fills in: five bytes, as linkers write it. */
  open(): number {
    this.reserve(5)
    this.length += 5
    return this.length
  }

  seal(start: number): void {
    let rest = this.length - start
    for (let index = start - 5; index < start - 1; index++) {
      this.bytes[index] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    this.bytes[start - 1] = rest
  }

  /** The bytes written so far; valid until the next write. */
  view(): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(0, this.length) as Uint8Array<ArrayBuffer>
  }
}
