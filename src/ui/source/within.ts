import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { listSteps } from '../session/past.ts'
import type { Known } from './stepper.ts'

/** Where one looks between two events: so many instructions behind one of them. */
interface Within {
  readonly trace: Trace | undefined
  readonly seq: Seq
  readonly steps: number
}

const store = createStore<Within>()(() => ({ trace: undefined, seq: 0, steps: 0 }))

/** How many instructions behind an event one looks; 0: at the event itself. Forgotten when the cursor moves on. */
export const useWithin = (trace: Trace, seq: Seq): number => useStore(store, (state) => (state.trace === trace && state.seq === seq ? state.steps : 0))

/** Looks so many instructions behind an event. */
export const goWithin = (trace: Trace, seq: Seq, steps: number): void => store.setState({ trace, seq, steps })

/** Instructions that are listed at once: the first ones for whoever steps by hand, then more and more. */
const FIRST = 4000
const MOST = 100_000

interface Listed {
  readonly pcs: number[]
  readonly depths: number[]
  over: boolean
}

let listed: { readonly trace: Trace; readonly seq: Seq; readonly steps: Listed } | undefined

/** What is known of the instructions behind an event. */
export const stepsKnown = (trace: Trace, seq: Seq): { readonly known: Known; readonly over: boolean } => {
  const mine = listed?.trace === trace && listed.seq === seq ? listed.steps : undefined
  return { known: { pcs: Uint32Array.from(mine?.pcs ?? []), depths: Uint32Array.from(mine?.depths ?? []) }, over: mine?.over ?? false }
}

/** Lists more of them; a sentence where they cannot be told. */
export const listMore = async (trace: Trace, seq: Seq): Promise<string | undefined> => {
  const before = listed?.trace === trace && listed.seq === seq ? listed.steps : { pcs: [], depths: [], over: false }
  const count = Math.min(MOST, Math.max(FIRST, before.pcs.length))
  const more = await listSteps(seq, before.pcs.length + 1, count)
  if (more === undefined) return 'The guest can be stepped through when the run has ended or waits.'
  if ('sentence' in more) return more.sentence
  listed = { trace, seq, steps: { pcs: [...before.pcs, ...more.pcs], depths: [...before.depths, ...more.depths], over: more.over } }
  return undefined
}
