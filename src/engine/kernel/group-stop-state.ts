import { CLD, type Signo } from '../abi/signal.ts'
import { isDoomed } from './pending.ts'
import type { Process, Task } from './task.ts'

/**
 * Job control of a process: stopped by SIGSTOP and its kin until SIGCONT. Every thread joins a stop by itself; when
 * all have, the process is stopped and its parent is told. kernel/signal.c: do_signal_stop(), task_participate_group_stop()
 */
export interface GroupStop {
  /** Threads that have not joined yet. */
  left: number
  /** Has every thread joined (SIGNAL_STOP_STOPPED)? */
  stopped: boolean
  /** The signal that stops it, while it is stopped or about to be. */
  signo: Signo
  /** What wait(2) has not been told: the stop (WUNTRACED), or that it goes on (WCONTINUED). */
  stopNote: boolean
  continueNote: boolean
  /** What the parent is to be told as soon as a thread goes on (SIGNAL_CLD_MASK). */
  news: number
}

export const newGroupStop = (): GroupStop => ({ left: 0, stopped: false, signo: 0, stopNote: false, continueNote: false, news: 0 })

/** Is a stop signal in force, whoever may run in spite of it? */
export const isStopping = ({ groupStop }: Process): boolean => groupStop.stopped || groupStop.left > 0

/** A stop signal is to be acted on: asks every thread to join. */
export const beginGroupStop = (task: Task, signo: Signo): void => {
  const { groupStop, threads } = task.process
  if (!groupStop.stopped) groupStop.signo = signo
  groupStop.left = 0
  for (const thread of threads) {
    // One that stands in a group-stop already, or is on its way out, joins no more.
    if (thread.state !== 'alive' || thread.continue !== undefined || (thread !== task && isDoomed(thread))) continue
    thread.stopPending = true
    thread.stopSigno = signo
    groupStop.left++
    if (thread !== task) {
      thread.work = true
      thread.interrupt?.()
    }
  }
}

/** This thread has joined; was it the last? Then the process is stopped, and somebody has to be told. */
export const joinGroupStop = (task: Task): boolean => {
  const { groupStop } = task.process
  if (!task.stopPending) return false
  task.stopPending = false
  if (groupStop.left > 0) groupStop.left--
  if (groupStop.left > 0 || groupStop.stopped) return false
  groupStop.stopped = true
  groupStop.stopNote = true
  return true
}

/** SIGCONT was sent: the stop ends for everybody who is not a tracee that stands still for its tracer. */
export const endGroupStop = (task: Task): void => {
  const { process } = task
  const { groupStop } = process
  for (const thread of process.threads) {
    thread.stopPending = false
    thread.continue?.()
  }
  if (groupStop.stopped) groupStop.news = CLD.CLD_CONTINUED
  else if (groupStop.left > 0) groupStop.news = CLD.CLD_STOPPED
  if (groupStop.news !== 0) {
    groupStop.continueNote = true
    // Whoever returns to its code first tells the parent: get_signal().
    for (const thread of process.threads) thread.work = true
  }
  groupStop.stopped = false
  groupStop.stopNote = false
  groupStop.left = 0
}
