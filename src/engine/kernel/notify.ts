import type { Kernel } from './kernel.ts'
import type { Task } from './task.ts'

/** Something of this task changed that its parent may wait for. */
export const notifyParent = (_kernel: Kernel, task: Task): void => {
  task.process.parent?.childChanged.wakeAll()
}

/** Something of this task changed that its tracer may wait for: "the tracer is told first". */
export const notifyTracer = (_kernel: Kernel, task: Task): void => {
  task.tracing?.tracer.childChanged.wakeAll()
}
