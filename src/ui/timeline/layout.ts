import type { Track } from './track.ts'

/** Heights in CSS pixels, multiples of the grid of theme.css: --s6, --s8, --track. */
export const AXIS_HEIGHT = 24
export const TRACER_HEIGHT = 32
export const TRACK_HEIGHT = 48
/** Middle of a glyph below the top of its track. */
export const GLYPH_MIDDLE = 26
export const GLYPH_HEIGHT = 16
/** Baseline of a name below the top of its track. */
export const NAME_BASELINE = 14

export interface Lane {
  readonly track: Track
  /** Top in CSS pixels, from the top of the canvas, scrolling counted in. */
  readonly top: number
  readonly height: number
  /** Where its glyphs' middles are. */
  readonly middle: number
}

/** Where every track is: tracers fixed below the axis, tasks scrolling under them. */
export interface Layout {
  readonly lanes: readonly Lane[]
  /** Lower edge of what does not scroll. */
  readonly fixed: number
  readonly height: number
  /** Height of everything, were it not scrolled. */
  readonly whole: number
  laneOf(track: Track | undefined): Lane | undefined
}

export const layTracks = (tracks: readonly Track[], height: number, scrollTop: number): Layout => {
  const tracers = tracks.filter((track) => track.isTracer).length
  const fixed = AXIS_HEIGHT + tracers * TRACER_HEIGHT
  const lanes = tracks.map((track, i): Lane => {
    const top = i < tracers ? AXIS_HEIGHT + i * TRACER_HEIGHT : fixed + (i - tracers) * TRACK_HEIGHT - scrollTop
    return i < tracers
      ? { track, top, height: TRACER_HEIGHT, middle: top + TRACER_HEIGHT / 2 }
      : { track, top, height: TRACK_HEIGHT, middle: top + GLYPH_MIDDLE }
  })
  const byIndex = new Map(lanes.map((lane) => [lane.track.index, lane]))
  return {
    lanes,
    fixed,
    height,
    whole: fixed + (tracks.length - tracers) * TRACK_HEIGHT,
    laneOf: (track) => (track === undefined ? undefined : byIndex.get(track.index)),
  }
}

/** Lanes of which something shows. */
export const isShown = (lane: Lane, layout: Layout): boolean =>
  lane.track.isTracer || (lane.top + lane.height > layout.fixed && lane.top < layout.height)

/** How far to scroll so that a lane is wholly in view; the same offset if it is already. */
export const scrollToLane = (lane: Lane, layout: Layout, scrollTop: number): number => {
  if (lane.track.isTracer) return scrollTop
  if (lane.top < layout.fixed) return scrollTop - (layout.fixed - lane.top)
  const below = lane.top + lane.height - layout.height
  return below > 0 ? scrollTop + Math.min(below, lane.top - layout.fixed) : scrollTop
}
