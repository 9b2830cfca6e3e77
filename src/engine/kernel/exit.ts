import { FUTEX_BITSET_MATCH_ANY } from '../abi/linux.ts'
import { PTRACE_EVENT, PTRACE_OPTION } from '../abi/ptrace.ts'
import { SIGNAL } from '../abi/signal.ts'
import { detach } from '../ptrace/attach.ts'
import { stop } from '../ptrace/report.ts'
import { wakeWaiters } from './futex.ts'
import { leaveJobs } from './job-control.ts'
import type { Kernel } from './kernel.ts'
import { tellOfEnd } from './notify.ts'
import { reap, tellParent } from './reap.ts'
import { sendSignal } from './send.ts'
import { kernelSignal } from './siginfo.ts'
import { hasOption, type Process, type Task } from './task.ts'

/**
 * The last stop of a task that has to die: "the tracee is stopped early during process exit, when registers are
 * still available". ptrace(2), PTRACE_O_TRACEEXIT. Then its processor traps at the next return from the kernel.
 */
export const announceExit = async (kernel: Kernel, task: Task): Promise<void> => {
  if (task.state !== 'alive') return
  const { process } = task
  task.state = 'dying'
  // Who calls exec is the leader when the others are gone: they have no status of their own.
  // The last thread's code is the process's: synchronize_group_exit().
  if (process.execing === undefined && ![...process.threads].some(({ state }) => state === 'alive')) process.groupExit ??= task.status
  const message = process.groupExit ?? task.status
  task.status = message
  if (hasOption(task, 'PTRACE_O_TRACEEXIT')) {
    await stop(kernel, task, { kind: 'event', event: PTRACE_EVENT.PTRACE_EVENT_EXIT, message })
  }
  task.vcpu?.kill()
  // The call in which it ends has no result.
  task.callIndex = -1
}

const othersLive = ({ threads }: Process, task: Task): boolean => [...threads].some((thread) => thread !== task && thread.state !== 'zombie')

/**
 * The task is gone: a zombie until it is waited for. Its tracer is told first, its parent when the tracer has
 * reaped it or let go; its own tracees are let go or, with EXITKILL, killed. exit_notify()
 */
export const bury = (kernel: Kernel, task: Task): void => {
  if (task.state === 'zombie' || task.state === 'reaped') return
  const { process } = task
  task.state = 'zombie'
  if (task.clearTid !== 0 && task.memory.has(task.clearTid, 4)) {
    task.memory.setU32(task.clearTid, 0)
    wakeWaiters(task.memory, task.clearTid, 1, FUTEX_BITSET_MATCH_ANY)
  }
  const isLast = !othersLive(process, task)
  if (isLast) endProcess(kernel, process)
  for (const tracee of [...task.tracees]) abandon(kernel, tracee)
  kernel.recorder.death(task)
  if (isLast && task.vcpu !== undefined) {
    task.vcpu.free()
    // Its memory may be another's from now on.
    task.memory.attach(task.vcpu.memory)
  }
  const { tracing } = task
  const isLeader = process.leader === task
  if (tracing !== undefined) {
    tracing.stop = undefined
    tracing.unreported = true
    const signo = isLeader && process.threads.size === 1 && process.parent === tracing.tracer.process ? process.exitSignal : SIGNAL.SIGCHLD
    if (tellOfEnd(kernel, task, tracing.tracer.process, signo) && process.parent === tracing.tracer.process) reap(kernel, task)
  } else if (!isLeader) reap(kernel, task)
  else if (process.threads.size === 1) tellParent(kernel, process)
  // Who waits for the others to be gone (exec) looks again.
  process.childChanged.wakeAll()
}

/** What is the process's goes with its last thread. */
const endProcess = (kernel: Kernel, process: Process): void => {
  process.files.closeAll()
  process.timers.clear()
  process.vforkDone?.()
  process.vforkDone = undefined
  const children = [...process.children]
  for (const child of children) {
    // The kernel's init takes over, and waits at once.
    child.parent = undefined
    process.children.delete(child)
    const { leader } = child
    if (leader.state === 'zombie' && leader.tracing === undefined && child.threads.size === 1) reap(kernel, leader)
  }
  leaveJobs(kernel, process, children)
}

/** A tracer's death: exit_ptrace(). */
const abandon = (kernel: Kernel, tracee: Task): void => {
  const { tracing } = tracee
  if (tracing === undefined) return
  const kill = (tracing.options & PTRACE_OPTION.PTRACE_O_EXITKILL) !== 0
  if (kill) sendSignal(kernel, tracee, kernelSignal(SIGNAL.SIGKILL))
  detach(kernel, tracee, 0)
}
