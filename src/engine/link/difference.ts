import type { ColumnArray, ColumnName, TableName } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import { TABLES } from '../trace/format.ts'

/**
 * Columns of a trace as differences, which deflate to a fifth: times and places in the pool from row to row, links of events
 * from the event itself. Both directions change the values where they stand; each is the other's inverse.
 */
export type ColumnChange = (table: TableName, column: ColumnName, values: ColumnArray) => void

/** 0 stays 0, for most rows have no link; a link to the row itself takes the place that leaves free. Its own inverse. */
const turn = (values: ColumnArray): void => {
  for (let i = 0; i < values.length; i++) {
    const link = values[i] as number
    if (link !== 0 && link !== i + 1) values[i] = (i + 1 - link) >>> 0
  }
}

const isRising = (table: TableName, column: ColumnName): boolean => column === 'time' || column === 'at' || (column === 'link' && table !== 'events')

export const toDifferences: ColumnChange = (table, column, values) => {
  if (table === 'events' && column === 'link') turn(values)
  if (!isRising(table, column)) return
  for (let i = values.length - 1; i > 0; i--) values[i] = (values[i] as number) - (values[i - 1] as number)
}

export const fromDifferences: ColumnChange = (table, column, values) => {
  if (table === 'events' && column === 'link') turn(values)
  if (!isRising(table, column)) return
  for (let i = 1; i < values.length; i++) values[i] = (values[i] as number) + (values[i - 1] as number)
}

/** Whether differences of its times are exact: a run's are whole nanoseconds. */
export const hasWholeTimes = (trace: Trace): boolean =>
  TABLES.every((table) => trace[table].columns.time.subarray(0, trace[table].length).every((time) => Number.isSafeInteger(time)))
