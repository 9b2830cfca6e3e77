import type { StateCreator } from 'zustand'
import type { AppState } from './store.ts'

export type Theme = 'system' | 'light' | 'dark'
export type InspectorTab = 'call' | 'memory' | 'registers' | 'source' | 'task'
export type Axis = 'ordinal' | 'time'

/** How it is looked at. */
export interface ViewSlice {
  readonly theme: Theme
  readonly axis: Axis
  /** The visible stretch of the timeline, in columns (ordinal: seq; time: nanoseconds); undefined: all. */
  readonly window: { readonly from: number; readonly to: number } | undefined
  readonly filter: string
  /** The open file that a filter follows, as long as the filter stands as it was made. */
  readonly followed: { readonly file: string; readonly filter: string } | undefined
  /** What does not match the filter is dimmed, or hidden. */
  readonly unmatched: 'dim' | 'hide'
  readonly inspectorTab: InspectorTab
  readonly dialog: 'none' | 'help' | 'palette' | 'share' | 'goto' | 'guest' | 'files' | 'replace' | 'export' | 'cost' | 'what-if' | 'diff' | 'faults' | 'schedules' | 'course' | 'note' | 'source' | 'yours' | 'author'
  /** Notes of the first run that have not been done yet (1–3). */
  readonly notes: readonly number[]
  show(change: Partial<Omit<ViewSlice, 'show'>>): void
}

export const viewSlice: StateCreator<AppState, [], [], ViewSlice> = (set) => ({
  theme: 'system',
  axis: 'ordinal',
  window: undefined,
  filter: '',
  followed: undefined,
  unmatched: 'dim',
  inspectorTab: 'call',
  dialog: 'none',
  notes: [],
  show: (change) => set(change),
})
