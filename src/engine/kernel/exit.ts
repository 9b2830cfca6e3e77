import { PTRACE_EVENT, PTRACE_OPTION } from '../abi/ptrace.ts'
import { SIGNAL } from '../abi/signal.ts'
import { detach } from '../ptrace/attach.ts'
import { stop } from '../ptrace/report.ts'
import type { Kernel } from './kernel.ts'
import { notifyParent, notifyTracer } from './notify.ts'
import { sendSignal } from './signal.ts'
import { kernelSignal } from './siginfo.ts'
import { hasOption, type Task } from './task.ts'

/**
 * The last stop of a task that has to die: "the tracee is stopped early during process exit, when registers are
 * still available". ptrace(2), PTRACE_O_TRACEEXIT. Then its processor traps at the next return from the kernel.
 */
export const announceExit = async (kernel: Kernel, task: Task): Promise<void> => {
  if (task.state !== 'alive') return
  task.state = 'dying'
  const message = task.process.groupExit ?? 0
  if (hasOption(task, 'PTRACE_O_TRACEEXIT')) {
    await stop(kernel, task, { kind: 'event', event: PTRACE_EVENT.PTRACE_EVENT_EXIT, message })
  }
  task.vcpu?.kill()
}

/**
 * The task is gone: a zombie until it is waited for. Its tracer is told first, its parent when the tracer has
 * reaped it or let go; its own tracees are let go or, with EXITKILL, killed; orphans have no parent and are
 * reaped at once.
 */
export const bury = (kernel: Kernel, task: Task): void => {
  if (task.state === 'zombie' || task.state === 'reaped') return
  task.state = 'zombie'
  task.status = task.process.groupExit ?? 0
  task.process.files.closeAll()
  for (const tracee of [...task.tracees]) abandon(kernel, tracee)
  for (const child of [...task.process.children]) {
    child.process.parent = undefined
    task.process.children.delete(child)
    if (child.state === 'zombie' && child.tracing === undefined) reap(kernel, child)
  }
  kernel.recorder.death(task)
  task.vcpu?.free()
  if (task.tracing !== undefined) {
    task.tracing.stop = undefined
    task.tracing.unreported = true
    notifyTracer(kernel, task)
  } else if (task.process.parent === undefined) reap(kernel, task)
  notifyParent(kernel, task)
}

/** A tracer's death: exit_ptrace(). */
const abandon = (kernel: Kernel, tracee: Task): void => {
  const { tracing } = tracee
  if (tracing === undefined) return
  const kill = (tracing.options & PTRACE_OPTION.PTRACE_O_EXITKILL) !== 0
  if (kill) sendSignal(kernel, tracee, kernelSignal(SIGNAL.SIGKILL))
  detach(kernel, tracee, 0)
  if (tracee.state === 'zombie' && tracee.process.parent === undefined) reap(kernel, tracee)
}

/** It has been waited for: the pid is free, though pids are not used again. */
export const reap = (kernel: Kernel, task: Task): void => {
  task.state = 'reaped'
  task.process.parent?.process.children.delete(task)
  task.tracing?.tracer.tracees.delete(task)
  task.tracing = undefined
  kernel.tasks.delete(task.pid)
}
