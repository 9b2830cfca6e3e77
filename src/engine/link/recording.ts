import { strictText, encodeUtf8 } from '../kernel/text.ts'
import type { Counts, RunEnd } from '../protocol.ts'
import type { Recipe } from '../recipe.ts'
import { TraceDigest } from '../trace/digest.ts'
import { COLUMNS, COLUMN_NAMES, EventKind, ROW_BYTES, TABLES, TRACE_VERSION, type Chunk, type Seq } from '../trace/format.ts'
import type { Table } from '../trace/table.ts'
import { Trace } from '../trace/trace.ts'
import { Misfit, matching, object, oneOf, whole } from './check.ts'
import type { Compress, Inflate } from './pack.ts'
import { problem, tooNew, type Read } from './problem.ts'
import { countsForm, endForm, recipeForm } from './recipe-form.ts'

/** A finished run, whole: what the page opens with, so that there is something to read before anything runs. */
export interface Recording {
  readonly recipe: Recipe
  readonly end: RunEnd
  readonly counts: Counts
  readonly digest: string
  /** Where to look first; 0 for the beginning. */
  readonly cursor: Seq
  readonly trace: Trace
}

/**
 * A recording's file: 'SKIPREC' and a byte of version, then compressed: the length of the head (u32), the head as
 * JSON, and for each table its rows (u32), the bytes of its pool (u32), its columns one after the other in the
 * order of format.ts, its pool. Numbers are little-endian.
 */
const MAGIC = 'SKIPREC'
export const RECORDING_VERSION = 1
const MAX_BYTES = 256 * 2 ** 20
const MAX_ROWS = 4_000_000

const headForm = object({
  trace: oneOf(TRACE_VERSION),
  recipe: recipeForm,
  end: endForm,
  counts: countsForm,
  digest: matching(/^[0-9a-f]{64}$/, 'a digest'),
  cursor: whole(0, MAX_ROWS),
})

const tableBytes = (table: Table): number => 8 + ROW_BYTES * table.length + table.payloadLength

/** The recording as bytes. */
export const encodeRecording = (recording: Recording, compress: Compress): Uint8Array => {
  const { trace, ...head } = recording
  const json = encodeUtf8(JSON.stringify({ trace: TRACE_VERSION, ...head }))
  const out = new Uint8Array(4 + json.length + TABLES.reduce((sum, name) => sum + tableBytes(trace[name]), 0))
  const view = new DataView(out.buffer)
  view.setUint32(0, json.length, true)
  out.set(json, 4)
  let at = 4 + json.length
  for (const name of TABLES) {
    const { columns, count, payload } = trace[name].slice(0)
    view.setUint32(at, count, true)
    view.setUint32(at + 4, payload.length, true)
    at += 8
    for (const column of COLUMN_NAMES) {
      const values = columns[column]
      out.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at)
      at += values.byteLength
    }
    out.set(payload, at)
    at += payload.length
  }
  const packed = compress(out)
  const file = new Uint8Array(MAGIC.length + 1 + packed.length)
  file.set(encodeUtf8(MAGIC))
  file[MAGIC.length] = RECORDING_VERSION
  file.set(packed, MAGIC.length + 1)
  return file
}

const BROKEN = problem('broken', 'This recording is damaged.', 'Run the script again: the same recipe gives the same recording.')

/** One table's rows, or undefined where they cannot be right; `end` is where the next table begins. */
const readTable = (bytes: Uint8Array, at: number): { readonly chunk: Chunk; readonly end: number } | undefined => {
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

/** The recording in the bytes of a file. Trusts nothing, never throws; a digest that does not fit is damage. */
export const decodeRecording = (file: Uint8Array, inflate: Inflate): Read<Recording> => {
  const magic = encodeUtf8(MAGIC)
  if (file.length <= MAGIC.length || magic.some((byte, i) => file[i] !== byte)) {
    return problem('not-a-link', 'This file is not a recording.', 'Choose a file that Share saved.')
  }
  const version = file[MAGIC.length] as number
  if (version > RECORDING_VERSION) return tooNew('recording')
  if (version !== RECORDING_VERSION) return BROKEN
  const bytes = inflate(file.subarray(MAGIC.length + 1), MAX_BYTES)
  if (bytes === 'too-big') return problem('too-big', 'This recording unpacks to more than 256 MB.', 'Run its script instead.')
  if (bytes === 'broken' || bytes.length < 4) return BROKEN
  const length = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true)
  if (4 + length > bytes.length) return BROKEN
  const head = readHead(bytes.subarray(4, 4 + length))
  if (!head.ok) return head
  const trace = new Trace()
  const digest = new TraceDigest()
  let at = 4 + length
  for (const name of TABLES) {
    const table = readTable(bytes, at)
    if (table === undefined || !digest.add(name, table.chunk) || !trace.append(name, table.chunk)) return BROKEN
    at = table.end
  }
  if (at !== bytes.length || digest.hex() !== head.value.digest) return BROKEN
  const { recipe, end, counts, cursor } = head.value
  return { ok: true, value: { recipe, end, counts, digest: head.value.digest, cursor: Math.min(cursor, trace.length), trace } }
}

const readHead = (bytes: Uint8Array): Read<ReturnType<typeof headForm>> => {
  const json = strictText(bytes)
  if (json === undefined) return BROKEN
  try {
    const value: unknown = JSON.parse(json)
    const made = (value as { trace?: unknown } | null)?.trace
    if (typeof made === 'number' && made > TRACE_VERSION) return tooNew('recording')
    return { ok: true, value: headForm(value, 'the recording') }
  } catch (error) {
    if (error instanceof Misfit || error instanceof SyntaxError) return BROKEN
    throw error
  }
}
