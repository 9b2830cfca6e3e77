import { ERRNO } from '../abi/errno.ts'
import { ARCH_LINUX } from '../abi/ptrace.ts'
import { SIGNAL } from '../abi/signal.ts'
import { storeRegisters } from '../ptrace/regs.ts'
import { SA, type Disposition } from './disposition.ts'
import type { Kernel } from './kernel.ts'
import { storeSiginfo } from './siginfo-bytes.ts'
import { Crossing } from './log.ts'
import { GuestMemory } from './memory.ts'
import { CONTEXT_MASK, CONTEXT_OFFSET, CONTEXT_REGS, FRAME_SIZE, frameBelow, type HandlerFrame } from './signal-frame.ts'
import { kernelSignal, type Siginfo } from './siginfo.ts'
import { bit } from './pending.ts'
import { killGroup } from './kill.ts'
import { killedStatus } from '../abi/wait.ts'
import { steppedTrap } from './step-trap.ts'
import type { RegisterFile, Task } from './task.ts'

/** include/linux/errno.h: what a call that a signal broke off leaves for the return to the guest. A tracer sees them at exit stops. */
export const ERESTARTSYS = 512
export const ERESTARTNOHAND = 514
export const ERESTART_RESTARTBLOCK = 516

/** The result of a call as a positive errno, whatever its table's convention; 0 for a success. */
const errorOf = ({ arch, ret }: RegisterFile): number => (arch === ARCH_LINUX ? (ret < 0 ? -ret : 0) : ret)

/** Which of them the result is; 0 for any other. */
export const restartOf = (regs: RegisterFile): number => {
  const error = regs.nr === -1 ? 0 : errorOf(regs)
  return error === ERESTARTSYS || error === ERESTARTNOHAND || error === ERESTART_RESTARTBLOCK ? error : 0
}

/** A result that says this errno, in the way of the call's table. */
export const failing = (arch: number, errno: number): number => (arch === ARCH_LINUX ? -errno : errno)

/** A frame on its way to a guest's stack; flags, link and stack of its context stay zero. One for all: buffers are dear. */
const frameBytes = new Uint8Array(FRAME_SIZE)
const frameView = new DataView(frameBytes.buffer)
const frameMemory = new GuestMemory({ buffer: () => frameBytes.buffer })

/**
 * A handler is to run: its frame is put on the guest's stack, and the guest enters it when it goes on (`nextSignal`).
 * "The interrupted call is automatically restarted after the signal handler returns if the SA_RESTART flag was used;
 * otherwise the call fails with the error EINTR." signal(7); handle_signal()
 */
export const setUpHandler = (kernel: Kernel, task: Task, info: Siginfo, disposition: Disposition): void => {
  const { regs, frames, memory, process, vcpu } = task
  const { signo } = info
  const { flags, mask } = disposition
  if (vcpu === undefined || !vcpu.takesSignals) {
    kernel.recorder.print(0, 0, `${task.name} (${task.pid}) set a handler, but exports no __linux_signal that could run it.`)
    return killGroup(kernel, task, killedStatus(signo, false))
  }
  let again = false
  const restart = restartOf(regs)
  if (restart !== 0) {
    again = restart === ERESTARTSYS && (flags & SA.SA_RESTART) !== 0
    regs.ret = failing(regs.arch, ERRNO.EINTR)
  }
  // One that is set up and has not run yet is interrupted before its first instruction: the new one stands on it.
  const waiting = dueHandler(task)
  const sp = waiting?.at ?? vcpu.stackPointer()
  if (waiting === undefined) dropLeft(frames, sp)
  const alt = task.altStack
  const onAlt = (flags & SA.SA_ONSTACK) !== 0 && alt !== undefined && !(sp > alt.base && sp <= alt.base + alt.size)
  const at = onAlt ? frameBelow(alt.base + alt.size, alt.base) : frameBelow(sp, 0)
  if (at === undefined || !memory.has(at, FRAME_SIZE)) {
    // force_sigsegv(): there is no room for the frame.
    if (signo === SIGNAL.SIGSEGV) return killGroup(kernel, task, killedStatus(SIGNAL.SIGSEGV, true))
    process.dispositions.set(SIGNAL.SIGSEGV, { handler: 0, flags: 0, mask: 0n })
    task.pending.push(kernelSignal(SIGNAL.SIGSEGV))
    return
  }
  const saved = task.savedMask ?? task.mask
  task.savedMask = undefined
  storeSiginfo(frameView, info)
  storeRegisters(frameMemory, CONTEXT_OFFSET + CONTEXT_REGS, task)
  frameView.setBigUint64(CONTEXT_OFFSET + CONTEXT_MASK, saved, true)
  memory.write(at, frameBytes)
  // "with mode.step a SIGTRAP before the handler's first step" (stops.md): signal_setup_done()
  if (task.tracing?.resume.step !== undefined) task.pending.push(steppedTrap)
  frames.push({ signo, at, sp, mask: saved, again, entered: false })
  task.mask |= mask | ((flags & SA.SA_NODEFER) !== 0 ? 0n : bit(signo))
  if ((flags & SA.SA_RESETHAND) !== 0) process.dispositions.reset(signo)
}

/** The handler that the guest is to enter when it goes on. */
export const dueHandler = ({ frames }: Task): HandlerFrame | undefined => {
  // Every call asks, and to look for the element −1 of an empty list takes an engine longer than the call.
  if (frames.length === 0) return undefined
  const top = frames[frames.length - 1]
  return top?.entered === false ? top : undefined
}

/** A handler that was left by longjmp does not return: the stack's pointer is above its frame again. */
const dropLeft = (frames: HandlerFrame[], sp: number): void => {
  for (let top = frames[frames.length - 1]; top !== undefined && top.at < sp && top.sp <= sp; top = frames[frames.length - 1]) frames.pop()
}

/** The guest enters the due handler: its signal, or 0 if there is none. */
export const enterHandler = (task: Task): number => {
  const frame = dueHandler(task)
  const { vcpu, memory, process } = task
  vcpu?.setSignals(false)
  if (frame === undefined || vcpu === undefined) return 0
  frame.entered = true
  if (task.tracing?.resume.step !== undefined) task.skipsStep = true
  vcpu.setStackPointer(frame.at)
  vcpu.setHandlerArguments(frame.at, frame.at + CONTEXT_OFFSET)
  process.image.log?.append(Crossing.enter, frame.at, frame.signo, memory, memory.takeLogged())
  return frame.signo
}

/** It has returned: what rt_sigreturn(2) puts back. */
export const leaveHandler = (task: Task): HandlerFrame | undefined => {
  const frame = task.frames.pop()
  if (frame === undefined) return undefined
  task.mask = frame.mask
  task.vcpu?.setStackPointer(frame.sp)
  return frame
}
