import type { StoreApi } from 'zustand'
import type { AppState } from '../state/store.ts'
import { modelOf } from './models.ts'
import { positionOf, makeScale, type Window } from './scale.ts'
import { Known } from './spans.ts'
import {
  centreWindow,
  clampWindow,
  convertWindow,
  followWindow,
  panWindow,
  wholeWindow,
  windowAround,
  zoomWindow,
  type Extent,
} from './window.ts'

/**
 * What the timeline's buttons, keys, commands and gestures do. Each reads the state and changes its window,
 * cursor or axis, so that a link, a key and a drag lead to the same place.
 */
type App = Pick<StoreApi<AppState>, 'getState'>

export const extentOf = (state: AppState): Extent => ({
  length: state.trace.length,
  times: state.trace.events.columns.time,
  isGrowing: isGrowing(state),
})

/** Whether there may be events to come. */
export const isGrowing = (state: AppState): boolean => state.phase === 'running' || state.phase === 'waiting'

/** The window that is shown: the store's, within the trace, or all of it. */
export const windowOf = (state: AppState): Window => {
  const extent = extentOf(state)
  return state.window === undefined ? wholeWindow(state.axis, extent) : clampWindow(state.window, state.axis, extent)
}

/** Shows a window; all of the trace becomes `undefined`, so that it stays all while the trace grows. */
export const showWindow = (app: App, window: Window): void => {
  const state = app.getState()
  const whole = wholeWindow(state.axis, extentOf(state))
  const isWhole = window.from <= whole.from && window.to >= whole.to
  if (isWhole && state.window === undefined) return
  state.show({ window: isWhole ? undefined : window })
}

const cursorPosition = (state: AppState): number => {
  const scale = makeScale(state.axis, windowOf(state), 1, {
    length: state.trace.length,
    times: state.trace.events.columns.time,
  })
  return positionOf(scale, state.cursor)
}

/** Zooms by a factor (below 1: in) around `anchor`, or around the cursor if it shows, or the middle. */
export const zoomTimeline = (app: App, factor: number, anchor?: number): void => {
  const state = app.getState()
  const window = windowOf(state)
  const cursor = cursorPosition(state)
  const isThere = state.cursor > 0 && cursor >= window.from && cursor <= window.to
  const at = anchor ?? (isThere ? cursor : (window.from + window.to) / 2)
  showWindow(app, zoomWindow(window, factor, at, state.axis, extentOf(state)))
}

/** Pans by a part of the window; negative: to the left. */
export const panTimeline = (app: App, part: number): void => {
  const state = app.getState()
  showWindow(app, panWindow(windowOf(state), part, state.axis, extentOf(state)))
}

/** Shows everything. */
export const fitTimeline = (app: App): void => app.getState().show({ window: undefined })

/** Moves the window so that a position on the axis, or the cursor, is in its middle. */
export const centreTimeline = (app: App, position?: number): void => {
  const state = app.getState()
  showWindow(app, centreWindow(windowOf(state), position ?? cursorPosition(state), state.axis, extentOf(state)))
}

/** Moves the window, by a page at most, so that the cursor shows. */
export const followCursor = (app: App): void => {
  const state = app.getState()
  if (state.window === undefined || state.cursor === 0) return
  const window = windowOf(state)
  const next = followWindow(window, cursorPosition(state), state.axis, extentOf(state))
  if (next !== window) showWindow(app, next)
}

/** Zooms to a stretch of events. */
export const zoomToEvents = (app: App, from: number, to: number): void => {
  const state = app.getState()
  showWindow(app, windowAround(Math.max(1, from), Math.min(to, state.trace.length), state.axis, extentOf(state)))
}

/** Zooms to a call: from its entry to its exit, or to the request that let it go. */
export const zoomToCall = (app: App, span: number): void => {
  const { trace } = app.getState()
  const { spans } = modelOf(trace)
  const from = spans.anchor(span)
  const to = (spans.exit.values[span] as number) || (spans.resumed.values[span] as number) || from
  const isPending = !spans.is(span, Known.outcome)
  zoomToEvents(app, from - 1, isPending ? Math.max(to, trace.length) : to + 1)
}

/** The other axis, with the same events in view. */
export const toggleAxis = (app: App): void => {
  const state = app.getState()
  const axis = state.axis === 'ordinal' ? 'time' : 'ordinal'
  state.show({
    axis,
    window: state.window === undefined ? undefined : convertWindow(windowOf(state), axis, extentOf(state)),
  })
}

/** By a window's worth of events, for PageUp and PageDown. */
export const stepPage = (app: App, by: -1 | 1): void => {
  const state = app.getState()
  const { from, to } = windowOf(state)
  const page = state.axis === 'ordinal' ? Math.round((to - from) * 0.8) : 10
  state.moveTo(state.cursor + by * Math.max(2, page))
}
