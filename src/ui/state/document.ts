import type { StateCreator } from 'zustand'
import type { AppState } from './store.ts'

/** What would be run: the script and its guest. Survives a reload (kept in IndexedDB). */
export interface DocumentSlice {
  readonly script: string
  /** The guest's name in public/guests/manifest.json. */
  readonly guest: string
  /** Arguments after the program's name. */
  readonly argv: readonly string[]
  readonly stdin: string
  readonly tty: boolean
  readonly seed: number
  readonly untraced: boolean
  /** Name of the example that this began as, or undefined. */
  readonly example: string | undefined
  edit(change: Partial<Pick<DocumentSlice, 'script' | 'guest' | 'argv' | 'stdin' | 'tty' | 'seed' | 'untraced' | 'example'>>): void
}

export const documentSlice: StateCreator<AppState, [], [], DocumentSlice> = (set) => ({
  script: '',
  guest: 'hello',
  argv: [],
  stdin: '',
  tty: false,
  seed: 7,
  untraced: false,
  example: undefined,
  edit: (change) => set(change),
})
