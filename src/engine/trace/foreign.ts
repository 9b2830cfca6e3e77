/**
 * Calls of an imported log. No table of ours has them, so their rows have a number of a name, and their payloads hold what the log
 * said: where registers and captures stand in ours there are none, so that whoever reads those finds nothing.
 */
import { encodeUtf8, lossyText } from '../kernel/text.ts'
import type { PayloadWriter } from './payload.ts'
import { PayloadReader } from './payload.ts'
import { readCaptures } from './capture.ts'
import { readRegisters } from './registers.ts'

/** The first half of a call: its name and what stands behind the parenthesis, as far as it was known. */
export interface ForeignEntry {
  readonly name: string
  readonly inside: string
}

/** The second half of a call. */
export interface ForeignExit {
  /** What stood between `resumed>` and the parenthesis; empty where the call was on one line. */
  readonly inside: string
  /** All that stood behind ` = `, but for the duration. */
  readonly result: string
  /** Time spent in the call, in nanoseconds, where the log told it. */
  readonly took: number | undefined
}

/** More different names than any system has calls; a log with more is none. */
export const MOST_NAMES = 4096

const names: string[] = []
const numbers = new Map<string, number>()

/**
 * The number of a call's name, for the column `nr`: names are numbered as they first come, for as long as the realm lives, as
 * `Symbol.for` does. Undefined when there are too many.
 */
export const foreignNumber = (name: string): number | undefined => {
  const known = numbers.get(name)
  if (known !== undefined) return known
  if (names.length >= MOST_NAMES) return undefined
  numbers.set(name, names.length)
  return names.push(name) - 1
}

/** The name behind a number; undefined if nothing was given it. */
export const foreignName = (nr: number): string | undefined => names[nr]

/** The payload of an entry: no registers, no captures, the words. */
export const writeForeignEntry = (out: PayloadWriter, { name, inside }: ForeignEntry): void => {
  // No arguments; pc, sp and fp; no captures.
  for (let i = 0; i < 5; i++) out.number(0)
  out.string(encodeUtf8(name))
  out.string(encodeUtf8(inside))
}

export const readForeignEntry = (payload: Uint8Array): ForeignEntry => {
  const from = new PayloadReader(payload)
  readRegisters(from)
  readCaptures(from)
  return { name: lossyText(from.string().bytes), inside: lossyText(from.string().bytes) }
}

/** The payload of an exit: no captures, the words. */
export const writeForeignExit = (out: PayloadWriter, { inside, result, took }: ForeignExit): void => {
  out.number(0)
  out.string(encodeUtf8(inside))
  out.string(encodeUtf8(result))
  if (took !== undefined) out.number(took)
}

export const readForeignExit = (payload: Uint8Array): ForeignExit => {
  const from = new PayloadReader(payload)
  readCaptures(from)
  const [inside, result] = [lossyText(from.string().bytes), lossyText(from.string().bytes)]
  return { inside, result, took: from.atEnd ? undefined : from.number() }
}
