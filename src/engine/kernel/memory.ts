import type { MemoryPort } from '../ports.ts'

/** An address in a guest's linear memory, in bytes from 0. */
export type GuestAddr = number

/** A range of bytes that a call or a tracer wrote. */
export interface Write {
  readonly addr: GuestAddr
  readonly length: number
}

const EMPTY = new Uint8Array(0)
const NO_WRITES: readonly Write[] = []

/**
 * A guest's memory as the kernel sees it. Every address comes from a guest and is hostile: each access is
 * checked here, and one that is not wholly inside answers false, undefined or EMPTY, never an exception.
 */
export class GuestMemory {
  #port: MemoryPort
  #bytes: Uint8Array = EMPTY
  #view: DataView = new DataView(EMPTY.buffer)
  /** Set while a recorder wants to know what is written; NO_WRITES until something is. */
  #writes: readonly Write[] | undefined

  /** Set while a log wants to know as well; it is told at other times. */
  #logged: Write[] | undefined

  constructor(port: MemoryPort) {
    this.#port = port
    this.#refresh()
  }

  /** From now on it is this memory: of a new image, or of the same one made again. */
  attach(port: MemoryPort): void {
    this.#port = port
    this.#refresh()
  }

  #refresh(): void {
    const buffer = this.#port.buffer()
    this.#bytes = new Uint8Array(buffer)
    this.#view = new DataView(buffer)
  }

  /** Size in bytes, as it is now. */
  get size(): number {
    // A grown memory's old buffer is detached, and its views are empty.
    if (this.#bytes.length === 0) this.#refresh()
    return this.#bytes.length
  }

  /** Is [addr, addr + length) wholly inside? Both are taken as unsigned 32-bit numbers. */
  has(addr: GuestAddr, length: number): boolean {
    return addr >= 0 && length >= 0 && addr + length <= this.size
  }

  /** A view (not a copy) of the range, valid until the guest runs again; undefined if it is not inside. */
  view(addr: GuestAddr, length: number): Uint8Array | undefined {
    return this.has(addr, length) ? this.#bytes.subarray(addr, addr + length) : undefined
  }

  /** A copy of the range; undefined if it is not inside. */
  read(addr: GuestAddr, length: number): Uint8Array | undefined {
    return this.has(addr, length) ? this.#bytes.slice(addr, addr + length) : undefined
  }

  /** Writes all bytes, or none and answers false. */
  write(addr: GuestAddr, bytes: Uint8Array): boolean {
    if (!this.has(addr, bytes.length)) return false
    this.#bytes.set(bytes, addr)
    this.#note(addr, bytes.length)
    return true
  }

  /** A view to be filled by the caller right away; counts as written. Undefined if it is not inside. */
  writable(addr: GuestAddr, length: number): Uint8Array | undefined {
    if (!this.has(addr, length)) return undefined
    this.#note(addr, length)
    return this.#bytes.subarray(addr, addr + length)
  }

  /** All of it, as a view until the guest runs again: who writes there by itself tells `wrote`. */
  get bytes(): Uint8Array {
    if (this.#bytes.length === 0) this.#refresh()
    return this.#bytes
  }
  /** The caller has written there, within bounds. */
  wrote(addr: GuestAddr, length: number): void {
    if (this.#writes !== undefined || this.#logged !== undefined) this.#note(addr, length)
  }

  /** The unsigned little-endian number at addr; the caller has checked `has`. */
  u8(addr: GuestAddr): number {
    return this.#view.getUint8(addr)
  }
  u16(addr: GuestAddr): number {
    return this.#view.getUint16(addr, true)
  }
  u32(addr: GuestAddr): number {
    return this.#view.getUint32(addr, true)
  }
  u64(addr: GuestAddr): bigint {
    return this.#view.getBigUint64(addr, true)
  }

  setU8(addr: GuestAddr, value: number): void {
    this.#view.setUint8(addr, value)
    this.wrote(addr, 1)
  }
  setU16(addr: GuestAddr, value: number): void {
    this.#view.setUint16(addr, value, true)
    this.wrote(addr, 2)
  }
  setU32(addr: GuestAddr, value: number): void {
    this.#view.setUint32(addr, value, true)
    this.wrote(addr, 4)
  }
  setU64(addr: GuestAddr, value: bigint): void {
    this.#view.setBigUint64(addr, value, true)
    this.wrote(addr, 8)
  }
  /** A whole number from 0 to 2^64, as exact as it is. */
  setWhole(addr: GuestAddr, value: number): void {
    const high = Math.floor(value / 0x1_0000_0000)
    this.#view.setUint32(addr, value - high * 0x1_0000_0000, true)
    this.#view.setUint32(addr + 4, high, true)
    this.wrote(addr, 8)
  }

  /** From now on `takeWrites` tells what was written. */
  watchWrites(watch: boolean): void {
    this.#writes = watch ? (this.#writes ?? NO_WRITES) : undefined
  }

  /** What has been written since the last take, neighbours joined, in the order of writing. */
  takeWrites(): readonly Write[] {
    const writes = this.#writes
    if (writes === undefined || writes === NO_WRITES) return NO_WRITES
    this.#writes = NO_WRITES
    return writes
  }

  /** From now on `takeLogged` tells what was written. */
  logWrites(log: boolean): void {
    this.#logged = log ? [] : undefined
  }

  /** What has been written since the last time. */
  takeLogged(): readonly Write[] {
    const logged = this.#logged
    if (logged === undefined || logged.length === 0) return NO_WRITES
    this.#logged = []
    return logged
  }

  /** What `takeLogged` would tell, with the bytes that stand there now. */
  copyLogged(): readonly { readonly addr: GuestAddr; readonly bytes: Uint8Array }[] {
    return (this.#logged ?? []).map(({ addr, length }) => ({ addr, bytes: this.#bytes.slice(addr, addr + length) }))
  }

  /** From now on nobody is told what is written, until what this answers is called: then all is as it was. */
  unwatch(): () => void {
    const writes = this.#writes
    const logged = this.#logged
    this.#writes = this.#logged = undefined
    return () => {
      this.#writes = writes
      this.#logged = logged
    }
  }

  #note(addr: GuestAddr, length: number): void {
    if (this.#logged !== undefined && length > 0) this.#logged.push({ addr, length })
    const writes = this.#writes
    if (writes === undefined || length === 0) return
    // Most calls write once: a list is made for that one, and grows for the few others.
    if (writes === NO_WRITES) {
      this.#writes = [{ addr, length }]
      return
    }
    const last = writes[writes.length - 1] as { length: number } & Write
    if (last.addr + last.length === addr) last.length += length
    else (writes as Write[]).push({ addr, length })
  }
}
