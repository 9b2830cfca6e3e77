import { EMPTY, makePixelColumns, sumColumns } from './columns.ts'
import { drawHatch } from './glyph.ts'
import type { Matched } from './matched.ts'
import { Bit, CLASS_COUNT } from './mip.ts'
import type { Model } from './model.ts'
import { fillRuns, hatchRuns, paintErrors } from './paint-bars.ts'
import { toPixels, xOf, type Scale } from './scale.ts'
import { Known } from './spans.ts'
import type { Surface } from './surface.ts'
import type { Palette } from './theme-colors.ts'
import type { Track } from './track.ts'
import { DIM } from './view.ts'

/** CSS pixels: `--s8`. */
export const MINIMAP_HEIGHT = 32
const FIRST_ROW = 7
const ROOM = 18
const MOST_ROW = 6
const columns = makePixelColumns()

/** The whole trace at one level: a row per task, hatched where calls were not run, triangles where they failed. */
export const paintMinimap = (
  s: Surface,
  model: Model,
  scale: Scale,
  palette: Palette,
  matched: Matched | undefined,
): void => {
  s.globalAlpha = 1
  s.fillStyle = palette.raised
  s.fillRect(0, 0, scale.width, MINIMAP_HEIGHT)
  const tasks = model.tracks.filter((track) => !track.isTracer)
  const row = Math.min(MOST_ROW, ROOM / Math.max(1, tasks.length))
  const isDense = scale.length > scale.width / 2
  tasks.forEach((track, i) => {
    const top = FIRST_ROW + i * row
    const height = Math.max(1, row - (row > 2 ? 1.5 : 0))
    if (isDense) paintDense(s, model, track, scale, palette, matched, top, height)
    else paintSpans(s, model, track, scale, palette, matched, top, height)
  })
}

const paintDense = (
  s: Surface,
  model: Model,
  track: Track,
  scale: Scale,
  palette: Palette,
  matched: Matched | undefined,
  top: number,
  height: number,
): void => {
  const sums = sumColumns(model, track, scale, matched, columns)
  for (let cls = 0; cls < CLASS_COUNT; cls++) {
    const color = palette.classes[cls] ?? palette.ink3
    fillRuns(s, sums, (k) => sums.classes[k] === cls && sums.classes[k] !== EMPTY, color, top, height, DIM)
  }
  // A row of 2 px has no room for lines: a gap in its lower half says the same.
  if (height >= 3) hatchRuns(s, { palette }, sums, top + height / 2, height / 2)
  if (sums.bits.some((bits) => (bits & Bit.error) !== 0)) paintErrors(s, sums, palette.danger, MINIMAP_HEIGHT - 7, DIM)
}

const paintSpans = (
  s: Surface,
  model: Model,
  track: Track,
  scale: Scale,
  palette: Palette,
  matched: Matched | undefined,
  top: number,
  height: number,
): void => {
  const { spans } = model
  for (let i = 0; i < track.spans.length; i++) {
    const span = track.spans.values[i] as number
    const anchor = spans.anchor(span)
    const end = spans.exit.values[span] || spans.resumed.values[span] || anchor
    const x0 = xOf(scale, anchor) - 2
    const x1 = Math.max(xOf(scale, end as number) + 2, x0 + 3)
    const color = palette.classes[spans.cls.values[span] as number] ?? palette.ink3
    s.globalAlpha = matched !== undefined && !matched.call(span) ? DIM : 1
    if (spans.is(span, Known.skipped)) {
      s.fillStyle = palette.hatchGrounds[spans.cls.values[span] as number] ?? palette.ground
      s.fillRect(x0, top, x1 - x0, height)
      drawHatch(s, x0, x1, top, height, color)
    } else {
      s.fillStyle = color
      s.fillRect(x0, top, x1 - x0, height)
    }
    s.globalAlpha = 1
    if (!spans.is(span, Known.error)) continue
    const x = xOf(scale, anchor)
    s.fillStyle = palette.danger
    s.beginPath()
    s.moveTo(x - 3, MINIMAP_HEIGHT - 5)
    s.lineTo(x + 3, MINIMAP_HEIGHT - 5)
    s.lineTo(x, MINIMAP_HEIGHT - 10)
    s.closePath()
    s.fill()
  }
}

/** Where the window is in the minimap, CSS pixels. */
export const minimapWindow = (
  scale: Scale,
  from: number,
  to: number,
): { readonly left: number; readonly width: number } => {
  const half = scale.axis === 'ordinal' ? 0.5 : 0
  const left = Math.max(1, toPixels(scale, from - half))
  const right = Math.min(scale.width - 1, toPixels(scale, to + half))
  return { left: Math.min(left, scale.width - 9), width: Math.max(8, right - left) }
}
