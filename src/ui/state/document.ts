import type { StateCreator } from 'zustand'
import type { Note } from '../../engine/link/note.ts'
import type { HostName, RecipeFile } from '../../engine/recipe.ts'
import type { AppState } from './store.ts'

/** What would be run: the script and its guest. Survives a reload (kept in IndexedDB). */
export interface DocumentSlice {
  readonly script: string
  /** Who traces the guest: the script, or the person, stop by stop. */
  readonly tracer: 'script' | 'hand'
  /** The guest's name: in public/guests/manifest.json, or what its person called it. */
  readonly guest: string
  /** SHA-256 of its module, unless it is the manifest's guest of that name: a person's own, or one of an older page. */
  readonly module: string | undefined
  /** Arguments after the program's name. */
  readonly argv: readonly string[]
  readonly stdin: string
  readonly tty: boolean
  /** `NAME=VALUE`, each. */
  readonly env: readonly string[]
  /** Added by the person: besides those that the guests bring, or instead of them. */
  readonly files: readonly RecipeFile[]
  readonly host: HostName
  readonly seed: number
  readonly untraced: boolean
  /** Name of the example that this began as, or undefined. */
  readonly example: string | undefined
  /** Words pinned to events by their number; a script that is edited keeps them. */
  readonly annotations: readonly Note[]
  edit(change: Partial<Omit<DocumentSlice, 'edit'>>): void
}

export const documentSlice: StateCreator<AppState, [], [], DocumentSlice> = (set) => ({
  script: '',
  tracer: 'script',
  guest: 'hello',
  module: undefined,
  argv: [],
  stdin: '',
  tty: false,
  env: [],
  files: [],
  host: 'kernel',
  seed: 7,
  untraced: false,
  example: undefined,
  annotations: [],
  edit: (change) => set(change),
})
