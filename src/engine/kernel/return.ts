import { CLD, SIGNAL, defaultAction } from '../abi/signal.ts'
import { killedStatus } from '../abi/wait.ts'
import { stop } from '../ptrace/report.ts'
import { setUpHandler } from './deliver.ts'
import { SIG_DFL, SIG_IGN } from './disposition.ts'
import { takePartInStop, trapNow } from './group-stop.ts'
import { beginGroupStop, joinGroupStop } from './group-stop-state.ts'
import type { Kernel } from './kernel.ts'
import { killGroup } from './kill.ts'
import { tellParentOfStop } from './notify.ts'
import { dequeue, hasSigkill, isBlocked } from './pending.ts'
import { isOrphanedGroup } from './session.ts'
import { userSignal, type Siginfo } from './siginfo.ts'
import type { Task, Tracing } from './task.ts'

/** What a return to the guest came to. */
export type Return =
  /** It goes on. */
  | 'quiet'
  /** It goes on, and a signal was looked at on the way: an interrupted call is made again. */
  | 'signalled'
  /** It has to die. */
  | 'dead'

/** What is due before guest code runs again, in the order of stops.md: exit, group-stop, trap, signals. get_signal() */
export const returnToGuest = async (kernel: Kernel, task: Task): Promise<Return> => {
  const { process } = task
  let signalled = false
  for (;;) {
    task.work = false
    tellNews(kernel, task)
    if (process.groupExit === undefined && hasSigkill(task)) killGroup(kernel, task, killedStatus(SIGNAL.SIGKILL, false))
    if (process.groupExit !== undefined || task.exiting || (process.execing !== undefined && process.execing !== task)) return 'dead'
    if (task.stopPending) {
      signalled = true
      await takePartInStop(kernel, task)
      if (task.tracing === undefined) continue
    }
    const { tracing } = task
    if (tracing?.trapStop === true || tracing?.trapNotify === true) {
      signalled = true
      // Its own part in a group-stop is done by standing still for its tracer: ptrace_stop().
      if (joinGroupStop(task) && tracing.tracer.process !== process.parent) tellParentOfStop(kernel, task, CLD.CLD_STOPPED)
      await trapNow(kernel, task)
      continue
    }
    const info = dequeue(task)
    if (info === undefined) return signalled ? 'signalled' : 'quiet'
    signalled = true
    const due = task.tracing === undefined || info.signo === SIGNAL.SIGKILL || info.forced === true ? info : await askTracer(kernel, task, info)
    if (due !== undefined) act(kernel, task, due)
  }
}

/** The parent is told of a continuation by whoever returns to its code first. */
const tellNews = (kernel: Kernel, task: Task): void => {
  const { groupStop, leader, parent } = task.process
  if (groupStop.news === 0) return
  const { news } = groupStop
  groupStop.news = 0
  tellParentOfStop(kernel, task, news)
  if (leader.tracing !== undefined && leader.tracing.tracer.process !== parent) leader.tracing.tracer.process.childChanged.wakeAll()
}

/** The signal-delivery-stop: what the tracer lets through, or undefined. ptrace_signal() */
export const askTracer = async (kernel: Kernel, task: Task, info: Siginfo): Promise<Siginfo | undefined> => {
  const tracing = task.tracing as Tracing
  const tracer = tracing.tracer.pid
  const signo = await stop(kernel, task, { kind: 'signal', info })
  if (signo === 0) return undefined
  // What PTRACE_SETSIGINFO made of it; another signal is from the tracer, and gives no further stop.
  const made = tracing.info ?? info
  const now = signo === made.signo ? made : userSignal(signo, tracer)
  if (!isBlocked(task, signo) && !hasSigkill(task)) return now
  task.pending.push(now)
  return undefined
}

/** What the process wants done about a signal, else the default: signal(7). */
export const act = (kernel: Kernel, task: Task, info: Siginfo): void => {
  const { signo } = info
  const { process } = task
  const disposition = process.dispositions.get(signo)
  if (disposition.handler === SIG_IGN) return
  if (disposition.handler !== SIG_DFL) {
    setUpHandler(kernel, task, info, disposition)
    return
  }
  const action = defaultAction(signo)
  switch (action) {
    case 'ignore':
    case 'cont':
      return
    case 'stop':
      // "If a signal … SIGTSTP, SIGTTIN, SIGTTOU … orphaned process group: the process shall not stop". POSIX, 2.4.3
      if (signo === SIGNAL.SIGSTOP || !isOrphanedGroup(kernel, process)) beginGroupStop(task, signo)
      return
    case 'term':
    case 'core':
      killGroup(kernel, task, killedStatus(signo, action === 'core'))
  }
}

