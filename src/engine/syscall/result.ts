import { ERRNO } from '../abi/errno.ts'
import type { Errno } from '../abi/errno.ts'
import { ARCH_LINUX } from '../abi/ptrace.ts'

/** What a result register means in each of the tables (abi.md): preview1's is an errno, linux's a value or −errno. */

/** Highest errno: include/linux/err.h, MAX_ERRNO. */
const MAX_ERRNO = 4095

/** What the register holds before a call has run, and of a number that the table does not have: 52, or −52. */
export const nosysOf = (arch: number): number => (arch === ARCH_LINUX ? -ERRNO.ENOSYS : ERRNO.ENOSYS)

/** Has the call failed? */
export const isFailure = (arch: number, ret: number): boolean =>
  arch === ARCH_LINUX ? ret < 0 && ret >= -MAX_ERRNO : ret !== 0

/** An errno as linux's calls return it. JavaScript has a −0, which no register has. */
export const negated = (errno: Errno): number => (errno === 0 ? 0 : -errno)
