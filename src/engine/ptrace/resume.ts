import { ERRNO } from '../abi/errno.ts'
import { PTRACE, PTRACE_SYSVM_SKIPCALL, PTRACE_SYSVM_SKIPEXIT, PTRACE_VM_MASK, PTRACE_VM_SKIPCALL, PTRACE_VM_SKIPEXIT } from '../abi/ptrace.ts'
import { SIGNAL_MAX } from '../abi/signal.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { makeSteppable } from '../kernel/step.ts'
import type { Task } from '../kernel/task.ts'
import { isWatched } from '../kernel/watched.ts'
import type { ResumeMode, Step } from './stop.ts'

/** How a tracee runs after a request that restarts it; undefined for all others. */
export const modeOf = (request: number): ResumeMode | undefined => {
  switch (request) {
    case PTRACE.PTRACE_CONT:
    case PTRACE.PTRACE_SINGLESTEP:
    case PTRACE.PTRACE_SINGLEBLOCK:
      return 'free'
    case PTRACE.PTRACE_SYSCALL:
    case PTRACE.PTRACE_SYSVM:
      return 'syscall'
    case PTRACE.PTRACE_SYSEMU:
    case PTRACE.PTRACE_SYSEMU_SINGLESTEP:
      return 'sysemu'
    default:
      return undefined
  }
}

/** Whether it traps besides, and where. */
export const stepOf = (request: number): Step | undefined =>
  request === PTRACE.PTRACE_SINGLESTEP || request === PTRACE.PTRACE_SYSEMU_SINGLESTEP ? 'step' : request === PTRACE.PTRACE_SINGLEBLOCK ? 'block' : undefined

/** PTRACE_SYSVM's older constants in the tags' words; "1 alone counts as both here" (ptrace-vm.md). */
const sysvmTags = (addr: number): number =>
  ((addr & PTRACE_SYSVM_SKIPCALL) !== 0 ? PTRACE_VM_SKIPCALL | PTRACE_VM_SKIPEXIT : 0) |
  ((addr & PTRACE_SYSVM_SKIPEXIT) !== 0 ? PTRACE_VM_SKIPEXIT : 0)

/** The tags of a request: "Tags are in addr; every other bit is ignored and is never an error" (ptrace-vm.md). */
export const tagsOf = (request: number, addr: number): number =>
  request === PTRACE.PTRACE_SYSVM ? sysvmTags(addr) : addr & PTRACE_VM_MASK

/** ptrace_resume(): a bad signal number is EIO, and leaves mode and tags as they were. */
export const resume = (kernel: Kernel, tracee: Task, mode: ResumeMode, tags: number, signo: number, step?: Step): number => {
  const { tracing } = tracee
  if (tracing === undefined) return -ERRNO.EIO
  if (signo < 0 || signo > SIGNAL_MAX) return -ERRNO.EIO
  // A task that traps runs on a build that can: it is made again on it.
  if (step !== undefined && !makeSteppable(kernel, tracee, step)) return -ERRNO.EIO
  // Most resumes are as the one before.
  const before = tracing.resume
  if (before.mode !== mode || before.tags !== tags || before.step !== step) tracing.resume = { mode, tags, step }
  tracing.signo = signo
  tracing.stop = undefined
  // The request is recorded when it is done: the next row is its.
  tracing.resumedSeq = kernel.recorder.events + 1
  tracee.vcpu?.setMode(isWatched(tracee))
  tracee.vcpu?.setStepping(step !== undefined)
  kernel.sched.ready(tracee)
  return 0
}
