import { SI, type Signo } from '../abi/signal.ts'

/** What sigaction(2) calls siginfo_t, as far as a signal here carries it. */
export interface Siginfo {
  readonly signo: Signo
  readonly code: number
  /** si_pid: the sender, or the child of a SIGCHLD. */
  readonly pid: number
  /** si_status of a SIGCHLD, si_addr of a fault. */
  readonly value: number
}

/** kill(2): SI_USER, from a process. */
export const userSignal = (signo: Signo, pid: number): Siginfo => ({ signo, code: SI.SI_USER, pid, value: 0 })
/** Raised by the kernel itself. */
export const kernelSignal = (signo: Signo): Siginfo => ({ signo, code: SI.SI_KERNEL, pid: 0, value: 0 })
