/**
 * What a trace is: three append-only tables of the same columns (house rule: nothing derived is stored).
 *
 * - `events`: what happened, in order; a row's number is its `seq`, from 1.
 * - `outcomes`: how a call ended that has no exit stop (skipped, SKIPEXIT, untraced); `link` is its entry's seq.
 * - `outputs`: what guests wrote to their terminal; `link` is the seq of the last event before it.
 */

/** The number of an event in its trace, from 1. 0 means none. */
export type Seq = number

/** The format of the tables. A change of columns or payloads is a new version and an upgrader. */
export const TRACE_VERSION = 1

export const EventKind = {
  /** A task begins. payload: parent, name, argv */
  birth: 1,
  /** syscall-entry-stop. payload: registers, captures */
  entry: 2,
  /** syscall-exit-stop. payload: registers if changed since the entry, captures and writes */
  exit: 3,
  /** PTRACE_EVENT_* stop; nr is the event, ret its message */
  event: 4,
  /** signal-delivery-stop; nr is the signal. payload: siginfo */
  signal: 5,
  /** group-stop; nr is the stop signal */
  group: 6,
  /** A request of a tracer; nr is the request, ret its result (negative: −errno). payload: addr, data, detail */
  request: 7,
  /** A call that nobody traces, when the recipe asks for those; whole. payload as entry and exit together */
  call: 8,
  /** A task has ended; status is its wait status */
  death: 9,
  /** A line that a script printed. payload: text */
  print: 10,
  /** What the run failed of; by a script (pid), or as a whole (pid 0). payload: text */
  failure: 11,
} as const
export type EventKind = (typeof EventKind)[keyof typeof EventKind]

/** Bits of the column `flags`. */
export const Flag = {
  /** outcome, exit: the call was not run (SKIPCALL, SYSEMU, nr −1) */
  skipped: 1,
  /** entry: SYSEMU was on when the stop was made */
  emulated: 2,
  /** exit: the payload has the registers */
  registers: 4,
  /** exit, outcome: the result is an error */
  error: 8,
  /** entry: the call was restarted after an interruption */
  restarted: 16,
  /** request: part of a PTRACE_MULTI */
  multi: 32,
  /** The tracee was seized */
  seized: 64,
  /** stop: the tracer has PTRACE_O_TRACESYSGOOD set */
  sysgood: 128,
  /** outcome, exit: an outcome of a call that had to wait */
  waited: 256,
  /** birth: not a new task, but one that goes on as another program; link is its birth */
  exec: 512,
  /** birth: a thread of its parent's process */
  thread: 1024,
  /** exit, outcome, call: what became of it was forced (recipe.ts); such an exit has the registers */
  forced: 2048,
} as const

/** The tables of calls, as one byte. Foreign calls are those of an imported log, of no table: kept as text (foreign.ts). */
export const ArchCode = { none: 0, preview1: 1, linux: 2, foreign: 3 } as const

/** The columns, in the order in which the digest takes them. */
export const COLUMNS = {
  kind: Uint8Array,
  /** The task that the event is about; for a request, the tracee */
  pid: Uint16Array,
  /** The tracer: who made the request, or to whom the stop is reported; 0 if nobody */
  by: Uint16Array,
  arch: Uint8Array,
  flags: Uint16Array,
  /** Number of the call, request, event or signal */
  nr: Int32Array,
  /** Result register, result of the request, or message of the event */
  ret: Int32Array,
  /** Wait status, as waitpid(2) reports it */
  status: Uint32Array,
  /** exit → its entry; request → the stop that it answers; event → the entry around it; death → birth */
  link: Uint32Array,
  /** Line of the script that made the request or printed */
  line: Uint16Array,
  /** Virtual nanoseconds since boot */
  time: Float64Array,
  /** Where the payload begins; it ends where the next row's begins */
  at: Uint32Array,
} as const

export type ColumnName = keyof typeof COLUMNS
export type ColumnArray = Int8Array | Int16Array | Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array

/** One row, as a recorder gives it. */
export type RowValues = Partial<Record<Exclude<ColumnName, 'at'>, number>> & { readonly kind: EventKind }

/** Some rows of one table, ready to be posted: columns and payload bytes of rows `first` … `first + count − 1`. */
export interface Chunk {
  readonly first: number
  readonly count: number
  readonly columns: Readonly<Record<ColumnName, ColumnArray>>
  readonly payload: Uint8Array
  /** Where `payload` begins in the table's pool. */
  readonly base: number
}

/** A table's columns, each in an array of the type above or in a narrower one that holds its values as well. */
export type Columns = Record<ColumnName, ColumnArray>

export const COLUMN_NAMES = Object.keys(COLUMNS) as readonly ColumnName[]

/** Bytes of a row without its payload. */
export const ROW_BYTES = COLUMN_NAMES.reduce((sum, name) => sum + COLUMNS[name].BYTES_PER_ELEMENT, 0)

export const TABLES = ['events', 'outcomes', 'outputs'] as const
export type TableName = (typeof TABLES)[number]
