import { eventText } from '../decode/stop.ts'
import { signalName } from '../abi/signal.ts'
import { tracedCall } from '../decode/call.ts'
import { eventLineText } from '../decode/line.ts'
import { requestText } from '../decode/request.ts'
import { strictText } from '../kernel/text.ts'
import { encodeBase64url } from '../link/base64url.ts'
import type { Note } from '../link/note.ts'
import { COLUMN_NAMES, EventKind, type TableName } from '../trace/format.ts'
import type { Trace, TraceEvent } from '../trace/trace.ts'
import { kindWord, resultOf, type ExportSource } from './source.ts'

/** The version of the lines. A change that a reader of the version before would misread is a new one. */
export const JSON_LINES_VERSION = 1

/** The `format` of the first line. */
export const JSON_LINES_FORMAT = 'skipcall-trace'

type Json = Readonly<Record<string, unknown>>

/** Columns that a line has in words already, or that follow from the rows before. */
const TOLD: ReadonlySet<string> = new Set(['kind', 'pid', 'time', 'at'])

/** The row as the trace has it, which is what an import reads; columns that hold 0 are left out. */
const rowOf = (trace: Trace, table: TableName, i: number): Json => {
  const columns = trace[table].columns
  const row = Object.fromEntries(COLUMN_NAMES.flatMap((name) => {
    const value = columns[name][i] as number
    return (TOLD.has(name) && !(name === 'kind' && table !== 'events')) || value === 0 ? [] : [[name, value]]
  }))
  const payload = trace[table].payload(i)
  return { row, ...(payload.length === 0 ? {} : { payload: encodeBase64url(payload) }) }
}

/** A call's name and arguments, and how it ended if that is told nowhere else. */
const callFields = (trace: Trace, event: TraceEvent): Json => {
  const before = tracedCall(trace, event.seq, 'before')
  const open = event.kind === EventKind.entry && before?.outcome?.exit !== 0
  const call = open ? before : tracedCall(trace, event.seq, 'after')
  if (call === undefined) return {}
  const args = Object.fromEntries(call.args.map(({ name, text }) => [name, text]))
  return { call: call.name, args, ...(open ? {} : { ret: call.result.raw, result: resultOf(call) }) }
}

const fieldsOf = (trace: Trace, event: TraceEvent): Json => {
  const { seq, pid, by, nr, ret, link, line, status } = event
  switch (event.kind) {
    case EventKind.birth: {
      const { parent, name, argv } = trace.births.find((birth) => birth.seq === seq) ?? { parent: 0, name: '', argv: [] }
      return { pid, parent, name, argv }
    }
    case EventKind.entry:
    case EventKind.call:
      return { pid, ...callFields(trace, event) }
    case EventKind.exit:
      return { pid, ...callFields(trace, event), link }
    case EventKind.event:
      return { pid, event: eventText(nr), message: ret }
    case EventKind.signal: {
      const { code, pid: sender } = trace.siginfo(seq)
      return { pid, signal: signalName(nr), code, sender }
    }
    case EventKind.group:
      return { pid, signal: signalName(nr) }
    case EventKind.request:
      return { pid, by, request: requestText(nr), text: eventLineText(trace, seq), result: ret, link, line }
    case EventKind.death:
      return { pid, status }
    default:
      return { pid, line, text: trace.text(seq) }
  }
}

/** Text where it is UTF-8, else base64url: a line of JSON has no bytes. */
const bytesField = (bytes: Uint8Array): Json => {
  const text = strictText(bytes)
  return text === undefined ? { base64url: encodeBase64url(bytes) } : { text }
}

/**
 * The trace as lines of JSON without their ends: a head with format and version; events in order, output and silent outcomes where they
 * came, each with the note that somebody wrote about it; a last line that says that nothing is missing. Every line has a `kind`, decoded fields for whoever reads it, and, unless
 * `readable`, `row` and `payload`, which are the trace itself: an import takes those and makes the same trace of them, digest and all.
 *
 * @param end more fields of the last line
 * @param readable leaves `row` and `payload` out
 */
export function* jsonLines(source: ExportSource, end: Json = {}, readable = false): Generator<string, void, undefined> {
  const { trace, title, epoch, digest, notes = [] } = source
  const noteAt = new Map(notes.map((note): readonly [number, Note] => [note.at, note]))
  yield JSON.stringify({
    kind: 'head', format: JSON_LINES_FORMAT, version: JSON_LINES_VERSION, title, ...(epoch === undefined ? {} : { epoch: `${epoch}` }),
  })
  const raw = (table: TableName, i: number): Json => (readable ? {} : rowOf(trace, table, i))
  let [written, ended] = [0, 0]
  const others = function* (upTo: number, time: number): Generator<string> {
    const o = trace.outcomes.columns
    for (; ended < trace.outcomes.length && (o.link[ended] as number) <= upTo && (o.time[ended] as number) <= time; ended++) {
      const [pid, link, ret] = [o.pid[ended], o.link[ended], o.ret[ended]]
      yield JSON.stringify({ kind: 'outcome', time: o.time[ended], pid, link, ret, ...raw('outcomes', ended) })
    }
    for (; written < trace.outputs.length; written++) {
      const { seq, pid, fd, bytes } = trace.output(written)
      if (seq > upTo) return
      const time = trace.outputs.columns.time[written]
      yield JSON.stringify({ kind: 'output', seq, time, pid, fd, ...bytesField(bytes), ...raw('outputs', written) })
    }
  }
  for (let seq = 1; seq <= trace.length; seq++) {
    const event = trace.event(seq)
    if (event === undefined) continue
    yield* others(seq - 1, event.time)
    yield JSON.stringify({ kind: kindWord(event.kind), seq, time: event.time, ...fieldsOf(trace, event), ...raw('events', seq - 1) })
    const note = noteAt.get(seq)
    if (note !== undefined) yield JSON.stringify({ kind: 'note', seq, text: note.text })
  }
  yield* others(Infinity, Infinity)
  yield JSON.stringify({ kind: 'end', ...(digest === undefined ? {} : { digest }), events: trace.length, ...end })
}
