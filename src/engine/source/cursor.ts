import { lossyText } from '../kernel/text.ts'

/** What a cursor throws when bytes don't say what they should. It never leaves this folder. */
export class Malformed extends Error {}

/** A cursor over part of a file: little-endian, as WebAssembly is. Each read is checked against `end`. */
export class Cursor {
  readonly bytes: Uint8Array
  readonly end: number
  at: number

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes
    this.at = at
    this.end = Math.min(end, bytes.length)
    if (at < 0 || at > this.end) throw new Malformed('a place beyond the end')
  }

  get left(): number {
    return this.end - this.at
  }

  u8(): number {
    if (this.at >= this.end) throw new Malformed('it ends too early')
    return this.bytes[this.at++] as number
  }

  u16(): number {
    return this.u8() | (this.u8() << 8)
  }

  u24(): number {
    return this.u16() | (this.u8() << 16)
  }

  u32(): number {
    const { at, bytes } = this
    if (at + 4 > this.end) throw new Malformed('it ends too early')
    this.at = at + 4
    return ((bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24)) >>> 0
  }

  u64(): bigint {
    return BigInt(this.u32()) | (BigInt(this.u32()) << 32n)
  }

  /** An unsigned number of 1, 2, 3, 4 or 8 bytes. One above 2⁵³ is malformed. */
  fixed(size: number): number {
    switch (size) {
      case 1: return this.u8()
      case 2: return this.u16()
      case 3: return this.u24()
      case 4: return this.u32()
      case 8: return safe(this.u64())
      default: throw new Malformed(`a number of ${size} bytes`)
    }
  }

  /** An unsigned LEB128, exact up to 2⁵³; one above that is malformed. */
  leb(): number {
    let byte = this.u8()
    if (byte < 0x80) return byte
    let value = byte & 0x7f
    for (let scale = 128; scale <= 2 ** 63; scale *= 128) {
      byte = this.u8()
      value += (byte & 0x7f) * scale
      if (byte < 0x80) {
        if (value > Number.MAX_SAFE_INTEGER) break
        return value
      }
    }
    throw new Malformed('a number that is too great')
  }

  /** A signed LEB128 of at most 64 bits. */
  signedLeb(): bigint {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.u8()
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asIntN(64, byte & 0x40 ? value | (-1n << (shift + 7n)) : value)
    }
    throw new Malformed('a number that is too long')
  }

  /** An unsigned LEB128 of at most 64 bits: a bigint only if it is long. */
  anyLeb(): number | bigint {
    const { at, bytes } = this
    if (at + 3 < this.end) {
      for (let i = 0; i < 4; i++) if ((bytes[at + i] as number) < 0x80) return this.leb()
    }
    return this.bigLeb()
  }

  /** An unsigned LEB128 of at most 64 bits. */
  bigLeb(): bigint {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.u8()
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asUintN(64, value)
    }
    throw new Malformed('a number that is too long')
  }

  skip(length: number): void {
    if (!(length >= 0 && length <= this.left)) throw new Malformed('a length reaches beyond what contains it')
    this.at += length
  }

  take(length: number): Uint8Array {
    const start = this.at
    this.skip(length)
    return this.bytes.subarray(start, this.at)
  }

  /** A cursor over the next `length` bytes, which this one passes over. */
  part(length: number): Cursor {
    const start = this.at
    this.skip(length)
    return new Cursor(this.bytes, start, this.at)
  }

  /** The number of entries of a vector, each of which takes at least one byte. */
  count(): number {
    const count = this.leb()
    if (count > this.left) throw new Malformed('a count is greater than what follows can hold')
    return count
  }

  /** A text with its length in front. */
  name(): string {
    return lossyText(this.take(this.leb()))
  }

  /** The bytes of a text that a zero ends, of which there may be `limit`. */
  textBytes(limit: number): Uint8Array {
    const rest = this.bytes.subarray(this.at, Math.min(this.end, this.at + limit + 1))
    const length = rest.indexOf(0)
    if (length < 0) throw new Malformed('a text without an end')
    this.at += length + 1
    return rest.subarray(0, length)
  }

  text(limit: number): string {
    return lossyText(this.textBytes(limit))
  }
}

const safe = (value: bigint): number => {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Malformed('a number that is too great')
  return Number(value)
}

/** What `read` gives, or `otherwise` where the bytes don't say what they should. */
export const guarded = <T>(read: () => T, otherwise: T): T => {
  try {
    return read()
  } catch (error) {
    if (error instanceof Malformed) return otherwise
    throw error
  }
}
