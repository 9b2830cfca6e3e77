import { SIGNAL } from '../abi/signal.ts'
import { TICK_COST } from './cost.ts'
import { dueHandler, leaveHandler } from './deliver.ts'
import { announceExit } from './exit.ts'
import type { Kernel } from './kernel.ts'
import { Crossing } from './log.ts'
import { isBlocked, isQuiet } from './pending.ts'
import { act, askTracer, returnToGuest } from './return.ts'
import { sendSignal } from './send.ts'
import { kernelSignal } from './siginfo.ts'
import { keepSpent } from './spin.ts'
import { steppedTrap } from './step-trap.ts'
import { isDead, type Task } from './task.ts'
import { logWritten } from './written.ts'

/** Where a guest crosses its border without a call: its fuel is used up, it steps, a handler has returned. */

/** Charges what the guest computed since it was last seen; its fuel counts down. */
export const charge = (kernel: Kernel, task: Task, fuel: number, cost: number): void => {
  const ticks = task.fuel - fuel
  task.fuel = fuel
  task.ticks += ticks
  const time = ticks * TICK_COST + cost
  task.cpu += time
  kernel.clock.charge(time)
  kernel.sched.enter(ticks)
  if (task.cpu > kernel.budget.cpu) overrun(kernel, task)
}

/** setrlimit(2), RLIMIT_CPU: SIGXCPU at the soft limit, SIGKILL at the hard one, which is a second later. */
const overrun = (kernel: Kernel, task: Task): void => {
  if (task.cpu > kernel.budget.cpu + 1e9) sendSignal(kernel, task, kernelSignal(SIGNAL.SIGKILL))
  else if (!task.overCpu) {
    task.overCpu = true
    sendSignal(kernel, task, kernelSignal(SIGNAL.SIGXCPU))
  }
}

/** The slice is used up: charge it, and find out whether somebody else wants the turn. */
export const tickPlain = (kernel: Kernel, task: Task, fuel: number): void => {
  charge(kernel, task, fuel, 0)
  const { sliceTicks } = kernel.sched
  task.fuel = sliceTicks
  task.vcpu?.setFuel(sliceTicks)
  if (task.work || kernel.sched.yieldDue || kernel.sched.pending > 0) task.vcpu?.setTodo(true)
}

export const finishTick = async (kernel: Kernel, task: Task): Promise<void> => {
  task.vcpu?.setTodo(false)
  task.standing = 'tick'
  if (task.overCpu) keepSpent(kernel, task)
  if (kernel.sched.pending > 0) await kernel.sched.yieldTurn(task)
  else if (kernel.sched.yieldDue) await kernel.sched.breathe()
  if (task.work) await lookUp(kernel, task)
  if (!isDead(task)) task.standing = 'guest'
}

/** The next instruction of a guest that steps: it traps before it, having run the one before. */
export const step = (kernel: Kernel, task: Task, pc: number, func: number): void | Promise<void> => {
  task.pc = pc
  task.func = func
  const { log } = task.process.image
  if (log !== undefined) log.steps++
  if (task.skipsStep) {
    task.skipsStep = false
    return undefined
  }
  kernel.sched.enter(0)
  task.standing = 'step'
  return stepped(kernel, task)
}
const stepped = async (kernel: Kernel, task: Task): Promise<void> => {
  if (kernel.sched.yieldDue) await kernel.sched.breathe()
  if (isQuiet(task) && task.tracing !== undefined && !isBlocked(task, steppedTrap.signo)) {
    // Nearly always the trap is all that is due: it is told without a look at everything else before and after.
    task.work = false
    const due = await askTracer(kernel, task, steppedTrap)
    if (due !== undefined) act(kernel, task, due)
    if (isQuiet(task)) {
      task.work = false
      return goOn(task)
    }
  } else task.pending.push(steppedTrap)
  await lookUp(kernel, task)
}

/** Outside of any call: what is due, and what was written meanwhile. */
const lookUp = async (kernel: Kernel, task: Task): Promise<void> => {
  if ((await returnToGuest(kernel, task)) === 'dead') await announceExit(kernel, task)
  goOn(task)
}
const goOn = (task: Task): void => {
  const { memory, process, vcpu, standing } = task
  const { log } = process.image
  const due = dueHandler(task) !== undefined
  if (!logWritten(task) && log !== undefined) {
    // A handler is entered at a record; and steps are counted from one.
    if (standing === 'step') {
      if (due && (vcpu?.build === 'step' || vcpu?.build === 'block')) log.appendStep(vcpu.build, memory, [])
    } else if (due || task.tracing?.resume.step !== undefined) log.append(Crossing.tick, task.ticks, 0, memory, [])
  }
  if (due) task.vcpu?.setSignals(true)
  if (!isDead(task)) task.standing = 'guest'
  const { goOn: rebuilt } = task
  task.goOn = undefined
  rebuilt?.(0)
}

/** A handler has returned: rt_sigreturn(2), and what has become due. */
export const signalReturn = async (kernel: Kernel, task: Task): Promise<void> => {
  kernel.sched.enter(0)
  task.standing = 'return'
  const frame = leaveHandler(task)
  if ((await returnToGuest(kernel, task)) === 'dead') await announceExit(kernel, task)
  const { memory, process } = task
  const again = frame?.again === true
  process.image.log?.append(Crossing.leave, frame?.sp ?? 0, again ? 1 : 0, memory, memory.takeLogged())
  task.vcpu?.setAgain(again)
  if (dueHandler(task) !== undefined) task.vcpu?.setSignals(true)
  if (!isDead(task)) task.standing = 'guest'
  const { goOn } = task
  task.goOn = undefined
  goOn?.(0)
}
