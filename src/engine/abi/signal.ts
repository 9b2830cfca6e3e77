/** Signals by Linux's numbers on most architectures: signal(7), include/uapi/asm-generic/signal.h. */

export const SIGNAL = {
  SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGBUS: 7, SIGFPE: 8, SIGKILL: 9, SIGUSR1: 10,
  SIGSEGV: 11, SIGUSR2: 12, SIGPIPE: 13, SIGALRM: 14, SIGTERM: 15, SIGSTKFLT: 16, SIGCHLD: 17, SIGCONT: 18, SIGSTOP: 19,
  SIGTSTP: 20, SIGTTIN: 21, SIGTTOU: 22, SIGURG: 23, SIGXCPU: 24, SIGXFSZ: 25, SIGVTALRM: 26, SIGPROF: 27, SIGWINCH: 28,
  SIGIO: 29, SIGPWR: 30, SIGSYS: 31,
} as const
export type SignalName = keyof typeof SIGNAL

/** A signal's number, 1 to 64. */
export type Signo = number
/** The highest: SIGRTMAX. */
export const SIGNAL_MAX = 64
export const SIGRTMIN = 32

const byNumber: ReadonlyMap<number, string> = new Map(Object.entries(SIGNAL).map(([name, signo]) => [signo, name]))

/** `SIGUSR1`, `SIGRT_3` (as strace counts, from 32), or the number in words for what is no signal. */
export const signalName = (signo: number): string =>
  byNumber.get(signo) ?? (signo >= SIGRTMIN && signo <= SIGNAL_MAX ? `SIGRT_${signo - SIGRTMIN}` : `signal ${signo}`)

/** signal(7), "Standard signals": the default dispositions. */
export type DefaultAction = 'term' | 'core' | 'stop' | 'cont' | 'ignore'

const { SIGCHLD, SIGURG, SIGWINCH, SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU } = SIGNAL
const core: ReadonlySet<number> = new Set([
  SIGNAL.SIGQUIT, SIGNAL.SIGILL, SIGNAL.SIGTRAP, SIGNAL.SIGABRT, SIGNAL.SIGBUS, SIGNAL.SIGFPE, SIGNAL.SIGSEGV,
  SIGNAL.SIGXCPU, SIGNAL.SIGXFSZ, SIGNAL.SIGSYS,
])

export const isStopSignal = (signo: Signo): boolean =>
  signo === SIGSTOP || signo === SIGTSTP || signo === SIGTTIN || signo === SIGTTOU

export const defaultAction = (signo: Signo): DefaultAction => {
  if (signo === SIGCHLD || signo === SIGURG || signo === SIGWINCH) return 'ignore'
  if (signo === SIGCONT) return 'cont'
  if (isStopSignal(signo)) return 'stop'
  return core.has(signo) ? 'core' : 'term'
}

/** si_code values: include/uapi/asm-generic/siginfo.h. */
export const SI = {
  SI_USER: 0,
  SI_KERNEL: 0x80,
  SI_QUEUE: -1,
  SI_TIMER: -2,
  SI_TKILL: -6,
} as const
export const CLD = {
  CLD_EXITED: 1, CLD_KILLED: 2, CLD_DUMPED: 3, CLD_TRAPPED: 4, CLD_STOPPED: 5, CLD_CONTINUED: 6,
} as const
export const ILL_ILLOPC = 1
export const FPE_INTDIV = 1
export const FPE_INTOVF = 2
export const SEGV_MAPERR = 1
export const SYS_SECCOMP = 1
export const TRAP_BRKPT = 1
export const TRAP_TRACE = 2
