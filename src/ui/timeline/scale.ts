import type { Seq } from '../../engine/trace/format.ts'
import type { Axis } from '../state/view.ts'
import { lowerBound } from './growing.ts'

/**
 * Where events are across the picture. Ordinal: one column per event, the event in its middle, `from` and
 * `to` the first and the last visible seq (fractions while moving). Time: virtual nanoseconds.
 */
export interface Scale {
  readonly axis: Axis
  /** The edges of the picture, in units of the axis: half a column beyond the window when ordinal. */
  readonly left: number
  readonly right: number
  /** CSS pixels. */
  readonly width: number
  /** Events of the trace, and their times by seq − 1. */
  readonly length: number
  readonly times: ArrayLike<number>
}

/** A window of the store (view.ts), always whole. */
export interface Window {
  readonly from: number
  readonly to: number
}

export const makeScale = (
  axis: Axis,
  window: Window,
  width: number,
  trace: { readonly length: number; readonly times: ArrayLike<number> },
): Scale => {
  const half = axis === 'ordinal' ? 0.5 : 0
  return { axis, left: window.from - half, right: window.to + half, width, length: trace.length, times: trace.times }
}

/** Where an event stands on the axis. */
export const positionOf = (scale: Scale, seq: Seq): number =>
  scale.axis === 'ordinal' ? seq : (scale.times[seq - 1] ?? scale.times[scale.length - 1] ?? 0)

const pixelsPerUnit = (scale: Scale): number => scale.width / (scale.right - scale.left)

/** CSS pixels from the left edge for a position on the axis. */
export const toPixels = (scale: Scale, position: number): number => (position - scale.left) * pixelsPerUnit(scale)

/** The middle of an event's column, in CSS pixels. */
export const xOf = (scale: Scale, seq: Seq): number => toPixels(scale, positionOf(scale, seq))

/** The position on the axis under a pixel. */
export const toPosition = (scale: Scale, x: number): number => scale.left + x / pixelsPerUnit(scale)

/** The first event at or after a position; one more than there are events if there is none. */
export const seqFrom = (scale: Scale, position: number): Seq =>
  scale.axis === 'ordinal'
    ? Math.min(Math.max(1, Math.ceil(position)), scale.length + 1)
    : lowerBound(scale.times, scale.length, position) + 1

/** The event nearest to a pixel; 0 in an empty trace. */
export const nearestSeq = (scale: Scale, x: number): Seq => {
  const after = Math.min(seqFrom(scale, toPosition(scale, x)), scale.length)
  const before = Math.max(after - 1, Math.min(1, scale.length))
  return x - xOf(scale, before) < xOf(scale, after) - x ? before : after
}

/** The first and the last visible event; `last < first` if there is none. */
export const visibleSeqs = (scale: Scale): { readonly first: Seq; readonly last: Seq } => ({
  first: seqFrom(scale, scale.left),
  // Times are whole nanoseconds.
  last:
    scale.axis === 'ordinal'
      ? Math.min(Math.floor(scale.right), scale.length)
      : lowerBound(scale.times, scale.length, scale.right + 0.5),
})

/** The pixels that an event has for itself: exact when ordinal, the average otherwise. */
export const columnWidth = (scale: Scale): number => {
  if (scale.axis === 'ordinal') return pixelsPerUnit(scale)
  const { first, last } = visibleSeqs(scale)
  return scale.width / Math.max(1, last - first + 1)
}

/** Below this width of a column, events are summed up into bars. */
const GLYPH_MIN = 2
export const isBars = (scale: Scale): boolean => columnWidth(scale) < GLYPH_MIN
