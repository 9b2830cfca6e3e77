/** What an argument is, as data: numbers, 64-bit numbers, text, bytes, lists and records of those. */
export type Value =
  number | bigint | string | Uint8Array | null | readonly Value[] | { readonly [field: string]: Value }

/** A stretch of memory that an argument is about, by the words a reader would use: `iovs[0].buf`. */
export interface Region {
  readonly label: string
  readonly addr: number
  readonly length: number
}

/** A value in its three forms. */
export interface Shown {
  /** As strace prints it. */
  readonly text: string
  /** The same for a narrow column: without field names, long lists cut. */
  readonly brief: string
  readonly value: Value
}

/** A value whose two texts agree. */
export const shown = (text: string, value: Value): Shown => ({ text, brief: text, value })
