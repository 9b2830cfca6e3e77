import type { AppState } from '../state/store.ts'

/** One thing that a person can ask for: by key, in the palette, by a button. */
export interface Command {
  readonly id: string
  readonly title: string
  readonly group: 'Move' | 'Run' | 'By hand' | 'Look' | 'Page'
  /** As keys.ts writes them; the first is shown on buttons. */
  readonly keys: readonly string[]
  /** Whether it would do anything now. Of two commands with one key the first that would is done. */
  readonly when?: (state: AppState) => boolean
  readonly run: (state: AppState) => void
}
