import { SIGNAL, isStopSignal, type Signo } from '../abi/signal.ts'
import { endGroupStop } from './group-stop-state.ts'
import type { Kernel } from './kernel.ts'
import { drop, isBlocked } from './pending.ts'
import type { Siginfo } from './siginfo.ts'
import { isStopped, type Process, type Task, type Tracing } from './task.ts'

/** How a signal gets to a task; what the task does about it is in return.ts. */

/**
 * A seized tracee is to trap before it goes on (PTRACE_INTERRUPT; the end of a group-stop): a sleep breaks off, a
 * listener's stop ends and begins anew.
 */
export const trap = (kernel: Kernel, task: Task, why: 'trapStop' | 'trapNotify'): void => {
  const { tracing } = task
  // One that exits traps no more, except at PTRACE_EVENT_EXIT: task_set_jobctl_pending().
  if (tracing === undefined || task.state !== 'alive') return
  tracing[why] = true
  task.work = true
  if (tracing.listening) endStop(kernel, task, tracing)
  else if (!isStopped(task)) task.interrupt?.()
}

/** The stop ends without a request: from here on waitpid and ptrace see a tracee that runs. */
const endStop = (kernel: Kernel, task: Task, tracing: Tracing): void => {
  tracing.stop = undefined
  tracing.listening = false
  tracing.unreported = false
  kernel.sched.ready(task)
}

/**
 * A task is to look at what is due, wherever it sleeps; with `fatal` even out of a stop, except PTRACE_EVENT_EXIT:
 * that task is alive no more. signal_wake_up()
 */
export const wake = (kernel: Kernel, task: Task, fatal: boolean): void => {
  if (task.state !== 'alive') return
  task.work = true
  if (fatal) {
    task.continue?.()
    if (task.tracing?.stop !== undefined) endStop(kernel, task, task.tracing)
  }
  if (!isStopped(task)) task.interrupt?.()
}

/** Is the signal thrown away by this task? "Tracers may want to know about even ignored signals": sig_ignored(). */
const isIgnored = (task: Task, signo: Signo): boolean =>
  (task.tracing === undefined || signo === SIGNAL.SIGKILL) && task.process.dispositions.ignores(signo) && !isBlocked(task, signo)

/** Could this thread act on it now? wants_signal() */
const wants = (task: Task, signo: Signo): boolean =>
  task.state === 'alive' && !isBlocked(task, signo) && (signo === SIGNAL.SIGKILL || (!isStopped(task) && task.continue === undefined))

/** A loop: every stop sends a signal. */
const hasAlive = ({ threads }: Process): boolean => {
  for (const { state } of threads) if (state === 'alive') return true
  return false
}

/**
 * Sends a signal to a task's process, or with `toThread` to this thread. Standard signals do not queue; what is ignored
 * is discarded, but queued even then for a tracee, whose tracer is to see it. signal(7), ptrace(2), kernel/signal.c
 */
export const sendSignal = (kernel: Kernel, task: Task, info: Siginfo, toThread = false): void => {
  const { process } = task
  const { signo } = info
  if (process.groupExit !== undefined || (toThread ? task.state !== 'alive' : process.leader.state === 'reaped')) return
  // A process on its last way: PTRACE_EVENT_EXIT is no place for signals.
  if (!hasAlive(process)) return
  prepare(kernel, task, signo)
  if (isIgnored(task, signo)) return
  const queue = toThread ? task.pending : process.pending
  // "Standard signals do not queue": one that is pending already is not added.
  if (signo < 32 && queue.some((queued) => queued.signo === signo)) return
  queue.push(info)
  process.signalled.wakeAll()
  if (signo === SIGNAL.SIGKILL) {
    for (const thread of process.threads) wake(kernel, thread, true)
    return
  }
  const target = wants(task, signo) ? task : toThread ? undefined : [...process.threads].find((thread) => wants(thread, signo))
  if (target !== undefined) wake(kernel, target, false)
  else for (const thread of process.threads) if (!toThread || thread === task) thread.work = true
}

/** SIGCONT and the stop signals undo one another, as they are sent: prepare_signal(). */
const prepare = (kernel: Kernel, task: Task, signo: Signo): void => {
  const { threads } = task.process
  if (signo === SIGNAL.SIGCONT) {
    for (const thread of threads) drop(thread, isStopSignal)
    endGroupStop(task)
    // ptrace_trap_notify(): whether or not it was stopped.
    for (const thread of threads) if (thread.tracing?.seized === true) trap(kernel, thread, 'trapNotify')
  } else if (isStopSignal(signo)) for (const thread of threads) drop(thread, (queued) => queued === SIGNAL.SIGCONT)
}
