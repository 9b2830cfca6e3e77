import type { GuestMemory } from '../kernel/memory.ts'
import { encodeUtf8 } from '../kernel/text.ts'
import { Struct } from './struct.ts'
import type { Pointed } from './struct.ts'

/** Below it nothing is placed: address 0 is NULL, and the first bytes of the page stay free like it. */
const START = 1024

/** What a script passes where C has a pointer cannot be placed in its memory. */
export class ArenaFull extends Error {
  override readonly name = 'RangeError'
}

/**
 * Places structures in the script's own memory for the time of one call, and fetches back what the kernel
 * made of them. One arena serves all calls, one after another: making a request allocates nothing.
 */
export class Arena {
  readonly #memory: GuestMemory
  /** What was copied in, and where to: it is copied back after the call. */
  readonly #values: (Struct | Uint8Array)[] = []
  readonly #addrs: number[] = []
  #count = 0
  #at = START

  constructor(memory: GuestMemory) {
    this.#memory = memory
  }

  /** A call begins. */
  reset(): void {
    this.#at = START
    this.#count = 0
  }

  /** Room for so many bytes, aligned to 8. */
  room(length: number): number {
    const addr = this.#at
    if (!this.#memory.has(addr, length)) throw new ArenaFull(`${length} bytes are more than the script's memory has room for`)
    this.#at = (addr + length + 7) & ~7
    return addr
  }

  /** The address of a value: a number is one already, anything else is copied in. */
  place(value: Pointed): number {
    if (typeof value === 'number') return toUint32(value)
    if (value === null || value === undefined) return 0
    if (typeof value === 'bigint') return Number(BigInt.asUintN(32, value))
    if (typeof value === 'string') return this.#copy(encodeUtf8(`${value}\0`))
    if (value instanceof Struct) return this.#placeOne(value)
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      return this.#keep(bytes, this.#copy(bytes))
    }
    return this.#placeAll(value)
  }

  /** After the call: the values hold what is in memory now. */
  collect(): void {
    for (let i = 0; i < this.#count; i++) {
      const value = this.#values[i] as Struct | Uint8Array
      const bytes = this.#memory.view(this.#addrs[i] as number, value instanceof Struct ? Struct.sizeOf(value) : value.length)
      if (bytes === undefined) continue
      if (value instanceof Struct) Struct.assign(value, bytes)
      else value.set(bytes)
    }
  }

  #keep(value: Struct | Uint8Array, addr: number): number {
    this.#values[this.#count] = value
    this.#addrs[this.#count++] = addr
    return addr
  }

  #copy(bytes: Uint8Array): number {
    const addr = this.room(bytes.length)
    this.#memory.write(addr, bytes)
    return addr
  }

  /** What it points to comes first, so that its pointers are known. */
  #placeOne(struct: Struct): number {
    const bytes = Struct.placed(struct, this)
    return this.#keep(struct, this.#copy(bytes))
  }

  #placeAll(structs: readonly Struct[]): number {
    const images = structs.map((struct) => Struct.placed(struct, this))
    const base = this.room(images.reduce((sum, bytes) => sum + bytes.length, 0))
    let addr = base
    for (const [i, bytes] of images.entries()) {
      this.#memory.write(addr, bytes)
      this.#keep(structs[i] as Struct, addr)
      addr += bytes.length
    }
    return base
  }
}

/** As C converts to `unsigned long`: modulo 2^32. Fractions and what is no number at all are refused. */
const toUint32 = (value: number): number => (Number.isSafeInteger(value) ? value >>> 0 : Number(BigInt.asUintN(32, BigInt(value))))
