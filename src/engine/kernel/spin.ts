import type { Spin } from '../protocol.ts'
import type { Kernel } from './kernel.ts'
import type { Task } from './task.ts'

/** Where a task computes, if it was computing when it last gave the turn away. Nothing is made again for it. */
export const whereSpins = ({ host }: Kernel, { pid, name, standing, vcpu, process }: Task): Spin | undefined => {
  if (standing !== 'tick' || vcpu === undefined) return undefined
  const { hash } = process.image
  const frames = vcpu.spot().map(({ func, codeOffset }) => {
    const named = host.functionName?.(hash, func)
    return { func, ...(named === undefined ? {} : { name: named }), ...(codeOffset === undefined ? {} : { codeOffset }) }
  })
  return frames.length === 0 ? undefined : { pid, name, hash, frames }
}

/** Remembers where a task was when its time was up: what it is told then may end it. */
export const keepSpent = (kernel: Kernel, task: Task): void => {
  if (kernel.spent.has(task.pid)) return
  const spin = whereSpins(kernel, task)
  if (spin !== undefined) kernel.spent.set(task.pid, spin)
}

/** Those whose time was up, and with `now` all others that compute. */
export const allSpins = (kernel: Kernel, now: boolean): readonly Spin[] => {
  const others = now ? [...kernel.tasks.values()].filter(({ pid }) => !kernel.spent.has(pid)) : []
  return [...kernel.spent.values(), ...others.flatMap((task) => whereSpins(kernel, task) ?? [])]
}
