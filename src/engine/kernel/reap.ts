import type { Kernel } from './kernel.ts'
import { tellOfEnd } from './notify.ts'
import type { Process, Task } from './task.ts'

/** The process has ended and nobody traces its leader (any more): the real parent's turn. */
export const tellParent = (kernel: Kernel, process: Process): void => {
  const { parent, leader } = process
  if (parent === undefined || tellOfEnd(kernel, leader, parent, process.exitSignal)) reap(kernel, leader)
}

/** It has been waited for: the pid is free, though pids are not used again. release_task() */
export const reap = (kernel: Kernel, task: Task): void => {
  const { process } = task
  task.state = 'reaped'
  process.threads.delete(task)
  task.tracing?.tracer.tracees.delete(task)
  task.tracing = undefined
  kernel.tasks.delete(task.pid)
  if (process.leader === task) {
    process.parent?.children.delete(process)
    return
  }
  // The leader went first, and was kept: its end is news now.
  const { leader } = process
  if (process.threads.size === 1 && leader.state === 'zombie' && leader.tracing === undefined) tellParent(kernel, process)
}

/** A zombie whose tracer has had it, or has let it go: is there somebody else who waits? */
export const released = (kernel: Kernel, task: Task): void => {
  const { process } = task
  if (process.leader !== task) reap(kernel, task)
  else if (process.threads.size === 1) tellParent(kernel, process)
}
