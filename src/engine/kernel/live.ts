import { FPE_INTDIV, FPE_INTOVF, ILL_ILLOPC, SEGV_MAPERR, SI, SIGNAL } from '../abi/signal.ts'
import { exitedStatus } from '../abi/wait.ts'
import type { GuestEnd, Trap } from '../ports.ts'
import { goOnFromCall } from './call.ts'
import { announceExit, bury } from './exit.ts'
import { killGroup } from './kill.ts'
import type { Kernel } from './kernel.ts'
import { returnToGuest } from './return.ts'
import { sendSignal } from './send.ts'
import type { Siginfo } from './siginfo.ts'
import type { Task } from './task.ts'
import { logWritten } from './written.ts'

/** A task's whole life, straight down, from its first turn. */
export const live = async (kernel: Kernel, task: Task): Promise<void> => {
  // A forked child stands in its parent's call already; a new program or thread has not begun.
  if (task.goOn !== undefined) await goOnFromCall(kernel, task)
  else if ((await returnToGuest(kernel, task)) === 'dead') await announceExit(kernel, task)
  if (task.state === 'alive' || task.running !== undefined) {
    const end = await runs(task)
    if (task.state === 'alive') await afterRun(kernel, task, end)
  }
  bury(kernel, task)
  if (task.caller !== undefined) kernel.foreign?.release(task.caller)
  kernel.sched.dispatch()
}

/** Until it is through: exec and stepping put another processor in the place of the one that runs. */
const runs = async (task: Task): Promise<GuestEnd> => {
  for (;;) {
    const { vcpu } = task
    if (vcpu === undefined) return { kind: 'ended' }
    if (task.running === undefined) {
      logWritten(task)
      task.running = vcpu.run()
    }
    const end = await task.running
    if (task.vcpu === vcpu || task.state !== 'alive') return end
  }
}

const afterRun = async (kernel: Kernel, task: Task, end: GuestEnd): Promise<void> => {
  task.regs.nr = -1
  if (end.kind !== 'ended') task.standing = 'end'
  // Of a thread the entry has returned, not the program: it has ended alone, as by exit(2).
  if (end.kind === 'returned' && task.process.leader !== task) {
    task.status = exitedStatus(0)
    task.exiting = true
    return announceExit(kernel, task)
  }
  if (end.kind === 'trap') {
    kernel.recorder.print(0, 0, `${task.name} (${task.pid}): ${TRAPS[end.trap].sentence}`)
    // A fault whose signal is suppressed happens again at once, as on Linux; a handler has nowhere to return to.
    task.process.dispositions.reset(TRAPS[end.trap].info.signo)
    while (task.process.groupExit === undefined) {
      sendSignal(kernel, task, TRAPS[end.trap].info, true)
      if ((await returnToGuest(kernel, task)) === 'dead') break
    }
  }
  killGroup(kernel, task, exitedStatus(0))
  await announceExit(kernel, task)
}

const fault = (signo: number, code: number): Siginfo => ({ signo, code, pid: 0, value: 0 })

/** The traps of WebAssembly as the signals that the same mistake makes on Linux. */
const TRAPS: Readonly<Record<Trap, { readonly info: Siginfo; readonly sentence: string }>> = {
  unreachable: { info: fault(SIGNAL.SIGILL, ILL_ILLOPC), sentence: 'it ran into an unreachable instruction (SIGILL)' },
  'out-of-bounds': { info: fault(SIGNAL.SIGSEGV, SEGV_MAPERR), sentence: 'it used an address outside of its memory (SIGSEGV)' },
  'integer-divide': { info: fault(SIGNAL.SIGFPE, FPE_INTDIV), sentence: 'it divided an integer by zero (SIGFPE)' },
  'integer-overflow': { info: fault(SIGNAL.SIGFPE, FPE_INTOVF), sentence: 'a number did not fit into an integer (SIGFPE)' },
  'bad-call': { info: fault(SIGNAL.SIGSEGV, SEGV_MAPERR), sentence: 'it called through a function pointer that points to no such function (SIGSEGV)' },
  'stack-overflow': { info: fault(SIGNAL.SIGSEGV, SEGV_MAPERR), sentence: 'its calls nest too deeply: the stack is used up (SIGSEGV)' },
  exception: { info: fault(SIGNAL.SIGABRT, SI.SI_TKILL), sentence: 'it threw an exception that nobody caught (SIGABRT)' },
  unknown: { info: fault(SIGNAL.SIGILL, ILL_ILLOPC), sentence: 'it trapped (SIGILL)' },
}
