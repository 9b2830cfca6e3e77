import { PTRACE_EVENT } from '../abi/ptrace.ts'

/** Stops at a PTRACE_EVENT_, in the words of the loop. */
export type EventKind = 'fork' | 'vfork' | 'clone' | 'exec' | 'vfork-done' | 'exit' | 'seccomp' | 'trap'

export type StopKind = 'syscall-entry' | 'syscall-exit' | 'signal' | 'step' | 'group' | EventKind | 'exited' | 'killed'

const KIND_OF_EVENT: Readonly<Record<number, EventKind>> = {
  [PTRACE_EVENT.PTRACE_EVENT_FORK]: 'fork',
  [PTRACE_EVENT.PTRACE_EVENT_VFORK]: 'vfork',
  [PTRACE_EVENT.PTRACE_EVENT_CLONE]: 'clone',
  [PTRACE_EVENT.PTRACE_EVENT_EXEC]: 'exec',
  [PTRACE_EVENT.PTRACE_EVENT_VFORK_DONE]: 'vfork-done',
  [PTRACE_EVENT.PTRACE_EVENT_EXIT]: 'exit',
  [PTRACE_EVENT.PTRACE_EVENT_SECCOMP]: 'seccomp',
}

/** PTRACE_EVENT_STOP, which INTERRUPT, SIGCONT and an automatic attach make, is a trap: where it is no group-stop. */
export const kindOfEvent = (event: number): EventKind => KIND_OF_EVENT[event] ?? 'trap'

/** Whether its message is the pid of a child. */
export const isBirth = (kind: StopKind): boolean => kind === 'fork' || kind === 'vfork' || kind === 'clone'

/** What a stop was made of: waitpid's answer taken apart. */
export interface StopCause {
  readonly kind: StopKind
  readonly pid: number
  readonly status: number
  /** Of a signal, step, group and killed stop. */
  readonly signal?: number
  /** Of an event: its number, and what PTRACE_GETEVENTMSG says. */
  readonly event?: number
  readonly message?: number
  /** Of an exit: the code. */
  readonly code?: number
}

/** How the loop goes on after a stop, unless its body said otherwise. */
export interface Going {
  readonly request: number
  readonly tags: number
  readonly signal: number
}
