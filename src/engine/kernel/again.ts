import type { GuestPort, Vcpu, Waited } from '../ports.ts'
import type { Failure } from '../protocol.ts'
import type { Kernel } from './kernel.ts'
import { Replay, type Standing } from './replay.ts'
import type { Task } from './task.ts'

/**
 * The far side of a guest that is made again because it had to wait, and could not be suspended for it: it answers from
 * the log up to where the guest waited, and from there on the kernel does. In between nothing of the kernel changes.
 *
 * @param waited where it waited; what came of that is in the log by now
 * @param core what the guest is made again on
 * @param arrived is called there, before the guest goes on
 */
export const goOnAgain = (kernel: Kernel, task: Task, waited: Waited, core: Vcpu, arrived: () => void): GuestPort | undefined => {
  const { regs, memory, process } = task
  const { log } = process.image
  if (log === undefined || log.lost) {
    kernel.fail(tooLong(task))
    return undefined
  }
  const driven: Vcpu = {
    ...core,
    // It is not held where it stands.
    setTodo: () => {},
    kill: () => {
      core.kill()
      kernel.fail(notTheSame(task))
    },
  }
  const reader = log.reader()
  // In a call nothing is left to stand in: its result is the last record.
  const standing: Standing = waited === 'tick' ? { at: 'tick', ticks: task.ticks } : waited === 'step' ? { at: 'step', steps: log.steps } : { at: 'return' }
  const replay = new Replay(regs.halves, reader, memory, () => driven, standing)
  const halves = regs.halves.slice()
  memory.attach(core.memory)
  const watch = memory.unwatch()
  const goOn = (): void => {
    watch()
    regs.halves.set(halves)
    // Steps are not charged: since the kernel saw its fuel, it may have used some.
    core.setFuel(task.fuel - (replay.ticks - task.ticks))
    arrived()
  }
  replay.begin()
  return {
    halves: regs.halves,
    plain: (index, fuel) => {
      const result = replay.plain(index, fuel)
      if (waited === 'call' && reader.next === undefined) goOn()
      return result
    },
    tickPlain: (fuel) => {
      replay.tickPlain(fuel)
      if (replay.stands) goOn()
    },
    stepPlain: (pc, func) => {
      replay.stepPlain(pc, func)
      if (replay.stands) goOn()
    },
    step: (pc, func) => replay.step(pc, func),
    nextSignal: () => replay.nextSignal(),
    signalReturned: () => {
      const waits = replay.signalReturned()
      if (waited === 'call' && reader.next === undefined) goOn()
      return waits
    },
    suspending: (index, fuel) => replay.suspending(index, fuel),
    finish: () => replay.finish(),
    tickSuspending: (fuel) => replay.tickSuspending(fuel),
    finishTick: () => replay.finishTick(),
    signalReturn: () => replay.signalReturn(),
  }
}

const tooLong = ({ name, pid }: Task): Failure => ({
  kind: 'machine',
  title: 'This run is too long for this browser',
  cause: `It cannot suspend WebAssembly, so ${name} (${pid}) is made again at each stop; and what it has done by now is too much to be kept.`,
  cure: 'Use a browser that can (Chrome, Edge or Firefox), or let the program do less.',
})

const notTheSame = ({ name, pid }: Task): Failure => ({
  kind: 'machine',
  title: `${name} could not be made again`,
  cause: `This browser cannot suspend WebAssembly, so ${name} (${pid}) is made again at each stop, and it has not done the same as before.`,
  cure: 'Please report it, with the link of this run. Chrome, Edge and Firefox can suspend it.',
})
