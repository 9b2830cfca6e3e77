/**
 * Chrome's Trace Event Format, which Perfetto's page (ui.perfetto.dev) and chrome://tracing open. Source: "Trace Event Format", Google,
 * sections "JSON Object Format", "Complete Events", "Instant Events", "Flow Events", "Metadata Events".
 */
import { argsText, printed } from '../decode/arg-list.ts'
import { eventLineText } from '../decode/line.ts'
import { tasksOf } from '../decode/task-index.ts'
import { classFor } from '../decode/table.ts'
import { eventText } from '../decode/stop.ts'
import { requestText } from '../decode/request.ts'
import { signalName } from '../abi/signal.ts'
import { EventKind, Flag, type Seq } from '../trace/format.ts'
import type { TraceEvent } from '../trace/trace.ts'
import { kindWord, resultOf, wholeCallAt, type ExportSource } from './source.ts'

type Json = Readonly<Record<string, unknown>>

/** Times are microseconds, with a fraction. */
const micro = (nanoseconds: number): number => nanoseconds / 1000

const nameOf = ({ kind, nr }: TraceEvent): string => {
  switch (kind) {
    case EventKind.event:
      return eventText(nr)
    case EventKind.signal:
      return signalName(nr)
    case EventKind.group:
      return `stopped by ${signalName(nr)}`
    case EventKind.request:
      return requestText(nr)
    default:
      return kindWord(kind)
  }
}

/** The records of a trace: names of tasks, calls as slices, everything else as instants, births as flows from parent to child. */
function* records({ trace }: ExportSource): Generator<Json, void, undefined> {
  const tasks = tasksOf(trace)
  /** A thread stands on a track of its process. */
  const track = (pid: number, seq: Seq): Json => ({ pid: tasks.at(pid, seq)?.process ?? pid, tid: pid })
  for (const { pid, process, born, images } of tasks.lives) {
    const name = images.at(-1)?.name || images[0]?.name || `task ${pid}`
    if (pid === process) {
      yield { ph: 'M', name: 'process_name', pid, tid: pid, args: { name } }
      yield { ph: 'M', name: 'process_sort_index', pid, tid: pid, args: { sort_index: born } }
    }
    yield { ph: 'M', name: 'thread_name', pid: process, tid: pid, args: { name } }
  }
  const last = trace.event(trace.length)?.time ?? 0
  for (let seq = 1; seq <= trace.length; seq++) {
    const event = trace.event(seq)
    if (event === undefined || (event.kind === EventKind.exit && event.link > 0 && event.link < seq)) continue
    const { pid, time, arch, nr, kind } = event
    const whole = wholeCallAt(trace, seq)
    const on = track(kind === EventKind.request ? event.by : pid, seq)
    if (whole !== undefined) {
      const { call, end } = whole
      yield {
        ph: 'X', name: call.name, cat: classFor(arch, nr) ?? 'other', ...on, ts: micro(time), dur: micro(Math.max(0, (end ?? last) - time)),
        args: { seq, arguments: argsText(printed(call.args)), result: resultOf(call), ...(call.skipped ? { skipped: true } : {}) },
      }
      continue
    }
    yield { ph: 'i', s: 't', name: nameOf(event), cat: kindWord(kind), ...on, ts: micro(time), args: { seq, text: eventLineText(trace, seq) } }
    const parent = kind === EventKind.birth && (event.flags & Flag.exec) === 0 ? (trace.births.find((birth) => birth.seq === seq)?.parent ?? 0) : 0
    if (parent > 0 && tasks.at(parent, seq) !== undefined) {
      yield { ph: 's', id: seq, name: 'birth', cat: 'birth', ...track(parent, seq), ts: micro(time) }
      yield { ph: 'f', bp: 'e', id: seq, name: 'birth', cat: 'birth', ...on, ts: micro(time) }
    }
  }
}

/** The trace in the Trace Event Format, in pieces of one record a line. */
export function* traceEventJson(source: ExportSource): Generator<string, void, undefined> {
  const otherData = { title: source.title, ...(source.digest === undefined ? {} : { digest: source.digest }) }
  yield `{"displayTimeUnit":"ns","otherData":${JSON.stringify(otherData)},"traceEvents":[\n`
  let first = true
  for (const record of records(source)) {
    yield (first ? '' : ',\n') + JSON.stringify(record)
    first = false
  }
  yield '\n]}\n'
}
