import { lowerBound } from './growing.ts'
import { isRequest } from './mark.ts'
import type { Matched } from './matched.ts'
import { dominantClass, makeSummary, NO_CLASS } from './mip.ts'
import type { Model } from './model.ts'
import { seqFrom, type Scale } from './scale.ts'
import type { Track } from './track.ts'

/** One track summed up per column of pixels. */
export interface PixelColumns {
  /** CSS pixels from the left edge at which column 0 begins; between −1 and 0. */
  readonly offset: number
  readonly count: number
  /** Class index; NO_CLASS: events but no call; EMPTY: nothing; WAITING + class: inside a call. */
  readonly classes: Uint8Array
  /** Bits of the events. */
  readonly bits: Uint8Array
  /** 1 where nothing matches the filter. */
  readonly dimmed: Uint8Array
  readonly isAnyDimmed: boolean
  /** Bit c: some column has class c; bit c + WAITING: some column lies inside such a call. */
  readonly seen: number
}

export const EMPTY = 255
/** Added to the class in columns without an event that lie inside a call. */
export const WAITING = 16

/** Reused from frame to frame: one set of arrays per user. */
export const makePixelColumns = (): { classes: Uint8Array; bits: Uint8Array; dimmed: Uint8Array } => ({
  classes: new Uint8Array(0),
  bits: new Uint8Array(0),
  dimmed: new Uint8Array(0),
})

const summary = makeSummary()

/**
 * Sums up a track for every pixel of the scale. Columns begin at multiples of their own width on the axis,
 * not at the window's edge, so that panning does not regroup events and make the picture flicker.
 */
export const sumColumns = (
  model: Model,
  track: Track,
  scale: Scale,
  matched: Matched | undefined,
  into = makePixelColumns(),
): PixelColumns => {
  const unit = (scale.right - scale.left) / scale.width
  const firstColumn = Math.floor(scale.left / unit)
  const count = Math.ceil(scale.width) + 1
  if (into.classes.length < count) {
    into.classes = new Uint8Array(count)
    into.bits = new Uint8Array(count)
    into.dimmed = new Uint8Array(count)
  }
  const { classes, bits, dimmed } = into
  const { values: seqs, length } = track.seqs
  let at = lowerBound(seqs, length, seqFrom(scale, firstColumn * unit))
  let isAnyDimmed = false
  let seen = 0
  for (let k = 0; k < count; k++) {
    const end = endOfColumn(seqs, length, at, seqFrom(scale, (firstColumn + k + 1) * unit))
    if (end > at) {
      track.mip.sum(at, end, summary)
      classes[k] = dominantClass(summary)
      bits[k] = summary.bits
      dimmed[k] = matched === undefined || matched.any(track, at, end) ? 0 : 1
    } else {
      const span = at > 0 ? callAfter(model, track, at - 1) : -1
      classes[k] = span < 0 ? EMPTY : WAITING + (model.spans.cls.values[span] ?? NO_CLASS)
      bits[k] = 0
      dimmed[k] = k > 0 && span >= 0 ? (dimmed[k - 1] as number) : 0
    }
    if (dimmed[k] === 1) isAnyDimmed = true
    if (classes[k] !== EMPTY) seen |= 1 << (classes[k] as number)
    at = end
  }
  return { offset: (firstColumn * unit - scale.left) / unit, count, classes, bits, dimmed, isAnyDimmed, seen }
}

/** As `lowerBound`, from `at` on, galloping: columns are narrow. */
const endOfColumn = (seqs: Uint32Array, length: number, at: number, seq: number): number => {
  let step = 1
  let low = at
  while (low + step < length && (seqs[low + step] as number) < seq) {
    low += step
    step *= 2
  }
  let high = Math.min(low + step, length)
  while (low < high) {
    const mid = (low + high) >>> 1
    if ((seqs[mid] as number) < seq) low = mid + 1
    else high = mid
  }
  return low
}

/** The call in which a task is between its event `at` and its next one; −1 if it is in none. */
const callAfter = (model: Model, track: Track, at: number): number => {
  if (track.isTracer) return -1
  const seq = track.seqs.values[at] as number
  const span = model.span(seq)
  if (span < 0 || (model.spans.exit.values[span] as number) === seq || isRequest(model.mark(seq))) return -1
  const isLast = at + 1 === track.seqs.length
  // A call that had no exit stop ended somewhere before the next event; one that still runs goes on.
  return model.spans.exit.values[span] !== 0 || (isLast && model.spans.endTime.values[span] === -1) ? span : -1
}
