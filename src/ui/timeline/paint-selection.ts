import type { Seq } from '../../engine/trace/format.ts'
import { capsuleOf } from './capsule.ts'
import { drawCapsule, drawDot, drawPokeDot, drawRounded } from './glyph.ts'
import { lowerBound } from './growing.ts'
import { AXIS_HEIGHT, GLYPH_HEIGHT, type Lane } from './layout.ts'
import { isRequest, isResume, Mark } from './mark.ts'
import type { Model } from './model.ts'
import { drawRequest } from './paint-requests.ts'
import { drawCall, paintName, paintStop } from './paint-track.ts'
import { columnWidth, isBars, toPixels, xOf } from './scale.ts'
import type { Surface } from './surface.ts'
import { groupDigits, ticksOf, timeLabel } from './ticks.ts'
import type { Track } from './track.ts'
import type { View } from './view.ts'

/** What the layer above the events shows. */
export interface Selection {
  readonly cursor: Seq
  /** Where the cursor is on its way to its event, as a position on the axis. */
  readonly at: number
  readonly range: { readonly from: Seq; readonly to: Seq } | undefined
}

/** Draws cursor, range and the conversation of the selected stop over the events. */
export const paintSelection = (s: Surface, view: View, selection: Selection): void => {
  const { scale, layout } = view
  s.globalAlpha = 1
  s.clearRect(0, 0, scale.width, layout.height)
  s.textBaseline = 'alphabetic'
  s.textAlign = 'left'
  if (selection.range !== undefined) paintRange(s, view, selection.range)
  if (selection.cursor === 0) return
  const x = toPixels(scale, selection.at)
  paintBand(s, view, x)
  const isThere = Math.abs(x - xOf(scale, selection.cursor)) < 1
  if (isThere && !isBars(scale)) paintConversation(s, view, selection.cursor)
  paintFlag(s, view, selection.cursor, x)
}

const paintRange = (s: Surface, view: View, range: { readonly from: Seq; readonly to: Seq }): void => {
  const { scale, layout, palette } = view
  const half = scale.axis === 'ordinal' ? columnWidth(scale) / 2 : 2
  const x0 = Math.round(xOf(scale, range.from) - half)
  const x1 = Math.round(xOf(scale, range.to) + half)
  s.fillStyle = palette.accentWash
  s.fillRect(x0, 0, x1 - x0, layout.height)
  s.fillStyle = palette.accent
  s.fillRect(x0, 0, 1, layout.height)
  s.fillRect(x1 - 1, 0, 1, layout.height)
  s.fillRect(x0, 0, x1 - x0, 2)
}

const paintBand = (s: Surface, view: View, x: number): void => {
  const { scale, layout, palette } = view
  const width = scale.axis === 'ordinal' ? columnWidth(scale) : 4
  s.fillStyle = palette.accentWash
  s.fillRect(x - width / 2, AXIS_HEIGHT, width, layout.height - AXIS_HEIGHT)
  if (width >= 6 && palette.accentWash !== 'transparent') return
  s.fillStyle = palette.accent
  s.fillRect(Math.round(x) - 0.5, AXIS_HEIGHT, 1, layout.height - AXIS_HEIGHT)
}

const paintFlag = (s: Surface, view: View, cursor: Seq, x: number): void => {
  const { scale, palette, model } = view
  const time = model.trace.events.columns.time[cursor - 1] ?? 0
  const text = scale.axis === 'ordinal' ? groupDigits(cursor) : timeLabel(time, 1)
  const width = Math.max(30, text.length * palette.charWidth + 12)
  if (x < -1 || x > scale.width + 1) return
  const left = Math.min(Math.max(x - width / 2, 1), Math.max(1, scale.width - width - 1))
  // Labels of the axis make way for the flag.
  s.fillStyle = palette.ground
  for (const tick of ticksOf(scale)) {
    const half = (tick.label.length * palette.charWidth) / 2
    if (tick.x + half < left - 6 || tick.x - half > left + width + 6) continue
    s.fillRect(tick.x - half - 1, 0, 2 * half + 2, AXIS_HEIGHT - 1)
  }
  s.fillStyle = palette.accent
  drawRounded(s, left, 3, width, 16, 3)
  s.fill()
  s.beginPath()
  s.moveTo(x - 4, 18)
  s.lineTo(x + 4, 18)
  s.lineTo(x, 23)
  s.closePath()
  s.fill()
  s.font = palette.monoStrong
  s.fillStyle = palette.onAccent
  s.textAlign = 'center'
  s.fillText(text, left + width / 2, 15)
  s.textAlign = 'left'
}

/** A stop and the requests that answered it, the resuming one last. */
export interface Conversation {
  readonly stop: Seq
  readonly requests: readonly Seq[]
  /** The stop has been resumed. */
  readonly isOver: boolean
  readonly tracer: Track | undefined
}

/** A stop with more requests than this shows the first ones. */
const MOST_REQUESTS = 2000

/** The conversation that an event, stop or request, belongs to; undefined for births and the like. */
export const conversationOf = (model: Model, seq: Seq): Conversation | undefined => {
  const { link, by } = model.trace.events.columns
  const mark = model.mark(seq)
  const stop = isRequest(mark) ? (link[seq - 1] as number) : seq
  const kind = model.mark(stop)
  if (kind < Mark.entry || kind > Mark.signal || kind === Mark.call) return undefined
  const tracer = model.trackOfPid(by[stop - 1] as number)
  const requests: Seq[] = []
  let isOver = false
  if (tracer !== undefined) {
    const { values, length } = tracer.seqs
    const start = lowerBound(values, length, stop + 1)
    for (let i = start; i < length && i < start + MOST_REQUESTS && !isOver; i++) {
      const each = values[i] as number
      if (!isRequest(model.mark(each)) || link[each - 1] !== stop) continue
      requests.push(each)
      isOver = isResume(model.mark(each)) && (model.trace.events.columns.ret[each - 1] as number) >= 0
    }
  }
  return { stop, requests, isOver, tracer }
}

const paintConversation = (s: Surface, view: View, cursor: Seq): void => {
  const { model, scale, layout, palette } = view
  const talk = conversationOf(model, cursor)
  const seq = talk?.stop ?? cursor
  const lane = layout.laneOf(model.track(seq))
  const desk = talk === undefined ? undefined : layout.laneOf(talk.tracer)
  s.save()
  s.beginPath()
  const top = lane === undefined || lane.track.isTracer ? AXIS_HEIGHT : layout.fixed
  s.rect(0, top, scale.width, layout.height - top)
  s.clip()
  if (lane !== undefined) paintSelected(s, view, lane, seq)
  s.restore()
  if (lane === undefined || desk === undefined || talk === undefined) return
  paintConnector(s, view, lane, desk, talk)
  for (const request of talk.requests) {
    const x = xOf(scale, request)
    const mark = model.mark(request)
    s.fillStyle = palette.ground
    if (mark === Mark.poke || mark === Mark.look) s.fillRect(x - 4, desk.middle - 4, 8, 8)
    if (mark === Mark.poke && lane.top + lane.height > layout.fixed) drawPokeDot(s, palette, x, lane.middle)
    drawRequest(
      s,
      view,
      mark,
      x,
      desk.middle,
      palette.accent,
      (model.trace.events.columns.ret[request - 1] as number) < 0,
    )
  }
}

/** The selected call never dims and always tells its whole name. */
const paintSelected = (s: Surface, view: View, lane: Lane, seq: Seq): void => {
  const { model, scale, palette, matched } = view
  const span = model.span(seq)
  if (span < 0 || isRequest(model.mark(seq))) {
    if (model.mark(seq) === Mark.signal || model.mark(seq) === Mark.group)
      paintStop(s, { ...view, matched: undefined }, lane, seq)
    return
  }
  const capsule = capsuleOf(model, span, scale, lane)
  if (matched !== undefined && !matched.call(span)) {
    s.fillStyle = palette.ground
    s.fillRect(capsule.x0 - 1, lane.middle - GLYPH_HEIGHT / 2 - 1, capsule.x1 - capsule.x0 + 2, GLYPH_HEIGHT + 2)
    const clear = { ...view, matched: undefined }
    drawCall(s, clear, lane, span)
    const { values, length } = lane.track.seqs
    const last = model.spans.exit.values[span] || (model.spans.resumed.values[span] as number)
    for (
      let i = lowerBound(values, length, model.spans.anchor(span));
      i < length && (values[i] as number) <= last;
      i++
    ) {
      paintStop(s, clear, lane, values[i] as number)
    }
  } else if (capsule.isHatched) drawCapsule(s, palette, capsule)
  paintName(s, view, lane, model.spanName(span), Math.max(capsule.x0 + 2, 4), palette.ink1, palette.monoStrong)
}

/** Flag, half-capsule, up to the tracer, along its requests, and down again where the last one resumed it. */
const paintConnector = (s: Surface, view: View, lane: Lane, desk: Lane, talk: Conversation): void => {
  const { scale, palette, layout } = view
  const x0 = xOf(scale, talk.stop)
  const y = desk.middle
  const below = Math.max(lane.top + 2, layout.fixed)
  s.strokeStyle = palette.accent
  s.lineWidth = 1.5
  s.beginPath()
  s.moveTo(x0, below)
  s.lineTo(x0, y)
  const last = talk.requests.at(-1)
  if (last !== undefined) {
    const x1 = xOf(scale, last)
    s.lineTo(Math.max(x0, x1 - 7), y)
    if (talk.isOver) {
      s.moveTo(x1, y + 9)
      s.lineTo(x1, below + 1)
      s.moveTo(x1 - 3, below - 3)
      s.lineTo(x1, below + 1)
      s.lineTo(x1 + 3, below - 3)
    }
  }
  s.stroke()
  drawDot(s, palette.accent, x0, y, 4.25)
  if (talk.isOver) drawDot(s, palette.ground, x0, y, 2.75)
}

/** Draws what the pointer is over, lightly: its column, its call's outline and whole name. */
export const paintHover = (s: Surface, view: View, hover: Seq): void => {
  const { scale, layout, palette, model } = view
  s.clearRect(0, 0, scale.width, layout.height)
  const lane = layout.laneOf(model.track(hover))
  if (hover === 0 || lane === undefined) return
  s.globalAlpha = 1
  s.strokeStyle = palette.lineStrong
  s.lineWidth = 1
  const x = xOf(scale, hover)
  s.fillStyle = palette.lineStrong
  s.fillRect(Math.round(x), AXIS_HEIGHT - 6, 1, 6)
  s.save()
  s.beginPath()
  const top = lane.track.isTracer ? AXIS_HEIGHT : layout.fixed
  s.rect(0, top, scale.width, layout.height - top)
  s.clip()
  const span = model.span(hover)
  const isCall = span >= 0 && !isRequest(model.mark(hover)) && !isBars(scale)
  if (isCall) {
    const capsule = capsuleOf(model, span, scale, lane)
    drawRounded(s, capsule.x0 - 2.5, lane.middle - 10.5, Math.max(capsule.x1 - capsule.x0 + 5, 21), 21, 10.5)
    s.stroke()
    paintName(s, view, lane, model.spanName(span), Math.max(capsule.x0 + 2, 4), palette.ink1, palette.mono)
  } else {
    const size = isBars(scale) ? 3 : Math.max(5, Math.min(11, columnWidth(scale)))
    drawRounded(s, x - size, lane.middle - 11.5, 2 * size, 23, Math.min(4, size))
    s.stroke()
  }
  s.restore()
}
