export type StopKind = 'syscall-entry' | 'syscall-exit' | 'signal' | 'event' | 'group' | 'exited' | 'killed'

/** What a stop was made of: waitpid's answer taken apart. */
export interface StopCause {
  readonly kind: StopKind
  readonly pid: number
  readonly status: number
  /** Of a signal, group and killed stop. */
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
