const HEADS = 32 + 32 + 24
const TRACER = 32
const TRACK = 48
const LANE = 28

/** What the timeline of so many tracks takes, in CSS pixels. */
export const naturalHeight = (tracks: number, branches: number): number =>
  HEADS + TRACER + TRACK * Math.max(1, tracks - 1) + (branches === 0 ? 0 : LANE * Math.min(5, branches + 1))

/** The same within reason: the rest of the window needs room, too. */
export const heightOf = (tracks: number, branches: number): number =>
  Math.min(naturalHeight(tracks, branches), Math.max(200, window.innerHeight * 0.42))
