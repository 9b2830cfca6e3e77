import { Crossing } from '../kernel/log.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Moment } from './history.ts'
import { remake, type Seen } from './remake.ts'

/**
 * The moment so many instructions (after a step of the block build, blocks) behind another one: when the guest has gone on
 * from there. Undefined if it never has,
 * or runs none of its own.
 *
 * @param steps from 1: 1 is where its next instruction is about to run
 */
export const momentBehind = ({ image, records, standing, build = 'step' }: Moment, steps: number): Moment | undefined => {
  const { log } = image
  if (log === undefined || standing.at === 'end') return undefined
  const { at } = standing
  // A call, or a handler's return, is over with a record, before which others may say what was written meanwhile.
  const ends = at === 'call' ? Crossing.call : at === 'return' ? Crossing.leave : undefined
  let taken = records
  let gone = ends === undefined
  log.walk(records, (kind, where) => {
    const isPartOfIt = kind === Crossing.enter || (gone ? (kind === Crossing.tick && at === 'tick' && where === standing.ticks) || (kind === Crossing.wrote && at === 'start') : kind === ends || kind === Crossing.wrote)
    if (!isPartOfIt) return false
    taken++
    gone ||= kind === ends
    // A handler begins where the guest goes on: what it does is what comes next.
    return kind !== Crossing.enter
  })
  if (!gone) return undefined
  const base = at === 'step' && taken === records ? standing.steps : 0
  const ticks = at === 'tick' && taken === records ? standing.ticks : undefined
  return { image, records: taken, build, standing: { at: 'step', steps: base + steps, ...(ticks === undefined ? {} : { ticks }) } }
}

/** Instructions as a guest ran them, one after the other. */
export interface Steps {
  /** Where each is, an offset in the module's code section, and the function that it is in. */
  readonly pcs: Uint32Array
  readonly funcs: Uint32Array
  /** Functions that the guest is in. */
  readonly depths: Uint32Array
  /** The guest makes a call, or ends, before it runs more. */
  readonly over: boolean
}

/** The instructions that a guest runs behind a moment, the `from`th (from 1) and those after it, `count` at most. */
export const stepsBehind = (kernel: Kernel, moment: Moment, from: number, count: number): Seen<Steps> => {
  const last = momentBehind(moment, from + count - 1)
  if (last === undefined) return { ok: true, value: { pcs: new Uint32Array(0), funcs: new Uint32Array(0), depths: new Uint32Array(0), over: true } }
  const most = last.standing.at === 'step' ? last.standing.steps : 0
  const first = most - count + 1
  const pcs: number[] = []
  const funcs: number[] = []
  const depths: number[] = []
  const made = remake(kernel, last, last.build ?? 'step', ({ vcpu, reader }) => ({
    stepped: (pc, func, steps) => {
      if (reader.taken < last.records || steps < first || pcs.length >= count) return
      pcs.push(pc)
      funcs.push(func)
      depths.push(vcpu.depth())
    },
  }))
  if (!made.ok) return made
  return { ok: true, value: { pcs: Uint32Array.from(pcs), funcs: Uint32Array.from(funcs), depths: Uint32Array.from(depths), over: pcs.length < count } }
}
