import { insideText } from '../decode/arg-list.ts'
import { tracedCall } from '../decode/call.ts'
import { eventLineText } from '../decode/line.ts'
import type { Seq } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import { rowAt, Side, type DiffRow, type TraceDiff } from './diff.ts'

/** Where two traces part. */
export interface Parting extends DiffRow {
  /** The row of the diff, from 0. */
  readonly row: number
  readonly sentence: string
}

/** An item on one line: of a call with its result. */
export const itemText = (trace: Trace, seq: Seq): string => {
  const call = tracedCall(trace, seq, 'after')
  if (call === undefined) return eventLineText(trace, seq)
  return `${call.name}(${insideText(call)}) = ${call.result.brief}${call.skipped ? ', not run' : ''}`
}

/** The first difference, in a sentence; undefined if there is none. */
export const firstDifference = (diff: TraceDiff, left: Trace, right: Trace, names: readonly [string, string]): Parting | undefined => {
  const [row] = diff.differences
  const found = row === undefined ? undefined : rowAt(diff, row)
  if (row === undefined || found === undefined) return undefined
  return { ...found, row, sentence: sentenceOf(found, left, right, names) }
}

const sentenceOf = ({ side, left: a, right: b }: DiffRow, left: Trace, right: Trace, [ours, theirs]: readonly [string, string]): string => {
  const at = (seq: Seq): string => `#${seq.toLocaleString('en')}`
  switch (side) {
    case Side.left:
      return `They part at ${at(a)} of ${ours}: ${theirs} does not do ${itemText(left, a)}.`
    case Side.right:
      return `They part at ${at(b)} of ${theirs}: ${ours} does not do ${itemText(right, b)}.`
    default:
      return `They part at ${at(a)} of ${ours}, ${at(b)} of ${theirs}: there ${itemText(left, a)}, here ${itemText(right, b)}.`
  }
}
