import { SIGNAL, SIGNAL_MAX, type Signo } from '../abi/signal.ts'
import type { Siginfo } from './siginfo.ts'
import type { Task } from './task.ts'

const BITS: readonly bigint[] = Array.from({ length: SIGNAL_MAX + 1 }, (_, signo) => (signo === 0 ? 0n : 1n << BigInt(signo - 1)))

/** Its place in a set of signals. Looked up: each stop asks, and to shift a BigInt allocates. */
export const bit = (signo: Signo): bigint => BITS[signo] ?? 0n
export const isBlocked = ({ mask }: Task, signo: Signo): boolean => mask !== 0n && (mask & bit(signo)) !== 0n

/** Sent by a fault, and dequeued before all others, whoever sent them. signal(7), kernel/signal.c */
const SYNCHRONOUS: ReadonlySet<Signo> = new Set([
  SIGNAL.SIGSEGV, SIGNAL.SIGBUS, SIGNAL.SIGILL, SIGNAL.SIGTRAP, SIGNAL.SIGFPE, SIGNAL.SIGSYS,
])

/** A loop: every stop asks several times, and nearly always there is no signal at all. */
const holdsSigkill = (queue: readonly Siginfo[]): boolean => {
  for (let i = 0; i < queue.length; i++) if (queue[i]?.signo === SIGNAL.SIGKILL) return true
  return false
}

export const hasSigkill = (task: Task): boolean => holdsSigkill(task.process.pending) || holdsSigkill(task.pending)

/** Has it been told to die? Then it enters no stop, runs no call and makes no exit stop. */
export const isDoomed = (task: Task): boolean =>
  task.process.groupExit !== undefined || task.exiting || (task.process.execing !== undefined && task.process.execing !== task) || hasSigkill(task)

/** Is nothing due before guest code runs again: no end, no trap, no stop, no signal? */
export const isQuiet = ({ process, pending, tracing, stopPending, exiting, savedMask }: Task): boolean =>
  process.groupExit === undefined && !exiting && process.execing === undefined && !stopPending && process.groupStop.news === 0 &&
  process.pending.length === 0 && pending.length === 0 && savedMask === undefined && tracing?.trapStop !== true && tracing?.trapNotify !== true

/** Is there a signal that it would act on now? A sleep ends for it. */
export const hasSignal = (task: Task): boolean =>
  [task.pending, task.process.pending].some((queue) => queue.some((info) => !isBlocked(task, info.signo)))

/** Takes the unwanted ones out of both queues. */
export const drop = (task: Task, unwanted: (signo: Signo) => boolean): void => {
  for (const queue of [task.pending, task.process.pending]) {
    for (let i = queue.length - 1; i >= 0; i--) if (unwanted((queue[i] as Siginfo).signo)) queue.splice(i, 1)
  }
}

/** How early a signal is taken: the synchronous ones first, then the lowest number. */
const rank = (signo: Signo): number => (SYNCHRONOUS.has(signo) ? 0 : 100) + signo

/** Takes the first of one queue that is wanted; real-time ones of a number in the order of their coming. */
const takeFrom = (queue: Siginfo[], wanted: (signo: Signo) => boolean): Siginfo | undefined => {
  let best = -1
  for (let i = 0; i < queue.length; i++) {
    const { signo } = queue[i] as Siginfo
    if (signo === SIGNAL.SIGKILL) return queue.splice(i, 1)[0]
    if (wanted(signo) && (best < 0 || rank(signo) < rank((queue[best] as Siginfo).signo))) best = i
  }
  return best < 0 ? undefined : queue.splice(best, 1)[0]
}

/** The next signal that is not blocked: private before shared. */
export const dequeue = (task: Task): Siginfo | undefined => {
  const wanted = (signo: Signo): boolean => !isBlocked(task, signo)
  return takeFrom(task.pending, wanted) ?? takeFrom(task.process.pending, wanted)
}

/** The next of a set, blocked or not: sigtimedwait(2). */
export const takeSignal = (task: Task, set: bigint): Siginfo | undefined => {
  const wanted = (signo: Signo): boolean => (set & bit(signo)) !== 0n
  return takeFrom(task.pending, wanted) ?? takeFrom(task.process.pending, wanted)
}
