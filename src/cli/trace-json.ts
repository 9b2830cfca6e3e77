import { eventName } from '../engine/abi/ptrace.ts'
import { signalName } from '../engine/abi/signal.ts'
import { tracedCall } from '../engine/decode/call.ts'
import { requestText } from '../engine/decode/request.ts'
import { eventLineText } from '../engine/decode/line.ts'
import { EventKind } from '../engine/trace/format.ts'
import type { Trace, TraceEvent } from '../engine/trace/trace.ts'
import type { Finished } from './headless.ts'

type Json = Readonly<Record<string, unknown>>

const KINDS = new Map(Object.entries(EventKind).map(([name, kind]) => [kind, name]))

/** A call's name and arguments, and how it ended if that is told nowhere else. */
const callFields = (trace: Trace, event: TraceEvent): Json => {
  const before = tracedCall(trace, event.seq, 'before')
  const silent = event.kind === EventKind.entry && before?.outcome?.exit !== 0
  const call = silent ? before : tracedCall(trace, event.seq, 'after')
  if (call === undefined) return {}
  const args = Object.fromEntries(call.args.map(({ name, text }) => [name, text]))
  return { call: call.name, args, ...(silent ? {} : { ret: call.result.raw, result: call.result.text }) }
}

const fieldsOf = (trace: Trace, event: TraceEvent): Json => {
  const { seq, pid, by, nr, ret, link, line, status } = event
  switch (event.kind) {
    case EventKind.birth: {
      const { parent, name, argv } = trace.birthOf(pid, seq) ?? { parent: 0, name: '', argv: [] }
      return { pid, parent, name, argv }
    }
    case EventKind.entry:
    case EventKind.call:
      return { pid, ...callFields(trace, event) }
    case EventKind.exit:
      return { pid, ...callFields(trace, event), link }
    case EventKind.event:
      return { pid, event: eventName.get(nr) ?? nr, message: ret }
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
      return { line, text: trace.text(seq) }
  }
}

/** Text where it is UTF-8, else base64: a line of JSON has no bytes. */
const bytesField = (bytes: Uint8Array): Json => {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') }
  }
}

/** A finished run as lines of JSON: events in order, output where it came, the end. `npm run trace -- --help` tells the fields. */
export function* jsonLines({ trace, end, digest, counts }: Finished): Generator<string> {
  let written = 0
  const outputs = function* (upTo: number): Generator<string> {
    for (; written < trace.outputs.length; written++) {
      const { seq, pid, fd, bytes } = trace.output(written)
      if (seq > upTo) return
      yield JSON.stringify({ kind: 'output', seq, pid, fd, ...bytesField(bytes) })
    }
  }
  for (let seq = 1; seq <= trace.length; seq++) {
    yield* outputs(seq - 1)
    const event = trace.event(seq)
    if (event !== undefined) yield JSON.stringify({ kind: KINDS.get(event.kind), seq, time: event.time, ...fieldsOf(trace, event) })
  }
  yield* outputs(trace.length)
  yield JSON.stringify({ kind: 'end', end, digest, counts })
}
