import { SIGNAL, defaultAction, isStopSignal, type Signo } from '../abi/signal.ts'
import { killedStatus } from '../abi/wait.ts'
import { stop } from '../ptrace/report.ts'
import type { Kernel } from './kernel.ts'
import { notifyParent } from './notify.ts'
import { dequeue, drop, hasSigkill, isBlocked, isDoomed } from './pending.ts'
import { userSignal, type Siginfo } from './siginfo.ts'
import { isStopped, type Task, type Tracing } from './task.ts'

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
 * Sends a signal to a process, or with `toThread` to this thread. "If the signal is ignored … it is discarded",
 * but those of a traced thread are queued even then, for its tracer to see. signal(7), ptrace(2)
 */
export const sendSignal = (kernel: Kernel, task: Task, info: Siginfo, toThread = false): void => {
  if (task.state !== 'alive') return
  const { signo } = info
  const { process } = task
  if (signo === SIGNAL.SIGCONT) {
    drop(task, isStopSignal)
    if (process.stoppedBy !== 0) {
      process.stoppedBy = 0
      process.continueNote = true
      process.stopNote = false
      notifyParent(kernel, task)
      task.interrupt?.()
    }
    // ptrace_trap_notify(): whether or not it was stopped.
    if (task.tracing?.seized === true) trap(kernel, task, 'trapNotify')
  } else if (isStopSignal(signo)) drop(task, (queued) => queued === SIGNAL.SIGCONT)

  const action = defaultAction(signo)
  if ((action === 'ignore' || action === 'cont') && task.tracing === undefined && !isBlocked(task, signo)) return
  const queue = toThread ? task.pending : process.pending
  // "Standard signals do not queue": one that is pending already is not added.
  if (signo < 32 && queue.some((queued) => queued.signo === signo)) return
  queue.push(info)
  task.work = true
  if (signo === SIGNAL.SIGKILL) {
    // A stop ends for SIGKILL, except PTRACE_EVENT_EXIT: that task is alive no more.
    task.interrupt?.()
    if (task.tracing?.stop !== undefined) endStop(kernel, task, task.tracing)
  } else if (!isBlocked(task, signo) && !isStopped(task)) task.interrupt?.()
}

/**
 * Stopped by job control until SIGCONT, or, of a tracee, until its tracer resumes it; "the tracee remains in
 * the group-stop as far as its process is concerned". ptrace(2), "Group-stop"
 */
const groupStop = async (kernel: Kernel, task: Task): Promise<void> => {
  const { process } = task
  while (process.stoppedBy !== 0 && !isDoomed(task)) {
    const { tracing } = task
    if (tracing !== undefined) {
      const signo = process.stoppedBy
      // "A stop of the real parent's child": do_notify_parent_cldstop() of one that was reparented to its tracer.
      if (process.parent !== tracing.tracer) {
        process.stopNote = true
        notifyParent(kernel, task)
      }
      await stop(kernel, task, tracing.seized ? { kind: 'trap', signo } : { kind: 'group', signo })
      // Resumed by its tracer; after a detach it is an ordinary stopped process again.
      if (task.tracing !== undefined) return
    } else {
      process.stopNote = true
      notifyParent(kernel, task)
      task.interrupt = () => kernel.sched.ready(task)
      await kernel.sched.park(task)
      task.interrupt = undefined
    }
  }
}

/** What a return to the guest came to. */
export type Return =
  /** It goes on. */
  | 'quiet'
  /** It goes on, and a signal was looked at on the way: an interrupted call is made again. */
  | 'signalled'
  /** It has to die; `process.groupExit` says how. */
  | 'dead'

/**
 * What is due before guest code runs again, in the order of stops.md: exit, group-stop, trap, signals.
 */
export const returnToGuest = async (kernel: Kernel, task: Task): Promise<Return> => {
  const { process } = task
  let signalled = false
  for (;;) {
    task.work = false
    if (process.groupExit === undefined && hasSigkill(task)) process.groupExit = killedStatus(SIGNAL.SIGKILL, false)
    if (process.groupExit !== undefined) return 'dead'
    const { tracing } = task
    // Nobody keeps a stopped process going any more: its tracer has let it go.
    if (tracing === undefined && process.stoppedBy !== 0) {
      await groupStop(kernel, task)
      signalled = true
      continue
    }
    if (tracing?.trapStop === true || tracing?.trapNotify === true) {
      tracing.trapStop = false
      tracing.trapNotify = false
      const { seized } = tracing
      const signo = process.stoppedBy !== 0 ? process.stoppedBy : SIGNAL.SIGTRAP
      await stop(kernel, task, seized ? { kind: 'trap', signo } : { kind: 'group', signo })
      signalled = true
      continue
    }
    let info = dequeue(task)
    if (info === undefined) return signalled ? 'signalled' : 'quiet'
    signalled = true
    if (task.tracing !== undefined && info.signo !== SIGNAL.SIGKILL) {
      const tracer = task.tracing.tracer.pid
      const signo = await stop(kernel, task, { kind: 'signal', info })
      if (signo === 0) continue
      // "If the tracer wants to inject another signal": it is from the tracer, and gives no further stop.
      if (signo !== info.signo) info = userSignal(signo, tracer)
      if (isBlocked(task, signo)) {
        task.pending.push(info)
        continue
      }
    }
    await act(kernel, task, info.signo)
  }
}

/** The default action; guests without a table of processes have no handlers. signal(7) */
const act = async (kernel: Kernel, task: Task, signo: Signo): Promise<void> => {
  const action = defaultAction(signo)
  switch (action) {
    case 'ignore':
    case 'cont':
      return
    case 'stop':
      task.process.stoppedBy = signo
      return groupStop(kernel, task)
    case 'term':
    case 'core':
      task.process.groupExit = killedStatus(signo, action === 'core')
  }
}

/** A process that has stopped itself before its first instruction waits here (a child that raised SIGSTOP). */
export const stayStopped = groupStop
