import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { exerciseSlice, type ExerciseSlice } from '../exercise/state.ts'
import { branchesSlice, type BranchesSlice } from './branches.ts'
import { cursorSlice, type CursorSlice } from './cursor.ts'
import { documentSlice, type DocumentSlice } from './document.ts'
import { handSlice, type HandSlice } from './hand.ts'
import { runSlice, type RunSlice } from './run.ts'
import { shellSlice, type ShellSlice } from './shell.ts'
import { viewSlice, type ViewSlice } from './view.ts'
import { yoursSlice, type YoursSlice } from './yours.ts'

/** All state of the page. Data flows one way: commands and the machine change it, panes read it. */
export type AppState = DocumentSlice & RunSlice & CursorSlice & ViewSlice & ShellSlice & YoursSlice & HandSlice & BranchesSlice & ExerciseSlice

/** A store of its own, for tests; the page has `app`. */
export const createApp = () =>
  createStore<AppState>()((...a) => ({
    ...documentSlice(...a), ...runSlice(...a), ...cursorSlice(...a), ...viewSlice(...a), ...shellSlice(...a),
    ...yoursSlice(...a), ...handSlice(...a), ...branchesSlice(...a), ...exerciseSlice(...a),
  }))

export const app = createApp()

/** What a component reads of the state; the selector must not make a new object. */
export const useApp = <T>(select: (state: AppState) => T): T => useStore(app, select)
