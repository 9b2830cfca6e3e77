import { PTRACE_EVENT, PTRACE_VM_MASK, PTRACE_VM_SKIPCALL } from '../abi/ptrace.ts'
import { SIGNAL, type Signo } from '../abi/signal.ts'
import type { Siginfo } from '../kernel/siginfo.ts'

/** Why a tracee is not running. One variant per kind of ptrace-stop in ptrace(2). */
export type Stop =
  | { readonly kind: 'syscall-entry' }
  | { readonly kind: 'syscall-exit' }
  | { readonly kind: 'event'; readonly event: number; readonly message: number }
  | { readonly kind: 'signal'; readonly info: Siginfo }
  /** Of a tracee that was seized: group-stop and the trap after SEIZE or INTERRUPT (PTRACE_EVENT_STOP). */
  | { readonly kind: 'trap'; readonly signo: Signo }
  /** Of one that was attached: no siginfo, GETSIGINFO is EINVAL. */
  | { readonly kind: 'group'; readonly signo: Signo }

/** How a tracee was resumed: "mode" and tags are replaced, never OR-ed, by every request that restarts it. */
export interface Resume {
  readonly mode: ResumeMode
  /** addr & PTRACE_VM_MASK of the latest resume. */
  readonly tags: number
  /** It traps after an instruction, or where control has gone elsewhere. */
  readonly step: Step | undefined
}
export type Step = 'step' | 'block'
export type ResumeMode = 'free' | 'syscall' | 'sysemu'

export const FREE: Resume = { mode: 'free', tags: 0, step: undefined }

export const skipsCall = (resume: Resume): boolean => (resume.tags & PTRACE_VM_SKIPCALL) !== 0
/** SKIPCALL implies SKIPEXIT: a call that was not run has nothing to report. */
export const skipsExit = (resume: Resume): boolean => (resume.tags & PTRACE_VM_MASK) !== 0

/**
 * The stop code that waitpid(2) reports: "WSTOPSIG(status) gives (SIGTRAP | 0x80)" with TRACESYSGOOD, and
 * "status>>8 == (SIGTRAP | (PTRACE_EVENT_foo << 8))" for events. ptrace(2)
 */
export const stopCode = (stop: Stop, sysgood: boolean): number => {
  switch (stop.kind) {
    case 'syscall-entry':
    case 'syscall-exit':
      return sysgood ? SIGNAL.SIGTRAP | 0x80 : SIGNAL.SIGTRAP
    case 'event':
      return SIGNAL.SIGTRAP | (stop.event << 8)
    case 'signal':
      return stop.info.signo
    case 'trap':
      return stop.signo | (PTRACE_EVENT.PTRACE_EVENT_STOP << 8)
    case 'group':
      return stop.signo
  }
}
