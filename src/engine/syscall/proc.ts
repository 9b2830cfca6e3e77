import { ERRNO } from '../abi/errno.ts'
import type { Errno } from '../abi/errno.ts'
import { WASI_SIGNAL } from '../abi/wasi.ts'
import type { GuestAddr } from '../kernel/memory.ts'
import type { Caller, CallResult } from './row.ts'

/** A process's arguments and environment, its end, and signals to itself. */

const putStrings = (caller: Caller, strings: readonly Uint8Array[], pointers: GuestAddr, buf: GuestAddr): Errno => {
  const { memory } = caller
  const bytes = strings.reduce((sum, text) => sum + text.length + 1, 0)
  if (!memory.has(pointers, 4 * strings.length) || !memory.has(buf, bytes)) return ERRNO.EFAULT
  let at = buf
  for (const [i, text] of strings.entries()) {
    memory.setU32(pointers + 4 * i, at)
    memory.write(at, text)
    memory.setU8(at + text.length, 0)
    at += text.length + 1
  }
  return 0
}

const putSizes = (caller: Caller, strings: readonly Uint8Array[], count: GuestAddr, size: GuestAddr): Errno => {
  const { memory } = caller
  if (!memory.has(count, 4) || !memory.has(size, 4)) return ERRNO.EFAULT
  memory.setU32(count, strings.length)
  memory.setU32(size, strings.reduce((sum, text) => sum + text.length + 1, 0))
  return 0
}

export const argsGet = (caller: Caller, argv: GuestAddr, argvBuf: GuestAddr): Errno =>
  putStrings(caller, caller.argv, argv, argvBuf)

export const argsSizesGet = (caller: Caller, argc: GuestAddr, argvBufSize: GuestAddr): Errno =>
  putSizes(caller, caller.argv, argc, argvBufSize)

export const environGet = (caller: Caller, environ: GuestAddr, environBuf: GuestAddr): Errno =>
  putStrings(caller, caller.environ, environ, environBuf)

export const environSizesGet = (caller: Caller, count: GuestAddr, bufSize: GuestAddr): Errno =>
  putSizes(caller, caller.environ, count, bufSize)

export const procExit = (caller: Caller, rval: number): Errno => {
  caller.exit(rval)
  return 0
}

/** raise(3). From 16 on WASI counts one less than Linux, which has SIGSTKFLT there. */
export const procRaise = (caller: Caller, sig: number): Errno => {
  if (sig > WASI_SIGNAL.SYS) return ERRNO.EINVAL
  if (sig !== WASI_SIGNAL.NONE) caller.raise(sig < WASI_SIGNAL.CHLD ? sig : sig + 1)
  return 0
}

export const schedYield = (caller: Caller): CallResult => caller.yieldTurn()
