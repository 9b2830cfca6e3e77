/** Why a file cannot be read: where, what stands there, and what to do. Line and column count from 1. */
export interface ImportProblem {
  readonly line: number
  readonly column: number
  readonly cause: string
  readonly cure: string
}

/** A problem in one sentence with its place in front. */
export const problemText = ({ line, column, cause }: ImportProblem): string => `Line ${line}, column ${column}: ${cause}`

/** So many events are taken from one file; the page holds them in memory. */
export const MOST_EVENTS = 3_000_000
