import { lowerBound } from './growing.ts'
import { drawArrow, drawDot, drawTag } from './glyph.ts'
import type { Lane } from './layout.ts'
import { isRequest, Mark } from './mark.ts'
import { columnWidth, visibleSeqs, xOf } from './scale.ts'
import type { Surface } from './surface.ts'
import { DIM, type View } from './view.ts'

/** One request of a tracer: arrow (no tag), outlined 2, solid 4 or 6, dot (it wrote), small dot (it looked). */
export const drawRequest = (
  s: Surface,
  view: View,
  mark: Mark,
  x: number,
  y: number,
  color: string,
  failed: boolean,
): void => {
  const { palette } = view
  // Narrow columns: marks shrink rather than cover each other.
  const size = Math.min(1, columnWidth(view.scale) / 13)
  const half = Math.max(2, 7 * size)
  switch (mark) {
    case Mark.resume:
      return drawArrow(s, color, x, y, Math.max(2.5, 5 * size))
    case Mark.skipExit:
      return drawTag(s, palette, color, x, y, '2', false, half)
    case Mark.skipCall:
    case Mark.skipBoth:
      return drawTag(s, palette, color, x, y, mark === Mark.skipCall ? '4' : '6', true, half)
    case Mark.poke:
      return drawDot(s, failed ? palette.danger : color, x, y, Math.max(1.5, 3 * size))
    case Mark.look:
    case Mark.request:
      return drawDot(s, failed ? palette.danger : color, x, y, Math.max(1, (mark === Mark.look ? 1.25 : 2) * size))
    default:
  }
}

/** The marks of a tracer on its line. */
export const paintRequests = (s: Surface, view: View, lane: Lane): void => {
  const { model, scale, matched, palette, hidesUnmatched } = view
  const { first, last } = visibleSeqs(scale)
  const { values, length } = lane.track.seqs
  const ret = model.trace.events.columns.ret
  const end = lowerBound(values, length, last + 2)
  for (let i = lowerBound(values, length, first - 1); i < end; i++) {
    const seq = values[i] as number
    const mark = model.mark(seq)
    const x = xOf(scale, seq)
    if (!isRequest(mark)) {
      paintOther(s, view, mark, x, lane.middle)
      continue
    }
    const isDim = matched !== undefined && !matched.event(seq)
    if (isDim && hidesUnmatched) continue
    s.globalAlpha = isDim ? DIM : 1
    const failed = (ret[seq - 1] as number) < 0
    drawRequest(s, view, mark, x, lane.middle, palette.ink2, failed)
    if (failed) paintCross(s, palette.danger, x, lane.middle)
    s.globalAlpha = 1
  }
}

/** A refused request. */
const paintCross = (s: Surface, color: string, x: number, y: number): void => {
  s.strokeStyle = color
  s.lineWidth = 1.5
  s.beginPath()
  s.moveTo(x - 5, y - 6)
  s.lineTo(x + 5, y + 6)
  s.stroke()
}

/** What else a script does: birth and death, a printed line, its failure. */
const paintOther = (s: Surface, view: View, mark: Mark, x: number, y: number): void => {
  const { palette } = view
  if (mark === Mark.print) {
    s.fillStyle = palette.ink3
    s.fillRect(x - 3, y + 6, 6, 1.5)
    s.fillRect(x - 3, y + 9, 4, 1.5)
  } else if (mark === Mark.failure) {
    paintCross(s, palette.danger, x, y)
    s.beginPath()
    s.moveTo(x + 5, y - 6)
    s.lineTo(x - 5, y + 6)
    s.stroke()
  } else if (mark === Mark.birth || mark === Mark.death) {
    s.fillStyle = palette.lineStrong
    s.fillRect(x - (mark === Mark.death ? 1.5 : 0.5), y - 5, mark === Mark.death ? 3 : 1, 10)
  }
}
