import { MATH } from '../../engine/script/math.ts'
import type { ScriptProcess } from '../../engine/script/port.ts'
import type { Locked } from '../machine.ts'
import { tame } from './error.ts'
import { lockRealm } from './realm.ts'

/**
 * Locks the realm for a script's process: its clocks are virtual, its chance is seeded.
 *
 * @throws Error when a global of the platform could not be removed: no script may run there
 */
export const lockFor = (process: ScriptProcess, console: object): Locked => {
  const pow = MATH.pow
  const left = lockRealm({
    now: () => Number(process.realtime() / 1_000_000n),
    random: () => process.random(),
    console,
  })
  if (left.length > 0) throw new Error(`these globals could not be removed: ${left.join(', ')}`)
  return { pow, tame }
}
