import type { Note } from '../../engine/link/note.ts'
import type { Layout } from './layout.ts'
import type { Matched } from './matched.ts'
import type { Model } from './model.ts'
import type { Scale } from './scale.ts'
import type { Palette } from './theme-colors.ts'

/** Everything that a picture is a function of, but for cursor, range and pointer. */
export interface View {
  readonly model: Model
  readonly scale: Scale
  readonly layout: Layout
  readonly palette: Palette
  /** What the filter matches; undefined: there is no filter. */
  readonly matched: Matched | undefined
  /** Leave out what does not match instead of dimming it. */
  readonly hidesUnmatched: boolean
  /** The run goes on: beyond the last event lies the future. */
  readonly isGrowing: boolean
  /** Words that are pinned to events, in their order. */
  readonly notes?: readonly Note[]
}

/** Opacity of shapes that the filter does not match. */
export const DIM = 0.4
