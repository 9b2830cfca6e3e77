import { centreWindow, panWindow, windowAround, wholeWindow, zoomWindow, type Extent } from '../timeline/window.ts'
import type { Window } from '../timeline/scale.ts'
import type { AppState } from '../state/store.ts'

/** Zooming and panning by command: the timeline's own arithmetic, around the cursor. */

const extentOf = ({ trace, phase }: AppState): Extent => ({
  length: trace.length,
  times: trace.events.columns.time,
  isGrowing: phase === 'running' || phase === 'waiting',
})

const shown = (state: AppState): Window => state.window ?? wholeWindow(state.axis, extentOf(state))

const position = ({ axis, cursor, trace }: AppState): number =>
  axis === 'ordinal' ? cursor : (trace.events.columns.time[cursor - 1] ?? 0)

export const zoom = (state: AppState, factor: number): void => {
  const window = shown(state)
  const at = position(state)
  // A cursor out of sight is no anchor.
  const anchor = at >= window.from && at <= window.to ? at : (window.from + window.to) / 2
  state.show({ window: zoomWindow(window, factor, anchor, state.axis, extentOf(state)) })
}

export const pan = (state: AppState, part: number): void =>
  state.show({ window: panWindow(shown(state), part, state.axis, extentOf(state)) })

export const centre = (state: AppState): void =>
  state.show({ window: centreWindow(shown(state), position(state), state.axis, extentOf(state)) })

/** Shows the range, or the stretch from one event to another. */
export const fit = (state: AppState, from: number, to: number): void =>
  state.show({ window: windowAround(from, to, state.axis, extentOf(state)) })
