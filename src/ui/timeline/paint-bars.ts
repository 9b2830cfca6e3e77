import { EMPTY, makePixelColumns, sumColumns, WAITING, type PixelColumns } from './columns.ts'
import { drawHatch } from './glyph.ts'
import { GLYPH_HEIGHT, type Lane } from './layout.ts'
import { paintLife } from './paint-life.ts'
import { Bit, CLASS_COUNT, NO_CLASS } from './mip.ts'
import type { Surface } from './surface.ts'
import { DIM, type View } from './view.ts'

const TRACER_BAR = 4
/** CSS pixels in which a hatch can be seen to be one. */
const HATCH_ROOM = 4
const columns = makePixelColumns()

/** One track zoomed out: a bar per pixel in the hue of most of its calls; errors, skips and stops never vanish. */
export const paintBars = (s: Surface, view: View, lane: Lane): void => {
  const { model, scale, matched, palette } = view
  paintLife(s, view, lane)
  const sums = sumColumns(model, lane.track, scale, matched, columns)
  const dim = view.hidesUnmatched ? 0 : DIM
  if (lane.track.isTracer) {
    const top = lane.middle - TRACER_BAR / 2
    fillRuns(s, sums, (k) => sums.classes[k] !== EMPTY, palette.ink3, top, TRACER_BAR, dim)
    // The tags are the policy: above the line where exits were skipped, below it where calls were.
    fillRuns(s, sums, (k) => has(sums, k, Bit.open), palette.ink2, lane.middle - 5, 4, dim)
    fillRuns(s, sums, (k) => has(sums, k, Bit.skip), palette.ink2, lane.middle + 1, 4, dim)
    return
  }
  const top = lane.middle - GLYPH_HEIGHT / 2
  for (let cls = 0; cls < CLASS_COUNT; cls++) {
    const color = cls === NO_CLASS ? palette.ink3 : (palette.classes[cls] as string)
    if (isSeen(sums, cls)) fillRuns(s, sums, (k) => sums.classes[k] === cls, color, top, GLYPH_HEIGHT, dim)
    const inside = cls + WAITING
    if (isSeen(sums, inside)) fillRuns(s, sums, (k) => sums.classes[k] === inside, color, lane.middle - 1.5, 3, dim)
  }
  hatchRuns(s, view, sums, top + GLYPH_HEIGHT / 2, GLYPH_HEIGHT / 2)
  fillRuns(s, sums, (k) => has(sums, k, Bit.stop), palette.warn, top - 4, 2, dim)
  fillRuns(s, sums, (k) => has(sums, k, Bit.poke), palette.warn, lane.middle + 12, 2, dim)
  paintErrors(s, sums, palette.danger, lane.middle + 14, dim)
}

const isSeen = (sums: PixelColumns, cls: number): boolean => (sums.seen & (1 << cls)) !== 0

const has = (sums: PixelColumns, k: number, bit: number): boolean => ((sums.bits[k] as number) & bit) !== 0

/** Adjoining columns of a kind become one rectangle; dimmed ones are drawn apart. */
export const fillRuns = (
  s: Surface,
  sums: PixelColumns,
  is: (k: number) => boolean,
  color: string,
  top: number,
  height: number,
  dim: number,
): void => {
  for (const dimmed of sums.isAnyDimmed ? [0, 1] : [0]) {
    s.fillStyle = color
    s.globalAlpha = dimmed === 1 ? dim : 1
    let isEmpty = true
    s.beginPath()
    for (let k = 0; k < sums.count; k++) {
      if (sums.dimmed[k] !== dimmed || !is(k)) continue
      const from = k
      while (k + 1 < sums.count && sums.dimmed[k + 1] === dimmed && is(k + 1)) k++
      s.rect(sums.offset + from, top, k + 1 - from, height)
      isEmpty = false
    }
    if (!isEmpty) s.fill()
  }
  s.globalAlpha = 1
}

/** Where a call was not run, the lower half is hatched. */
export const hatchRuns = (
  s: Surface,
  view: Pick<View, 'palette'>,
  sums: PixelColumns,
  top: number,
  height: number,
): void => {
  const { palette } = view
  for (let k = 0; k < sums.count; k++) {
    if (!has(sums, k, Bit.skip)) continue
    const from = k
    const cls = sums.classes[k] as number
    // A lone pixel would show no line of a hatch: it gets the room of one, and neighbours share it.
    for (let next = k + 1; next < sums.count && next - k <= HATCH_ROOM; next++) {
      if (has(sums, next, Bit.skip) && sums.classes[next] === cls) k = next
    }
    const x0 = sums.offset + from
    const x1 = Math.max(sums.offset + k + 1, x0 + HATCH_ROOM)
    const color = palette.classes[cls % WAITING] ?? palette.ink3
    s.fillStyle = palette.hatchGrounds[cls % WAITING] ?? palette.ground
    s.fillRect(x0, top, x1 - x0, height)
    drawHatch(s, x0, x1, top, height, color)
  }
}

/** Triangles under the columns with errors; where they crowd, a line carries them. */
export const paintErrors = (s: Surface, sums: PixelColumns, color: string, base: number, dim: number): void => {
  fillRuns(s, sums, (k) => has(sums, k, Bit.error), color, base, 1.5, dim)
  s.fillStyle = color
  s.beginPath()
  let free = -Infinity
  for (let k = 0; k < sums.count; k++) {
    if (!has(sums, k, Bit.error) || k < free) continue
    const x = sums.offset + k + 0.5
    s.moveTo(x - 3, base + 1.5)
    s.lineTo(x + 3, base + 1.5)
    s.lineTo(x, base - 4)
    s.closePath()
    free = k + 9
  }
  s.fill()
}
