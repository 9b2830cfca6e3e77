import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Spin } from '../../engine/protocol.ts'
import { EventKind, type Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { app } from '../state/store.ts'
import { goWithin } from './within.ts'
import type { Where } from './where.ts'

/** A place after a task's last event, between the events of the trace: where it was when it was ended. */
interface Spot {
  readonly trace: Trace | undefined
  readonly seq: Seq
  readonly where: Where | undefined
}

const store = createStore<Spot>()(() => ({ trace: undefined, seq: 0, where: undefined }))

/** Where the task of an event was found to compute without end, if somebody wants to see that; forgotten when the cursor moves on. */
export const useSpot = (trace: Trace, seq: Seq): Where | undefined => useStore(store, (state) => (state.trace === trace && state.seq === seq ? state.where : undefined))

/** The last event before which a task was still there; 0 if it has none. */
export const lastOf = (trace: Trace, pid: number): Seq => {
  const c = trace.events.columns
  for (let i = trace.length - 1; i >= 0; i--) if (c.pid[i] === pid && c.kind[i] !== EventKind.death) return i + 1
  return 0
}

/** Opens the Source tab where a guest computed without end. */
export const showSpin = (trace: Trace, { pid, frames }: Spin): void => {
  const seq = lastOf(trace, pid)
  if (seq === 0) return
  goWithin(trace, seq, 0)
  store.setState({ trace, seq, where: { known: true, frames: frames.map(({ func, codeOffset }) => ({ func, codeOffset })) } })
  const { moveTo, show, arrange, maximised } = app.getState()
  moveTo(seq)
  show({ inspectorTab: 'source' })
  arrange({ front: 'inspector', ...(maximised === undefined ? {} : { maximised: undefined }) })
}

// Whoever has gone elsewhere and comes back looks at the event.
app.subscribe(({ cursor, trace }) => {
  const { seq, trace: of } = store.getState()
  if (of !== undefined && (of !== trace || cursor !== seq)) store.setState({ trace: undefined, seq: 0, where: undefined })
})
