import { ERRNO } from '../abi/errno.ts'
import type { Errno } from '../abi/errno.ts'
import { IOVEC } from '../abi/wasi.ts'
import type { GuestAddr, GuestMemory } from '../kernel/memory.ts'
import type { Caller } from './row.ts'

/** A buffer that an iovec names; it is wholly inside the memory. */
export interface Buffer {
  readonly addr: GuestAddr
  readonly length: number
}

/** readv(2): IOV_MAX on Linux. */
const IOV_MAX = 1024
/** readv(2), EINVAL: "The sum of the iov_len values overflows an ssize_t value." */
const SSIZE_MAX = 0x7fff_ffff

/**
 * Copies the list of buffers, which may overlap each other and the list itself: what happens to them later
 * does not change it. EINVAL, EFAULT; nothing has been done then.
 */
export const readIovecs = (caller: Caller, addr: GuestAddr, count: number): readonly Buffer[] | Errno => {
  if (count > IOV_MAX) return ERRNO.EINVAL
  const { memory } = caller
  if (!memory.has(addr, count * IOVEC.size)) return ERRNO.EFAULT
  const buffers: Buffer[] = []
  let total = 0
  for (let i = 0; i < count; i++) {
    const at = addr + i * IOVEC.size
    const buffer = { addr: memory.u32(at + IOVEC.buf), length: memory.u32(at + IOVEC.bufLen) }
    if (!memory.has(buffer.addr, buffer.length)) return ERRNO.EFAULT
    total += buffer.length
    if (total > SSIZE_MAX) return ERRNO.EINVAL
    if (buffer.length > 0) buffers.push(buffer)
  }
  return buffers
}

/** Whether the usual list, of one, stands there and its buffer is inside: EFAULT, EINVAL. Nothing is made for it. */
export const checkOne = (memory: GuestMemory, at: GuestAddr): Errno => {
  if (!memory.has(at, IOVEC.size)) return ERRNO.EFAULT
  const length = memory.u32(at + IOVEC.bufLen)
  if (!memory.has(memory.u32(at + IOVEC.buf), length)) return ERRNO.EFAULT
  return length > SSIZE_MAX ? ERRNO.EINVAL : 0
}
