import { COLUMN_NAMES, TABLES, TRACE_VERSION, type Chunk, type TableName } from './format.ts'
import { Sha256, hex, type Compress } from './sha256.ts'

interface Running {
  rows: number
  bytes: number
  readonly columns: ReadonlyMap<string, Sha256>
  readonly payload: Sha256
}

const text = (ascii: string): Uint8Array => Uint8Array.from(ascii, (c) => c.charCodeAt(0))

/**
 * The digest that says two runs are the same: one running hash per column and one per pool of payloads, so
 * that rows can be dropped once they were flushed, and so that how they were cut into chunks does not show.
 * Columns enter by name: reordering them changes nothing, adding one does.
 */
export class TraceDigest {
  #tables: Readonly<Record<TableName, Running>>

  /** @param compress what the hashes are computed with; the same digest whatever it is */
  constructor(compress?: Compress) {
    this.#tables = Object.fromEntries(
      TABLES.map((table): [TableName, Running] => [
        table,
        {
          rows: 0,
          bytes: 0,
          columns: new Map(COLUMN_NAMES.map((name) => [name, new Sha256(compress)])),
          payload: new Sha256(compress),
        },
      ]),
    ) as Record<TableName, Running>
  }

  /** Takes the next rows of a table; false (and nothing taken) if they do not follow the ones before. */
  add(table: TableName, chunk: Chunk): boolean {
    const running = this.#tables[table]
    if (chunk.first !== running.rows || chunk.base !== running.bytes) return false
    for (const [name, hash] of running.columns) {
      const column = chunk.columns[name as keyof Chunk['columns']]
      // WebAssembly is little-endian, and so is every engine that runs it: the array's bytes are canonical.
      hash.update(new Uint8Array(column.buffer, column.byteOffset, chunk.count * column.BYTES_PER_ELEMENT))
    }
    running.payload.update(chunk.payload)
    running.rows += chunk.count
    running.bytes += chunk.payload.length
    return true
  }

  /** The digest of what was added so far, 64 hexadecimal digits. May be asked again and again. */
  hex(): string {
    const lines: string[] = []
    for (const table of TABLES) {
      const { columns, payload } = this.#tables[table]
      for (const [name, hash] of columns) lines.push(`${table}.${name} ${hex(hash.digest())}`)
      lines.push(`${table}.payload ${hex(payload.digest())}`)
    }
    // By code unit: `localeCompare` differs between engines.
    lines.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    return hex(new Sha256().update(text(`skipcall trace ${TRACE_VERSION}\n${lines.join('\n')}\n`)).digest())
  }
}
