import type { Value } from '../decode/value.ts'

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

/** A call as a script reads it. */
export interface ScriptCall {
  readonly name: string
  readonly nr: number
  readonly arch: string
  readonly class: string
  /** By name: a number, a path's text, the elements of an iovec, of an output its address. */
  readonly args: Readonly<Record<string, Value>>
  /** By name: the registers. */
  readonly raw: Readonly<Record<string, number>>
  /** By name, at an exit: what the call wrote. */
  readonly out: Readonly<Record<string, Value>>
  /** At an exit: the result register, and the name of the errno if it is one. */
  readonly ret: number | undefined
  readonly error: string | undefined
}
