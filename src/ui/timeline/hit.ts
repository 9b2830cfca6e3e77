import type { Seq } from '../../engine/trace/format.ts'
import { capsuleOf } from './capsule.ts'
import { lowerBound } from './growing.ts'
import { AXIS_HEIGHT, type Lane } from './layout.ts'
import { isRequest } from './mark.ts'
import { pennantsOf } from './pennant.ts'
import { isBars, nearestSeq, seqFrom, toPosition, xOf } from './scale.ts'
import type { View } from './view.ts'

/** Half the width of a target: 24 CSS pixels (WCAG 2.5.8). */
const REACH = 12

export interface Hit {
  /** The event to go to. */
  readonly seq: Seq
  /** The call under the pointer, or −1. */
  readonly span: number
  /** False where only the column was met and no glyph. */
  readonly isGlyph: boolean
}

/** What is at a point of the canvas, in CSS pixels; undefined in an empty trace. */
export const hitTest = (view: View, x: number, y: number): Hit | undefined => {
  const { model, scale, layout } = view
  const column = nearestSeq(scale, x)
  if (column === 0) return undefined
  if (y < AXIS_HEIGHT) {
    const pennant = pennantsOf(view).find(({ x: pole, right }) => x >= pole - 3 && x < right)
    if (pennant !== undefined) return { seq: pennant.seq, span: -1, isGlyph: true }
  }
  const lane = layout.lanes.find(
    (each) => y >= each.top && y < each.top + each.height && (each.track.isTracer || y >= layout.fixed),
  )
  const onColumn = { seq: column, span: -1, isGlyph: false }
  if (lane === undefined || y < AXIS_HEIGHT) return onColumn
  const nearest = nearestOf(view, lane, x)
  if (nearest !== 0 && (isBars(scale) || Math.abs(xOf(scale, nearest) - x) <= REACH)) {
    return { seq: nearest, span: isRequest(model.mark(nearest)) ? -1 : model.span(nearest), isGlyph: true }
  }
  const span = callAt(view, lane, x)
  return span < 0 ? onColumn : { seq: model.spans.anchor(span), span, isGlyph: true }
}

/** The event of a lane that is nearest to a pixel; 0 if it has none. */
const nearestOf = ({ scale }: View, lane: Lane, x: number): Seq => {
  const { values, length } = lane.track.seqs
  if (length === 0) return 0
  const at = lowerBound(values, length, seqFrom(scale, toPosition(scale, x)))
  const after = values[Math.min(at, length - 1)] as number
  const before = values[Math.max(at - 1, 0)] as number
  return Math.abs(xOf(scale, before) - x) < Math.abs(xOf(scale, after) - x) ? before : after
}

/** The call whose body covers a pixel of a lane; −1 if none does. */
const callAt = (view: View, lane: Lane, x: number): number => {
  const { model, scale } = view
  const { values, length } = lane.track.spans
  const seq = seqFrom(scale, toPosition(scale, x))
  let low = 0
  let high = length
  while (low < high) {
    const mid = (low + high) >>> 1
    if (model.spans.anchor(values[mid] as number) < seq) low = mid + 1
    else high = mid
  }
  for (const i of [low - 1, low]) {
    const span = values[i]
    if (i < 0 || i >= length || span === undefined) continue
    const { x0, x1 } = capsuleOf(model, span, scale, lane)
    if (x >= x0 && x <= x1) return span
  }
  return -1
}
