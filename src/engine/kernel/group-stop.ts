import { CLD, SIGNAL } from '../abi/signal.ts'
import { stop } from '../ptrace/report.ts'
import { isStopping, joinGroupStop } from './group-stop-state.ts'
import type { Kernel } from './kernel.ts'
import { tellParentOfStop } from './notify.ts'
import type { Task } from './task.ts'

/**
 * A thread for which a group-stop is pending: an untraced one stands still until SIGCONT, a tracee traps, and its
 * tracer decides when it goes on: "the tracee remains in the group-stop as far as its process is concerned". ptrace(2)
 */
export const takePartInStop = async (kernel: Kernel, task: Task): Promise<void> => {
  if (task.tracing !== undefined) {
    task.tracing.trapStop = true
    return
  }
  if (joinGroupStop(task)) tellParentOfStop(kernel, task, CLD.CLD_STOPPED)
  await new Promise<void>((resolve) => {
    task.continue = () => kernel.sched.ready(task)
    kernel.sched.parkFor(task, resolve)
  })
  task.continue = undefined
}

/** A tracee's trap for a group-stop, PTRACE_INTERRUPT, or news of SIGCONT: do_jobctl_trap(). */
export const trapNow = async (kernel: Kernel, task: Task): Promise<void> => {
  const { tracing, process } = task
  if (tracing === undefined) return
  if (tracing.seized) await stop(kernel, task, { kind: 'trap', signo: isStopping(process) ? process.groupStop.signo : SIGNAL.SIGTRAP })
  else await stop(kernel, task, { kind: 'group', signo: task.stopSigno === 0 ? SIGNAL.SIGSTOP : task.stopSigno })
}
