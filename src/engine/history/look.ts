import type { Kernel } from '../kernel/kernel.ts'
import type { GuestBuild } from '../ports.ts'
import type { Moment } from './history.ts'
import { remake, type Seen, type Sight } from './remake.ts'

/**
 * Makes a guest again as it was at this moment, and lets `see` look at it, its stack below.
 *
 * @param build another build than the counting one, or, at a step, the one whose step it is
 */
export const lookAt = <T>(kernel: Kernel, moment: Moment, see: (sight: Sight) => T, build: GuestBuild = moment.build ?? 'count'): Seen<T> => {
  let value: { readonly is: T } | undefined
  const made = remake(kernel, moment, build, (sight) => ({
    stands: () => {
      value ??= { is: see(sight) }
    },
  }))
  if (!made.ok) return made
  if (!made.value || value === undefined) {
    return { ok: false, sentence: `${moment.image.name} did something else when it was made again: this is a mistake in Skipcall.` }
  }
  return { ok: true, value: value.is }
}
