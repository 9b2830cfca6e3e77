import { COLUMNS, COLUMN_NAMES, type Chunk, type ColumnArray, type ColumnName, type Columns, type RowValues } from './format.ts'
import { Pool, type PoolCodec } from './pool.ts'

type ArrayType = new (rows: number) => ColumnArray

const BYTE = [Uint8Array]
const HALF = [Uint8Array, Uint16Array]
const WORD = [Uint8Array, Uint16Array, Uint32Array]
const SIGNED = [Int8Array, Int16Array, Int32Array]
/**
 * What a column may be kept in, narrowest first: most hold small numbers, and times begin at 0. An imported log has pids
 * and results that no machine of ours makes; they are never sliced, so the types of format.ts need not hold them.
 */
const WIDTHS: Readonly<Record<ColumnName, readonly ArrayType[]>> = {
  kind: BYTE, arch: BYTE, pid: WORD, by: WORD, flags: HALF, line: HALF,
  nr: SIGNED, ret: [...SIGNED, Float64Array], status: WORD, link: WORD, at: WORD, time: [Uint32Array, Float64Array],
}

const columnsOf = (make: (name: ColumnName) => ColumnArray): Columns =>
  Object.fromEntries(COLUMN_NAMES.map((name) => [name, make(name)])) as Columns

/** What the whole numbers of a type are between. */
const RANGES: ReadonlyMap<ArrayType, readonly [number, number]> = new Map<ArrayType, readonly [number, number]>([
  [Uint8Array, [0, 0xff]], [Uint16Array, [0, 0xffff]], [Uint32Array, [0, 0xffff_ffff]],
  [Int8Array, [-0x80, 0x7f]], [Int16Array, [-0x8000, 0x7fff]], [Int32Array, [-0x8000_0000, 0x7fff_ffff]],
])
const ANY = [-Infinity, Infinity] as const

/** Whether every value stays what it is in an array of that type. */
const holds = (Type: ArrayType, values: ArrayLike<number>): boolean => {
  const [least, most] = RANGES.get(Type) ?? ANY
  if (most === Infinity) return true
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (!(value >= least && value <= most && Math.floor(value) === value)) return false
  }
  return true
}

/**
 * A growing table of columns with a pool of payload bytes: the recorder appends rows, a reader whole chunks. A reader
 * has every row at once, keeps each column as narrow as its values allow, and may pack old payloads; a recorder hands
 * its rows over soon.
 */
export class Table {
  #columns: Columns
  #capacity: number
  #length = 0
  readonly #pool: Pool
  readonly #narrow: boolean

  constructor(capacity = 1024, { narrow = false }: { readonly narrow?: boolean } = {}) {
    this.#capacity = capacity
    this.#narrow = narrow
    this.#columns = columnsOf((name) => new (narrow ? (WIDTHS[name][0] as ArrayType) : COLUMNS[name])(capacity))
    this.#pool = new Pool(capacity * 16, { inBlocks: narrow })
  }

  get length(): number {
    return this.#length
  }
  /** Bytes of the rows, their payloads as they are read, without unused room. */
  get byteLength(): number {
    return this.#columnBytes + this.#pool.length
  }
  /** Bytes that the rows take here, their payloads packed as far as they are, without unused room. */
  get heldLength(): number {
    return this.#columnBytes + this.#pool.heldLength
  }
  get #columnBytes(): number {
    return COLUMN_NAMES.reduce((sum, name) => sum + this.#columns[name].BYTES_PER_ELEMENT * this.#length, 0)
  }
  /** Bytes of all payloads. */
  get payloadLength(): number {
    return this.#pool.length
  }
  /** The columns; only rows below `length` mean something, and growing replaces the arrays. */
  get columns(): Readonly<Columns> {
    return this.#columns
  }

  /** Appends a row; answers its index from 0. */
  append(row: RowValues, payload: Uint8Array, payloadLength = payload.length): number {
    this.#reserve(1)
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
    c.at[i] = this.#pool.length
    if (this.#narrow) this.#refit(i, row)
    this.#pool.append(payload, payloadLength)
    return i
  }

  /**
   * Puts another value into a column wherever one stands: a log may tell only later who it was about. For readers of files, before
   * anybody has read the rows.
   */
  rename(name: ColumnName, from: number, to: number): void {
    this.#widen(name, [to])
    const column = this.#columns[name]
    for (let i = 0; i < this.#length; i++) if (column[i] === from) column[i] = to
  }

  /** Appends rows that another table sliced; false if they do not follow what is here. */
  appendChunk(chunk: Chunk): boolean {
    if (chunk.first !== this.#length || chunk.base !== this.#pool.length) return false
    this.#reserve(chunk.count)
    for (const name of COLUMN_NAMES) {
      if (this.#narrow) this.#widen(name, chunk.columns[name])
      this.#columns[name].set(chunk.columns[name], this.#length)
    }
    this.#pool.append(chunk.payload)
    this.#length += chunk.count
    return true
  }

  /** A copy of the rows from `first` on, in the types of format.ts. */
  slice(first: number): Chunk {
    const base = first < this.#length ? (this.#columns.at[first] as number) : this.#pool.length
    const columns = columnsOf((name) => new COLUMNS[name](this.#columns[name].subarray(first, this.#length)))
    return { first, count: this.#length - first, columns, payload: this.#pool.bytes(base, this.#pool.length).slice(), base }
  }

  /** Forgets all rows; their room is kept. */
  clear(): void {
    this.#length = 0
    this.#pool.clear()
  }

  /**
   * Packs up to `most` blocks of old payloads, which read as before. For readers, whenever there is time.
   * @returns whether there are more
   */
  pack(codec: PoolCodec, most?: number): boolean {
    return this.#pool.pack(codec, most)
  }

  /** The payload of row i (from 0), to be read, not kept. */
  payload(i: number): Uint8Array {
    const from = this.#columns.at[i] ?? 0
    const to = i + 1 < this.#length ? (this.#columns.at[i + 1] as number) : this.#pool.length
    return this.#pool.bytes(from, to)
  }

  /** Writes those values of a row again that its columns were too narrow for. */
  #refit(i: number, row: RowValues): void {
    for (const name of COLUMN_NAMES) {
      const value = name === 'at' ? this.#pool.length : (row[name] ?? 0)
      if (this.#columns[name][i] === value) continue
      this.#widen(name, [value])
      this.#columns[name][i] = value
    }
  }

  #copy(name: ColumnName, Type: ArrayType): ColumnArray {
    const copy = new Type(this.#capacity)
    copy.set(this.#columns[name].subarray(0, this.#length))
    return copy
  }

  /** Makes a column as wide as new values need. */
  #widen(name: ColumnName, values: ArrayLike<number>): void {
    const widths = WIDTHS[name]
    const now = widths.indexOf(this.#columns[name].constructor as ArrayType)
    let width = now
    while (width < widths.length - 1 && !holds(widths[width] as ArrayType, values)) width++
    if (width > now) this.#columns = { ...this.#columns, [name]: this.#copy(name, widths[width] as ArrayType) }
  }

  #reserve(rows: number): void {
    if (this.#length + rows > this.#capacity) {
      this.#capacity = Math.max(this.#capacity * 2, this.#length + rows)
      this.#columns = columnsOf((name) => this.#copy(name, this.#columns[name].constructor as ArrayType))
    }
  }
}
