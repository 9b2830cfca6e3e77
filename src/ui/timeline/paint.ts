import { AXIS_HEIGHT, isShown } from './layout.ts'
import { paintBars } from './paint-bars.ts'
import { paintForks } from './paint-forks.ts'
import { paintLife } from './paint-life.ts'
import { paintPennants } from './paint-pennants.ts'
import { paintRequests } from './paint-requests.ts'
import { paintTrack } from './paint-track.ts'
import { columnWidth, isBars, xOf } from './scale.ts'
import type { Surface } from './surface.ts'
import { groupDigits, ticksOf } from './ticks.ts'
import type { View } from './view.ts'

/** Draws the layer of events: axis, tracks, glyphs or bars. It does not know the cursor. */
export const paint = (s: Surface, view: View): void => {
  const { palette, layout, scale } = view
  s.globalAlpha = 1
  s.textAlign = 'left'
  s.textBaseline = 'alphabetic'
  s.fillStyle = palette.ground
  s.fillRect(0, 0, scale.width, layout.height)
  paintFuture(s, view)
  const draw = isBars(scale) ? paintBars : paintTrack
  s.save()
  s.beginPath()
  s.rect(0, layout.fixed, scale.width, Math.max(0, layout.height - layout.fixed))
  s.clip()
  for (const lane of layout.lanes) if (!lane.track.isTracer && isShown(lane, layout)) draw(s, view, lane)
  paintForks(s, view)
  s.restore()
  for (const lane of layout.lanes) {
    if (!lane.track.isTracer) continue
    if (isBars(scale)) paintBars(s, view, lane)
    else {
      paintLife(s, view, lane)
      paintRequests(s, view, lane)
    }
  }
  paintLines(s, view)
  paintAxis(s, view)
  paintPennants(s, view)
}

/** Nothing after the present is drawn but that there is nothing. */
const paintFuture = (s: Surface, view: View): void => {
  const { scale, layout, palette, model, isGrowing } = view
  if (!isGrowing || model.length === 0) return
  const room = scale.axis === 'ordinal' ? columnWidth(scale) / 2 : 8
  const x = Math.round(xOf(scale, model.length) + room) + 0.5
  if (x >= scale.width) return
  s.fillStyle = palette.raised
  s.fillRect(x, AXIS_HEIGHT, scale.width - x, layout.height - AXIS_HEIGHT)
  s.strokeStyle = palette.accent
  s.lineWidth = 1.5
  s.setLineDash([4, 3])
  s.beginPath()
  s.moveTo(x, AXIS_HEIGHT)
  s.lineTo(x, layout.height)
  s.stroke()
  s.setLineDash([])
  const text = `Nothing has happened beyond event ${groupDigits(model.length)}.`
  if (scale.width - x < text.length * 6) return
  s.font = palette.ui
  s.fillStyle = palette.ink2
  s.fillText(text, x + 12, AXIS_HEIGHT + 20)
}

const paintLines = (s: Surface, view: View): void => {
  const { layout, scale, palette } = view
  s.fillStyle = palette.line
  for (const lane of layout.lanes) if (isShown(lane, layout)) s.fillRect(0, lane.top + lane.height - 1, scale.width, 1)
}

const paintAxis = (s: Surface, view: View): void => {
  const { scale, palette } = view
  s.fillStyle = palette.ground
  s.fillRect(0, 0, scale.width, AXIS_HEIGHT)
  s.font = palette.mono
  s.textAlign = 'center'
  for (const { x, label } of ticksOf(scale)) {
    s.fillStyle = palette.lineStrong
    s.fillRect(Math.round(x), AXIS_HEIGHT - 5, 1, 4)
    // A label cut in half is another number.
    const half = (label.length * palette.charWidth) / 2
    if (x - half < 0 || x + half > scale.width) continue
    s.fillStyle = palette.ink3
    s.fillText(label, x, AXIS_HEIGHT - 9)
  }
  s.textAlign = 'left'
  s.fillStyle = palette.line
  s.fillRect(0, AXIS_HEIGHT - 1, scale.width, 1)
}
