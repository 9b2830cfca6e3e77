import { PTRACE_EVENT, PTRACE_OPTION, PTRACE_EVENTMSG_SYSCALL_ENTRY, PTRACE_EVENTMSG_SYSCALL_EXIT } from '../abi/ptrace.ts'
import { stoppedStatus } from '../abi/wait.ts'
import { STOP_COST } from '../kernel/cost.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { notifyTracer } from '../kernel/notify.ts'
import { isDoomed } from '../kernel/pending.ts'
import type { Task, Tracing } from '../kernel/task.ts'
import { logWritten } from '../kernel/written.ts'
import { rowOf } from '../syscall/find.ts'
import { Flag, type Seq } from '../trace/format.ts'
import { stopCode, type Stop } from './stop.ts'

/** What a stop does with the signal that it is resumed with, before the tracee's own code goes on. */
export type Resumed = (kernel: Kernel, task: Task, signo: number) => void

const NOT_STOPPED = Promise.resolve(0)

/**
 * STOP of stops.md, awaited inside the tracee's own control flow: the tracee is in a ptrace-stop until its tracer
 * resumes it. Answers the signal that was given with the request, or 0.
 *
 * "SIGKILL … a tracee in a ptrace-stop … is killed": whoever has it pending enters no stop, except the last one,
 * PTRACE_EVENT_EXIT.
 *
 * @param extra bits of trace/format.ts's `Flag`
 */
export const stop = (kernel: Kernel, task: Task, kind: Stop, extra = 0, resumed?: Resumed): Promise<number> => {
  const { tracing } = task
  if (tracing === undefined) return NOT_STOPPED
  const isExit = kind.kind === 'event' && kind.event === PTRACE_EVENT.PTRACE_EVENT_EXIT
  if (isDoomed(task) && !isExit) return NOT_STOPPED

  tracing.stop = kind
  tracing.stopCode = stopCode(kind, isSysgood(tracing))
  tracing.message = message(kind)
  tracing.info = undefined
  // "any trap clears pending STOP trap, STOP trap clears NOTIFY": kernel/signal.c, ptrace_stop()
  tracing.trapStop = false
  if (kind.kind === 'trap') tracing.trapNotify = false
  tracing.unreported = true
  tracing.signo = 0
  kernel.clock.charge(STOP_COST)
  kernel.counts.stops++
  logWritten(task)
  tracing.stopSeq = record(kernel, task, kind, extra)
  failWhenFull(kernel, 'Raise the budget, or stop fewer calls: PTRACE_VM_SKIPEXIT halves the stops.')
  notifyTracer(kernel, task)
  return new Promise((resolve) => {
    kernel.sched.parkFor(task, () => {
      // A SIGKILL ends the stop without a resume.
      tracing.stop = undefined
      tracing.listening = false
      tracing.unreported = false
      const signo = isDoomed(task) ? 0 : tracing.signo
      resumed?.(kernel, task, signo)
      resolve(signo)
    })
  })
}

/** Ends the run when its trace has no room for another event. */
export const failWhenFull = (kernel: Kernel, cure: string): void => {
  const most = kernel.budget.events
  if (kernel.recorder.events < most) return
  kernel.fail({
    kind: 'budget',
    title: 'The trace is full',
    cause: `This run has made ${most} events, which is all that its budget allows.`,
    cure,
  })
}

const isSysgood = ({ options }: Tracing): boolean => (options & PTRACE_OPTION.PTRACE_O_TRACESYSGOOD) !== 0

/** What PTRACE_GETEVENTMSG answers; "always overwritten; 0 by default". */
const message = (kind: Stop): number => {
  switch (kind.kind) {
    case 'syscall-entry':
      return PTRACE_EVENTMSG_SYSCALL_ENTRY
    case 'syscall-exit':
      return PTRACE_EVENTMSG_SYSCALL_EXIT
    case 'event':
      return kind.message
    default:
      return 0
  }
}

const record = (kernel: Kernel, task: Task, kind: Stop, extra: number): Seq => {
  const { recorder } = kernel
  const { tracing } = task
  if (tracing === undefined) return 0
  const status = stoppedStatus(tracing.stopCode)
  const flags = extra | (isSysgood(tracing) ? Flag.sysgood : 0) | (tracing.seized ? Flag.seized : 0)
  const by = tracing.tracer.pid
  const row = rowOf(task.regs.arch, task.regs.nr)
  switch (kind.kind) {
    case 'syscall-entry':
      task.entrySeq = recorder.entry(task, row, by, flags, status)
      return task.entrySeq
    case 'syscall-exit':
      return recorder.exit(task, row, by, flags, status, task.entrySeq)
    case 'event':
      return recorder.event(task, by, kind.event, kind.message, status, task.entrySeq)
    case 'signal':
      return recorder.signal(task, by, kind.info, status)
    case 'trap':
    case 'group':
      return recorder.group(task, by, kind.signo, status)
  }
}
