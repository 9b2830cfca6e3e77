import { GLYPH_HEIGHT, isShown } from './layout.ts'
import { Mark } from './mark.ts'
import { columnWidth, isBars, xOf } from './scale.ts'
import type { Surface } from './surface.ts'
import type { View } from './view.ts'

/** Where a connector leaves the diamond's tip, or the call's lower edge, below the middle of the lane. */
const BELOW_EVENT = 11
const BELOW_CALL = GLYPH_HEIGHT / 2
/** A connector ends where the square of the birth begins. */
const SQUARE = 4

/**
 * From the fork's event, or from inside the call where nobody asked for the event, down to the child's birth. Of the many
 * children of a long run only those whose own track is in view are connected.
 */
export const paintForks = (s: Surface, view: View): void => {
  const { layout, scale, palette, model } = view
  const isFar = isBars(scale)
  s.strokeStyle = isFar ? palette.line : palette.lineStrong
  s.lineWidth = 1
  if (!isFar) s.setLineDash([2, 2])
  for (const lane of layout.lanes) {
    const { track } = lane
    if (track.parent === undefined || (isFar && !isShown(lane, layout))) continue
    const x0 = xOf(scale, track.forked)
    const x1 = xOf(scale, track.birth)
    if (Math.max(x0, x1) < 0 || Math.min(x0, x1) > scale.width) continue
    const parent = layout.laneOf(track.parent)
    if (parent === undefined) continue
    const isEvent = model.mark(track.forked) === Mark.event
    const from = parent.middle + (isEvent && !isFar ? BELOW_EVENT : BELOW_CALL)
    const square = isFar ? 0 : Math.min(SQUARE, columnWidth(scale) * 0.8)
    const x = Math.round(x0) + 0.5
    s.beginPath()
    s.moveTo(x, from)
    s.lineTo(x, x0 === x1 ? lane.middle - square : lane.middle)
    if (x1 > x0 + square) s.lineTo(x1 - square, lane.middle)
    s.stroke()
  }
  s.setLineDash([])
}
