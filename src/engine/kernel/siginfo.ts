import { SI, type Signo } from '../abi/signal.ts'

/** What sigaction(2) calls siginfo_t, as far as a signal here carries it. */
export interface Siginfo {
  readonly signo: Signo
  readonly code: number
  /** si_pid: the sender, or the child of a SIGCHLD. */
  readonly pid: number
  /** si_status of a SIGCHLD, si_value of a queued one. */
  readonly value: number
  /** si_addr of a fault; of a SIGSYS, the call that was refused, and si_errno. */
  readonly fault?: { readonly addr: number; readonly nr: number; readonly arch: number; readonly errno?: number }
  /** It kills, and no tracer is asked (SA_IMMUTABLE). */
  readonly forced?: true
  /** The 128 bytes, where a process wrote them itself. */
  readonly raw?: Uint8Array
}

/** kill(2): SI_USER, from a process. */
export const userSignal = (signo: Signo, pid: number): Siginfo => ({ signo, code: SI.SI_USER, pid, value: 0 })
/** tgkill(2): SI_TKILL. */
export const threadSignal = (signo: Signo, pid: number): Siginfo => ({ signo, code: SI.SI_TKILL, pid, value: 0 })
/** Raised by the kernel itself. */
export const kernelSignal = (signo: Signo): Siginfo => ({ signo, code: SI.SI_KERNEL, pid: 0, value: 0 })
