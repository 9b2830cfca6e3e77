import { ERRNO } from '../abi/errno.ts'
import { PTRACE_EVENT } from '../abi/ptrace.ts'
import { SECCOMP_MODE } from '../abi/seccomp.ts'
import { SIGNAL, SYS_SECCOMP } from '../abi/signal.ts'
import { killedStatus } from '../abi/wait.ts'
import { stop } from '../ptrace/report.ts'
import { seccompData } from '../seccomp/data.ts'
import { runFilters } from '../seccomp/filter.ts'
import { isStrictCall } from '../seccomp/mode.ts'
import { SIG_DFL } from './disposition.ts'
import { failing } from './deliver.ts'
import { killGroup } from './kill.ts'
import type { Kernel } from './kernel.ts'
import { bit, isBlocked, isDoomed } from './pending.ts'
import type { Siginfo } from './siginfo.ts'
import { sendSignal } from './send.ts'
import { hasOption, type Task } from './task.ts'

/**
 * What seccomp says of the call in the registers, in the modern order: after the entry stop, before the call; a
 * tracer that lets it pass in PTRACE_EVENT_SECCOMP is checked again. __seccomp_filter()
 *
 * @returns whether the call is run; if not the result is in the registers
 */
export const judge = async (kernel: Kernel, task: Task, recheck = false): Promise<boolean> => {
  const { regs, seccomp } = task
  if (hasOption(task, 'PTRACE_O_SUSPEND_SECCOMP')) return true
  const { arch, nr } = regs
  if (seccomp.mode === SECCOMP_MODE.SECCOMP_MODE_STRICT) {
    if (isStrictCall(arch, nr)) return true
    killGroup(kernel, task, killedStatus(SIGNAL.SIGKILL, false))
    return false
  }
  const { action, data } = runFilters(seccomp.chain, seccompData(nr, arch, 0, regs.halves))
  switch (action) {
    case 'SECCOMP_RET_ALLOW':
    case 'SECCOMP_RET_LOG':
      return true
    case 'SECCOMP_RET_ERRNO':
      regs.ret = failing(arch, data)
      return false
    case 'SECCOMP_RET_TRACE': {
      // "which is checked again, counting RET_TRACE as allow".
      if (recheck) return true
      if (!hasOption(task, 'PTRACE_O_TRACESECCOMP')) {
        regs.ret = failing(arch, ERRNO.ENOSYS)
        return false
      }
      await stop(kernel, task, { kind: 'event', event: PTRACE_EVENT.PTRACE_EVENT_SECCOMP, message: data })
      if (isDoomed(task)) return false
      return regs.nr === -1 ? false : judge(kernel, task, true)
    }
    case 'SECCOMP_RET_TRAP':
      // syscall_rollback(): the result register holds the call's number.
      regs.ret = nr
      force(kernel, task, refusal(arch, nr, data))
      return false
    case 'SECCOMP_RET_USER_NOTIF':
      // Nobody listens: NEW_LISTENER is refused.
      regs.ret = failing(arch, ERRNO.ENOSYS)
      return false
    case 'SECCOMP_RET_KILL_THREAD':
    case 'SECCOMP_RET_KILL_PROCESS':
      regs.ret = nr
      // A thread of several goes alone, at once; a process is killed by a signal that no tracer sees.
      if (action === 'SECCOMP_RET_KILL_THREAD' && livingThreads(task) > 1) {
        task.status = killedStatus(SIGNAL.SIGSYS, false)
        task.exiting = true
        task.work = true
      } else {
        task.process.dispositions.set(SIGNAL.SIGSYS, { handler: SIG_DFL, flags: 0, mask: 0n })
        force(kernel, task, { ...refusal(arch, nr, data), forced: true })
      }
      return false
  }
}

const refusal = (arch: number, nr: number, errno: number): Siginfo => ({ signo: SIGNAL.SIGSYS, code: SYS_SECCOMP, pid: 0, value: 0, fault: { addr: 0, nr, arch, errno } })

const livingThreads = ({ process }: Task): number => [...process.threads].filter(({ state }) => state === 'alive').length

/** A signal that cannot be blocked or ignored: force_sig_info() */
const force = (kernel: Kernel, task: Task, info: Siginfo): void => {
  const { signo } = info
  const { dispositions } = task.process
  if (isBlocked(task, signo) || dispositions.ignores(signo)) {
    dispositions.set(signo, { handler: SIG_DFL, flags: 0, mask: 0n })
    task.mask &= ~bit(signo)
  }
  sendSignal(kernel, task, info, true)
}
