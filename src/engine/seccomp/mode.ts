import { ERRNO, type Errno } from '../abi/errno.ts'
import { ARCH_PREVIEW1 } from '../abi/ptrace.ts'
import { SECCOMP_FILTER_FLAG, SECCOMP_MODE, type SeccompMode } from '../abi/seccomp.ts'
import { addFilter, type Chain } from './filter.ts'
import type { Program } from './instruction.ts'

/** A thread's seccomp state: shared by fork, kept by exec. */
export interface Seccomp {
  readonly mode: SeccompMode
  readonly chain: Chain
}

export const NO_SECCOMP: Seccomp = { mode: SECCOMP_MODE.SECCOMP_MODE_DISABLED, chain: undefined }

export type Changed = { readonly ok: true; readonly seccomp: Seccomp } | { readonly ok: false; readonly errno: Errno }

const { SECCOMP_MODE_DISABLED, SECCOMP_MODE_STRICT, SECCOMP_MODE_FILTER } = SECCOMP_MODE
const FLAGS = Object.values(SECCOMP_FILTER_FLAG).reduce((all, flag) => all | flag, 0)

/** "Once set, the mode cannot be changed": kernel/seccomp.c: seccomp_may_assign_mode() */
const mayAssign = ({ mode }: Seccomp, next: SeccompMode): boolean => mode === SECCOMP_MODE_DISABLED || mode === next

/** SECCOMP_SET_MODE_STRICT, whose flags and arguments must be 0 and NULL; prctl(PR_SET_SECCOMP) without a filter. */
export const setStrict = (seccomp: Seccomp): Changed =>
  mayAssign(seccomp, SECCOMP_MODE_STRICT)
    ? { ok: true, seccomp: { mode: SECCOMP_MODE_STRICT, chain: undefined } }
    : { ok: false, errno: ERRNO.EINVAL }

/**
 * The flags of SECCOMP_SET_MODE_FILTER, which are looked at before the program is read: 0 or EINVAL. Unlike Linux,
 * NEW_LISTENER is refused, and WAIT_KILLABLE_RECV with it, as by a kernel before 5.0: nobody could answer there.
 */
export const checkFlags = (flags: number): Errno => {
  const { SECCOMP_FILTER_FLAG_NEW_LISTENER, SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV } = SECCOMP_FILTER_FLAG
  const refused = SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
  return (flags & (~FLAGS | refused)) === 0 ? 0 : ERRNO.EINVAL
}

/**
 * SECCOMP_SET_MODE_FILTER for one thread, once the program is read. EINVAL: flags, program, or a thread in strict mode;
 * ENOMEM: `addFilter`. EACCES, without privileges and PR_SET_NO_NEW_PRIVS, cannot be: guests run as uid 0. The other
 * threads that TSYNC means are for who has them (`isAncestor`).
 */
export const setFilter = (seccomp: Seccomp, flags: number, program: Program): Changed => {
  const errno = checkFlags(flags)
  if (errno !== 0) return { ok: false, errno }
  if (!mayAssign(seccomp, SECCOMP_MODE_FILTER)) return { ok: false, errno: ERRNO.EINVAL }
  const logs = (flags & SECCOMP_FILTER_FLAG.SECCOMP_FILTER_FLAG_LOG) !== 0
  const added = addFilter(seccomp.chain, program, logs)
  return added.ok ? { ok: true, seccomp: { mode: SECCOMP_MODE_FILTER, chain: added.chain } } : added
}

/** fd_read, fd_write, proc_exit in witx order. */
const STRICT_PREVIEW1: ReadonlySet<number> = new Set([20, 26, 38])
/** read, write, exit, rt_sigreturn in asm-generic. */
const STRICT_LINUX: ReadonlySet<number> = new Set([63, 64, 93, 139])

/**
 * "The only system calls that the calling thread is permitted to make are read(2), write(2), _exit(2) (but not
 * exit_group(2)), and sigreturn(2). Other system calls result in the termination of the calling thread with a SIGKILL
 * signal." (seccomp(2)) preview1 has no exit but proc_exit.
 */
export const isStrictCall = (arch: number, nr: number): boolean =>
  arch === ARCH_PREVIEW1 ? STRICT_PREVIEW1.has(nr) : STRICT_LINUX.has(nr)
