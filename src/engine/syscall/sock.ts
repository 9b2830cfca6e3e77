import { ERRNO } from '../abi/errno.ts'
import type { Errno } from '../abi/errno.ts'
import type { Fd } from '../kernel/descriptors.ts'
import type { Caller } from './row.ts'

/**
 * The calls on sockets. A guest can only be given a socket, never make one, and nothing here gives it one: so
 * every descriptor that is open is ENOTSOCK.
 */
export const notASocket = (caller: Caller, fd: Fd): Errno =>
  caller.files.get(fd) === undefined ? ERRNO.EBADF : ERRNO.ENOTSOCK
