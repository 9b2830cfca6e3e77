import { DIRENT, EVENT, FDSTAT, FILESTAT, IOVEC, PRESTAT, SUBSCRIPTION } from '../abi/wasi.ts'
import type { Pointee } from '../syscall/row.ts'
import { u32At, type Peek } from './peek.ts'

/** Bytes of one element of what a pointer points to; 1 where the count is in bytes already. */
export const ELEMENT_BYTES: Readonly<Record<Pointee, number>> = {
  path: 1,
  bytes: 1,
  dirent: 1,
  ciovec: IOVEC.size,
  iovec: IOVEC.size,
  size: 4,
  u16: 2,
  u32: 4,
  fd: 4,
  timestamp: 8,
  filesize: 8,
  fdstat: FDSTAT.size,
  filestat: FILESTAT.size,
  prestat: PRESTAT.size,
  subscription: SUBSCRIPTION.size,
  event: EVENT.size,
  pointers: 4,
  roflags: 2,
}

/** The fixed part of a directory entry; its name follows. */
export const DIRENT_BYTES = DIRENT.size

/** POSIX's IOV_MAX on Linux; no decoder looks at more elements of anything. */
export const MOST_ELEMENTS = 1024

export const isVector = (of: Pointee): boolean => of === 'ciovec' || of === 'iovec'

/** Longer strings of argv and environ are cut. */
const MOST_STRING = 4096

/**
 * The strings that args_get and environ_get wrote: nothing says how many, but each pointer follows the string
 * before it, the first one is the buffer itself, and the first that does not fit ends the list.
 * @returns the number of strings and of the bytes that they take in the buffer
 */
export const stringsExtent = (
  peek: Peek,
  pointers: number,
  buffer: number,
): { readonly count: number; readonly bytes: number } => {
  let count = 0
  let next = buffer
  while (count < MOST_ELEMENTS) {
    const pointer = peek(pointers + 4 * count, 4)
    if (pointer === undefined || u32At(pointer, 0) !== next) break
    const length = stringLength(peek, next)
    if (length < 0) break
    next += length + 1
    count++
  }
  return { count, bytes: next - buffer }
}

/** The length of the NUL-terminated string at addr, or −1. */
const stringLength = (peek: Peek, addr: number): number => {
  for (let length = 0; length < MOST_STRING; length++) {
    const byte = peek(addr + length, 1)
    if (byte === undefined) return -1
    if (byte[0] === 0) return length
  }
  return -1
}
