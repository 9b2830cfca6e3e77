import { ERRNO } from '../abi/errno.ts'
import { PTRACE, PTRACE_SYSVM_SKIPCALL, PTRACE_SYSVM_SKIPEXIT, PTRACE_VM_MASK, PTRACE_VM_SKIPCALL, PTRACE_VM_SKIPEXIT } from '../abi/ptrace.ts'
import { SIGNAL_MAX } from '../abi/signal.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Task } from '../kernel/task.ts'
import type { ResumeMode } from './stop.ts'

/** The requests that restart a tracee, and how it then runs. Stepping has an issue of its own. */
const MODES: ReadonlyMap<number, ResumeMode> = new Map([
  [PTRACE.PTRACE_CONT, 'free'],
  [PTRACE.PTRACE_SYSCALL, 'syscall'],
  [PTRACE.PTRACE_SYSVM, 'syscall'],
  [PTRACE.PTRACE_SYSEMU, 'sysemu'],
])

export const isResume = (request: number): boolean => MODES.has(request)

/** PTRACE_SYSVM's older constants in the tags' words; "1 alone counts as both here" (ptrace-vm.md). */
const sysvmTags = (addr: number): number =>
  ((addr & PTRACE_SYSVM_SKIPCALL) !== 0 ? PTRACE_VM_SKIPCALL | PTRACE_VM_SKIPEXIT : 0) |
  ((addr & PTRACE_SYSVM_SKIPEXIT) !== 0 ? PTRACE_VM_SKIPEXIT : 0)

/**
 * ptrace_resume(): a bad signal number is EIO, and leaves mode and tags as they were. "Tags are in addr; every other
 * bit is ignored and is never an error" (ptrace-vm.md).
 */
export const resume = (kernel: Kernel, tracee: Task, request: number, addr: number, signo: number): number => {
  const { tracing } = tracee
  const mode = MODES.get(request)
  if (tracing === undefined || mode === undefined) return -ERRNO.EIO
  if (signo < 0 || signo > SIGNAL_MAX) return -ERRNO.EIO
  tracing.resume = { mode, tags: request === PTRACE.PTRACE_SYSVM ? sysvmTags(addr) : addr & PTRACE_VM_MASK }
  tracing.signo = signo
  tracing.stop = undefined
  // The request is recorded when it is done: the next row is its.
  tracing.resumedSeq = kernel.recorder.events + 1
  tracee.vcpu?.setMode(mode !== 'free')
  kernel.sched.ready(tracee)
  return 0
}
