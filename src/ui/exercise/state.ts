import type { StateCreator } from 'zustand'
import type { CheckResult } from '../../engine/exercise/check-data.ts'
import type { Exercise } from '../../engine/exercise/exercise.ts'
import type { Verdict } from '../../engine/exercise/grade.ts'
import type { AppState } from '../state/store.ts'

/** How far a student is with an exercise. */
export type Standing = 'begun' | 'passed'

/** The exercise that is open, and what has been done about it. Its script is the document's. */
export interface ExerciseSlice {
  readonly exercise: Exercise | undefined
  /** What was answered to its questions, by the check's id. */
  readonly replies: Readonly<Record<string, string>>
  /** How many of its hints have been asked for. */
  readonly hints: number
  /** What its checks say of the run that is shown, by their order; none before the first run. */
  readonly results: readonly CheckResult[]
  /** The run that is shown is not of the exercise's own case: its guest or arguments were changed. */
  readonly astray: boolean
  /** Of the last "Check my answer", until the answer changes. */
  readonly graded: Verdict | undefined
  readonly grading: { readonly done: number; readonly of: number } | undefined
  /** Of every exercise that was ever opened. */
  readonly standings: Readonly<Record<string, Standing>>
  study(change: Partial<Omit<ExerciseSlice, 'study'>>): void
}

export const exerciseSlice: StateCreator<AppState, [], [], ExerciseSlice> = (set) => ({
  exercise: undefined,
  replies: {},
  hints: 0,
  results: [],
  astray: false,
  graded: undefined,
  grading: undefined,
  standings: {},
  study: (change) => set(change),
})
