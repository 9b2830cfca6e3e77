import { strictText, encodeUtf8 } from '../kernel/text.ts'
import type { Counts, RunEnd } from '../protocol.ts'
import type { Recipe } from '../recipe.ts'
import { TRACE_VERSION, type Seq } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import { Misfit, matching, object, oneOf, whole } from './check.ts'
import type { Compress, Inflate } from './pack.ts'
import { problem, tooNew, type Read } from './problem.ts'
import { countsForm, endForm, recipeForm } from './recipe-form.ts'
import { MAX_ROWS, putTables, readTables, tablesLength } from './tables.ts'

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
 * JSON, the tables (tables.ts). Numbers are little-endian.
 */
const MAGIC = 'SKIPREC'
export const RECORDING_VERSION = 1
const MAX_BYTES = 256 * 2 ** 20

const headForm = object({
  trace: oneOf(TRACE_VERSION),
  recipe: recipeForm,
  end: endForm,
  counts: countsForm,
  digest: matching(/^[0-9a-f]{64}$/, 'a digest'),
  cursor: whole(0, MAX_ROWS),
})

/** The recording as bytes. */
export const encodeRecording = (recording: Recording, compress: Compress): Uint8Array => {
  const { trace, ...head } = recording
  const json = encodeUtf8(JSON.stringify({ trace: TRACE_VERSION, ...head }))
  const out = new Uint8Array(4 + json.length + tablesLength(trace))
  new DataView(out.buffer).setUint32(0, json.length, true)
  out.set(json, 4)
  putTables(out, 4 + json.length, trace)
  const packed = compress(out)
  const file = new Uint8Array(MAGIC.length + 1 + packed.length)
  file.set(encodeUtf8(MAGIC))
  file[MAGIC.length] = RECORDING_VERSION
  file.set(packed, MAGIC.length + 1)
  return file
}

const BROKEN = problem('broken', 'This recording is damaged.', 'Run the script again: the same recipe gives the same recording.')

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
  const trace = readTables(bytes, 4 + length, head.value.digest)
  if (trace === undefined) return BROKEN
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
