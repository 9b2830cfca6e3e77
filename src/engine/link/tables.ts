import { TraceDigest } from '../trace/digest.ts'
import { COLUMNS, COLUMN_NAMES, EventKind, ROW_BYTES, TABLES, type Chunk, type TableName } from '../trace/format.ts'
import { Trace } from '../trace/trace.ts'
import type { Table } from '../trace/table.ts'
import type { ColumnChange } from './difference.ts'

/**
 * The tables of a trace as bytes, as recordings have them: for each its rows (u32), the bytes of its pool (u32), its
 * columns one after the other in the order of format.ts, its pool. Numbers are little-endian.
 */

/** More than the budget of any recipe. */
export const MAX_ROWS = 4_000_000

const sizeOf = (table: Table): number => 8 + ROW_BYTES * table.length + table.payloadLength

const asTheyAre: ColumnChange = () => {}

/** How many bytes the tables of a trace take. */
export const tablesLength = (trace: Trace): number => TABLES.reduce((sum, name) => sum + sizeOf(trace[name]), 0)

/**
 * Puts the tables of a trace into bytes, from an offset on.
 *
 * @param change what becomes of a column on its way
 */
export const putTables = (out: Uint8Array, from: number, trace: Trace, change: ColumnChange = asTheyAre): void => {
  const view = new DataView(out.buffer, out.byteOffset, out.byteLength)
  let at = from
  for (const name of TABLES) {
    const { columns, count, payload } = trace[name].slice(0)
    view.setUint32(at, count, true)
    view.setUint32(at + 4, payload.length, true)
    at += 8
    for (const column of COLUMN_NAMES) {
      const values = columns[column]
      change(name, column, values)
      out.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at)
      at += values.byteLength
    }
    out.set(payload, at)
    at += payload.length
  }
}

/** One table's rows, or undefined where they cannot be right; `end` is where the next table begins. */
const readTable = (bytes: Uint8Array, at: number, table: TableName, change: ColumnChange): { readonly chunk: Chunk; readonly end: number } | undefined => {
  if (at + 8 > bytes.length) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = view.getUint32(at, true)
  const pool = view.getUint32(at + 4, true)
  if (count > MAX_ROWS || at + 8 + count * ROW_BYTES + pool > bytes.length) return undefined
  let from = at + 8
  const columns = Object.fromEntries(COLUMN_NAMES.map((name) => {
    const size = count * COLUMNS[name].BYTES_PER_ELEMENT
    const values = new COLUMNS[name](bytes.slice(from, from + size).buffer)
    from += size
    change(table, name, values)
    return [name, values]
  })) as unknown as Chunk['columns']
  // Payloads are found by `at`: it must rise and stay in the pool.
  let before = 0
  for (const start of columns.at as Uint32Array) {
    if (start < before || start > pool) return undefined
    before = start
  }
  for (const kind of columns.kind) if (kind < EventKind.birth || kind > EventKind.failure) return undefined
  const payload = bytes.slice(from, from + pool)
  return { chunk: { first: 0, count, columns, payload, base: 0 }, end: from + pool }
}

/**
 * The trace whose tables begin at an offset and end with the bytes, if its digest is this one; undefined: it is damaged.
 *
 * @param change undoes what became of a column on its way
 */
export const readTables = (bytes: Uint8Array, from: number, wanted: string, change: ColumnChange = asTheyAre): Trace | undefined => {
  const trace = new Trace()
  const digest = new TraceDigest()
  let at = from
  for (const name of TABLES) {
    const table = readTable(bytes, at, name, change)
    if (table === undefined || !digest.add(name, table.chunk) || !trace.append(name, table.chunk)) return undefined
    at = table.end
  }
  return at === bytes.length && digest.hex() === wanted ? trace : undefined
}
