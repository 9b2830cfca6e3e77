import { PTRACE_OPTION } from '../abi/ptrace.ts'
import { SIGNAL, type Signo } from '../abi/signal.ts'
import { FREE, type Resume, type Stop } from '../ptrace/stop.ts'
import { ARGS } from '../trace/registers.ts'
import type { GuestEnd, Vcpu } from '../ports.ts'
import type { Forced } from '../recipe.ts'
import { NO_SECCOMP, type Seccomp } from '../seccomp/mode.ts'
import type { Handled } from '../syscall/handled.ts'
import type { Caller, RunResult, Row, Wait } from '../syscall/row.ts'
import { SLICE_TICKS } from './cost.ts'
import type { Descriptors } from './descriptors.ts'
import { Dispositions } from './disposition.ts'
import { newGroupStop, type GroupStop } from './group-stop-state.ts'
import type { CrossingLog } from './log.ts'
import type { GuestMemory } from './memory.ts'
import type { AltStack, HandlerFrame } from './signal-frame.ts'
import type { Siginfo } from './siginfo.ts'
import { Timers } from './timers.ts'
import { WaitQueue } from './wait-queue.ts'

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
  /** The leader's: the thread group's id. */
  readonly pid: Pid
  /** The thread that it began with, or the one that called exec. */
  leader: Task
  /** Those that are not gone, the leader among them as long as it is not reaped. */
  readonly threads: Set<Task>
  readonly children: Set<Process>
  /** Undefined: nobody will wait for it. */
  parent: Process | undefined
  /** What the parent is sent at its end: SIGCHLD, or what clone(2) was told; 0 for nothing. */
  exitSignal: Signo
  pgid: Pid
  sid: Pid
  /** It has called exec since its fork: setpgid(2), EACCES. */
  hasExeced: boolean
  /** Signals for whichever thread takes them first. */
  readonly pending: Siginfo[]
  readonly dispositions: Dispositions
  /** Job control: see group-stop.ts. */
  readonly groupStop: GroupStop
  /** Its wait status once it has to die as a whole (SIGNAL_GROUP_EXIT). */
  groupExit: number | undefined
  /** Woken when it may have something to take for sigtimedwait(2) or signalfd's kin. */
  readonly signalled: WaitQueue
  /** A thread is in exec: the others go, and nobody else's exec counts. */
  execing: Task | undefined
  /** Something happened to a child or tracee of any thread that wait4 may want to know. */
  readonly childChanged: WaitQueue
  readonly files: Descriptors
  image: Image
  /** A parent that waits in vfork(2) until this one has called exec or is gone. */
  vforkDone: (() => void) | undefined
  readonly timers: Timers
}

/** A program as a process runs it; a new one begins at exec. */
export interface Image {
  readonly name: string
  /** SHA-256 of the module, by which the host has it. */
  readonly hash: string
  readonly argv: readonly Uint8Array[]
  readonly environ: readonly Uint8Array[]
  /** The calls that the module imports, by its order of imports. */
  readonly rows: readonly Handled[]
  /** The preview1 table by number: a tracer may put any call in a call's place. */
  readonly table: readonly Handled[]
  /** What crossed its border, to make it again; undefined for what is never made again. */
  readonly log: CrossingLog | undefined
  /** Threads have run in it: what they did to one another is in no log. */
  threaded: boolean
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
  /** What PTRACE_SETSIGINFO made of the stop's siginfo (last_siginfo); undefined while it is its own (info.ts). */
  info: Siginfo | undefined
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
  /** Its thread id; a thread that calls exec gets its leader's. */
  pid: Pid
  name: string
  readonly process: Process
  state: 'alive' | 'dying' | 'zombie' | 'reaped'
  /** Its wait status once it has called exit(2) by itself, or the process has to die. */
  status: number
  readonly regs: RegisterFile
  readonly memory: GuestMemory
  vcpu: Vcpu | undefined
  /** Settles when the vcpu's guest is through; a vcpu that has not been started has none. */
  running: Promise<GuestEnd> | undefined
  /** The guest was made again, on another vcpu, while the kernel had it: how to let that one go on instead. */
  goOn: ((result: number) => void) | undefined
  tracing: Tracing | undefined
  /** Whom it traces. */
  readonly tracees: Set<Task>
  /** Signals for this thread alone. */
  readonly pending: Siginfo[]
  mask: bigint
  /** What sigsuspend(2) put aside: the next handler's return restores it. */
  savedMask: bigint | undefined
  /** Handlers that are set up or run, the innermost last. */
  readonly frames: HandlerFrame[]
  altStack: AltStack | undefined
  /** A group-stop of its process that it has not joined yet (JOBCTL_STOP_PENDING), and its signal. */
  stopPending: boolean
  stopSigno: Signo
  /** In a wait that a signal interrupts: how to wake it. */
  interrupt: (() => void) | undefined
  /** Stopped by job control and not traced: how to let it go on. */
  continue: (() => void) | undefined
  /** An interrupted sleep, for restart_syscall(2). */
  restart: { readonly row: Row; readonly wait: Wait } | undefined
  /** The task as its calls see it. */
  caller: Caller | undefined
  /** What the plain path left for `finish`. */
  unfinished: { readonly row: Row; readonly result: RunResult } | undefined
  /** What is forced of the call that is on. */
  forced: Forced | undefined
  /** A plain call or tick must go through the return to the guest: a signal, an exit or a stop is due. */
  work: boolean
  /** Fuel given at the last refill, to tell how many ticks have run. */
  fuel: number
  /** Ticks since the image began. */
  ticks: number
  /** Virtual nanoseconds computed, for RLIMIT_CPU and the CPU clocks. */
  cpu: number
  /** Its sleep was interrupted: the call is made again unless a handler runs. */
  interrupted: boolean
  /** SIGXCPU has been sent. */
  overCpu: boolean
  /** In a call that waits, for who-waits-for-whom lists. */
  sleeping: boolean
  /** It has called exit(2), or has to go: it is at its end. */
  exiting: boolean
  /** Where the kernel has it: not started, in its own code, in what a guest can be made again up to, or through (or trapped). */
  standing: 'start' | 'guest' | 'call' | 'tick' | 'return' | 'step' | 'end'
  /** It is to run an instruction before it traps: the next step is passed over. */
  skipsStep: boolean
  /** Offset in the code section of the instruction that is next, and its function, as the latest step told; 0 before. */
  pc: number
  func: number
  /** Index of the import that is being called, for the log. */
  callIndex: number
  /** seccomp(2). */
  seccomp: Seccomp
  noNewPrivs: boolean
  /** set_tid_address(2): where 0 is stored, and whom futex(2) wakes, at the thread's end. */
  clearTid: number
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

/** Will none of its own code run any more? */
export const isDead = ({ exiting, process }: Task): boolean => exiting || process.groupExit !== undefined

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
  info: undefined,
  signo: 0,
  trapStop: false,
  trapNotify: false,
  listening: false,
  stopSeq: 0,
  resumedSeq: 0,
})

/** A process without threads yet: `newTask` gives it its leader. */
export const newProcess = (
  pid: Pid, parent: Process | undefined, files: Descriptors, image: Image, dispositions = new Dispositions(),
): Omit<Process, 'leader'> => ({
  pid, parent, files, image,
  threads: new Set(), children: new Set(), exitSignal: SIGNAL.SIGCHLD, pgid: pid, sid: parent?.sid ?? pid, hasExeced: false,
  pending: [], dispositions, groupStop: newGroupStop(), groupExit: undefined, signalled: new WaitQueue(),
  execing: undefined, childChanged: new WaitQueue(), vforkDone: undefined, timers: new Timers(),
})

/** A thread that has not run yet. The first one of a process is its leader. */
export const newTask = (pid: Pid, name: string, process: Omit<Process, 'leader'> & { leader?: Task }, memory: GuestMemory): Task => {
  const task: Task = {
    pid, name, memory, process: process as Process,
    state: 'alive', status: 0, regs: newRegisters(), vcpu: undefined, running: undefined, goOn: undefined, tracing: undefined, tracees: new Set(),
    pending: [], mask: 0n, savedMask: undefined, frames: [], altStack: undefined, stopPending: false, stopSigno: 0, interrupt: undefined,
    continue: undefined, restart: undefined, caller: undefined, unfinished: undefined, forced: undefined, work: false, fuel: SLICE_TICKS, ticks: 0, cpu: 0,
    interrupted: false, overCpu: false, sleeping: false, exiting: false, standing: 'start', skipsStep: false, pc: 0, func: 0, callIndex: -1, seccomp: NO_SECCOMP, noNewPrivs: false, clearTid: 0,
    birthSeq: 0, entrySeq: 0,
  }
  process.leader ??= task
  process.threads.add(task)
  return task
}
