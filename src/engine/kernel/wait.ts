import { ERRNO } from '../abi/errno.ts'
import { WCONTINUED, WNOHANG, WUNTRACED, __WALL, __WCLONE, __WNOTHREAD, stoppedStatus } from '../abi/wait.ts'
import { reap } from './exit.ts'
import type { Kernel } from './kernel.ts'
import { notifyParent } from './notify.ts'
import type { Pid, Task } from './task.ts'
import type { Sleeper } from './wait-queue.ts'

/** What a wait found: whose status, or nothing yet, or nobody to wait for. */
export type Waited = { readonly pid: Pid; readonly status: number } | 'nothing' | 'nobody'

const CONTINUED = 0xffff

/** Does `pid` mean any child? wait4(2). Process groups come with job control. */
const meansAny = (pid: number): boolean => pid === -1 || pid === 0

/**
 * One look of wait4(2): ptrace stops "need neither WUNTRACED nor __WALL" (stops.md); each is reported once; a
 * dead tracee is its tracer's first, and its parent's when the tracer has had it.
 */
export const lookForChild = (kernel: Kernel, who: Task, pid: number, options: number): Waited => {
  // A process is known by its number: only who waits for any looks through all.
  if (pid > 0) {
    const task = kernel.tasks.get(pid)
    return (task === undefined ? undefined : look(kernel, who, task, options)) ?? 'nobody'
  }
  if (!meansAny(pid)) return 'nobody'
  let eligible = false
  for (const task of kernel.tasks.values()) {
    const found = look(kernel, who, task, options)
    if (typeof found === 'object') return found
    if (found === 'nothing') eligible = true
  }
  return eligible ? 'nothing' : 'nobody'
}

/** Undefined for a task that is not its to wait for. */
const look = (kernel: Kernel, who: Task, task: Task, options: number): Waited | undefined => {
  const isTracer = task.tracing?.tracer === who
  const isParent = task.process.parent === who
  if (!isTracer && !isParent) return undefined
  return report(kernel, who, task, isTracer, isParent, options) ?? 'nothing'
}

const report = (
  kernel: Kernel, who: Task, task: Task, isTracer: boolean, isParent: boolean, options: number,
): Waited | undefined => {
  const { tracing, process } = task
  if (isTracer && tracing?.stop !== undefined && tracing.unreported) {
    tracing.unreported = false
    return { pid: task.pid, status: stoppedStatus(tracing.stopCode) }
  }
  if (task.state === 'zombie') {
    if (isTracer && tracing !== undefined) {
      const { status, pid } = task
      if (isParent || process.parent === undefined) reap(kernel, task)
      else {
        tracing.tracer.tracees.delete(task)
        task.tracing = undefined
        notifyParent(kernel, task)
      }
      return { pid, status }
    }
    if (tracing !== undefined) return undefined
    const { status, pid } = task
    reap(kernel, task)
    return { pid, status }
  }
  if (!isParent || tracing?.tracer === who) return undefined
  if ((options & WUNTRACED) !== 0 && process.stopNote) {
    process.stopNote = false
    return { pid: task.pid, status: stoppedStatus(process.stoppedBy) }
  }
  if ((options & WCONTINUED) !== 0 && process.continueNote) {
    process.continueNote = false
    return { pid: task.pid, status: CONTINUED }
  }
  return undefined
}

/** What wait4 takes; kernel/exit.c, kernel_wait4(). */
const WAIT_OPTIONS = WNOHANG | WUNTRACED | WCONTINUED | __WNOTHREAD | __WCLONE | __WALL

/** The pid and its status; 0 and 0 with WNOHANG when nothing happened; −errno and 0. */
export type WaitAnswer = (pid: number, status: number) => void

/** wait4(2) of one task, which makes one such call at a time: nothing is allocated for it. */
export class ChildWait implements Sleeper {
  readonly #kernel: Kernel
  readonly #who: Task
  #pid = 0
  #options = 0
  readonly #answer: WaitAnswer

  constructor(kernel: Kernel, who: Task, answer: WaitAnswer) {
    this.#kernel = kernel
    this.#who = who
    this.#answer = answer
  }

  /** Answers at once where it can, else as soon as this task has the turn again. */
  wait(pid: number, options: number): void {
    this.#pid = pid
    this.#options = options
    if ((options & ~WAIT_OPTIONS) !== 0) this.#answer(-ERRNO.EINVAL, 0)
    else this.#look()
  }

  wake(): void {
    this.#kernel.sched.ready(this.#who)
  }

  #look(): void {
    const { sched } = this.#kernel
    const found = lookForChild(this.#kernel, this.#who, this.#pid, this.#options)
    if (typeof found === 'object') this.#answer(found.pid, found.status)
    // When the run is over nobody comes any more.
    else if (found === 'nobody' || sched.over) this.#answer(-ERRNO.ECHILD, 0)
    else if ((this.#options & WNOHANG) !== 0) this.#answer(0, 0)
    else {
      this.#who.childChanged.add(this)
      this.#who.sleeping = true
      sched.parkFor(this.#who, this.#woken)
    }
  }

  readonly #woken = (): void => {
    this.#who.sleeping = false
    this.#who.childChanged.remove(this)
    this.#look()
  }
}
