import type { Lane } from './layout.ts'
import type { Model } from './model.ts'
import { columnWidth, toPixels, xOf, type Scale } from './scale.ts'
import type { Capsule } from './glyph.ts'
import { Known } from './spans.ts'

/** Half the width of a stop's column that a capsule takes on either side of its stops, and the width of its caps. */
const REACH = 6
const CAP = 7
/** Others' columns that a call must stretch across to be drawn thin there. */
const FAR = 3

/** How far a glyph reaches to both sides of its column, CSS pixels: less when columns are narrow. */
export const reachOf = (scale: Scale): number => Math.max(1, Math.min(REACH, columnWidth(scale) * 0.6))

/** The shape of a call in a lane. What is not known yet has no right end. */
export const capsuleOf = (model: Model, span: number, scale: Scale, lane: Lane): Capsule => {
  const { spans } = model
  const entry = spans.entry.values[span] as number
  const exit = spans.exit.values[span] as number
  const resumed = spans.resumed.values[span] as number
  const endTime = spans.endTime.values[span] as number
  const reach = reachOf(scale)
  const cls = spans.cls.values[span] as number
  const base = { middle: lane.middle, cls, isHatched: spans.is(span, Known.skipped) }
  if (spans.is(span, Known.untraced)) {
    const x = xOf(scale, entry)
    const half = Math.max(reach, columnWidth(scale) / 2 - 2)
    return { ...base, x0: x - half, x1: x + half, cap: 0, left: false, right: false }
  }
  if (entry === 0) {
    const x1 = xOf(scale, exit) + reach
    return {
      ...base,
      x0: x1 - Math.max(3 * reach, columnWidth(scale)),
      x1,
      cap: Math.min(CAP, reach + 1),
      left: false,
      right: true,
    }
  }
  const x0 = xOf(scale, entry) - reach
  const xResumed = resumed === 0 ? x0 + reach : xOf(scale, resumed)
  const isKnown = spans.is(span, Known.outcome)
  const isDead = !isKnown && endTime >= 0
  // Where the call ended if no stop tells it: by the clock.
  const end = exit !== 0 ? exit : endTime >= 0 ? model.lastBy(endTime, Math.max(resumed, entry)) : model.length
  const waits =
    !base.isHatched &&
    resumed !== 0 &&
    !spans.is(span, Known.inside) &&
    (exit !== 0 ? end - resumed > FAR : !isKnown || spans.is(span, Known.waited))
  const xEnd =
    exit !== 0
      ? xOf(scale, exit)
      : scale.axis === 'time' && endTime >= 0
        ? Math.max(toPixels(scale, endTime), xResumed)
        : xOf(scale, end)
  const x1 =
    exit !== 0
      ? xEnd + reach
      : isKnown
        ? waits && end - resumed > FAR
          ? xEnd + columnWidth(scale) / 2
          : xResumed + reach
        : resumed === 0
          ? x0 + reach + columnWidth(scale) / 2
          : xEnd + (isDead ? 0 : columnWidth(scale) / 2)
  const cap = Math.min(CAP, reach + 1, exit !== 0 ? (x1 - x0) / 2 : Infinity)
  if (!waits || x1 - xResumed < 3 * reach) return { ...base, x0, x1, cap, left: true, right: exit !== 0 }
  const thin = { from: xResumed + reach * 0.66, to: exit !== 0 ? xEnd - reach : x1 }
  return { ...base, x0, x1, cap, left: true, right: exit !== 0, thin }
}
