import { AXIS_HEIGHT, GLYPH_HEIGHT, isShown } from './layout.ts'
import { NUMBER_WIDTH, pennantsOf, type Pennant } from './pennant.ts'
import type { Surface } from './surface.ts'
import type { View } from './view.ts'

const TOP = 4
const HEIGHT = 15
/** How deep the cloth is cut at its end. */
const NOTCH = 4

/** Draws the notes: a pennant on the axis for each, its pole down to its event. */
export const paintPennants = (s: Surface, view: View): void => {
  if (view.notes === undefined || view.notes.length === 0) return
  for (const pennant of pennantsOf(view)) {
    paintPole(s, view, pennant)
    paintCloth(s, view, pennant)
  }
}

const paintPole = (s: Surface, { layout, model, palette }: View, { seq, x }: Pennant): void => {
  const lane = layout.laneOf(model.track(seq))
  const foot = lane === undefined || !isShown(lane, layout) ? layout.fixed
    : lane.track.isTracer ? lane.middle - GLYPH_HEIGHT / 2 : Math.max(layout.fixed, lane.middle - GLYPH_HEIGHT / 2)
  s.strokeStyle = palette.warn
  s.lineWidth = 1
  s.setLineDash([2, 2])
  s.beginPath()
  s.moveTo(x + 0.5, AXIS_HEIGHT)
  s.lineTo(x + 0.5, foot)
  s.stroke()
  s.setLineDash([])
}

const paintCloth = (s: Surface, { palette }: View, { x, right, number, text }: Pennant): void => {
  // Labels of the axis make way.
  s.fillStyle = palette.ground
  s.fillRect(x - 1, 0, right - x + 3, AXIS_HEIGHT - 1)
  s.beginPath()
  s.moveTo(x + 0.5, AXIS_HEIGHT)
  s.lineTo(x + 0.5, TOP)
  s.lineTo(right, TOP)
  s.lineTo(right - (text === '' ? 0 : NOTCH), TOP + HEIGHT / 2)
  s.lineTo(right, TOP + HEIGHT)
  s.lineTo(x + 0.5, TOP + HEIGHT)
  s.lineWidth = 1.25
  s.strokeStyle = palette.warn
  if (text === '') {
    s.fillStyle = palette.warn
    s.fill()
  }
  s.stroke()
  if (text === '') return
  s.fillStyle = palette.ink2
  s.font = palette.monoStrong
  s.textAlign = 'center'
  s.fillText(String(number), x + NUMBER_WIDTH / 2, TOP + 11)
  s.fillStyle = palette.ink1
  s.font = palette.ui
  s.textAlign = 'left'
  s.fillText(text, x + NUMBER_WIDTH, TOP + 11)
}
