import { ERRNO } from '../abi/errno.ts'
import type { Errno } from '../abi/errno.ts'
import type { GuestAddr } from '../kernel/memory.ts'
import type { Caller } from './row.ts'

/** As many bytes as asked for, at once: the memory is the only limit. */
export const randomGet = (caller: Caller, buf: GuestAddr, bufLen: number): Errno => {
  const into = caller.memory.writable(buf, bufLen)
  if (into === undefined) return ERRNO.EFAULT
  caller.entropy.fill(into)
  return 0
}
