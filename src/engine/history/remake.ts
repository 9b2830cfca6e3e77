import type { Kernel } from '../kernel/kernel.ts'
import { GuestMemory } from '../kernel/memory.ts'
import { Replay, type Observer, type Standing } from '../kernel/replay.ts'
import type { LogReader } from '../kernel/log.ts'
import type { GuestBuild, Vcpu } from '../ports.ts'
import { ARGS } from '../trace/registers.ts'
import type { Moment } from './history.ts'

/** A guest as it was; valid only while it is looked at. */
export interface Sight {
  readonly memory: GuestMemory
  readonly vcpu: Vcpu
  readonly reader: LogReader
}

/** What was seen, or the sentence that says why nothing can be. */
export type Seen<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly sentence: string }

const no = (sentence: string): { readonly ok: false; readonly sentence: string } => ({ ok: false, sentence })

/** Is it a place that a guest stands still at? Otherwise it has not begun, or is through. */
const isStanding = (standing: Moment['standing']): standing is Standing => standing.at !== 'start' && standing.at !== 'end'

/**
 * Makes a guest again up to this moment, which `observe` is shown on the way, and puts it away. Nothing of the kernel
 * changes. It takes as long as the guest computed up to there, and about 0.1 µs for each of its calls.
 *
 * @param observe is given the guest before it runs; its `stands` is called at the moment itself
 * @returns whether the moment was reached
 */
export const remake = (kernel: Kernel, { image, records, standing }: Moment, build: GuestBuild, observe: (sight: Sight) => Observer): Seen<boolean> => {
  const { log, name, hash } = image
  if (image.threaded) return no(`${name} has had threads: what they did to one another is in no log, so it cannot be made again.`)
  if (log === undefined) return no(`Nothing was kept of ${name} to make it again.`)
  if (log.lost) return no(`${name} has read and written too much: its log has no room for it (64 MiB), so it cannot be made again.`)
  if (build !== 'count' && log.build !== undefined && log.build !== build) return no(`${name} was changed between two of its steps: it can be made again only where these are counted.`)
  const memory = new GuestMemory({ buffer: () => new ArrayBuffer(0) })
  const reader = log.reader(records)
  let observer: Observer | undefined
  const replay: Replay = new Replay(new Int32Array(2 * ARGS), reader, memory, () => vcpu, isStanding(standing) ? standing : { at: 'return' }, {
    stands: () => observer?.stands?.(),
    stored: (addr, length, pc, func) => observer?.stored?.(addr, length, pc, func) === true,
    stepped: (pc, func, steps) => observer?.stepped?.(pc, func, steps),
    passed: () => observer?.passed?.() === true,
  })
  const made = kernel.host.instantiate(hash, replay, log.build ?? build)
  if (made === undefined) return no('The browser gives no memory for another guest: close other tabs, or let other processes end first.')
  const vcpu = made
  memory.attach(vcpu.memory)
  observer = observe({ memory, vcpu, reader })
  replay.begin()
  if (standing.at !== 'start') void vcpu.run()
  const reached = isStanding(standing) ? replay.stands : true
  // Who has not begun, or run to its end, stands nowhere.
  if (!isStanding(standing)) observer.stands?.()
  vcpu.kill()
  replay.goOn(0)
  vcpu.free()
  return { ok: true, value: reached }
}
