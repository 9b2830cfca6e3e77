import { ARCH_LINUX, ARCH_PREVIEW1 } from '../abi/ptrace.ts'
import { ERRNO } from '../abi/errno.ts'
import { failWhenFull, stop, type Resumed } from '../ptrace/report.ts'
import { skipsCall, skipsExit } from '../ptrace/stop.ts'
import { LINUX_NR } from '../abi/linux.ts'
import type { Handled } from '../syscall/handled.ts'
import { linuxHandled } from '../syscall/linux-handlers.ts'
import type { Caller, RunResult, Row, Wait } from '../syscall/row.ts'
import { Flag } from '../trace/format.ts'
import type { GuestPort } from '../ports.ts'
import type { Forced } from '../recipe.ts'
import { goOnAgain } from './again.ts'
import { CALL_COST } from './cost.ts'
import { changeArguments } from './forced.ts'
import { dueHandler, enterHandler, failing, restartOf, ERESTARTNOHAND, ERESTARTSYS, ERESTART_RESTARTBLOCK } from './deliver.ts'
import { announceExit } from './exit.ts'
import type { Kernel } from './kernel.ts'
import { Crossing } from './log.ts'
import { hasSignal, isDoomed, isQuiet } from './pending.ts'
import { judge } from './seccomp.ts'
import { returnToGuest } from './return.ts'
import { sendSignal } from './send.ts'
import { kernelSignal } from './siginfo.ts'
import { callTrap } from './step-trap.ts'
import type { Task } from './task.ts'
import { charge, finishTick, signalReturn, step, tickPlain } from './tick.ts'
import { isWatched } from './watched.ts'

/**
 * The kernel's side of a guest's imports. Each call comes plain where nobody wants to stop it, and suspending
 * where the task's tracer does; the trampoline chooses (design.md).
 */
export const guestPort = (kernel: Kernel, task: Task, caller: Caller): GuestPort => ({
  halves: task.regs.halves,
  plain: (index, fuel) => plain(kernel, task, caller, index, fuel),
  suspending: (index, fuel) => suspending(kernel, task, caller, index, fuel),
  finish: () => finish(kernel, task, caller),
  tickPlain: (fuel) => tickPlain(kernel, task, fuel),
  tickSuspending: (fuel) => {
    tickPlain(kernel, task, fuel)
    return finishTick(kernel, task)
  },
  finishTick: () => finishTick(kernel, task),
  step: (pc, func) => step(kernel, task, pc, func),
  // Who steps is watched; and nobody else is asked to.
  stepPlain: () => {},
  nextSignal: () => enterHandler(task),
  signalReturned: () => true,
  signalReturn: () => signalReturn(kernel, task),
  again: (waited, vcpu, arrived) => goOnAgain(kernel, task, waited, vcpu, arrived),
})

const beginCall = (task: Task, row: Row, index: number): void => {
  const { regs } = task
  regs.arch = row.arch
  regs.nr = row.nr
  task.callIndex = index
  task.standing = 'call'
  // "It holds ENOSYS on entry" (ptrace-vm.md, rule 5), in this table's numbering.
  regs.ret = failing(row.arch, ERRNO.ENOSYS)
}

/** The call that the registers say: a tracer may have put any number of the same table there. */
const calledRow = ({ regs, process }: Task): Handled | undefined =>
  regs.arch === ARCH_PREVIEW1 ? process.image.table[regs.nr] : regs.arch === ARCH_LINUX ? linuxHandled.get(regs.nr) : undefined

/** The call is over, and its result goes to the guest: the one that made it, or the same made again. */
const cross = (task: Task): number => {
  const { regs, memory, process, goOn } = task
  regs.nr = -1
  const { log } = process.image
  // exec's own result is nobody's: the image that it began has made no call.
  if (log !== undefined && task.callIndex >= 0) log.append(Crossing.call, task.callIndex, regs.ret, memory, memory.takeLogged())
  task.callIndex = -1
  if (task.standing === 'call') task.standing = 'guest'
  if (dueHandler(task) !== undefined) task.vcpu?.setSignals(true)
  if (goOn !== undefined) {
    task.goOn = undefined
    goOn(regs.ret)
  }
  return regs.ret
}

const plain = (kernel: Kernel, task: Task, caller: Caller, index: number, fuel: number): number => {
  const row = task.process.image.rows[index] as Handled
  charge(kernel, task, fuel, CALL_COST)
  kernel.counts.calls++
  beginCall(task, row, index)
  const forced = kernel.untraced ? kernel.forced?.untraced(task) : undefined
  if (forced?.args !== undefined) changeArguments(task, forced.args)
  if (kernel.untraced) kernel.recorder.beginUntraced(task, row)
  const result = forced === undefined ? kernel.execute(row, caller, task.regs.halves) : carryOut(kernel, task, caller, row, forced)
  if (typeof result === 'number' && !task.work && !kernel.sched.yieldDue && !kernel.sched.turnOver) {
    task.regs.ret = result
    if (kernel.untraced) recordUntraced(kernel, task, row, 0)
    task.forced = undefined
    return cross(task)
  }
  task.unfinished = { row, result }
  task.vcpu?.setTodo(true)
  return 0
}

/** Runs a call that nobody traces as far as nothing else is forced; its result is, once it has one. */
const carryOut = (kernel: Kernel, task: Task, caller: Caller, row: Handled, forced: Forced): RunResult => {
  task.forced = forced
  if (forced.fate === 'skip') return forced.result ?? failing(row.arch, ERRNO.ENOSYS)
  const ran = kernel.execute(row, caller, task.regs.halves)
  return typeof ran === 'number' ? (forced.result ?? ran) : ran
}

const forcedFlags = ({ forced }: Task): number => (forced === undefined ? 0 : forced.fate === 'skip' ? Flag.forced | Flag.skipped : Flag.forced)

const recordUntraced = (kernel: Kernel, task: Task, row: Row, flags: number): void => {
  const seq = kernel.recorder.untraced(task, row, flags | errorFlag(task) | forcedFlags(task))
  if (seq !== 0) kernel.forced?.recorded(task.pid)
  if (seq !== 0) failWhenFull(kernel, 'Raise the budget, or record fewer calls.')
}

const errorFlag = ({ regs }: Task): number =>
  regs.arch === ARCH_LINUX ? (regs.ret < 0 && regs.ret >= -4095 ? Flag.error : 0) : regs.ret === 0 ? 0 : Flag.error

/** Waits until a call that was begun has its result. */
const complete = (kernel: Kernel, task: Task, result: RunResult): number | Promise<number> =>
  typeof result === 'number' ? result : result instanceof Promise ? result : sleep(kernel, task, result)

const finish = async (kernel: Kernel, task: Task, caller: Caller): Promise<number> => {
  kernel.counts.suspensions++
  task.vcpu?.setTodo(false)
  const { unfinished } = task
  task.unfinished = undefined
  if (unfinished !== undefined) {
    const waited = typeof unfinished.result !== 'number'
    const result = await complete(kernel, task, unfinished.result)
    task.regs.ret = task.forced?.result ?? result
    // While it slept somebody may have begun to trace it: then its exit is reported as any other.
    const left = leave(kernel, task, unfinished.row, waited ? Flag.waited : 0, false)
    if (left !== undefined) await left
    task.forced = undefined
  }
  if (kernel.sched.turnOver) await kernel.sched.yieldTurn(task)
  else if (kernel.sched.yieldDue) await kernel.sched.breathe()
  await settle(kernel, task, caller)
  return cross(task)
}

const suspending = async (kernel: Kernel, task: Task, caller: Caller, index: number, fuel: number): Promise<number> => {
  charge(kernel, task, fuel, CALL_COST)
  kernel.counts.calls++
  kernel.counts.suspensions++
  beginCall(task, task.process.image.rows[index] as Handled, index)
  await traced(kernel, task, caller, 0)
  // Nothing is due, most of the time: the call costs no promise for it.
  if (isQuiet(task) && !task.interrupted) task.work = false
  else await settle(kernel, task, caller)
  return cross(task)
}

/**
 * A call straight down, so that the order of stops is the order of lines: entry, decision, seccomp, run, exit.
 * kernel/entry/common.c: syscall_trace_enter, syscall_exit_work.
 */
const traced = async (kernel: Kernel, task: Task, caller: Caller, flags: number): Promise<void> => {
  const { regs } = task
  task.entrySeq = 0
  // SYSEMU is latched before the stop …
  const resume = task.tracing?.resume
  const emulated = resume?.mode === 'sysemu'
  const stops = resume !== undefined && resume.mode !== 'free'
  let forced: Forced | undefined
  if (stops) {
    const asked = regs.nr
    const stopped = stop(kernel, task, ENTRY, flags | (emulated ? Flag.emulated : 0), comesBack)
    forced = kernel.forced?.traced(task)
    await stopped
    if (isDoomed(task)) return
    // A tracer that put −1 or another number there has decided nothing either.
    if (forced !== undefined) regs.nr = asked
  } else if (kernel.untraced) {
    const row = calledRow(task)
    if (row !== undefined) {
      forced = kernel.forced?.untraced(task)
      if (forced?.args !== undefined) changeArguments(task, forced.args)
      kernel.recorder.beginUntraced(task, row)
    }
  }
  task.forced = forced
  if (stops && forced?.args !== undefined) changeArguments(task, forced.args)
  if (forced?.fate === 'skip') regs.ret = forced.result ?? failing(regs.arch, ERRNO.ENOSYS)
  // … PTRACE_VM is decided in it. Everything is read again: the tracer may have changed it.
  let skipped = forced !== undefined
    ? forced.fate === 'skip'
    : emulated || (stops && task.tracing !== undefined && skipsCall(task.tracing.resume))
  if (!skipped && task.seccomp.mode !== 0 && !(await judge(kernel, task))) skipped = true
  if (isDoomed(task)) return
  if (regs.nr === -1) skipped = true
  const row = calledRow(task)
  let waited = 0
  if (!skipped) {
    const { restart } = task
    task.restart = undefined
    if (row === undefined) regs.ret = failing(regs.arch, ERRNO.ENOSYS)
    else {
      task.memory.watchWrites(true)
      // A sleep goes on with what is left of it, unless the tracer put something else in its place.
      const again = restart !== undefined && (flags & Flag.restarted) !== 0 && (row === restart.row || row.nr === LINUX_NR.restart_syscall)
      const result = again ? restart.wait.retry() : kernel.execute(row, caller, regs.halves)
      if (typeof result !== 'number') waited = Flag.waited
      const done = complete(kernel, task, result)
      regs.ret = typeof done === 'number' ? done : await done
      if (forced?.result !== undefined) regs.ret = forced.result
    }
  }
  const left = leave(kernel, task, row, (skipped ? Flag.skipped : 0) | waited, emulated)
  if (left !== undefined) await left
}

/** The end of a call: its exit stop, to be awaited, if the *latest* resume wants one, else a silent outcome. */
const leave = (kernel: Kernel, task: Task, row: Row | undefined, flags: number, emulated: boolean): Promise<number> | undefined => {
  const { tracing, entrySeq } = task
  // "Never for an exit that ran": the process is on its way out, and so is a doomed one.
  if (isDoomed(task)) {
    if (row?.returns === false) recordUntraced(kernel, task, row, flags)
    return undefined
  }
  const outcome = flags | errorFlag(task) | forcedFlags(task)
  if (tracing?.resume.mode === 'syscall' && !skipsExit(tracing.resume)) {
    return stop(kernel, task, EXIT, outcome, ends)
  }
  task.entrySeq = 0
  if (entrySeq !== 0) kernel.recorder.outcome(task, row, outcome, entrySeq)
  else if (row !== undefined && kernel.untraced) recordUntraced(kernel, task, row, flags)
  // "the step trap on return": a signal of its own, which is reported before guest code goes on.
  if (tracing?.resume.step !== undefined && !emulated) task.pending.push(callTrap)
  return undefined
}

const ENTRY = Object.freeze({ kind: 'syscall-entry' })
const EXIT = Object.freeze({ kind: 'syscall-exit' })

/** A signal given when a syscall stop is resumed comes back as a signal of its own, code SI_KERNEL. */
const comesBack: Resumed = (kernel, task, signo) => {
  if (signo !== 0) sendSignal(kernel, task, kernelSignal(signo), true)
}
const ends: Resumed = (kernel, task, signo) => {
  task.entrySeq = 0
  comesBack(kernel, task, signo)
}

/** Back to the guest: stops and signals that are due; a call that a signal interrupted is made again. */
const settle = async (kernel: Kernel, task: Task, caller: Caller): Promise<void> => {
  for (;;) {
    const back = await returnToGuest(kernel, task)
    if (back === 'dead') return announceExit(kernel, task)
    // A tracer's own ERESTARTSYS reaches the guest raw when no signal was looked at (stops.md, 11).
    const again = back === 'signalled' || task.interrupted
    task.interrupted = false
    const restart = restartOf(task.regs)
    // With a handler, which comes first, that one's return sees to it.
    if (!again || restart === 0 || dueHandler(task) !== undefined) break
    const { regs } = task
    // "A preview1 sleep that is restarted shows its own number again" (abi.md).
    if (restart === ERESTART_RESTARTBLOCK && regs.arch === ARCH_LINUX) regs.nr = LINUX_NR.restart_syscall
    regs.ret = failing(regs.arch, ERRNO.ENOSYS)
    await traced(kernel, task, caller, Flag.restarted)
  }
  // sigsuspend(2): no handler has run that would put it back.
  if (task.savedMask !== undefined && dueHandler(task) === undefined) {
    task.mask = task.savedMask
    task.savedMask = undefined
  }
}

/** Sleeps until the call can be finished, or a signal interrupts it. */
export const sleep = async (kernel: Kernel, task: Task, first: Wait): Promise<number> => {
  let wait = first
  const row = calledRow(task)
  for (;;) {
    if (hasSignal(task) || task.tracing?.trapStop === true || task.tracing?.trapNotify === true || task.stopPending || isDoomed(task)) return restart(task, row, wait)
    let interrupted = false
    const sleeper = { wake: () => kernel.sched.ready(task) }
    for (const queue of wait.on) queue.add(sleeper)
    const cancel = wait.until === undefined ? undefined : kernel.sched.timer(wait.until, sleeper.wake)
    task.interrupt = () => {
      interrupted = true
      sleeper.wake()
    }
    task.sleeping = true
    await kernel.sched.park(task)
    task.sleeping = false
    task.interrupt = undefined
    cancel?.()
    for (const queue of wait.on) queue.remove(sleeper)
    // What it waits for comes first, even if a signal came with it: ___wait_event(), do_wait() of a child that sent SIGCHLD.
    const result = wait.retry()
    if (typeof result === 'number') return result
    wait = result
    if (interrupted) return restart(task, row, wait)
  }
}
const restart = (task: Task, row: Row | undefined, wait: Wait): number => {
  task.interrupted = true
  task.restart = row !== undefined && wait.restart === 'block' ? { row, wait } : undefined
  const result = wait.interrupted?.()
  if (result !== undefined) return result
  const code = wait.restart === 'block' ? ERESTART_RESTARTBLOCK : wait.restart === 'nohand' ? ERESTARTNOHAND : ERESTARTSYS
  return failing(task.regs.arch, code)
}

/** A child that stands in the call that made it: it returns from there. */
export const goOnFromCall = async (kernel: Kernel, task: Task): Promise<void> => {
  if (task.caller !== undefined) await settle(kernel, task, task.caller)
  task.vcpu?.setMode(isWatched(task))
  cross(task)
}
