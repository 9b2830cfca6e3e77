import { ERRNO } from '../abi/errno.ts'
import { SIGNAL } from '../abi/signal.ts'
import { traceme } from '../ptrace/attach.ts'
import { PROCESS_LIMIT } from './cost.ts'
import type { Descriptors } from './descriptors.ts'
import { NO_MEMORY } from './fork.ts'
import { beginGroupStop } from './group-stop-state.ts'
import { imageOf, place, refuse, type Program } from './image.ts'
import type { Kernel } from './kernel.ts'
import { live } from './live.ts'
import { GuestMemory } from './memory.ts'
import { sendSignal } from './send.ts'
import { userSignal } from './siginfo.ts'
import { newProcess, newTask, type Task } from './task.ts'

/** How a new process starts (script/port.ts, SpawnSpec). */
export type SpawnTrace = 'traceme' | 'stopped' | 'none'

/**
 * fork, what the child does before exec, and exec in one: for a script, which has no fork of its own. The process is the
 * leader of a group of its own, as a shell makes it.
 *
 * @returns the child's pid, or −EAGAIN at the limit of processes, −ENOENT for a program that was not loaded, −ENOMEM
 * when the platform gives no memory
 */
export const spawn = (kernel: Kernel, parent: Task, program: Program, files: Descriptors, trace: SpawnTrace): number => {
  if (kernel.tasks.size >= PROCESS_LIMIT) return -ERRNO.EAGAIN
  const found = imageOf(kernel, program)
  if (found === undefined) return -ERRNO.ENOENT
  const { image, missing } = found
  const pid = kernel.nextPid
  const process = newProcess(pid, parent.process, files, image)
  const task = newTask(pid, image.name, process, new GuestMemory(NO_MEMORY))
  if (!place(kernel, task)) return -ERRNO.ENOMEM
  kernel.nextPid++
  const { vcpu, caller } = task
  if (vcpu !== undefined && caller !== undefined) kernel.foreign?.adopt(caller, vcpu)
  kernel.tasks.set(pid, task)
  parent.process.children.add(task.process)
  task.birthSeq = kernel.recorder.birth(task)
  if (missing !== undefined) refuse(kernel, task, missing)
  if (trace === 'traceme') {
    traceme(task)
    // "If the PTRACE_O_TRACEEXEC option is not in effect, all successful calls to execve(2) by the traced process will
    // cause it to be sent a SIGTRAP signal". ptrace(2)
    sendSignal(kernel, task, userSignal(SIGNAL.SIGTRAP, pid), true)
  }
  // A child that raised SIGSTOP before its exec.
  if (trace === 'stopped') beginGroupStop(task, SIGNAL.SIGSTOP)
  kernel.sched.start(task, () => void live(kernel, task))
  return pid
}
