import type { Seq } from '../../engine/trace/format.ts'
import type { Axis } from '../state/view.ts'
import { lowerBound } from './growing.ts'
import type { Window } from './scale.ts'

/** A trace as far as windows need it. */
export interface Extent {
  readonly length: number
  /** Virtual ns by seq − 1. */
  readonly times: ArrayLike<number>
  /** The run goes on: there may be ground beyond the last event. */
  readonly isGrowing: boolean
}

/** A short trace does not fill the picture with a few giant columns. */
const LEAST_FIT = 20
const LEAST_COLUMNS = 4
const LEAST_TIME = 100
/** Part of the window that the cursor is moved to when it has left the window. */
const LANDING = 0.3
/** Where a run goes on, so much more than it has is empty ground at the end. */
const GROUND = 0.1

const timeAt = (extent: Extent, seq: Seq): number => extent.times[Math.min(Math.max(seq, 1), extent.length) - 1] ?? 0

/** The window that shows everything. */
export const wholeWindow = (axis: Axis, extent: Extent): Window => {
  if (axis === 'ordinal') {
    const ground = extent.isGrowing ? Math.max(3, Math.ceil(extent.length * GROUND)) : 0
    return { from: 1, to: Math.max(extent.length + ground, LEAST_FIT) }
  }
  const [from, to] = [timeAt(extent, 1), timeAt(extent, extent.length)]
  const pad = Math.max((to - from) * 0.02, LEAST_TIME)
  return { from: from - pad, to: to + pad }
}

/** Moves and shrinks a window into what there is to see. */
export const clampWindow = (window: Window, axis: Axis, extent: Extent): Window => {
  const whole = wholeWindow(axis, extent)
  const least = axis === 'ordinal' ? LEAST_COLUMNS - 1 : LEAST_TIME
  const most = whole.to - whole.from
  const middle = (window.from + window.to) / 2
  const span = Math.min(Math.max(window.to - window.from, least), most)
  const room = extent.isGrowing ? span / 2 : 0
  const from = Math.min(Math.max(middle - span / 2, whole.from), whole.to + room - span)
  return { from, to: from + span }
}

/** Zooms by `factor` (below 1: in) and keeps `anchor`, a position on the axis, where it is. */
export const zoomWindow = (window: Window, factor: number, anchor: number, axis: Axis, extent: Extent): Window => {
  const half = axis === 'ordinal' ? 0.5 : 0
  const whole = wholeWindow(axis, extent)
  const least = axis === 'ordinal' ? LEAST_COLUMNS : LEAST_TIME
  const width = window.to - window.from + 2 * half
  // The limit is taken here, so that zooming against it does not pan.
  const next = Math.min(Math.max(width * factor, least), whole.to - whole.from + 2 * half)
  const left = anchor - ((anchor - window.from + half) / width) * next
  return clampWindow({ from: left + half, to: left + next - half }, axis, extent)
}

/** Pans by a part of the window: 0.5 is half a window to the right. */
export const panWindow = (window: Window, part: number, axis: Axis, extent: Extent): Window => {
  const by = (window.to - window.from + (axis === 'ordinal' ? 1 : 0)) * part
  return clampWindow({ from: window.from + by, to: window.to + by }, axis, extent)
}

/** The window that shows events `from` … `to` with some air. */
export const windowAround = (from: Seq, to: Seq, axis: Axis, extent: Extent): Window => {
  const [a, b] = axis === 'ordinal' ? [from, to] : [timeAt(extent, from), timeAt(extent, to)]
  const air = axis === 'ordinal' ? Math.max(1, (b - a) * 0.05) : Math.max((b - a) * 0.05, LEAST_TIME)
  return clampWindow({ from: a - air, to: b + air }, axis, extent)
}

/** The same window with a position in its middle. */
export const centreWindow = (window: Window, position: number, axis: Axis, extent: Extent): Window => {
  const half = (window.to - window.from) / 2
  return clampWindow({ from: position - half, to: position + half }, axis, extent)
}

/** The window that shows `position`: the same if it does already, else turned like a page. */
export const followWindow = (window: Window, position: number, axis: Axis, extent: Extent): Window => {
  if (position >= window.from && position <= window.to) return window
  const span = window.to - window.from
  const part = position > window.to ? LANDING : 1 - LANDING
  return clampWindow({ from: position - span * part, to: position + span * (1 - part) }, axis, extent)
}

/** A window of one axis as the other has it: the same events at the edges. */
export const convertWindow = (window: Window, to: Axis, extent: Extent): Window => {
  if (to === 'time') {
    return clampWindow(
      { from: timeAt(extent, Math.floor(window.from)), to: timeAt(extent, Math.ceil(window.to)) },
      to,
      extent,
    )
  }
  const first = lowerBound(extent.times, extent.length, window.from) + 1
  const last = lowerBound(extent.times, extent.length, window.to)
  return clampWindow({ from: first, to: Math.max(first, last) }, to, extent)
}
