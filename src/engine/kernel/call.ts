import { ARCH_PREVIEW1 } from '../abi/ptrace.ts'
import { ERRNO } from '../abi/errno.ts'
import { SIGNAL } from '../abi/signal.ts'
import { failWhenFull, stop, type Resumed } from '../ptrace/report.ts'
import { skipsCall, skipsExit } from '../ptrace/stop.ts'
import type { Caller, Row, Wait } from '../syscall/row.ts'
import { Flag } from '../trace/format.ts'
import type { GuestPort } from '../ports.ts'
import { CALL_COST, SLICE_TICKS, TICK_COST } from './cost.ts'
import { announceExit } from './exit.ts'
import type { Kernel } from './kernel.ts'
import { hasSignal, isDoomed, isQuiet } from './pending.ts'
import { returnToGuest, sendSignal } from './signal.ts'
import { kernelSignal } from './siginfo.ts'
import type { Task } from './task.ts'

/** ERESTARTSYS and ERESTART_RESTARTBLOCK: include/linux/errno.h. A tracer sees them at exit stops. */
const ERESTARTSYS = 512
const ERESTART_RESTARTBLOCK = 516

/**
 * The kernel's side of a guest's imports. Each call comes plain where nobody wants to stop it, and suspending
 * where the task's tracer does; the trampoline chooses (design.md).
 */
export const guestPort = (kernel: Kernel, task: () => Task, caller: () => Caller, halves: Int32Array): GuestPort => ({
  halves,
  plain: (index, fuel) => plain(kernel, task(), caller(), index, fuel),
  suspending: (index, fuel) => suspending(kernel, task(), caller(), index, fuel),
  finish: () => finish(kernel, task(), caller()),
  tickPlain: (fuel) => tickPlain(kernel, task(), fuel),
  tickSuspending: async (fuel) => {
    tickPlain(kernel, task(), fuel)
    task().vcpu?.setTodo(false)
    await finishTick(kernel, task())
  },
  finishTick: () => {
    task().vcpu?.setTodo(false)
    return finishTick(kernel, task())
  },
})

/** Charges what the guest computed since it was last seen; its fuel counts down. */
const charge = (kernel: Kernel, task: Task, fuel: number, cost: number): void => {
  const ticks = task.fuel - fuel
  task.fuel = fuel
  const time = ticks * TICK_COST + cost
  task.cpu += time
  kernel.clock.charge(time)
  kernel.sched.enter(ticks)
  if (task.cpu > kernel.budget.cpu) overrun(kernel, task)
}

/** setrlimit(2), RLIMIT_CPU: SIGXCPU at the soft limit, SIGKILL at the hard one, which is a second later. */
const overrun = (kernel: Kernel, task: Task): void => {
  if (task.cpu > kernel.budget.cpu + 1e9) sendSignal(kernel, task, kernelSignal(SIGNAL.SIGKILL))
  else if (!task.overCpu) {
    task.overCpu = true
    sendSignal(kernel, task, kernelSignal(SIGNAL.SIGXCPU))
  }
}

const beginCall = (task: Task, row: Row): void => {
  const { regs } = task
  regs.arch = ARCH_PREVIEW1
  regs.nr = row.nr
  // "It holds ENOSYS on entry" (ptrace-vm.md, rule 5), in this table's numbering.
  regs.ret = ERRNO.ENOSYS
}

const plain = (kernel: Kernel, task: Task, caller: Caller, index: number, fuel: number): number => {
  const row = task.rows[index] as Row
  charge(kernel, task, fuel, CALL_COST)
  kernel.counts.calls++
  beginCall(task, row)
  if (kernel.untraced) kernel.recorder.beginUntraced(task, row)
  const result = kernel.execute(row, caller, task.regs.halves)
  if (typeof result === 'number' && !task.work && !kernel.sched.yieldDue && !kernel.sched.turnOver) {
    task.regs.ret = result
    if (kernel.untraced) recordUntraced(kernel, task, row, 0)
    task.regs.nr = -1
    return result
  }
  task.unfinished = { row, result }
  task.vcpu?.setTodo(true)
  return 0
}

const recordUntraced = (kernel: Kernel, task: Task, row: Row, flags: number): void => {
  const seq = kernel.recorder.untraced(task, row, flags | (task.regs.ret === 0 ? 0 : Flag.error))
  if (seq !== 0) failWhenFull(kernel, 'Raise the budget, or record fewer calls.')
}

const finish = async (kernel: Kernel, task: Task, caller: Caller): Promise<number> => {
  kernel.counts.suspensions++
  task.vcpu?.setTodo(false)
  const { unfinished } = task
  task.unfinished = undefined
  if (unfinished !== undefined) {
    const waited = typeof unfinished.result !== 'number'
    task.regs.ret = typeof unfinished.result === 'number' ? unfinished.result : await sleep(kernel, task, unfinished.result)
    // While it slept somebody may have begun to trace it: then its exit is reported as any other.
    const left = leave(kernel, task, unfinished.row, waited ? Flag.waited : 0)
    if (left !== undefined) await left
  }
  if (kernel.sched.turnOver) await kernel.sched.yieldTurn(task)
  else if (kernel.sched.yieldDue) await kernel.sched.breathe()
  await settle(kernel, task, caller)
  return task.regs.ret
}

const suspending = async (kernel: Kernel, task: Task, caller: Caller, index: number, fuel: number): Promise<number> => {
  charge(kernel, task, fuel, CALL_COST)
  kernel.counts.calls++
  kernel.counts.suspensions++
  beginCall(task, task.rows[index] as Row)
  await traced(kernel, task, caller, 0)
  // Nothing is due, most of the time: the call costs no promise for it.
  if (isQuiet(task) && !task.interrupted) {
    task.work = false
    task.regs.nr = -1
  } else await settle(kernel, task, caller)
  return task.regs.ret
}

/**
 * A call straight down, so that the order of stops is the order of lines: entry, decision, run, exit.
 * kernel/entry/common.c: syscall_trace_enter, syscall_exit_work.
 */
const traced = async (kernel: Kernel, task: Task, caller: Caller, flags: number): Promise<void> => {
  const { regs } = task
  task.entrySeq = 0
  // SYSEMU is latched before the stop …
  const mode = task.tracing?.resume.mode ?? 'free'
  const emulated = mode === 'sysemu'
  if (mode !== 'free') {
    await stop(kernel, task, ENTRY, flags | (emulated ? Flag.emulated : 0), comesBack)
    if (isDoomed(task)) return
  } else if (kernel.untraced) {
    const row = task.table[regs.nr]
    if (row !== undefined) kernel.recorder.beginUntraced(task, row)
  }
  // … PTRACE_VM is decided in it. Everything is read again: the tracer may have changed it.
  const skipped = emulated || regs.nr === -1 || (task.tracing !== undefined && mode !== 'free' && skipsCall(task.tracing.resume))
  const row = task.table[regs.nr]
  let waited = 0
  if (!skipped) {
    if (row === undefined) regs.ret = ERRNO.ENOSYS
    else {
      task.memory.watchWrites(true)
      const result = kernel.execute(row, caller, regs.halves)
      if (typeof result !== 'number') waited = Flag.waited
      regs.ret = typeof result === 'number' ? result : await sleep(kernel, task, result)
    }
  }
  const left = leave(kernel, task, row, (skipped ? Flag.skipped : 0) | waited)
  if (left !== undefined) await left
}

/** The end of a call: its exit stop, to be awaited, if the *latest* resume wants one, else a silent outcome. */
const leave = (kernel: Kernel, task: Task, row: Row | undefined, flags: number): Promise<number> | undefined => {
  const { tracing, regs, entrySeq } = task
  // "Never for an exit that ran": the process is on its way out, and so is a doomed one.
  if (isDoomed(task)) {
    if (row?.returns === false) recordUntraced(kernel, task, row, flags)
    return undefined
  }
  const outcome = flags | (regs.ret === 0 ? 0 : Flag.error)
  if (tracing?.resume.mode === 'syscall' && !skipsExit(tracing.resume)) {
    return stop(kernel, task, EXIT, outcome, ends)
  }
  task.entrySeq = 0
  if (entrySeq !== 0) kernel.recorder.outcome(task, row, outcome, entrySeq)
  else if (row !== undefined && kernel.untraced) recordUntraced(kernel, task, row, flags)
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
    const { ret } = task.regs
    // A tracer's own ERESTARTSYS reaches the guest raw when no signal was looked at (stops.md, 11).
    const again = back === 'signalled' || task.interrupted
    task.interrupted = false
    if (!again || (ret !== ERESTARTSYS && ret !== ERESTART_RESTARTBLOCK)) {
      task.regs.nr = -1
      return
    }
    // "A preview1 sleep that is restarted shows its own number again" (abi.md).
    task.regs.ret = ERRNO.ENOSYS
    await traced(kernel, task, caller, Flag.restarted)
  }
}

/** Sleeps until the call can be finished, or a signal interrupts it. */
const sleep = async (kernel: Kernel, task: Task, first: Wait): Promise<number> => {
  let wait = first
  for (;;) {
    if (hasSignal(task) || task.tracing?.trapStop === true || task.tracing?.trapNotify === true) return restart(task, wait)
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
    if (interrupted) return restart(task, wait)
    const result = wait.retry()
    if (typeof result === 'number') return result
    wait = result
  }
}
const restart = (task: Task, wait: Wait): number => {
  task.interrupted = true
  return wait.restart === 'block' ? ERESTART_RESTARTBLOCK : ERESTARTSYS
}

/** The slice is used up: charge it, and find out whether somebody else wants the turn. */
const tickPlain = (kernel: Kernel, task: Task, fuel: number): void => {
  charge(kernel, task, fuel, 0)
  task.fuel = SLICE_TICKS
  task.vcpu?.setFuel(SLICE_TICKS)
  if (task.work || kernel.sched.yieldDue || kernel.sched.pending > 0) task.vcpu?.setTodo(true)
}

const finishTick = async (kernel: Kernel, task: Task): Promise<void> => {
  if (kernel.sched.pending > 0) await kernel.sched.yieldTurn(task)
  else if (kernel.sched.yieldDue) await kernel.sched.breathe()
  if (task.work && (await returnToGuest(kernel, task)) === 'dead') await announceExit(kernel, task)
}
