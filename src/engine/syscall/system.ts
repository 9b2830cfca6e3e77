import type { GuestMemory } from '../kernel/memory.ts'
import type { Siginfo } from '../kernel/siginfo.ts'
import type { Disposition } from '../kernel/disposition.ts'
import type { AltStack } from '../kernel/signal-frame.ts'
import type { Program } from '../seccomp/instruction.ts'
import type { CallResult, RunResult } from './row.ts'

/** clone(2), as the raw call has it; a thread has `fn`. */
export interface CloneArguments {
  readonly flags: number
  readonly stackTop: number
  readonly parentTid: number
  readonly tls: number
  readonly childTid: number
  /** Undefined: a thread of wasi-threads, whose entry gets its id instead. */
  readonly fn: number | undefined
  readonly arg: number
}

/** What a wait has found, for whoever stores it. */
export interface ChildNews {
  readonly pid: number
  readonly status: number
  readonly code: number
  readonly value: number
}

/** One of a process's timers, in nanoseconds. */
export interface TimerValue {
  readonly value: number
  readonly interval: number
}

/**
 * What calls of the table `linux` ask of the kernel about processes, signals and tracing. Pointers have been followed
 * and numbers checked for their size only; what is answered is the call's result: a value, −errno, or what it waits for.
 */
export interface System {
  fork(kind: 'fork' | 'vfork'): RunResult
  clone(how: CloneArguments): RunResult
  exec(path: Uint8Array, argv: readonly Uint8Array[], environ: readonly Uint8Array[]): RunResult
  exitThread(code: number): RunResult
  exitGroup(code: number): RunResult
  /** @param store writes what was found, and answers the result */
  wait4(pid: number, options: number, store: (news: ChildNews) => number): RunResult
  waitid(which: number, id: number, options: number, store: (news: ChildNews | undefined) => number): RunResult
  readonly pid: number
  readonly parentPid: number
  readonly tid: number
  setTidAddress(addr: number): number
  setpgid(pid: number, pgid: number): number
  getpgid(pid: number): number
  setsid(): number
  getsid(pid: number): number
  /** PR_SET_NO_NEW_PRIVS, or whether it is set. */
  noNewPrivs(set: boolean): number
  name: string

  kill(pid: number, signo: number): number
  /** @param tgid −1: whichever process the thread belongs to (tkill) */
  tgkill(tgid: number, tid: number, signo: number): number
  sigqueue(pid: number, info: Siginfo): number
  disposition(signo: number): Disposition
  setDisposition(signo: number, to: Disposition): void
  mask: bigint
  /** Pending and blocked: sigpending(2). */
  readonly pendingSignals: bigint
  sigtimedwait(set: bigint, until: number | undefined, store: (info: Siginfo) => number): CallResult
  sigsuspend(mask: bigint): CallResult
  altStack: AltStack | undefined
  readonly isOnAltStack: boolean
  /** Reads a timer, and with `to` sets it. */
  itimer(which: number, to?: TimerValue): TimerValue | undefined

  ptrace(request: number, pid: number, addr: number, data: number): number
  /** For process_vm_readv and writev: the memory, or −errno. */
  memoryOf(pid: number): GuestMemory | number
  /** Tells the trace that this one wrote there. */
  wroteTo(pid: number, addr: number, was: Uint8Array, is: Uint8Array): void
  readonly seccompMode: number
  seccompStrict(): number
  seccompFilter(flags: number, program: Program): number
}
