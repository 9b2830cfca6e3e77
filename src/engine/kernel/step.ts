import type { GuestBuild } from '../ports.ts'
import type { Step } from '../ptrace/stop.ts'
import { place, rebuild } from './image.ts'
import type { Kernel } from './kernel.ts'
import type { Task } from './task.ts'
import { logWritten } from './written.ts'

/**
 * PTRACE_SINGLESTEP and SINGLEBLOCK. A guest that is to step goes on on another build of its program, which asks before
 * each instruction, or each basic block (rewrite/README.md): it is made again there, where it stands.
 */

const canStep = (build: GuestBuild): boolean => build === 'step' || build === 'block'

/**
 * The task will trap by this step: on the build for it, if it is somewhere from where it can be made again. At a step it
 * is not; there a process goes on by the build that it is on.
 *
 * @returns whether it can trap at all
 */
export const makeSteppable = (kernel: Kernel, task: Task, step: Step): boolean => {
  const { vcpu, standing } = task
  if (vcpu === undefined) return false
  task.skipsStep = standing !== 'step'
  if (vcpu.build === step || (standing === 'step' && canStep(vcpu.build))) return true
  if (standing === 'start') {
    // What was poked before its first instruction is in the memory that goes.
    logWritten(task)
    const was = task.memory.bytes.slice()
    if (!place(kernel, task, step)) return false
    task.memory.bytes.set(was)
    return true
  }
  if (standing === 'guest' || standing === 'step' || standing === 'end') return false
  const done = rebuild(kernel, task, standing === 'tick' ? { at: 'tick', ticks: task.ticks } : { at: standing }, step)
  // Its log is lost, or it has had threads: it stays as it is, unless it can trap as it is.
  return done || canStep(vcpu.build)
}
