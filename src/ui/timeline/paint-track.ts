import { signalName } from '../../engine/abi/signal.ts'
import type { Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { capsuleOf, reachOf } from './capsule.ts'
import {
  drawBirth,
  drawCapsule,
  drawDiamond,
  drawHexagon,
  drawNotch,
  drawPokeDot,
  drawSquare,
  drawTriangle,
  type Capsule,
} from './glyph.ts'
import { lowerBound } from './growing.ts'
import { NAME_BASELINE, type Lane } from './layout.ts'
import { isStep } from '../widgets/step.ts'
import { eventLetter, Mark } from './mark.ts'
import { paintLife } from './paint-life.ts'
import { drawRequest } from './paint-requests.ts'
import { columnWidth, visibleSeqs, xOf } from './scale.ts'
import { Known } from './spans.ts'
import type { Surface } from './surface.ts'
import { nameAt } from './track.ts'
import { DIM, type View } from './view.ts'

/** Air between a name and the next glyph, CSS pixels. */
const NAME_AIR = 8
/** Names of fewer characters than this tell nothing. */
const NAME_LEAST = 4
const DIAMOND = 10

/** A name above a glyph, cut to the room that there is. */
interface Label {
  readonly text: string
  readonly x: number
  readonly color: string
  /** A call's errno and where it ends, if it failed. */
  readonly error: string
  readonly right: number
}

/** A call with its notch; its name is the caller's. */
export const drawCall = (s: Surface, view: View, lane: Lane, span: number): Capsule => {
  const capsule = capsuleOf(view.model, span, view.scale, lane)
  drawCapsule(s, view.palette, capsule)
  if (view.model.spans.is(span, Known.error)) {
    drawNotch(s, view.palette, capsule.x1 + (capsule.right ? 1 : 0), lane.middle, Math.min(8, reachOf(view.scale) + 2))
  }
  return capsule
}

/** The events of one task as glyphs. */
export const paintTrack = (s: Surface, view: View, lane: Lane): void => {
  const { model, scale, matched, palette, hidesUnmatched } = view
  const { track } = lane
  paintLife(s, view, lane)
  const { first, last } = visibleSeqs(scale)
  const { values: seqs, length } = track.seqs
  // One more on either side: glyphs are wider than their columns.
  const start = Math.max(0, lowerBound(seqs, length, first) - 1)
  const end = Math.min(length, lowerBound(seqs, length, last + 1) + 1)
  let label: Label | undefined
  let lastDrawn = -1
  const draw = (span: number, isDim: boolean): Label | undefined => {
    lastDrawn = span
    s.globalAlpha = isDim ? DIM : 1
    const capsule = drawCall(s, view, lane, span)
    s.globalAlpha = 1
    if (capsule.x1 <= 0) return undefined
    const color = isDim ? palette.ink3 : palette.ink1
    return {
      text: model.spanName(span),
      x: Math.max(capsule.x0 + 2, 4),
      color,
      error: model.spanError(span),
      right: capsule.x1,
    }
  }
  const before = callBefore(view, lane, start < length ? (seqs[start] as Seq) : last + 1)
  if (before >= 0) {
    const isDim = matched !== undefined && !matched.call(before)
    if (!isDim || !hidesUnmatched) label = draw(before, isDim)
  }
  for (let i = start; i < end; i++) {
    const seq = seqs[i] as Seq
    const mark = model.mark(seq)
    const span = model.span(seq)
    const isCall = mark === Mark.entry || mark === Mark.exit || mark === Mark.call
    const isNamed = mark === Mark.signal || mark === Mark.exec
    const isHead = isNamed || mark === Mark.entry || mark === Mark.call || (isCall && span !== lastDrawn)
    if (isHead && label !== undefined) {
      paintLabel(s, view, lane, label, Math.max(headOf(scale, mark, seq) - NAME_AIR - label.x, 0))
      label = undefined
    }
    const isDim = matched !== undefined && !matched.event(seq)
    if ((isDim && hidesUnmatched) || (isCall && span === lastDrawn)) continue
    if (isCall) {
      label = draw(span, isDim)
    } else if (isNamed) {
      const text = mark === Mark.exec ? `→ ${nameAt(track, seq)}` : signalLabel(model.trace, seq)
      label = { text, x: xOf(scale, seq) - 7, color: isDim ? palette.ink3 : palette.ink1, error: '', right: 0 }
    }
  }
  if (label !== undefined)
    paintLabel(s, view, lane, label, end < length ? xOf(scale, seqs[end] as Seq) - NAME_AIR - label.x : Infinity)
  for (let i = start; i < end; i++) paintStop(s, view, lane, seqs[i] as Seq)
  paintPokes(s, view, lane, first, last)
}

/** A signal's name; a step's trap is one step of many. */
const signalLabel = (trace: Trace, seq: Seq): string =>
  isStep(trace, seq) ? 'step' : signalName(trace.events.columns.nr[seq - 1] as number)

/** The task's last call that began before `seq`; −1 if there is none. */
const callBefore = (view: View, lane: Lane, seq: Seq): number => {
  const { values, length } = lane.track.spans
  const { spans } = view.model
  let low = 0
  let high = length
  while (low < high) {
    const mid = (low + high) >>> 1
    if (spans.anchor(values[mid] as number) < seq) low = mid + 1
    else high = mid
  }
  return low === 0 ? -1 : (values[low - 1] as number)
}

/** Where a glyph that has a name begins; what has no entry stop reaches back from its exit. */
const headOf = (scale: View['scale'], mark: Mark, seq: Seq): number =>
  xOf(scale, seq) - (mark === Mark.exit ? Math.max(2 * reachOf(scale), columnWidth(scale) - reachOf(scale)) : 0)

/** What fits of a name: whole, a signal without its SIG, or its beginning; '' if that tells nothing. */
const fitName = (text: string, fit: number): string => {
  if (text.length <= fit) return text
  if (text.startsWith('SIG') && text.length - 3 <= fit) return text.slice(3)
  return fit >= NAME_LEAST ? `${text.slice(0, fit - 1)}…` : ''
}

const paintLabel = (s: Surface, view: View, lane: Lane, label: Label, room: number): void => {
  const { palette } = view
  const text = fitName(label.text, Math.floor(room / palette.charWidth))
  if (text !== '') paintName(s, view, lane, text, label.x, label.color, palette.mono)
  if (label.error === '') return
  const at = label.right - 8
  if (label.x + room + NAME_AIR - at < label.error.length * palette.charWidth) return
  s.font = palette.monoStrong
  s.fillStyle = palette.dangerInk
  s.fillText(label.error, at, lane.middle + 19)
}

/** A name in a plate of ground colour. */
export const paintName = (
  s: Surface,
  view: View,
  lane: Lane,
  text: string,
  x: number,
  color: string,
  font: string,
): void => {
  const { palette } = view
  s.fillStyle = palette.ground
  s.fillRect(x - 2, lane.top + NAME_BASELINE - 9, text.length * palette.charWidth + 4, 12)
  s.font = font
  s.fillStyle = color
  s.fillText(text, x, lane.top + NAME_BASELINE)
}

/** An event that is no half of a call, over the call in which it happened. */
export const paintStop = (s: Surface, view: View, lane: Lane, seq: Seq): void => {
  const { model, scale, matched, palette, hidesUnmatched } = view
  const mark = model.mark(seq)
  if (mark === Mark.entry || mark === Mark.exit || mark === Mark.call) return
  const isDim = matched !== undefined && !matched.event(seq)
  if (isDim && hidesUnmatched) return
  s.globalAlpha = isDim ? DIM : 1
  const x = xOf(scale, seq)
  const y = lane.middle
  const r = Math.max(3, Math.min(DIAMOND, columnWidth(scale) * 0.8))
  const span = model.span(seq)
  switch (mark) {
    case Mark.event: {
      const edge = palette.classes[span < 0 ? 2 : (model.spans.cls.values[span] as number)] ?? palette.ink2
      drawDiamond(s, palette, x, y, r, eventLetter(model.trace.events.columns.nr[seq - 1] as number), edge)
      break
    }
    case Mark.seccomp:
      // Of a filter's decisions only TRACE makes a stop (stops.md).
      drawHexagon(s, palette, x, y, r, 'T')
      break
    case Mark.signal:
      if (isStep(model.trace, seq)) drawTriangle(s, palette, x, y, Math.min(5, r), palette.ink2)
      else drawTriangle(s, palette, x, y, Math.min(8, r), palette.warn)
      break
    case Mark.group:
      drawSquare(s, palette, x, y, Math.min(5, r))
      break
    case Mark.birth:
      drawBirth(s, palette, x, y, Math.min(4, r), lane.track.isThread)
      break
    case Mark.exec:
      // The name that it goes on under stands above; the diamond, if its tracer asked for one, follows.
      s.fillStyle = palette.lineStrong
      s.fillRect(x - 0.5, y - 8, 1, 16)
      break
    case Mark.death:
      s.fillStyle = palette.lineStrong
      s.fillRect(x - 1.5, y - 8, 3, 16)
      break
    default:
      // A task that is a tracer itself: its requests stand on its own line.
      if (mark !== Mark.none) drawRequest(s, view, mark, x, y, palette.ink2, false)
  }
  s.globalAlpha = 1
}

/** Dots where the tracer wrote into this task; the requests stand on the tracer's track. */
const paintPokes = (s: Surface, view: View, lane: Lane, first: Seq, last: Seq): void => {
  const { model, scale, matched, palette, hidesUnmatched } = view
  const { pid } = model.trace.events.columns
  for (let seq = first; seq <= last; seq++) {
    if (model.marks.values[seq - 1] !== Mark.poke || pid[seq - 1] !== lane.track.pid) continue
    if (seq < lane.track.birth || (lane.track.death !== 0 && seq > lane.track.death)) continue
    const isDim = matched !== undefined && !matched.event(seq)
    if (isDim && hidesUnmatched) continue
    s.globalAlpha = isDim ? DIM : 1
    drawPokeDot(s, palette, xOf(scale, seq), lane.middle)
    s.globalAlpha = 1
  }
}
