import { copyBytes } from '../kernel/bytes.ts'
import { COLUMNS, COLUMN_NAMES, type Chunk, type Columns, type RowValues } from './format.ts'

const makeColumns = (rows: number): Columns =>
  Object.fromEntries(COLUMN_NAMES.map((name) => [name, new COLUMNS[name](rows)])) as unknown as Columns

/** A growing table of columns with a pool of payload bytes: the recorder appends rows, a reader whole chunks. */
export class Table {
  #columns: Columns
  #capacity: number
  #length = 0
  #pool: Uint8Array
  #poolLength = 0

  constructor(capacity = 1024) {
    this.#capacity = capacity
    this.#columns = makeColumns(capacity)
    this.#pool = new Uint8Array(capacity * 16)
  }

  get length(): number {
    return this.#length
  }
  /** Bytes held by the rows, without unused room. */
  get byteLength(): number {
    return COLUMN_NAMES.reduce((sum, name) => sum + COLUMNS[name].BYTES_PER_ELEMENT * this.#length, this.#poolLength)
  }
  /** The columns; only rows below `length` mean something, and growing replaces the arrays. */
  get columns(): Readonly<Columns> {
    return this.#columns
  }

  /** Appends a row; answers its index from 0. */
  append(row: RowValues, payload: Uint8Array, payloadLength = payload.length): number {
    this.#reserve(1, payloadLength)
    const i = this.#length++
    const c = this.#columns
    c.kind[i] = row.kind
    c.pid[i] = row.pid ?? 0
    c.by[i] = row.by ?? 0
    c.arch[i] = row.arch ?? 0
    c.flags[i] = row.flags ?? 0
    c.nr[i] = row.nr ?? 0
    c.ret[i] = row.ret ?? 0
    c.status[i] = row.status ?? 0
    c.link[i] = row.link ?? 0
    c.line[i] = row.line ?? 0
    c.time[i] = row.time ?? 0
    c.at[i] = this.#poolLength
    copyBytes(payload, 0, this.#pool, this.#poolLength, payloadLength)
    this.#poolLength += payloadLength
    return i
  }

  /** Appends rows that another table sliced; false if they do not follow what is here. */
  appendChunk(chunk: Chunk): boolean {
    if (chunk.first !== this.#length || chunk.base !== this.#poolLength) return false
    this.#reserve(chunk.count, chunk.payload.length)
    for (const name of COLUMN_NAMES) this.#columns[name].set(chunk.columns[name], this.#length)
    this.#pool.set(chunk.payload, this.#poolLength)
    this.#length += chunk.count
    this.#poolLength += chunk.payload.length
    return true
  }

  /** A copy of the rows from `first` on. */
  slice(first: number): Chunk {
    const base = first < this.#length ? (this.#columns.at[first] as number) : this.#poolLength
    const columns = Object.fromEntries(
      COLUMN_NAMES.map((name) => [name, this.#columns[name].slice(first, this.#length)]),
    ) as unknown as Chunk['columns']
    return { first, count: this.#length - first, columns, payload: this.#pool.slice(base, this.#poolLength), base }
  }

  /** Forgets all rows; their room is kept. */
  clear(): void {
    this.#length = 0
    this.#poolLength = 0
  }

  /** The payload of row i (from 0), as a view. */
  payload(i: number): Uint8Array {
    const from = this.#columns.at[i] ?? 0
    const to = i + 1 < this.#length ? (this.#columns.at[i + 1] as number) : this.#poolLength
    return this.#pool.subarray(from, to)
  }

  #reserve(rows: number, bytes: number): void {
    if (this.#length + rows > this.#capacity) {
      this.#capacity = Math.max(this.#capacity * 2, this.#length + rows)
      const grown = makeColumns(this.#capacity)
      for (const name of COLUMN_NAMES) grown[name].set(this.#columns[name].subarray(0, this.#length))
      this.#columns = grown
    }
    if (this.#poolLength + bytes > this.#pool.length) {
      const grown = new Uint8Array(Math.max(this.#pool.length * 2, this.#poolLength + bytes))
      grown.set(this.#pool.subarray(0, this.#poolLength))
      this.#pool = grown
    }
  }
}
