/**
 * Payloads are sequences of LEB128 numbers and of byte strings with their length in front. Written by the
 * recorder into one scratch buffer, read by the page, which trusts nothing: a read past the end gives 0 or
 * an empty string, never an exception.
 */
import { copyBytes } from '../kernel/bytes.ts'

/** Reused for every row, so that recording allocates nothing. */
export class PayloadWriter {
  bytes = new Uint8Array(4096)
  length = 0

  reset(): void {
    this.length = 0
  }
  #room(count: number): void {
    if (this.length + count <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count))
    grown.set(this.bytes.subarray(0, this.length))
    this.bytes = grown
  }
  /** A non-negative whole number up to 2^53. */
  number(value: number): void {
    this.#room(8)
    if (value < 128) {
      this.bytes[this.length++] = value
      return
    }
    let rest = value
    while (rest >= 0x8000_0000) {
      this.bytes[this.length++] = (rest % 128) | 0x80
      rest = Math.floor(rest / 128)
    }
    while (rest >= 128) {
      this.bytes[this.length++] = (rest & 127) | 0x80
      rest >>>= 7
    }
    this.bytes[this.length++] = rest
  }
  /** An unsigned 64-bit number from its halves. */
  halves(lo: number, hi: number): void {
    if (hi === 0) this.number(lo >>> 0)
    else if (hi >>> 0 < 0x20_0000) this.number((hi >>> 0) * 0x1_0000_0000 + (lo >>> 0))
    else {
      this.#room(10)
      let rest = (BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0)
      while (rest >= 128n) {
        this.bytes[this.length++] = Number(rest & 127n) | 0x80
        rest >>= 7n
      }
      this.bytes[this.length++] = Number(rest)
    }
  }
  /** Everything that another writer holds: a part of a payload that was written apart. */
  part(written: PayloadWriter): void {
    this.#room(written.length)
    copyBytes(written.bytes, 0, this.bytes, this.length, written.length)
    this.length += written.length
  }
  /** A byte string of which at most `most` bytes are kept; its true `length` is told. */
  string(value: Uint8Array, most = value.length, length = value.length): void {
    this.stringAt(value, 0, Math.min(value.length, most), length)
  }
  /** The same of the `kept` bytes that stand in `from` at `at`, and are there: nobody has to make a view of them. */
  stringAt(from: Uint8Array, at: number, kept: number, length: number): void {
    this.number(length)
    this.number(kept)
    this.#room(kept)
    copyBytes(from, at, this.bytes, this.length, kept)
    this.length += kept
  }
}

/** A byte string of a payload; `bytes` may be shorter than the true `length`. */
export interface Kept {
  readonly length: number
  readonly bytes: Uint8Array
}

export class PayloadReader {
  #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }
  get atEnd(): boolean {
    return this.#at >= this.#bytes.length
  }
  number(): number {
    let value = 0
    let scale = 1
    for (let i = 0; i < 10; i++) {
      const byte = this.#bytes[this.#at++] ?? 0
      value += (byte & 127) * scale
      if (byte < 128) break
      scale *= 128
    }
    return value
  }
  big(): bigint {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.#at++] ?? 0
      value |= BigInt(byte & 127) << shift
      if (byte < 128) break
    }
    return BigInt.asUintN(64, value)
  }
  string(): Kept {
    const length = this.number()
    const kept = Math.min(this.number(), Math.max(0, this.#bytes.length - this.#at))
    const bytes = this.#bytes.subarray(this.#at, this.#at + kept)
    this.#at += kept
    return { length, bytes }
  }
}
