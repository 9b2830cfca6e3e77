import type { Kernel } from './kernel.ts'
import { wake } from './send.ts'
import type { Task } from './task.ts'

/** The whole process has to die with this status, unless it has to already: do_group_exit(), zap_other_threads(). */
export const killGroup = (kernel: Kernel, task: Task, status: number): void => {
  const { process } = task
  if (process.groupExit !== undefined) return
  process.groupExit = status
  for (const thread of process.threads) wake(kernel, thread, true)
}
