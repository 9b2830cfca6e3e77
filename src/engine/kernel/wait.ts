import { ERRNO } from '../abi/errno.ts'
import { WCONTINUED, WNOHANG, WUNTRACED, __WALL, __WCLONE, __WNOTHREAD, stoppedStatus } from '../abi/wait.ts'
import { reap } from './exit.ts'
import type { Kernel } from './kernel.ts'
import { notifyParent } from './notify.ts'
import type { Pid, Task } from './task.ts'

/** What a wait found: whose status, or nothing yet, or nobody to wait for. */
export type Waited = { readonly pid: Pid; readonly status: number } | 'nothing' | 'nobody'

const CONTINUED = 0xffff

/** Whom `pid` means: wait4(2). Process groups come with job control. */
const meant = (pid: number, task: Task): boolean => pid === -1 || pid === 0 || pid === task.pid

/**
 * One look of wait4(2): ptrace stops "need neither WUNTRACED nor __WALL" (stops.md); each is reported once; a
 * dead tracee is its tracer's first, and its parent's when the tracer has had it.
 */
export const lookForChild = (kernel: Kernel, who: Task, pid: number, options: number): Waited => {
  let eligible = false
  for (const task of kernel.tasks.values()) {
    const isTracer = task.tracing?.tracer === who
    const isParent = task.process.parent === who
    if ((!isTracer && !isParent) || !meant(pid, task)) continue
    eligible = true
    const found = report(kernel, who, task, isTracer, isParent, options)
    if (found !== undefined) return found
  }
  return eligible ? 'nothing' : 'nobody'
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

/**
 * wait4(2): answers the child's pid and status, 0 with WNOHANG when nothing happened, or −errno; at once where it can,
 * else as soon as this task has the turn again.
 */
export const wait4 = (
  kernel: Kernel, who: Task, pid: number, options: number, answer: (pid: number, status: number) => void,
): void => {
  if ((options & ~WAIT_OPTIONS) !== 0) return answer(-ERRNO.EINVAL, 0)
  const { sched } = kernel
  const sleeper = { wake: () => sched.ready(who) }
  const look = (): void => {
    const found = lookForChild(kernel, who, pid, options)
    if (typeof found === 'object') return answer(found.pid, found.status)
    // When the run is over nobody comes any more.
    if (found === 'nobody' || sched.over) return answer(-ERRNO.ECHILD, 0)
    if ((options & WNOHANG) !== 0) return answer(0, 0)
    who.childChanged.add(sleeper)
    who.sleeping = true
    sched.parkFor(who, woken)
  }
  const woken = (): void => {
    who.sleeping = false
    who.childChanged.remove(sleeper)
    look()
  }
  look()
}
