import { CLD, SIGNAL, type Signo } from '../abi/signal.ts'
import { WCOREDUMP, WEXITSTATUS, WIFEXITED, WTERMSIG } from '../abi/wait.ts'
import { SA, SIG_IGN } from './disposition.ts'
import type { Kernel } from './kernel.ts'
import { sendSignal } from './send.ts'
import type { Siginfo } from './siginfo.ts'
import type { Process, Task } from './task.ts'

/** A SIGCHLD, or whatever stands for it: si_code, and si_status as `value`. */
const childSignal = (signo: Signo, code: number, pid: number, value: number): Siginfo => ({ signo, code, pid, value })

/** "If SA_NOCLDSTOP … do not receive notification when child processes stop". sigaction(2) */
const tell = (kernel: Kernel, whom: Process, info: Siginfo): void => {
  const { handler, flags } = whom.dispositions.get(SIGNAL.SIGCHLD)
  if (handler !== SIG_IGN && (flags & SA.SA_NOCLDSTOP) === 0) sendSignal(kernel, whom.leader, info)
  // "Even if SIGCHLD is not generated, it must wake up wait4 calls": do_notify_parent_cldstop().
  whom.childChanged.wakeAll()
}

/** A tracee has stopped: its tracer is told. */
export const notifyTracer = (kernel: Kernel, task: Task): void => {
  const { tracing } = task
  if (tracing === undefined) return
  tell(kernel, tracing.tracer.process, childSignal(SIGNAL.SIGCHLD, CLD.CLD_TRAPPED, task.pid, tracing.stopCode & 0x7f))
}

/** A process was stopped, or goes on: its real parent is told, and of a tracee of somebody else's its tracer, too. */
export const tellParentOfStop = (kernel: Kernel, task: Task, code: number): void => {
  const { leader, parent, groupStop } = task.process
  const value = code === CLD.CLD_CONTINUED ? SIGNAL.SIGCONT : groupStop.signo
  if (parent !== undefined) tell(kernel, parent, childSignal(SIGNAL.SIGCHLD, code, leader.pid, value & 0x7f))
}

/**
 * A task is at its end: do_notify_parent().
 *
 * @param signo what `whom` is sent; 0 for nothing
 * @returns whether nobody wants to wait for it: "if SIGCHLD is ignored … the children don't become zombies"
 */
export const tellOfEnd = (kernel: Kernel, task: Task, whom: Process, signo: Signo): boolean => {
  let autoreap = false
  let sent = signo
  if (signo === SIGNAL.SIGCHLD) {
    const { handler, flags } = whom.dispositions.get(signo)
    if (handler === SIG_IGN || (flags & SA.SA_NOCLDWAIT) !== 0) {
      autoreap = true
      if (handler === SIG_IGN) sent = 0
    }
  }
  const { status } = task
  const code = WIFEXITED(status) ? CLD.CLD_EXITED : WCOREDUMP(status) ? CLD.CLD_DUMPED : CLD.CLD_KILLED
  if (sent !== 0) sendSignal(kernel, whom.leader, childSignal(sent, code, task.pid, WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status)))
  whom.childChanged.wakeAll()
  return autoreap
}
