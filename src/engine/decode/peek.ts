import type { Capture } from '../trace/capture.ts'

/**
 * Looks at memory: exactly `length` bytes from `addr`, as a view that is valid for the moment; undefined if
 * they are not wholly there. Live memory and the captures of a trace are read alike.
 */
export type Peek = (addr: number, length: number) => Uint8Array | undefined

/** Nothing is known of the memory: every pointer prints as a number. */
export const blind: Peek = () => undefined

/** Reads what a trace kept. Where captures overlap the later one in the list is right. */
export const peekFrom = (captures: readonly Capture[]): Peek =>
  captures.length === 0 ? blind : (addr, length) => kept(captures, addr, length)

const kept = (captures: readonly Capture[], addr: number, length: number): Uint8Array | undefined => {
  if (!(length >= 0) || !(addr >= 0)) return undefined
  for (let i = captures.length - 1; i >= 0; i--) {
    const { addr: first, bytes } = captures[i] as Capture
    // Most that is looked at was captured as it is: a view of a view is a third of what a line costs.
    if (first === addr && bytes.length === length) return bytes
    const end = first + bytes.length
    if (length === 0) {
      if (first <= addr && addr <= end) return new Uint8Array(0)
    } else if (first < addr + length && addr < end) {
      return first <= addr && addr + length <= end
        ? bytes.subarray(addr - first, addr - first + length)
        : pieced(captures, addr, length)
    }
  }
  return undefined
}

/** Puts the range together from captures that each have a part of it. */
const pieced = (captures: readonly Capture[], addr: number, length: number): Uint8Array | undefined => {
  // No range that the captures cover can be longer than all of them: a hostile length allocates nothing.
  if (captures.reduce((sum, c) => sum + c.bytes.length, 0) < length) return undefined
  const out = new Uint8Array(length)
  const known = new Uint8Array(length)
  for (const c of captures) {
    const from = Math.max(addr, c.addr)
    const to = Math.min(addr + length, c.addr + c.bytes.length)
    if (from >= to) continue
    out.set(c.bytes.subarray(from - c.addr, to - c.addr), from - addr)
    known.fill(1, from - addr, to - addr)
  }
  return known.includes(0) ? undefined : out
}

/** The beginning of a range of which perhaps only a part was kept: all of it, else the longest of `most`. */
export const peekStart = (
  peek: Peek,
  addr: number,
  length: number,
  most: readonly number[],
): Uint8Array | undefined => {
  const all = peek(addr, length)
  if (all !== undefined) return all
  for (const part of most) {
    const bytes = part < length ? peek(addr, part) : undefined
    if (bytes !== undefined) return bytes
  }
  return undefined
}

/** Little-endian numbers at an offset; the caller has checked the length. */
export const u16At = (bytes: Uint8Array, at: number): number => (bytes[at] as number) | ((bytes[at + 1] as number) << 8)
export const u32At = (bytes: Uint8Array, at: number): number => (u16At(bytes, at) | (u16At(bytes, at + 2) << 16)) >>> 0
export const u64At = (bytes: Uint8Array, at: number): bigint =>
  (BigInt(u32At(bytes, at + 4)) << 32n) | BigInt(u32At(bytes, at))
