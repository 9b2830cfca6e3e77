import { EventKind, type Seq } from '../trace/format.ts'
import type { Table } from '../trace/table.ts'
import type { Trace } from '../trace/trace.ts'

/** What of a row must be equal for two rows to say the same; lines of scripts and times are not told in a diff. */
const COMPARED = ['kind', 'pid', 'by', 'arch', 'flags', 'nr', 'ret', 'status', 'link'] as const

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** How many rows two tables begin with that are the same. */
const commonRows = (left: Table, right: Table): number => {
  const pairs = COMPARED.map((name) => [left.columns[name], right.columns[name]] as const)
  const most = Math.min(left.length, right.length)
  for (let i = 0; i < most; i++) {
    for (const [a, b] of pairs) if (a[i] !== b[i]) return i
    if (!sameBytes(left.payload(i), right.payload(i))) return i
  }
  return most
}

/** The first event of those whose calls end otherwise: rows from `from` on tell of ends of calls that began before. */
const firstEnded = (table: Table, from: number, before: Seq, isEnd: (kind: number | undefined) => boolean): Seq => {
  const { kind, link } = table.columns
  let first = before
  for (let i = from; i < table.length; i++) {
    const begun = link[i] as number
    if (begun > 0 && begun < first && isEnd(kind[i])) first = begun
  }
  return first
}

/**
 * The events that two traces begin with, as far as they are the same together with how their calls ended: of everything
 * that begins before the answer nothing has to be compared.
 */
export const commonEvents = (left: Trace, right: Trace): Seq => {
  const rows = commonRows(left.events, right.events)
  const silent = commonRows(left.outcomes, right.outcomes)
  const isExit = (kind: number | undefined): boolean => kind === EventKind.exit
  let first = rows + 1
  for (const { events, outcomes } of [left, right]) {
    first = firstEnded(events, rows, first, isExit)
    first = firstEnded(outcomes, silent, first, () => true)
  }
  return first - 1
}
