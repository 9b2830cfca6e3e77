import { Crossing } from './log.ts'
import type { Task } from './task.ts'

/**
 * Puts what kernel and tracers have written into a guest's memory, since the last time, into its log, at the place where
 * it stands: at each stop and each poke, so that every moment between them can be made again. Returns whether there was any.
 */
export const logWritten = ({ memory, process, standing, ticks, vcpu }: Task): boolean => {
  const { log } = process.image
  if (log === undefined) return false
  const writes = memory.takeLogged()
  if (writes.length === 0) return false
  if (standing === 'tick') log.append(Crossing.tick, ticks, 0, memory, writes)
  else if (standing === 'step' && (vcpu?.build === 'step' || vcpu?.build === 'block')) log.appendStep(vcpu.build, memory, writes)
  else log.append(Crossing.wrote, 0, 0, memory, writes)
  return true
}
