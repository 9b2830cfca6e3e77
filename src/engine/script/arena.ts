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
 * made of them.
 */
export class Arena {
  readonly #memory: GuestMemory
  readonly #back: (() => void)[] = []
  #at = START

  constructor(memory: GuestMemory) {
    this.#memory = memory
  }

  /** Room for so many bytes, all zero, aligned to 8. */
  room(length: number): number {
    const addr = this.#at
    const bytes = this.#memory.writable(addr, length)
    if (bytes === undefined) throw new ArenaFull(`${length} bytes are more than the script's memory has room for`)
    bytes.fill(0)
    this.#at = (addr + length + 7) & ~7
    return addr
  }

  /** The address of a value: a number is one already, anything else is copied in. */
  place(value: Pointed): number {
    if (value === null || value === undefined) return 0
    if (typeof value === 'number' || typeof value === 'bigint') return Number(BigInt.asUintN(32, BigInt(value)))
    if (typeof value === 'string') return this.#copy(encodeUtf8(`${value}\0`))
    if (value instanceof Struct) return this.#placeAll([value])
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      const addr = this.#copy(bytes)
      this.#back.push(() => bytes.set(this.#memory.read(addr, bytes.length) ?? bytes))
      return addr
    }
    return this.#placeAll(value)
  }

  /** After the call: the values hold what is in memory now. */
  collect(): void {
    for (const fetch of this.#back) fetch()
  }

  #copy(bytes: Uint8Array): number {
    const addr = this.room(bytes.length)
    this.#memory.write(addr, bytes)
    return addr
  }

  #placeAll(structs: readonly Struct[]): number {
    const images = structs.map((struct) => {
      const bytes = Struct.bytesOf(struct)
      const view = new DataView(bytes.buffer)
      for (const [at, pointed] of Struct.pointersOf(struct)) view.setUint32(at, this.place(pointed), true)
      return bytes
    })
    const base = this.room(images.reduce((sum, bytes) => sum + bytes.length, 0))
    let addr = base
    for (const [i, bytes] of images.entries()) {
      const from = addr
      this.#memory.write(from, bytes)
      this.#back.push(() => Struct.assign(structs[i] as Struct, this.#memory.read(from, bytes.length) ?? bytes))
      addr += bytes.length
    }
    return base
  }
}
