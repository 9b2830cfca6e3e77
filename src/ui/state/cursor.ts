import type { StateCreator } from 'zustand'
import type { Seq } from '../../engine/trace/format.ts'
import type { AppState } from './store.ts'

/** One cursor and one optional range: every pane is a view of them. */
export interface CursorSlice {
  /** The event that everything shows; 0 while there is none. */
  readonly cursor: Seq
  readonly range: { readonly from: Seq; readonly to: Seq } | undefined
  /** The event under the pointer, shown lightly everywhere; 0 for none. */
  readonly hover: Seq
  /** Moves the cursor, clamped to the trace. */
  moveTo(seq: Seq): void
  setRange(range: CursorSlice['range']): void
  setHover(seq: Seq): void
}

export const cursorSlice: StateCreator<AppState, [], [], CursorSlice> = (set, get) => ({
  cursor: 0,
  range: undefined,
  hover: 0,
  moveTo: (seq) => set({ cursor: Math.min(Math.max(Math.round(seq), Math.min(1, get().traceLength)), get().traceLength) }),
  setRange: (range) => set({ range }),
  setHover: (hover) => set({ hover }),
})
