import { SIGNAL, type Signo } from '../abi/signal.ts'
import type { Siginfo } from './siginfo.ts'
import type { Task } from './task.ts'

const bit = (signo: Signo): bigint => 1n << BigInt(signo - 1)
export const isBlocked = (task: Task, signo: Signo): boolean => (task.mask & bit(signo)) !== 0n

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
export const isDoomed = (task: Task): boolean => task.process.groupExit !== undefined || hasSigkill(task)

/** Is nothing due before guest code runs again: no end, no trap, no stop, no signal? */
export const isQuiet = ({ process, pending, tracing }: Task): boolean =>
  process.groupExit === undefined && process.stoppedBy === 0 && process.pending.length === 0 && pending.length === 0 &&
  tracing?.trapStop !== true && tracing?.trapNotify !== true

/** Is there a signal that it would act on now? A sleep ends for it. */
export const hasSignal = (task: Task): boolean =>
  [task.pending, task.process.pending].some((queue) => queue.some((info) => !isBlocked(task, info.signo)))

/** Takes the unwanted ones out of both queues. */
export const drop = (task: Task, unwanted: (signo: Signo) => boolean): void => {
  for (const queue of [task.pending, task.process.pending]) {
    for (let i = queue.length - 1; i >= 0; i--) if (unwanted((queue[i] as Siginfo).signo)) queue.splice(i, 1)
  }
}

/** Private before shared; in each the synchronous ones first, then the lowest number, real-time ones in order. */
export const dequeue = (task: Task): Siginfo | undefined => {
  for (const queue of [task.pending, task.process.pending]) {
    let best = -1
    for (let i = 0; i < queue.length; i++) {
      const { signo } = queue[i] as Siginfo
      if (isBlocked(task, signo) && signo !== SIGNAL.SIGKILL) continue
      if (signo === SIGNAL.SIGKILL) {
        best = i
        break
      }
      const rank = (at: number): number => {
        const other = (queue[at] as Siginfo).signo
        return (SYNCHRONOUS.has(other) ? 0 : 100) + other
      }
      if (best < 0 || rank(i) < rank(best)) best = i
    }
    if (best >= 0) return queue.splice(best, 1)[0]
  }
  return undefined
}
