import { JSON_LINES_FORMAT, JSON_LINES_VERSION } from '../export/json-lines.ts'
import { decodeBase64url } from '../link/base64url.ts'
import { foreignNumber, readForeignEntry } from '../trace/foreign.ts'
import { ArchCode, COLUMN_NAMES, EventKind, type RowValues, type TableName } from '../trace/format.ts'
import { Trace } from '../trace/trace.ts'
import { LineSplitter, LONGEST_LINE } from './line-splitter.ts'
import { MOST_EVENTS, type ImportProblem } from './problem.ts'

/** A trace that came as lines of JSON. */
export interface ImportedJson {
  readonly trace: Trace
  readonly title: string
  readonly epoch: bigint | undefined
  readonly lines: number
}

const SAVE_AGAIN = 'Export the run again as JSON lines, and open that file as it is.'

/** The table of a line by its kind; events have the words of EventKind. */
const tableOf = (kind: unknown): TableName | undefined =>
  kind === 'output' ? 'outputs' : kind === 'outcome' ? 'outcomes' : typeof kind === 'string' && Object.hasOwn(EventKind, kind) ? 'events' : undefined

const KINDS: readonly EventKind[] = Object.values(EventKind)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value)

/** Reads a trace from lines of JSON, piece by piece: the columns and payloads, not the words beside them. */
export class JsonLinesReader {
  readonly #trace = new Trace()
  readonly #lines = new LineSplitter()
  #line = 0
  #head: { readonly title: string; readonly epoch: bigint | undefined } | undefined
  #ended = false
  /** By number in the file: that of the same name here. */
  readonly #numbers = new Map<number, number>()
  #problem: ImportProblem | undefined

  /** The number of lines read so far. */
  get lines(): number {
    return this.#line
  }

  /** Takes the next piece of the text; answers what is wrong with it. */
  add(piece: string): ImportProblem | undefined {
    const lines = this.#problem === undefined ? this.#lines.add(piece) : []
    if (lines === undefined) this.#refuse(LONGEST_LINE, `This line is longer than ${LONGEST_LINE} characters.`, SAVE_AGAIN)
    else for (const line of lines) if (!this.#take(line)) break
    return this.#problem
  }

  /** The text has ended. */
  end(): ImportedJson | ImportProblem {
    const rest = this.#lines.rest()
    if (this.#problem === undefined && rest !== '') this.#take(rest)
    if (this.#problem === undefined && !this.#ended) this.#refuse(1, 'The file ends before its last line, which says "end".', SAVE_AGAIN)
    if (this.#problem !== undefined || this.#head === undefined) {
      return this.#problem ?? { line: 1, column: 1, cause: 'There is nothing in this file.', cure: SAVE_AGAIN }
    }
    this.#trace.index()
    return { trace: this.#trace, ...this.#head, lines: this.#line }
  }

  #refuse(column: number, cause: string, cure: string): false {
    this.#problem ??= { line: Math.max(1, this.#line), column, cause, cure }
    return false
  }

  #take(text: string): boolean {
    this.#line++
    if (text.trim() === '') return true
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return this.#refuse(1, 'This line is no JSON.', SAVE_AGAIN)
    }
    if (!isRecord(value)) return this.#refuse(1, 'This line is no JSON object.', SAVE_AGAIN)
    if (this.#head === undefined) return this.#begin(value)
    if (this.#ended) return this.#refuse(1, 'There is something behind the last line.', SAVE_AGAIN)
    if (value['kind'] === 'end') {
      this.#ended = value['events'] === this.#trace.events.length
      return this.#ended || this.#refuse(1, `Lines are missing: the last one counts ${String(value['events'])} events, and there are ${this.#trace.events.length}.`, SAVE_AGAIN)
    }
    // Words about an event are no part of what happened.
    if (value['kind'] === 'note') return true
    return this.#append(text, value)
  }

  #begin(head: Readonly<Record<string, unknown>>): boolean {
    const { format, version, title, epoch } = head
    if (format !== JSON_LINES_FORMAT) {
      return this.#refuse(1, `The first line does not say "format":"${JSON_LINES_FORMAT}".`, 'Choose a file that Export saved as JSON lines.')
    }
    if (!isWhole(version) || version > JSON_LINES_VERSION) {
      return this.#refuse(1, 'This file was made with a newer version of Skipcall.', 'Reload the page to get that version, then open it again.')
    }
    this.#head = {
      title: typeof title === 'string' ? title.slice(0, 200) : '',
      epoch: typeof epoch === 'string' && /^\d{1,20}$/.test(epoch) ? BigInt(epoch) : undefined,
    }
    return true
  }

  #append(text: string, value: Readonly<Record<string, unknown>>): boolean {
    const { kind, pid = 0, time, row, payload = '' } = value
    const table = tableOf(kind)
    const at = (name: string): number => Math.max(0, text.indexOf(`"${name}":`)) + 1
    if (table === undefined) return this.#refuse(at('kind'), `No event is a ${JSON.stringify(kind)?.slice(0, 40)}.`, SAVE_AGAIN)
    if (!isRecord(row)) {
      return this.#refuse(1, 'This line has no row: it was exported for reading only.', 'Export the run again as JSON lines, with the rows in it.')
    }
    if (!isWhole(pid) || pid < 0 || typeof time !== 'number' || !(time >= 0)) return this.#refuse(at('time'), 'pid and time must be numbers that are not negative.', SAVE_AGAIN)
    const bytes = typeof payload === 'string' ? decodeBase64url(payload) : undefined
    if (bytes === undefined) return this.#refuse(at('payload'), 'The payload is no base64url.', SAVE_AGAIN)
    for (const [name, number] of Object.entries(row)) {
      const known = COLUMN_NAMES.some((column) => column === name)
      if (!known || !isWhole(number)) return this.#refuse(at(name), known ? `${name} must be a whole number.` : `There is no column ${name.slice(0, 40)}.`, SAVE_AGAIN)
    }
    if (this.#trace[table].length >= MOST_EVENTS) return this.#refuse(1, `The file has more than ${MOST_EVENTS} events.`, 'Record fewer calls.')
    const columns = row as Partial<Record<keyof RowValues, number>>
    // Rows of the other tables say their kind themselves: there the word is that of the table.
    const code = table === 'events' ? EventKind[kind as keyof typeof EventKind] : KINDS.find((one) => one === columns.kind)
    if (code === undefined) return this.#refuse(at('kind'), 'This row has no kind.', SAVE_AGAIN)
    const values = { ...columns, kind: code, pid, time }
    const read = this.#checked(table, values)
    if (read === undefined) return this.#refuse(at('link'), 'This line refers to an event that is not there.', SAVE_AGAIN)
    this.#trace[table].append(values.arch === ArchCode.foreign ? this.#renumbered(read, bytes) : read, bytes)
    return true
  }

  /** Links lead to events that have been told; anything else would send readers of the trace astray. */
  #checked(table: TableName, values: RowValues): RowValues | undefined {
    const { link = 0, line = 0, flags = 0, status = 0, arch = 0, by = 0 } = values
    const fits = link >= 0 && link <= this.#trace.events.length && line >= 0 && line <= 0xffff && flags >= 0 && flags <= 0xffff
    return fits && status >= 0 && status <= 0xffff_ffff && arch >= 0 && arch <= 255 && by >= 0 && (table === 'events' || link > 0 || table === 'outputs') ? values : undefined
  }

  /** Names of foreign calls have other numbers in every realm: the entry has the name. */
  #renumbered(values: RowValues, payload: Uint8Array): RowValues {
    const { nr = 0, kind } = values
    if (kind !== EventKind.entry && kind !== EventKind.exit) return values
    if (kind === EventKind.entry) this.#numbers.set(nr, foreignNumber(readForeignEntry(payload).name) ?? nr)
    return { ...values, nr: this.#numbers.get(nr) ?? nr }
  }
}
