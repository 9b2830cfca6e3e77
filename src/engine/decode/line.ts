import { EventKind, type Seq } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import { answersOf } from './answers.ts'
import type { DecodedArg } from './arg.ts'
import { printed, resumedText } from './arg-list.ts'
import { tracedCall, type DecodedResult, type TracedCall } from './call.ts'
import { requestSpans } from './request.ts'
import { lineText, span, type Span, type Style } from './span.ts'
import { birthText, deathText, eventText, isTrap, messageText, signalText, stopText } from './stop.ts'
import { PTRACE_EVENT } from '../abi/ptrace.ts'
import { signalName } from '../abi/signal.ts'

const argText = (arg: DecodedArg, style: Style): string => (style === 'brief' ? arg.brief : arg.text)

const argSpans = (args: readonly DecodedArg[], style: Style): readonly Span[] =>
  printed(args).flatMap((arg, i) => [...(i > 0 ? [span(', ', 'dim')] : []), span(argText(arg, style), 'arg')])

/** ` = 0`, ` = 51 ENOSPC (No space left on device)`. */
const resultSpans = (result: DecodedResult, style: Style, returned?: string): readonly Span[] => [
  span(' = ', 'dim'),
  span(style === 'brief' ? result.brief : (returned ?? result.text), result.kind === 'failure' ? 'error' : 'result'),
]

/** All that stands between the parentheses. */
const insideSpans = ({ args, resumes }: TracedCall, style: Style): readonly Span[] =>
  resumes === undefined ? argSpans(args, style) : [span(resumedText(resumes), 'dim')]

const head = (call: TracedCall): readonly Span[] => [span(call.name, 'name'), span('(', 'dim')]

/** The whole call on one line. */
const wholeSpans = (call: TracedCall, style: Style, result = call.result): readonly Span[] => [
  ...head(call),
  ...insideSpans(call, style),
  span(')', 'dim'),
  ...resultSpans(result, style, call.returned),
]

/** Will a call that was decided come back? Its end is unknown for ever if its task has died in it. */
const diedIn = (trace: Trace, pid: number, entry: Seq): boolean => {
  const birth = trace.birthOf(pid, entry)
  return birth !== undefined && birth.death > entry
}

/**
 * A call at its entry stop. With an exit stop to come (or nobody knows yet) it stays open and ends in `…`;
 * without one it carries its result, and outputs replace their pointers.
 */
const entrySpans = (trace: Trace, seq: Seq, style: Style): readonly Span[] => {
  const after = tracedCall(trace, seq, 'after')
  if (after === undefined) return []
  if (after.outcome !== undefined && after.outcome.exit === 0) return wholeSpans(after, style)
  const pid = trace.event(seq)?.pid ?? 0
  const left = answersOf(trace).resumeOf(seq) > 0 && after.row?.returns === false
  if (after.outcome === undefined && (left || diedIn(trace, pid, seq)))
    return wholeSpans(after, style, { ...after.result, text: '?', brief: '?', kind: 'none' })
  const before = tracedCall(trace, seq, 'before')
  return before === undefined ? [] : [...head(before), ...insideSpans(before, style), span(' …', 'dim')]
}

/** A call at its exit stop: what it has written, and its result. */
const exitSpans = (trace: Trace, seq: Seq, style: Style): readonly Span[] => {
  const call = tracedCall(trace, seq, 'after')
  if (call === undefined) return []
  // An exit whose entry nobody saw (attached meanwhile, resumed with CONT) shows all that is known.
  if (call.entry === 0) return wholeSpans(call, style)
  const outs = argSpans(
    call.args.filter(({ out }) => out !== undefined),
    style,
  )
  return [
    span('<... ', 'dim'),
    span(call.name, 'name'),
    span(outs.length > 0 ? ' resumed> ' : ' resumed>', 'dim'),
    ...outs,
    span(')', 'dim'),
    ...resultSpans(call.result, style, call.returned),
  ]
}

const framed = (frame: string, name: string, rest = ''): readonly Span[] => [
  span(`${frame} `, 'dim'),
  span(name, 'name'),
  ...(rest === '' ? [] : [span(rest, 'arg')]),
  span(` ${frame}`, 'dim'),
]

/** An event as one line, in pieces. Empty for a seq that the trace does not have. */
export const eventLine = (trace: Trace, seq: Seq, style: Style = 'strace'): readonly Span[] => {
  const event = trace.event(seq)
  switch (event?.kind) {
    case EventKind.entry:
      return entrySpans(trace, seq, style)
    case EventKind.exit:
      return exitSpans(trace, seq, style)
    case EventKind.call: {
      const call = tracedCall(trace, seq, 'after')
      return call === undefined ? [] : wholeSpans(call, style)
    }
    case EventKind.request:
      return requestSpans(event, trace.request(seq), style)
    case EventKind.event:
      return framed('---', eventText(event.nr), `, ${messageText(trace, event)}`)
    case EventKind.signal:
      return framed('---', signalName(event.nr), ` {${signalText(trace, event, style === 'brief')}}`)
    case EventKind.group:
      if (isTrap(event)) return framed('---', eventText(PTRACE_EVENT.PTRACE_EVENT_STOP), `, ${stopText(trace, event)}`)
      return framed('---', 'stopped by', ` ${signalName(event.nr)}`)
    case EventKind.birth:
      return framed('+++', birthText(trace.birthOf(event.pid, seq) ?? { name: '', argv: [], parent: 0 }, event.flags))
    case EventKind.death:
      return framed('+++', deathText(event.status))
    case EventKind.print:
      return [span(trace.text(seq), 'text')]
    case EventKind.failure:
      return [span(trace.text(seq), 'error')]
    default:
      return []
  }
}

/** The same as plain text. */
export const eventLineText = (trace: Trace, seq: Seq, style: Style = 'strace'): string =>
  lineText(eventLine(trace, seq, style))
