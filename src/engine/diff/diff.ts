import type { Seq } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import { commonEvents } from './common.ts'
import { itemsOf, readItems, type Items } from './item.ts'
import { align } from './sequence.ts'

/** What two traces have of an item: a call, a signal-delivery-stop, the end of a task. */
export const Side = {
  /** Both, and the same. */
  equal: 0,
  /** Both, with other arguments, another result or other bytes. */
  changed: 1,
  left: 2,
  right: 3,
} as const
export type Side = (typeof Side)[keyof typeof Side]

/** One line of a diff. */
export interface DiffRow {
  /** 0 where the side has nothing. */
  readonly left: Seq
  readonly right: Seq
  readonly side: Side
}

/** Two traces, item by item. */
export interface TraceDiff {
  readonly length: number
  /** By row: the first event of the item, 0 where the side has none. */
  readonly left: Uint32Array
  readonly right: Uint32Array
  readonly side: Uint8Array
  /** Rows that are not equal, in their order. */
  readonly differences: Uint32Array
  readonly counts: { readonly equal: number; readonly changed: number; readonly left: number; readonly right: number }
}

/** One row, from 0; undefined beyond the end. */
export const rowAt = ({ left, right, side, length }: TraceDiff, row: number): DiffRow | undefined =>
  row >= 0 && row < length ? { left: left[row] as number, right: right[row] as number, side: side[row] as Side } : undefined

/** Tasks in the order of birth, each once: one that execs is born again under its pid. */
const pidsOf = (trace: Trace): readonly number[] => [...new Set(trace.births.map(({ pid }) => pid))]

/**
 * The difference of two traces: each task of one with the task of the other that was born at the same place, its calls
 * aligned (sequence.ts), then all in the order of time of the left one. What both begin with is not looked at again.
 */
export const diffTraces = (left: Trace, right: Trace): TraceDiff => {
  const common = commonEvents(left, right)
  const [ours, theirs] = [itemsOf(left), itemsOf(right)]
  const tasks: (readonly DiffRow[])[] = []
  const [pids, others] = [pidsOf(left), pidsOf(right)]
  for (let i = 0; i < Math.max(pids.length, others.length); i++) {
    const [a, b] = [ours.get(pids[i] ?? -1) ?? [], theirs.get(others[i] ?? -1) ?? []]
    const rows: DiffRow[] = []
    let same = 0
    while (same < a.length && (a[same] as number) <= common) {
      rows.push({ left: a[same] as number, right: b[same] as number, side: Side.equal })
      same++
    }
    alignTask(readItems(left, a.slice(same)), readItems(right, b.slice(same)), rows)
    tasks.push(rows)
  }
  return packed(inOrder(tasks, common))
}

/** Aligns what two tasks did: what is equal first, then in the gaps what is the same call. */
const alignTask = (a: Items, b: Items, rows: DiffRow[]): void => {
  const matching = align(a.tokens, b.tokens)
  let [i, j] = [0, 0]
  for (let k = 0; k <= matching.length; k++) {
    const other = k < matching.length ? (matching[k] as number) : b.tokens.length
    if (other < 0) continue
    alignGap(a, i, k, b, j, other, rows)
    if (k < matching.length) rows.push({ left: a.seqs[k] as number, right: b.seqs[other] as number, side: Side.equal })
    ;[i, j] = [k + 1, other + 1]
  }
}

const alignGap = (a: Items, a0: number, a1: number, b: Items, b0: number, b1: number, rows: DiffRow[]): void => {
  if (a0 === a1 && b0 === b1) return
  const matching = align(a.keys.subarray(a0, a1), b.keys.subarray(b0, b1))
  let j = b0
  const onlyRight = (to: number): void => {
    for (; j < to; j++) rows.push({ left: 0, right: b.seqs[j] as number, side: Side.right })
  }
  for (let i = a0; i < a1; i++) {
    const other = matching[i - a0] as number
    if (other < 0) {
      rows.push({ left: a.seqs[i] as number, right: 0, side: Side.left })
      continue
    }
    onlyRight(b0 + other)
    rows.push({ left: a.seqs[i] as number, right: b.seqs[j] as number, side: Side.changed })
    j++
  }
  onlyRight(b1)
}

/**
 * The rows of all tasks in one order: by the left trace's events. What only the right one has stands behind the last
 * row of both that comes before it there, and never before or behind a row of its own task that it follows or precedes.
 */
const inOrder = (tasks: readonly (readonly DiffRow[])[], common: Seq): readonly DiffRow[] => {
  const rows = tasks.flat()
  const paired = rows.filter(({ side, right }) => side <= Side.changed && right > common).sort((x, y) => x.right - y.right)
  const rights = paired.map(({ right }) => right)
  let reached = common
  const lefts = paired.map((row) => (reached = Math.max(reached, row.left)))
  /** The left event behind which an event of the right trace belongs. */
  const placeOf = (right: Seq): number => {
    let [low, high] = [0, rights.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((rights[middle] as number) < right) low = middle + 1
      else high = middle
    }
    return low === 0 ? common : (lefts[low - 1] as number)
  }
  const keys = new Float64Array(rows.length)
  let at = rows.length
  for (const task of tasks.toReversed()) {
    // From behind, each row knows what it must come before; and what it must follow is where it was put at least.
    let next = Infinity
    for (const row of task.toReversed()) {
      keys[--at] = row.left > 0 ? row.left : Math.min(placeOf(row.right) + 0.5, next)
      if (row.left > 0) next = row.left - 0.5
    }
  }
  return Array.from(rows.keys())
    .sort((x, y) => (keys[x] as number) - (keys[y] as number) || x - y)
    .map((i) => rows[i] as DiffRow)
}

const packed = (rows: readonly DiffRow[]): TraceDiff => {
  const side = Uint8Array.from(rows, (row) => row.side)
  const count = (wanted: Side): number => side.reduce((sum, one) => sum + Number(one === wanted), 0)
  return {
    length: rows.length,
    left: Uint32Array.from(rows, (row) => row.left),
    right: Uint32Array.from(rows, (row) => row.right),
    side,
    differences: Uint32Array.from(side.keys()).filter((i) => side[i] !== Side.equal),
    counts: { equal: count(Side.equal), changed: count(Side.changed), left: count(Side.left), right: count(Side.right) },
  }
}
