import { ERRNO } from '../abi/errno.ts'
import { FPE_INTDIV, FPE_INTOVF, ILL_ILLOPC, SEGV_MAPERR, SI, SIGNAL } from '../abi/signal.ts'
import { exitedStatus, killedStatus } from '../abi/wait.ts'
import type { GuestEnd, ImportName, Trap, Vcpu } from '../ports.ts'
import { traceme } from '../ptrace/attach.ts'
import { linuxByName } from '../syscall/linux.ts'
import { preview1ByName, preview1ByNumber } from '../syscall/preview1.ts'
import { unstableByName, unstableByNumber } from '../syscall/unstable.ts'
import type { Row } from '../syscall/row.ts'
import { guestPort } from './call.ts'
import { TaskCaller } from './caller.ts'
import { PROCESS_LIMIT, SLICE_TICKS } from './cost.ts'
import type { Descriptors } from './descriptors.ts'
import { announceExit, bury } from './exit.ts'
import type { Kernel } from './kernel.ts'
import { GuestMemory } from './memory.ts'
import { returnToGuest, sendSignal, stayStopped } from './signal.ts'
import { userSignal, type Siginfo } from './siginfo.ts'
import { newRegisters, type Process, type RegisterFile, type Task } from './task.ts'
import { WaitQueue } from './wait-queue.ts'

export interface ProgramImage {
  readonly name: string
  readonly hash: string
  readonly argv: readonly Uint8Array[]
  readonly environ: readonly Uint8Array[]
}

/** How a new process starts (script/port.ts, SpawnSpec). */
export type SpawnTrace = 'traceme' | 'stopped' | 'none'

const TABLES: Readonly<Record<string, ReadonlyMap<string, Row>>> = { wasi_snapshot_preview1: preview1ByName, wasi_unstable: unstableByName, linux: linuxByName }

/** The call that a guest's import stands for; undefined if this machine has none like it. */
export const rowOfImport = ({ module, name }: ImportName): Row | undefined => (Object.hasOwn(TABLES, module) ? TABLES[module]?.get(name) : undefined)

export const newProcess = (
  parent: Task | undefined, files: Descriptors, argv: readonly Uint8Array[], environ: readonly Uint8Array[],
): Process => ({
  children: new Set(),
  parent,
  pending: [],
  stoppedBy: 0,
  groupExit: undefined,
  stopNote: false,
  continueNote: false,
  argv,
  environ,
  files,
})

/** A task that has not run yet. */
export const newTask = (
  pid: number, name: string, process: Process, memory: GuestMemory, vcpu: Vcpu | undefined, rows: readonly Row[],
  regs: RegisterFile = newRegisters(), table = preview1ByNumber,
): Task => ({
  pid, name, process, memory, vcpu, rows, table, regs,
  state: 'alive', status: 0, tracing: undefined, tracees: new Set(), pending: [], mask: 0n, interrupt: undefined,
  childChanged: new WaitQueue(), unfinished: undefined, work: false, interrupted: false, fuel: SLICE_TICKS, cpu: 0, overCpu: false, sleeping: false,
  callRegisters: undefined, birthSeq: 0, entrySeq: 0,
})

/**
 * fork, what the child does before exec, and exec in one: for a script, which has no fork of its own.
 *
 * @returns the child's pid, or −EAGAIN at the limit of processes, −ENOENT for a program that was not loaded, −ENOMEM
 * when the platform gives no memory
 */
export const spawn = (kernel: Kernel, parent: Task, image: ProgramImage, files: Descriptors, trace: SpawnTrace): number => {
  if (kernel.tasks.size >= PROCESS_LIMIT) return -ERRNO.EAGAIN
  const imports = kernel.host.imports(image.hash)
  if (imports === undefined) return -ERRNO.ENOENT
  const rows = imports.map(rowOfImport)
  const table = imports.some(({ module }) => module === 'wasi_unstable') ? unstableByNumber : preview1ByNumber
  const process = newProcess(parent, files, image.argv, image.environ)
  const regs = newRegisters()
  const vcpu = kernel.host.instantiate(image.hash, guestPort(kernel, () => task, () => caller, regs.halves))
  if (vcpu === undefined) return -ERRNO.ENOMEM
  const memory = new GuestMemory(vcpu.memory)
  const known = rows.every((row) => row !== undefined)
  const task: Task = newTask(kernel.nextPid++, image.name, process, memory, vcpu, known ? (rows as Row[]) : [], regs, table)
  const caller = new TaskCaller(kernel, () => task, memory, process)
  kernel.foreign?.adopt(caller, vcpu)
  kernel.tasks.set(task.pid, task)
  parent.process.children.add(task)
  vcpu.setFuel(SLICE_TICKS)
  memory.watchWrites(kernel.untraced)
  task.birthSeq = kernel.recorder.birth(task)
  const missing = imports.find((_, i) => rows[i] === undefined)
  if (missing !== undefined) refuse(kernel, task, missing)
  if (trace === 'traceme') {
    traceme(task)
    // "If the PTRACE_O_TRACEEXEC option is not in effect, all successful calls to execve(2) by the traced process will
    // cause it to be sent a SIGTRAP signal". ptrace(2)
    sendSignal(kernel, task, userSignal(SIGNAL.SIGTRAP, task.pid), true)
  }
  if (trace === 'stopped') process.stoppedBy = SIGNAL.SIGSTOP
  kernel.sched.start(task, () => void live(kernel, task, vcpu, caller))
  return task.pid
}

/** "An import that isn't in the table makes the guest end with a sentence, before it starts" (abi.md). */
const refuse = (kernel: Kernel, task: Task, { module, name }: ImportName): void => {
  kernel.recorder.print(0, 0, `${task.name} imports ${module}.${name}, which is no call of this machine: it cannot run.`)
  task.process.groupExit = killedStatus(SIGNAL.SIGSYS, true)
}

/** A task's whole life, straight down. */
const live = async (kernel: Kernel, task: Task, vcpu: Vcpu, caller: TaskCaller): Promise<void> => {
  if (task.process.stoppedBy !== 0) await stayStopped(kernel, task)
  if ((await returnToGuest(kernel, task)) === 'dead') await announceExit(kernel, task)
  else {
    const end = await vcpu.run()
    if (task.state === 'alive') await afterRun(kernel, task, end)
  }
  bury(kernel, task)
  kernel.foreign?.release(caller)
  kernel.sched.dispatch()
}

const afterRun = async (kernel: Kernel, task: Task, end: GuestEnd): Promise<void> => {
  task.regs.nr = -1
  if (end.kind === 'trap') {
    kernel.recorder.print(0, 0, `${task.name} (${task.pid}): ${TRAPS[end.trap].sentence}`)
    // A fault whose signal is suppressed happens again at once, as on Linux.
    while (task.process.groupExit === undefined) {
      sendSignal(kernel, task, TRAPS[end.trap].info, true)
      if ((await returnToGuest(kernel, task)) === 'dead') break
    }
  }
  task.process.groupExit ??= exitedStatus(0)
  await announceExit(kernel, task)
}

const fault = (signo: number, code: number): Siginfo => ({ signo, code, pid: 0, value: 0 })

/** The traps of WebAssembly as the signals that the same mistake makes on Linux. */
const TRAPS: Readonly<Record<Trap, { readonly info: Siginfo; readonly sentence: string }>> = {
  unreachable: { info: fault(SIGNAL.SIGILL, ILL_ILLOPC), sentence: 'it ran into an unreachable instruction (SIGILL)' },
  'out-of-bounds': { info: fault(SIGNAL.SIGSEGV, SEGV_MAPERR), sentence: 'it used an address outside of its memory (SIGSEGV)' },
  'integer-divide': { info: fault(SIGNAL.SIGFPE, FPE_INTDIV), sentence: 'it divided an integer by zero (SIGFPE)' },
  'integer-overflow': { info: fault(SIGNAL.SIGFPE, FPE_INTOVF), sentence: 'a number did not fit into an integer (SIGFPE)' },
  'bad-call': { info: fault(SIGNAL.SIGSEGV, SEGV_MAPERR), sentence: 'it called through a function pointer that points to no such function (SIGSEGV)' },
  'stack-overflow': { info: fault(SIGNAL.SIGSEGV, SEGV_MAPERR), sentence: 'its calls nest too deeply: the stack is used up (SIGSEGV)' },
  exception: { info: fault(SIGNAL.SIGABRT, SI.SI_TKILL), sentence: 'it threw an exception that nobody caught (SIGABRT)' },
  unknown: { info: fault(SIGNAL.SIGILL, ILL_ILLOPC), sentence: 'it trapped (SIGILL)' },
}
