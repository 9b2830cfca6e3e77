import { PTRACE_OPTION } from '../abi/ptrace.ts'
import type { Signo } from '../abi/signal.ts'
import { FREE, type Resume, type Stop } from '../ptrace/stop.ts'
import { ARGS } from '../trace/registers.ts'
import type { Vcpu } from '../ports.ts'
import type { Row, Wait } from '../syscall/row.ts'
import type { Descriptors } from './descriptors.ts'
import type { GuestMemory } from './memory.ts'
import type { Siginfo } from './siginfo.ts'
import type { WaitQueue } from './wait-queue.ts'

export type Pid = number

/** The virtual registers of a task (abi.md): what GETREGS shows and SETREGS changes. */
export interface RegisterFile {
  arch: number
  /** −1: not in a call, or the tracer's word for "skip it". */
  nr: number
  /** The arguments as 32-bit halves, low first: what the trampoline passes without making a BigInt. */
  readonly halves: Int32Array
  /** The result register. */
  ret: number
}

/** What is a process's rather than a thread's. */
export interface Process {
  readonly children: Set<Task>
  parent: Task | undefined
  /** Signals for whichever thread takes them first. */
  readonly pending: Siginfo[]
  /** The stop signal while the process is stopped by job control, else 0. */
  stoppedBy: Signo
  /** Its wait status once it has to die; the last to set it wins. */
  groupExit: number | undefined
  /** A stop or continuation that the real parent has not been told yet. */
  stopNote: boolean
  continueNote: boolean
  readonly argv: readonly Uint8Array[]
  readonly environ: readonly Uint8Array[]
  readonly files: Descriptors
}

/** What ptrace knows of a tracee. */
export interface Tracing {
  tracer: Task
  seized: boolean
  options: number
  resume: Resume
  /** The stop it is in; undefined while it runs. */
  stop: Stop | undefined
  /** What waitpid reports of the stop: it is decided when the stop begins, whatever the options become. */
  stopCode: number
  /** waitpid reports each stop once. */
  unreported: boolean
  /** PTRACE_GETEVENTMSG. */
  message: number
  /** Signal given with the request that resumed it. */
  signo: Signo
  /** JOBCTL_TRAP_STOP (PTRACE_INTERRUPT): it traps before it goes on; any stop uses it up. */
  trapStop: boolean
  /** JOBCTL_TRAP_NOTIFY (SIGCONT of a seized one): likewise; only PTRACE_EVENT_STOP uses it up. */
  trapNotify: boolean
  /** PTRACE_LISTEN: stopped, but for every request but INTERRUPT and KILL as if it ran. */
  listening: boolean
  /** The trace's row of the stop it is in, or was in last. */
  stopSeq: number
  /** The trace's row of the request that let it run, or 0. */
  resumedSeq: number
}

/**
 * A task: a guest or a script, one thread. Plain data; what it does is in call.ts, signal.ts, exit.ts, and in
 * `ptrace/` where it is traced.
 */
export interface Task {
  readonly pid: Pid
  readonly name: string
  readonly process: Process
  state: 'alive' | 'dying' | 'zombie' | 'reaped'
  /** The wait status of a zombie. */
  status: number
  readonly regs: RegisterFile
  readonly memory: GuestMemory
  readonly vcpu: Vcpu | undefined
  /** The table's rows, by the module's order of imports. */
  readonly rows: readonly Row[]
  /** The table by number: a tracer may put any call in a call's place. */
  readonly table: readonly Row[]
  tracing: Tracing | undefined
  /** Whom it traces. */
  readonly tracees: Set<Task>
  /** Signals for this thread alone. */
  readonly pending: Siginfo[]
  mask: bigint
  /** In a wait that a signal interrupts: how to wake it. */
  interrupt: (() => void) | undefined
  /** Something happened to a child or tracee that wait4 may want to know. */
  readonly childChanged: WaitQueue
  /** What the plain path left for `finish`. */
  unfinished: { readonly row: Row; readonly result: number | Wait } | undefined
  /** A plain call or tick must go through the return to the guest: a signal, an exit or a stop is due. */
  work: boolean
  /** Fuel given at the last refill, to tell how many ticks have run. */
  fuel: number
  /** Virtual nanoseconds computed, for RLIMIT_CPU and the CPU clocks. */
  cpu: number
  /** Its sleep was interrupted: the call is made again unless a handler runs. */
  interrupted: boolean
  /** SIGXCPU has been sent. */
  overCpu: boolean
  /** In a call that waits, for who-waits-for-whom lists. */
  sleeping: boolean
  /** The registers of an untraced call that is being recorded. */
  callRegisters: Uint8Array | undefined
  /** Seq of the birth in the trace. */
  birthSeq: number
  /** Seq of the entry of the call in flight, or 0. */
  entrySeq: number
}

export const hasOption = (task: Task, option: keyof typeof PTRACE_OPTION): boolean =>
  task.tracing !== undefined && (task.tracing.options & PTRACE_OPTION[option]) !== 0

/** Is it in a ptrace-stop? Then its tracer may look at it. */
export const isStopped = (task: Task): boolean => task.tracing?.stop !== undefined

export const isAlive = (task: Task): boolean => task.state === 'alive'

export const newRegisters = (): RegisterFile => ({ arch: 0, nr: -1, halves: new Int32Array(2 * ARGS), ret: 0 })

export const newTracing = (tracer: Task, seized: boolean, options: number): Tracing => ({
  tracer,
  seized,
  options,
  resume: FREE,
  stop: undefined,
  stopCode: 0,
  unreported: false,
  message: 0,
  signo: 0,
  trapStop: false,
  trapNotify: false,
  listening: false,
  stopSeq: 0,
  resumedSeq: 0,
})
