import { PTRACE, PTRACE_OPTION } from './abi/ptrace.ts'
import { WIFSTOPPED, WSTOPSIG, __WALL } from './abi/wait.ts'
import { SIGNAL } from './abi/signal.ts'
import type { Failure } from './protocol.ts'
import type { Decision, DecisionRequest } from './recipe.ts'
import type { ScriptProcess } from './script/port.ts'
import type { Seq } from './trace/format.ts'

/**
 * The tracer that a person plays: at every stop it asks what to do, does that, and waits for the next stop. Its
 * system calls are those of a script, so a run by hand and the script made of it give the same stops.
 */

/** A stop that waits for a decision. */
export interface HandStop {
  readonly pid: number
  readonly seq: Seq
  readonly status: number
}

/** Where the hand keeps what its requests point to. */
const STATUS = 0x100
const REGS = 0x200

const OPTIONS = PTRACE_OPTION.PTRACE_O_TRACESYSGOOD | PTRACE_OPTION.PTRACE_O_EXITKILL

const REQUESTS: Readonly<Record<DecisionRequest, number>> = {
  syscall: PTRACE.PTRACE_SYSCALL,
  sysemu: PTRACE.PTRACE_SYSEMU,
  cont: PTRACE.PTRACE_CONT,
  detach: PTRACE.PTRACE_DETACH,
  kill: PTRACE.PTRACE_KILL,
}

/** What happens at a stop when nobody says otherwise: calls go on to their next stop, signals arrive. */
export const usualDecision = (at: Seq, status: number): Decision => ({ at, request: 'syscall', tags: 0, signal: deliverable(status) })

/** The signal of a signal-delivery-stop, which a resume has to name for it to arrive; 0 for any other stop. */
export const deliverable = (status: number): number => {
  const signo = WSTOPSIG(status)
  return status >>> 16 !== 0 || signo === (SIGNAL.SIGTRAP | 0x80) ? 0 : signo
}

/**
 * Spawns the first program and lets `decide` be its tracer until all have ended or were let go.
 *
 * @param seqOf the trace's row of the stop that a task is in
 * @returns what went wrong before anything could be decided
 */
export const playHand = async (
  process: ScriptProcess, seqOf: (pid: number) => Seq, decide: (stop: HandStop) => Promise<Decision>,
): Promise<Failure | undefined> => {
  const pid = process.spawn({ trace: 'traceme' })
  if (pid < 0) {
    return { kind: 'bad-module', title: 'The guest could not be started', cause: 'It was not loaded, or there is no memory for it.', cure: 'Choose the guest again.' }
  }
  // The SIGTRAP of exec: before it there is nothing to decide.
  await process.wait4(pid, STATUS, __WALL)
  if (!WIFSTOPPED(process.memory.u32(STATUS))) return undefined
  process.ptrace(PTRACE.PTRACE_SETOPTIONS, pid, 0, OPTIONS)
  process.ptrace(PTRACE.PTRACE_SYSCALL, pid, 0, 0)
  for (;;) {
    const stopped = await process.wait4(-1, STATUS, __WALL)
    if (stopped <= 0) return undefined
    const status = process.memory.u32(STATUS)
    if (!WIFSTOPPED(status)) continue
    const decision = await decide({ pid: stopped, seq: seqOf(stopped), status })
    carryOut(process, stopped, decision)
    if (decision.request === 'detach') return undefined
  }
}

/**
 * Takes a script's place: decides what is stopped already, then every stop of the script's tracees until all have
 * ended or were let go. The script's options stay; calls are told from SIGTRAPs whatever it had asked for.
 *
 * @param standing the stops that the script knew of and left, in their order
 * @param stopOf the stop that a task is in
 */
export const takeOver = async (
  process: ScriptProcess, standing: readonly HandStop[], stopOf: (pid: number) => HandStop | undefined, decide: (stop: HandStop) => Promise<Decision>,
): Promise<void> => {
  const left = [...standing]
  for (;;) {
    const known = left.shift()
    const stopped = known?.pid ?? (await process.wait4(-1, STATUS, __WALL))
    if (stopped <= 0) return
    if (known === undefined && !WIFSTOPPED(process.memory.u32(STATUS))) continue
    const stop = stopOf(stopped)
    if (stop !== undefined) carryOut(process, stopped, await decide(stop))
  }
}

/**
 * The process as its script sees it until somebody takes its place: a wait that would tell of a stop with this seq, or
 * of a later one, is never answered.
 */
export const heardUntil = (process: ScriptProcess, from: Seq, stopOf: (pid: number) => HandStop | undefined, take: () => void): ScriptProcess => {
  const waitFor: ScriptProcess['waitFor'] = (pid, status, options, answer) =>
    process.waitFor(pid, status, options, (waited) => {
      const stop = waited > 0 ? stopOf(waited) : undefined
      if (stop !== undefined && stop.seq >= from) take()
      else answer(waited)
    })
  return {
    pid: process.pid,
    memory: process.memory,
    random: () => process.random(),
    now: () => process.now(),
    realtime: () => process.realtime(),
    ptrace: (request, pid, addr, data) => process.ptrace(request, pid, addr, data),
    waitFor,
    wait4: (pid, status, options) => new Promise((resolve) => waitFor(pid, status, options, resolve)),
    kill: (pid, signo) => process.kill(pid, signo),
    readMemory: (pid, addr, length) => process.readMemory(pid, addr, length),
    writeMemory: (pid, addr, bytes) => process.writeMemory(pid, addr, bytes),
    spawn: (spec) => process.spawn(spec),
    sleep: (nanoseconds) => process.sleep(nanoseconds),
    sleepFor: (nanoseconds, answer) => process.sleepFor(nanoseconds, answer),
    print: (text) => process.print(text),
    nameOf: (pid) => process.nameOf(pid),
    functionOf: (pid) => process.functionOf(pid),
  }
}

/** Edits first, then the request that ends the stop. */
const carryOut = (process: ScriptProcess, pid: number, { args, result, memory, request, tags, signal }: Decision): void => {
  if (args !== undefined || result !== undefined) {
    process.ptrace(PTRACE.PTRACE_GETREGS, pid, 0, REGS)
    for (const [i, value] of args ?? []) process.memory.setU64(REGS + 8 + 8 * i, BigInt.asUintN(64, BigInt(value)))
    if (result !== undefined) process.memory.setU64(REGS + 80, BigInt.asUintN(64, BigInt(result)))
    process.ptrace(PTRACE.PTRACE_SETREGS, pid, 0, REGS)
  }
  for (const { addr, bytes } of memory ?? []) process.writeMemory(pid, addr, Uint8Array.from(bytes))
  const error = process.ptrace(REQUESTS[request], pid, tags, request === 'kill' ? 0 : signal)
  // A refused resume would leave the task stopped for ever: it goes on as usual.
  if (error < 0 && request !== 'kill') process.ptrace(PTRACE.PTRACE_SYSCALL, pid, 0, 0)
}
