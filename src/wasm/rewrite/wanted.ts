/** Which kinds of edits a build wants. */
export interface Wanted {
  readonly ticks: boolean
  readonly frames: boolean
  readonly nans: boolean
  readonly globals: boolean
  /** Before each instruction, or each basic block. */
  readonly steps: 'none' | 'instruction' | 'block'
  /** Around each store. */
  readonly stores: boolean
}
