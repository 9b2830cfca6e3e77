import { encodeUtf8, lossyText } from '../kernel/text.ts'
import type { RawCalls } from './raw.ts'

/** More than this is not looked at for the end of a string. */
const LONGEST_STRING = 65_536
const CHUNK = 64

/** Bytes as a script may give them. */
export type Bytes = string | ArrayBufferView | ArrayLike<number>

export const toBytes = (bytes: Bytes): Uint8Array => {
  if (typeof bytes === 'string') return encodeUtf8(bytes)
  if (ArrayBuffer.isView(bytes)) return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength).slice()
  return Uint8Array.from(bytes)
}

/** The memory of a stopped task. Addresses are in bytes from 0, numbers little-endian; a bad address throws. */
export class StoppedMemory {
  readonly #calls: RawCalls
  readonly #pid: number

  constructor(calls: RawCalls, pid: number) {
    this.#calls = calls
    this.#pid = pid
  }

  read(addr: number, length: number): Uint8Array {
    return this.#calls.read(this.#pid, addr, length)
  }

  write(addr: number, bytes: Bytes): void {
    this.#calls.write(this.#pid, addr, toBytes(bytes))
  }

  /** UTF-8 text up to a NUL, or of a length in bytes. */
  readString(addr: number, length?: number): string {
    if (length !== undefined) return lossyText(this.read(addr, length))
    const found: number[] = []
    while (found.length < LONGEST_STRING) {
      // Near the end of memory a whole chunk may not be there, but a byte is.
      const chunk = this.#calls.peek(this.#pid, addr + found.length, CHUNK) ?? this.read(addr + found.length, 1)
      const end = chunk.indexOf(0)
      found.push(...(end < 0 ? chunk : chunk.subarray(0, end)))
      if (end >= 0) break
    }
    return lossyText(Uint8Array.from(found))
  }

  #view(addr: number, length: number): DataView {
    const bytes = this.read(addr, length)
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  u8(addr: number): number {
    return this.#view(addr, 1).getUint8(0)
  }
  u16(addr: number): number {
    return this.#view(addr, 2).getUint16(0, true)
  }
  u32(addr: number): number {
    return this.#view(addr, 4).getUint32(0, true)
  }
  u64(addr: number): bigint {
    return this.#view(addr, 8).getBigUint64(0, true)
  }

  setU8(addr: number, value: number): void {
    this.write(addr, [value & 0xff])
  }
  setU16(addr: number, value: number): void {
    this.write(addr, [value & 0xff, (value >> 8) & 0xff])
  }
  setU32(addr: number, value: number): void {
    this.write(addr, new Uint32Array([value]))
  }
  setU64(addr: number, value: number | bigint): void {
    this.write(addr, new BigUint64Array([BigInt.asUintN(64, BigInt(value))]))
  }
}
