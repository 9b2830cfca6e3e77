import { ERRNO } from '../abi/errno.ts'
import { BPF_MAXINSNS, SECCOMP_NOTIF_SIZES, SECCOMP_OPERATION, SOCK_FILTER_BYTES, SOCK_FPROG_BYTES } from '../abi/seccomp.ts'
import type { GuestAddr } from '../kernel/memory.ts'
import { isAction } from '../seccomp/action.ts'
import { decodeProgram, type Program } from '../seccomp/instruction.ts'
import { checkFlags } from '../seccomp/mode.ts'
import { inside } from './linux-arg.ts'
import type { Caller } from './row.ts'

/** struct sock_fprog {u16 len; pointer filter}, and what it points to; or −errno. seccomp_prepare_user_filter() */
export const readProgram = ({ memory }: Caller, at: GuestAddr): Program | number => {
  if (!inside(memory, at, SOCK_FPROG_BYTES)) return -ERRNO.EFAULT
  const length = memory.u16(at)
  const filter = memory.u32(at + 4)
  if (length === 0 || length > BPF_MAXINSNS) return -ERRNO.EINVAL
  const bytes = inside(memory, filter, length * SOCK_FILTER_BYTES) ? memory.read(filter, length * SOCK_FILTER_BYTES) : undefined
  return bytes === undefined ? -ERRNO.EFAULT : decodeProgram(bytes)
}

/** seccomp(2): do_seccomp(). */
export const seccomp = (caller: Caller, operation: number, flags: number, args: GuestAddr): number => {
  const { memory, system } = caller
  switch (operation) {
    case SECCOMP_OPERATION.SECCOMP_SET_MODE_STRICT:
      return flags !== 0 || args !== 0 ? -ERRNO.EINVAL : system.seccompStrict()
    case SECCOMP_OPERATION.SECCOMP_SET_MODE_FILTER: {
      const problem = checkFlags(flags)
      if (problem !== 0) return -problem
      const program = readProgram(caller, args)
      return typeof program === 'number' ? program : system.seccompFilter(flags, program)
    }
    case SECCOMP_OPERATION.SECCOMP_GET_ACTION_AVAIL:
      if (flags !== 0) return -ERRNO.EINVAL
      if (!inside(memory, args, 4)) return -ERRNO.EFAULT
      return isAction(memory.u32(args)) ? 0 : -ERRNO.ENOTSUP
    case SECCOMP_OPERATION.SECCOMP_GET_NOTIF_SIZES:
      if (flags !== 0) return -ERRNO.EINVAL
      if (!inside(memory, args, 6)) return -ERRNO.EFAULT
      SECCOMP_NOTIF_SIZES.forEach((size, i) => memory.setU16(args + 2 * i, size))
      return 0
    default:
      return -ERRNO.EINVAL
  }
}
