import type { StateCreator } from 'zustand'
import type { AppState } from './store.ts'

/** A guest of the person's own: its module is kept in this browser, under its hash. */
export interface OwnGuest {
  /** SHA-256 of the module's bytes, in hex. */
  readonly hash: string
  /** The program's name; among all guests only this one has it. */
  readonly name: string
  /** Of the module, in bytes. */
  readonly size: number
}

/** What is done with a file until it is a guest. */
export type AddingStep = 'reading' | 'hashing' | 'inspecting' | 'keeping'

/** The guests that a person brought, and the one that is on its way. */
export interface YoursSlice {
  readonly yours: readonly OwnGuest[]
  readonly adding: { readonly name: string; readonly size: number; readonly step: AddingStep; readonly cancel: () => void } | undefined
  own(change: Partial<Pick<YoursSlice, 'yours' | 'adding'>>): void
}

export const yoursSlice: StateCreator<AppState, [], [], YoursSlice> = (set) => ({
  yours: [],
  adding: undefined,
  own: (change) => set(change),
})
