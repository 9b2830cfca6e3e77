import { ERRNO } from '../abi/errno.ts'
import { CLONE, CSIGNAL } from '../abi/linux.ts'
import { PTRACE_EVENT, type PTRACE_OPTION } from '../abi/ptrace.ts'
import { SIGNAL, SIGNAL_MAX, type Signo } from '../abi/signal.ts'
import { linkTracee } from '../ptrace/attach.ts'
import { stop } from '../ptrace/report.ts'
import { Flag } from '../trace/format.ts'
import type { CloneArguments } from '../syscall/system.ts'
import { PROCESS_LIMIT, SLICE_TICKS, TICK_COST } from './cost.ts'
import { place, rebuild } from './image.ts'
import type { Kernel } from './kernel.ts'
import { live } from './live.ts'
import { GuestMemory } from './memory.ts'
import { hasSigkill } from './pending.ts'
import { hasOption, newProcess, newTask, type Task } from './task.ts'
import { sendSignal } from './send.ts'

/** A memory that is not there yet. */
export const NO_MEMORY = { buffer: (): ArrayBuffer => EMPTY }
const EMPTY = new ArrayBuffer(0)

interface Kind {
  readonly event: number
  readonly option: keyof typeof PTRACE_OPTION
}
const FORK: Kind = { event: PTRACE_EVENT.PTRACE_EVENT_FORK, option: 'PTRACE_O_TRACEFORK' }
const VFORK: Kind = { event: PTRACE_EVENT.PTRACE_EVENT_VFORK, option: 'PTRACE_O_TRACEVFORK' }
const CLONED: Kind = { event: PTRACE_EVENT.PTRACE_EVENT_CLONE, option: 'PTRACE_O_TRACECLONE' }

const liveProcesses = (kernel: Kernel): number => {
  let count = 0
  for (const { state, vcpu } of kernel.tasks.values()) if (state !== 'zombie' && vcpu !== undefined) count++
  return count
}

/**
 * fork(2), vfork(2), and clone(2) without CLONE_VM: the child is the parent made again up to this call (image.ts), which
 * returns 0 there. kernel/fork.c: kernel_clone()
 *
 * @returns the child's pid; −EAGAIN at the limit of processes; −ENOMEM where the parent cannot be made again: its log
 * is too long, it has had threads, or the platform has no memory; −ENOSYS under another host than the kernel
 */
export const fork = async (kernel: Kernel, parent: Task, isVfork: boolean, exitSignal: Signo, how?: CloneArguments): Promise<number> => {
  if (kernel.foreign !== undefined) return -ERRNO.ENOSYS
  if (liveProcesses(kernel) >= PROCESS_LIMIT) return -ERRNO.EAGAIN
  const { image, files, dispositions, pgid, sid } = parent.process
  const { log } = image
  if (log === undefined || log.lost || image.threaded) {
    kernel.recorder.print(0, 0, `${parent.name} (${parent.pid}) cannot fork: ${image.threaded ? 'it has had threads' : 'what it has done is too much to be kept'}, so it cannot be made again.`)
    return -ERRNO.ENOMEM
  }
  const pid = kernel.nextPid
  const process = newProcess(pid, parent.process, files.fork(), { ...image, log: log.fork() }, dispositions.fork())
  const child = newTask(pid, parent.name, process, new GuestMemory(NO_MEMORY))
  Object.assign(child.regs, { arch: parent.regs.arch, nr: parent.regs.nr, ret: 0 })
  child.regs.halves.set(parent.regs.halves)
  child.ticks = parent.ticks
  child.callIndex = parent.callIndex
  child.standing = 'call'
  child.mask = parent.mask
  child.savedMask = parent.savedMask
  child.altStack = parent.altStack
  child.seccomp = parent.seccomp
  child.noNewPrivs = parent.noNewPrivs
  child.frames.push(...parent.frames.map((frame) => ({ ...frame })))
  child.fuel = SLICE_TICKS
  if (!rebuild(kernel, child, { at: 'call' }, 'count', parent.memory)) {
    process.files.closeAll()
    kernel.recorder.print(0, 0, `${parent.name} (${parent.pid}) cannot fork: there is no memory for a child, or it was stepped in two ways, so it cannot be made again.`)
    return -ERRNO.ENOMEM
  }
  kernel.nextPid++
  // What it computes for being made again is the platform's cost, and virtual time's, too: as long as its whole past.
  kernel.clock.charge(child.ticks * TICK_COST)
  process.exitSignal = exitSignal
  process.pgid = pgid
  process.sid = sid
  kernel.tasks.set(pid, child)
  parent.process.children.add(process as Task['process'])
  if (how !== undefined) storeTids(parent, child, how)
  const kind = isVfork ? VFORK : exitSignal === SIGNAL.SIGCHLD ? FORK : CLONED
  return born(kernel, parent, child, kind, isVfork)
}

/** The child starts; the parent stops for its tracer, and, in vfork(2), waits for it. */
const born = async (kernel: Kernel, parent: Task, child: Task, { event, option }: Kind, isVfork: boolean): Promise<number> => {
  const { pid } = child
  const traced = hasOption(parent, option)
  child.birthSeq = kernel.recorder.birth(child, child.process === parent.process ? Flag.thread : 0)
  if (traced) inheritTracer(kernel, parent, child)
  let released = !isVfork
  if (isVfork) {
    child.process.vforkDone = () => {
      released = true
      kernel.sched.ready(parent)
    }
  }
  kernel.sched.start(child, () => void live(kernel, child))
  if (traced) await stop(kernel, parent, { kind: 'event', event, message: pid })
  if (!isVfork) return pid
  while (!released && !hasSigkill(parent)) {
    parent.sleeping = true
    parent.interrupt = () => {
      if (hasSigkill(parent)) kernel.sched.ready(parent)
    }
    await kernel.sched.park(parent)
    parent.interrupt = undefined
    parent.sleeping = false
  }
  if (hasOption(parent, 'PTRACE_O_TRACEVFORKDONE')) await stop(kernel, parent, { kind: 'event', event: PTRACE_EVENT.PTRACE_EVENT_VFORK_DONE, message: pid })
  return pid
}

/** ptrace_init_task(): a SIGSTOP for a child of an attached parent, a trap for one of a seized parent. */
const inheritTracer = (kernel: Kernel, parent: Task, child: Task): void => {
  const { tracing } = parent
  if (tracing === undefined) return
  linkTracee(tracing.tracer, child, tracing.seized, tracing.options)
  if (tracing.seized) {
    if (child.tracing !== undefined) child.tracing.trapStop = true
    child.work = true
  } else {
    // "SI_USER with pid 0 marks the automatic SIGSTOP of a new child" (stops.md, 15).
    sendSignal(kernel, child, { signo: SIGNAL.SIGSTOP, code: 0, pid: 0, value: 0 }, true)
  }
}

const storeTids = (parent: Task, child: Task, { flags, parentTid, childTid }: CloneArguments): void => {
  if ((flags & CLONE.CLONE_PARENT_SETTID) !== 0 && parent.memory.has(parentTid, 4)) parent.memory.setU32(parentTid, child.pid)
  if ((flags & CLONE.CLONE_CHILD_SETTID) !== 0 && child.memory.has(childTid, 4)) child.memory.setU32(childTid, child.pid)
  if ((flags & CLONE.CLONE_CHILD_CLEARTID) !== 0) child.clearTid = childTid
}

/** Threads at a time in one process: each has an instance and a stack. */
const THREAD_LIMIT = 64

const THREAD = CLONE.CLONE_VM | CLONE.CLONE_THREAD | CLONE.CLONE_SIGHAND

/**
 * clone(2): a thread, which shares everything, or a process, which shares nothing. Whatever lies between is EINVAL.
 */
export const clone = (kernel: Kernel, parent: Task, how: CloneArguments): number | Promise<number> => {
  const { flags } = how
  const signo = flags & CSIGNAL
  const isThread = (flags & CLONE.CLONE_THREAD) !== 0
  if (signo > SIGNAL_MAX || (isThread && (flags & THREAD) !== THREAD)) return -ERRNO.EINVAL
  if (isThread) return newThread(kernel, parent, how)
  // CLONE_VM with CLONE_VFORK is vfork; without it two processes would share a memory, which is not done here.
  const isVfork = (flags & CLONE.CLONE_VFORK) !== 0
  if ((flags & CLONE.CLONE_VM) !== 0 && !isVfork) return -ERRNO.EINVAL
  return fork(kernel, parent, isVfork, signo, how)
}

/** A second instance of the image on the same memory, entered at `__linux_thread_start(fn, arg)` (abi.md). */
const newThread = async (kernel: Kernel, parent: Task, how: CloneArguments): Promise<number> => {
  const { process } = parent
  if (kernel.foreign !== undefined) return -ERRNO.ENOSYS
  if (kernel.host.rebuilds === true) {
    kernel.recorder.print(0, 0, `${parent.name} (${parent.pid}) cannot start a thread: this browser cannot suspend WebAssembly, and what threads do to one another cannot be made again.`)
    return -ERRNO.EAGAIN
  }
  if (process.threads.size >= THREAD_LIMIT || parent.vcpu === undefined) return -ERRNO.EAGAIN
  const pid = kernel.nextPid
  const thread = newTask(pid, parent.name, process, parent.memory)
  thread.mask = parent.mask
  thread.seccomp = parent.seccomp
  thread.noNewPrivs = parent.noNewPrivs
  const { stackTop, tls, fn, arg } = how
  if (!place(kernel, thread, 'count', { of: parent.vcpu, stackTop, tls: (how.flags & CLONE.CLONE_SETTLS) !== 0 ? tls : 0, fn: fn ?? pid, arg })) {
    process.threads.delete(thread)
    return -ERRNO.ENOMEM
  }
  kernel.nextPid++
  process.image.threaded = true
  kernel.tasks.set(pid, thread)
  storeTids(parent, thread, how)
  return born(kernel, parent, thread, CLONED, false)
}

