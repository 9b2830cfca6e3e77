import type { StateCreator } from 'zustand'
import type { AppState } from './store.ts'

/** The panes of the window, as F6 goes through them. */
export const PANES = ['exercise', 'editor', 'console', 'timeline', 'events', 'inspector'] as const
export type PaneName = (typeof PANES)[number]

/** Something that the page has to say across its full width, with a way on. */
export interface Notice {
  readonly tone: 'warn' | 'danger' | 'plain'
  readonly cause: string
  readonly cure?: string
  readonly action?: { readonly title: string; readonly run: () => void }
}

/** A type error in the script; line and column from 1. */
export interface ScriptProblem {
  readonly line: number
  readonly column: number
  readonly message: string
}

/** How the window is arranged, and what it has to say. */
export interface ShellSlice {
  /** The pane that fills the work area. */
  readonly maximised: PaneName | undefined
  /** Panes folded to their head or edge. */
  readonly collapsed: readonly PaneName[]
  /** The pane that a phone shows, and the one at the lower left of a tablet. */
  readonly front: PaneName
  /** Keys without Ctrl or ⌘ act (WCAG 2.1.4). */
  readonly singleKeys: boolean
  readonly notice: Notice | undefined
  /** A recording is run again, to look into its past: events so far. */
  readonly remaking: number | undefined
  readonly problems: readonly ScriptProblem[]
  /** Run was pressed, and the problems kept it from happening. */
  readonly blocked: boolean
  /** Large type and high contrast, and a presenter's keys step. */
  readonly projector: boolean
  /** A presenter wants the room to look elsewhere. */
  readonly blank: boolean
  /** The notes are gone through, each as long as it takes to read. */
  readonly playing: boolean
  /** Where the editor should put its caret; a new object for each request. */
  readonly goTo: { readonly line: number; readonly column: number } | undefined
  arrange(change: Partial<Omit<ShellSlice, 'arrange'>>): void
}

export const shellSlice: StateCreator<AppState, [], [], ShellSlice> = (set) => ({
  maximised: undefined,
  collapsed: [],
  front: 'timeline',
  singleKeys: true,
  notice: undefined,
  remaking: undefined,
  problems: [],
  blocked: false,
  projector: false,
  blank: false,
  playing: false,
  goTo: undefined,
  arrange: (change) => set(change),
})
