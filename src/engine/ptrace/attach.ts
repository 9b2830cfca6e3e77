import { ERRNO } from '../abi/errno.ts'
import { SIGNAL, SIGNAL_MAX } from '../abi/signal.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { isWatched } from '../kernel/watched.ts'
import { released } from '../kernel/reap.ts'
import { isStopping } from '../kernel/group-stop-state.ts'
import { sendSignal } from '../kernel/send.ts'
import { kernelSignal } from '../kernel/siginfo.ts'
import { newTracing, type Task } from '../kernel/task.ts'
import { FREE } from './stop.ts'

/** "The calling process … may not be traced by two": ptrace_attach()'s checks, in Linux's order. */
const mayAttach = (tracer: Task, tracee: Task): number => {
  // "attempts to attach to itself" (and, when there are threads, to its own): EPERM
  if (tracer.process === tracee.process) return ERRNO.EPERM
  if (tracee.state !== 'alive') return ERRNO.EPERM
  return tracee.tracing === undefined ? 0 : ERRNO.EPERM
}

export const linkTracee = (tracer: Task, tracee: Task, seized: boolean, options: number): void => {
  tracee.tracing = newTracing(tracer, seized, options)
  tracer.tracees.add(tracee)
  tracee.memory.watchWrites(true)
}

/** PTRACE_TRACEME: "Indicate that this process is to be traced by its parent." */
export const traceme = (task: Task): number => {
  const { parent } = task.process
  if (task.tracing !== undefined || parent === undefined) return -ERRNO.EPERM
  linkTracee(parent.leader, task, false, 0)
  return 0
}

/** PTRACE_ATTACH: "The tracee is sent a SIGSTOP, but will not necessarily have stopped by the completion of this call." */
export const attach = (kernel: Kernel, tracer: Task, tracee: Task): number => {
  const error = mayAttach(tracer, tracee)
  if (error !== 0) return -error
  linkTracee(tracer, tracee, false, 0)
  sendSignal(kernel, tracee, kernelSignal(SIGNAL.SIGSTOP), true)
  trapIfStopped(tracee)
  return 0
}

/** PTRACE_SEIZE: "does not stop the process"; `options` are those of SETOPTIONS, and bad ones are EIO here. */
export const seize = (tracer: Task, tracee: Task, options: number): number => {
  const error = mayAttach(tracer, tracee)
  if (error !== 0) return -error
  linkTracee(tracer, tracee, true, options)
  trapIfStopped(tracee)
  return 0
}

/** A process that job control has stopped is in a group-stop for its new tracer. */
const trapIfStopped = (tracee: Task): void => {
  if (tracee.continue === undefined) return
  // JOBCTL_TRAP_STOP: it leaves its stop, and traps in the new one.
  if (tracee.tracing !== undefined) tracee.tracing.trapStop = true
  tracee.work = true
  tracee.continue()
}

/**
 * PTRACE_DETACH and a tracer's death: "Restart the stopped tracee as for PTRACE_CONT, but first detach from it."
 * Tags, options and modes do not survive it.
 *
 * @returns 0, or −EIO for a bad signal, with nothing changed
 */
export const detach = (kernel: Kernel, tracee: Task, signo: number): number => {
  const { tracing } = tracee
  if (tracing === undefined) return -ERRNO.ESRCH
  if (signo < 0 || signo > SIGNAL_MAX) return -ERRNO.EIO
  const wasStopped = tracing.stop !== undefined
  tracing.signo = signo
  tracing.resume = FREE
  tracing.stop = undefined
  tracing.tracer.tracees.delete(tracee)
  tracee.tracing = undefined
  tracee.vcpu?.setMode(isWatched(tracee))
  if (tracee.state === 'zombie') {
    released(kernel, tracee)
    return 0
  }
  // One whose process is stopped joins the stop again: __ptrace_unlink().
  if (isStopping(tracee.process) && tracee.process.groupExit === undefined) {
    tracee.stopPending = true
    if (!tracee.process.groupStop.stopped) tracee.process.groupStop.left++
    tracee.work = true
  }
  if (wasStopped) kernel.sched.ready(tracee)
  else tracee.interrupt?.()
  return 0
}
