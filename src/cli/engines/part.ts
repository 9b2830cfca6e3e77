/** What a part of the long tests came to. */
export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** A part: runs, prints what failed or why it is skipped, and counts. */
export interface Part {
  readonly name: string
  readonly run: () => Promise<Counts>
}

export const PASSED: Counts = { passed: 1, failed: 0, skipped: 0 }
export const FAILED: Counts = { passed: 0, failed: 1, skipped: 0 }
export const SKIPPED: Counts = { passed: 0, failed: 0, skipped: 1 }

/** Prints a sentence, indented under the part's name. */
export const say = (sentence: string): void => console.log(`  ${sentence.replaceAll('\n', '\n  ')}`)
