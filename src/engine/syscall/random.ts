import { ERRNO } from '../abi/errno.ts'
import type { Errno } from '../abi/errno.ts'
import type { GuestAddr } from '../kernel/memory.ts'
import type { Caller } from './row.ts'

/** As many bytes as asked for, at once: the memory is the only limit. */
export const randomGet = (caller: Caller, buf: GuestAddr, bufLen: number): Errno => {
  const { memory, entropy } = caller
  if (!memory.has(buf, bufLen)) return ERRNO.EFAULT
  entropy.fillPart(memory.bytes, buf, buf + bufLen)
  memory.wrote(buf, bufLen)
  return 0
}
