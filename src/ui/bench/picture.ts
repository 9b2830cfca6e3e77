import type { Trace } from '../../engine/trace/trace.ts'
import { layTracks } from '../timeline/layout.ts'
import { modelOf } from '../timeline/models.ts'
import { paint } from '../timeline/paint.ts'
import { makeScale } from '../timeline/scale.ts'
import { readPalette } from '../timeline/theme-colors.ts'

/** Milliseconds of each pan: for paint() alone, and for paint() with what it drew on the canvas. */
export interface PanTimes {
  readonly paint: readonly number[]
  readonly drawn: readonly number[]
}

/** Widths of the window as parts of the trace, taken in turn: all of it, bars, and glyphs (some 100 columns). */
const WIDTHS = [1, 0.3, 0.05, 0.001, 0.0001] as const

/** Paints a trace's timeline again and again, the window moved on each time. Sizes in CSS pixels, one device pixel each. */
export const panTimes = (trace: Trace, width: number, height: number, pans: number): PanTimes => {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  document.body.append(canvas)
  const surface = canvas.getContext('2d', { alpha: false })
  if (surface === null) throw new Error('this browser has no 2D canvas')
  const palette = readPalette(document.body)
  const model = modelOf(trace)
  const layout = layTracks(model.tracks, height, 0)
  const times = { paint: [] as number[], drawn: [] as number[] }
  for (let i = 0; i < pans; i++) {
    const span = Math.max(20, Math.floor(model.length * (WIDTHS[i % WIDTHS.length] as number)))
    const from = 1 + Math.floor(((model.length - span) * i) / pans)
    const scale = makeScale('ordinal', { from, to: from + span - 1 }, width, { length: model.length, times: trace.events.columns.time })
    const began = performance.now()
    paint(surface, { model, scale, layout, palette, matched: undefined, hidesUnmatched: false, isGrowing: false })
    times.paint.push(performance.now() - began)
    // A canvas draws when somebody looks.
    surface.getImageData(i % width, height - 1, 1, 1)
    times.drawn.push(performance.now() - began)
  }
  canvas.remove()
  return times
}
