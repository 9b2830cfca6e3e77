import type { HostName, RecipeFile } from '../recipe.ts'
import type { Check } from './check-data.ts'

/**
 * An exercise: a guest, a starter, what is wanted, and the cases on which an answer must be right. Plain data, so that a
 * teacher can write it, a link can carry it, and a grader that has never seen it can judge answers to it.
 */
export interface Exercise {
  readonly version: 1
  readonly id: string
  readonly title: string
  /** What one learns, in a sentence. */
  readonly summary: string
  /** The page of text, in Markdown. */
  readonly text: string
  /** Name of the bundled guest that `spawn()` starts. */
  readonly guest: string
  /** More bundled guests that a script may spawn, besides those that it names. */
  readonly guests?: readonly string[]
  /** Record calls that nobody traces as well. */
  readonly untraced?: boolean
  readonly host?: HostName
  /** What the editor holds at first, and an answer that passes. TypeScript. */
  readonly starter: string
  readonly solution: string
  /** The cases that everybody sees; the first is the one that Run runs. */
  readonly cases: readonly Case[]
  /** What else an answer is tried on. */
  readonly hidden?: Hidden
  readonly checks: readonly Check[]
  /** One sentence or more each, from a nudge to nearly the answer. Markdown. */
  readonly hints: readonly string[]
  readonly budget?: ExerciseBudget
}

/** One world that the script runs in. What is left out is the guest's own. */
export interface Case {
  readonly seed?: number
  /** Arguments after the program's name. */
  readonly argv?: readonly string[]
  readonly env?: readonly string[]
  readonly stdin?: string
  readonly tty?: boolean
  /** Besides the guest's own files, or instead of those at the same path. */
  readonly files?: readonly RecipeFile[]
}

/**
 * Cases that the page does not show: some that are listed, and some that are drawn. A drawn one is the template with
 * another seed, and with `{number 3 9}`, `{word}`, `{line}`, `{lines 2 8}` in its texts replaced by what the draw gives:
 * the grader's draws follow from its secret word, so nobody can know them beforehand, and can be repeated.
 */
export interface Hidden {
  readonly cases?: readonly Case[]
  readonly draw?: { readonly count: number; readonly case: Case }
}

/** As in the recipe; what is left out is an exercise's default. */
export interface ExerciseBudget {
  readonly events?: number
  /** Virtual nanoseconds of computing. */
  readonly cpu?: number
  readonly output?: number
  readonly statements?: number
}

/** Much for an exercise, little for whoever grades five hundred: an endless answer costs no more than this. */
export const EXERCISE_BUDGET = { events: 50_000, cpu: 2_000_000_000, output: 2 ** 20, statements: 2 ** 22 } as const

/** What a student hands in. */
export interface Answer {
  readonly script: string
  /** What was answered to the exercise's questions, by the id of the check. */
  readonly replies: Readonly<Record<string, string>>
}

/** The list of a course: public/exercises/index.json. */
export interface Course {
  readonly version: 1
  readonly title: string
  readonly parts: readonly { readonly title: string; readonly exercises: readonly string[] }[]
}
