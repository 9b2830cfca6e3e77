import { ERRNO } from '../abi/errno.ts'
import { CLD, SIGNAL } from '../abi/signal.ts'
import {
  WCONTINUED, WCOREDUMP, WEXITED, WEXITSTATUS, WIFEXITED, WNOHANG, WNOWAIT, WTERMSIG, WUNTRACED, __WALL, __WCLONE, __WNOTHREAD,
  stoppedStatus,
} from '../abi/wait.ts'
import { reap, tellParent } from './reap.ts'
import { findTask, type Kernel } from './kernel.ts'
import type { Pid, Process, Task } from './task.ts'
import type { Sleeper } from './wait-queue.ts'

/** Whom a wait is about: a pid, a process group, or all. */
export type Whom = { readonly pid: Pid } | { readonly pgid: Pid } | 'all'

/** What a wait found. */
export interface Found {
  readonly pid: Pid
  /** As wait4(2) has it. */
  readonly status: number
  /** si_code and si_status, as waitid(2) has it. */
  readonly code: number
  readonly value: number
}

/** What was found, or nothing yet, or nobody to wait for. */
export type Waited = Found | 'nothing' | 'nobody'

const CONTINUED_STATUS = 0xffff

/** What wait4 takes: kernel/exit.c, kernel_wait4(). */
const WAIT4_OPTIONS = WNOHANG | WUNTRACED | WCONTINUED | __WNOTHREAD | __WCLONE | __WALL
/** … and waitid: "or one of WEXITED, WSTOPPED, WCONTINUED must be specified". */
const WAITID_OPTIONS = WAIT4_OPTIONS | WEXITED | WNOWAIT

export const areWait4Options = (options: number): boolean => (options & ~WAIT4_OPTIONS) === 0
export const areWaitidOptions = (options: number): boolean =>
  (options & ~WAITID_OPTIONS) === 0 && (options & (WEXITED | WUNTRACED | WCONTINUED)) !== 0

/** One look of do_wait(): the children of the process, and whom its threads trace. */
export const lookForChild = (kernel: Kernel, who: Task, whom: Whom, options: number): Waited => {
  let eligible = false
  if (whom !== 'all' && 'pid' in whom) {
    const task = findTask(kernel, whom.pid)
    if (task === undefined) return 'nobody'
    const found = lookAt(kernel, who, task, options)
    return found ?? 'nobody'
  }
  for (const task of candidates(who, options)) {
    if (whom !== 'all' && task.process.pgid !== whom.pgid) continue
    const found = lookAt(kernel, who, task, options)
    if (typeof found === 'object') return found
    eligible ||= found === 'nothing'
  }
  return eligible ? 'nothing' : 'nobody'
}

/** Thread by thread, children before tracees. */
const candidates = function* (who: Task, options: number): Generator<Task> {
  for (const child of who.process.children) yield child.leader
  const threads = (options & __WNOTHREAD) !== 0 ? [who] : who.process.threads
  for (const thread of threads) for (const tracee of thread.tracees) if (tracee.process.parent !== who.process || tracee.process.leader !== tracee) yield tracee
}

/** Is it this caller's to wait for, and is there something to tell? wait_consider_task() */
const lookAt = (kernel: Kernel, who: Task, task: Task, options: number): Waited | undefined => {
  const { process, tracing } = task
  const isTracer = tracing !== undefined && (tracing.tracer === who || (tracing.tracer.process === who.process && (options & __WNOTHREAD) === 0))
  const isParent = process.parent === who.process && process.leader === task
  if (!isTracer && !isParent) return undefined
  // "Wait for all children if __WALL is set; otherwise, wait for clone children only if __WCLONE is set": eligible_child()
  if (!isTracer && (options & __WALL) === 0 && (process.exitSignal !== SIGNAL.SIGCHLD) !== ((options & __WCLONE) !== 0)) return undefined
  if (task.state === 'zombie' && (!hasOthers(process, task) || process.leader !== task)) {
    // A dead tracee of somebody else's is that one's first.
    if (isTracer || tracing === undefined) return (options & WEXITED) === 0 ? undefined : zombie(kernel, task, isTracer, options)
    return 'nothing'
  }
  return stopped(task, isTracer, options) ?? continued(task, options) ?? 'nothing'
}

const hasOthers = ({ threads }: Process, task: Task): boolean => threads.size > (threads.has(task) ? 1 : 0)

const zombie = (kernel: Kernel, task: Task, isTracer: boolean, options: number): Found => {
  const { pid, process } = task
  const status = process.groupExit ?? task.status
  const found: Found = WIFEXITED(status)
    ? { pid, status, code: CLD.CLD_EXITED, value: WEXITSTATUS(status) }
    : { pid, status, code: WCOREDUMP(status) ? CLD.CLD_DUMPED : CLD.CLD_KILLED, value: WTERMSIG(status) }
  if ((options & WNOWAIT) !== 0) return found
  const { tracing } = task
  const reparented = isTracer && tracing !== undefined && tracing.tracer.process !== process.parent
  if (!reparented || process.leader !== task) reap(kernel, task)
  else {
    // The tracer has had it: the parent's turn. EXIT_TRACE
    tracing.tracer.tracees.delete(task)
    task.tracing = undefined
    tellParent(kernel, process)
  }
  return found
}

/** A stop: a tracee's own, which needs no option, or a process's, which needs WUNTRACED. wait_task_stopped() */
const stopped = (task: Task, isTracer: boolean, options: number): Found | undefined => {
  const { tracing, process, pid } = task
  const { groupStop } = process
  const keep = (options & WNOWAIT) !== 0
  if (isTracer && tracing !== undefined) {
    if (tracing.stop === undefined || !tracing.unreported || tracing.listening) return undefined
    if (!keep) tracing.unreported = false
    return { pid, status: stoppedStatus(tracing.stopCode), code: CLD.CLD_TRAPPED, value: tracing.stopCode }
  }
  if ((options & WUNTRACED) === 0 || !groupStop.stopped || !groupStop.stopNote) return undefined
  if (!keep) groupStop.stopNote = false
  return { pid, status: stoppedStatus(groupStop.signo), code: CLD.CLD_STOPPED, value: groupStop.signo }
}

const continued = (task: Task, options: number): Found | undefined => {
  const { groupStop } = task.process
  if ((options & WCONTINUED) === 0 || !groupStop.continueNote) return undefined
  if ((options & WNOWAIT) === 0) groupStop.continueNote = false
  return { pid: task.pid, status: CONTINUED_STATUS, code: CLD.CLD_CONTINUED, value: SIGNAL.SIGCONT }
}

/** wait4(2)'s first argument. */
export const whomOf = (pid: number, process: Process): Whom =>
  pid === -1 ? 'all' : pid === 0 ? { pgid: process.pgid } : pid < 0 ? { pgid: -pid } : { pid }

/** The pid and its status; 0 and 0 with WNOHANG when nothing happened; −errno and 0. */
export type WaitAnswer = (pid: number, status: number) => void

/** wait4(2) of a script's process, which makes one such call at a time: nothing is allocated for it. */
export class ChildWait implements Sleeper {
  readonly #kernel: Kernel
  readonly #who: Task
  #whom: Whom = 'all'
  #options = 0
  readonly #answer: WaitAnswer

  constructor(kernel: Kernel, who: Task, answer: WaitAnswer) {
    this.#kernel = kernel
    this.#who = who
    this.#answer = answer
  }

  /** Answers at once where it can, else as soon as this task has the turn again. */
  wait(pid: number, options: number): void {
    if (typeof this.#whom !== 'object' || !('pid' in this.#whom) || this.#whom.pid !== pid) this.#whom = whomOf(pid, this.#who.process)
    this.#options = options | WEXITED
    if (areWait4Options(options)) this.#look()
    else this.#answer(-ERRNO.EINVAL, 0)
  }

  wake(): void {
    this.#kernel.sched.ready(this.#who)
  }

  #look(): void {
    const { sched } = this.#kernel
    const found = lookForChild(this.#kernel, this.#who, this.#whom, this.#options)
    if (typeof found === 'object') this.#answer(found.pid, found.status)
    // When the run is over nobody comes any more.
    else if (found === 'nobody' || sched.over) this.#answer(-ERRNO.ECHILD, 0)
    else if ((this.#options & WNOHANG) !== 0) this.#answer(0, 0)
    else {
      this.#who.process.childChanged.add(this)
      this.#who.sleeping = true
      sched.parkFor(this.#who, this.#woken)
    }
  }

  readonly #woken = (): void => {
    this.#who.sleeping = false
    this.#who.process.childChanged.remove(this)
    this.#look()
  }
}
