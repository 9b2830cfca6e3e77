import type { Kernel } from '../kernel/kernel.ts'
import { GuestMemory } from '../kernel/memory.ts'
import { Replay } from '../kernel/replay.ts'
import type { GuestBuild, Vcpu } from '../ports.ts'
import { ARGS } from '../trace/registers.ts'
import type { Moment } from './history.ts'

/** A guest as it was; valid only while it is looked at. */
export interface Sight {
  readonly memory: GuestMemory
  readonly vcpu: Vcpu
}

/** What was seen, or the sentence that says why nothing can be. */
export type Seen<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly sentence: string }

const no = (sentence: string): { readonly ok: false; readonly sentence: string } => ({ ok: false, sentence })

/**
 * Makes a guest again as it was at this moment, lets `see` look at it, its stack below, and puts it away. Nothing of the
 * kernel changes. It takes as long as the guest computed up to there, and about 0.1 µs for each of its calls.
 *
 * @param build another build than the counting one; the step build where locals are to be seen
 */
export const lookAt = <T>(kernel: Kernel, { image, records, standing }: Moment, see: (sight: Sight) => T, build: GuestBuild = 'count'): Seen<T> => {
  const { log, name, hash } = image
  if (image.threaded) return no(`${name} has had threads: what they did to one another is in no log, so it cannot be made again.`)
  if (log === undefined) return no(`Nothing was kept of ${name} to make it again.`)
  if (log.lost) return no(`${name} has read and written too much: its log has no room for it (64 MiB), so it cannot be made again.`)
  let value: { readonly is: T } | undefined
  const look = (): void => {
    value ??= { is: see({ memory, vcpu }) }
  }
  const { at } = standing
  const memory = new GuestMemory({ buffer: () => new ArrayBuffer(0) })
  const replay = new Replay(
    new Int32Array(2 * ARGS), log.reader(records), memory, () => vcpu,
    at === 'start' || at === 'end' ? { at: 'return' } : standing as Exclude<Moment['standing'], { at: 'start' } | { at: 'end' }>,
    look,
  )
  const made = kernel.host.instantiate(hash, replay, log.build ?? build)
  if (made === undefined) return no('The browser gives no memory for another guest: close other tabs, or let other processes end first.')
  const vcpu = made
  memory.attach(vcpu.memory)
  replay.begin()
  if (at === 'start') look()
  else {
    void vcpu.run()
    // Who has run to its end stands nowhere.
    if (at === 'end') look()
  }
  const { stands } = replay
  vcpu.kill()
  replay.goOn(0)
  vcpu.free()
  if (value === undefined || (!stands && at !== 'start' && at !== 'end')) {
    return no(`${name} did something else when it was made again: this is a mistake in Skipcall.`)
  }
  return { ok: true, value: value.is }
}
