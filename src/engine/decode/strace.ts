import { WIFEXITED } from '../abi/wait.ts'
import { EventKind, type Seq } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import type { DecodedArg } from './arg.ts'
import { tracedCall, type TracedCall } from './call.ts'
import { eventLineText } from './line.ts'

export interface StraceOptions {
  /** Only these tasks; all unless given. */
  readonly pids?: readonly number[]
  /** Also the tracers' requests, as calls of the tracers. */
  readonly requests?: boolean
}

/** strace's DEFAULT_ACOLUMN: results begin here. */
const RESULT_COLUMN = 40

/** A call whose first half has been printed, or is about to be. */
interface Open {
  readonly entry: Seq
  /** The half that has been printed with `<unfinished ...>`; until then the line can still be joined. */
  unfinished: boolean
}

/** Arguments that strace can print before the call: up to the first output. */
const inputs = (args: readonly DecodedArg[]): number => {
  const first = args.findIndex(({ dir }) => dir === 'out')
  return first < 0 ? args.length : first
}

const closed = (line: string, call: TracedCall): string => {
  const injected = call.skipped ? ' (INJECTED)' : ''
  return `${line.padEnd(RESULT_COLUMN - 1)} = ${call.result.text}${injected}`
}

const whole = (call: TracedCall): string =>
  closed(`${call.name}(${call.args.map(({ text }) => text).join(', ')})`, call)

const firstHalf = (call: TracedCall): string => {
  const known = call.args.slice(0, inputs(call.args)).map(({ text }) => text)
  const comma = known.length > 0 && known.length < call.args.length ? ', ' : ''
  return `${call.name}(${known.join(', ')}${comma} <unfinished ...>`
}

const secondHalf = (call: TracedCall): string =>
  closed(
    `<... ${call.name} resumed>${call.args
      .slice(inputs(call.args))
      .map(({ text }) => text)
      .join(', ')})`,
    call,
  )

/** A call that never came back. */
const lost = (trace: Trace, entry: Seq): TracedCall | undefined => {
  const call = tracedCall(trace, entry, 'before')
  return call && { ...call, result: { ...call.result, text: '?' } }
}

/**
 * The whole trace as strace -f would have written it: calls joined on one line, or cut in two where another
 * task comes between; `[pid N]` in front while more than one traced task lives.
 */
export function* straceLines(
  trace: Trace,
  { pids, requests = false }: StraceOptions = {},
): Generator<string, void, undefined> {
  const wanted = pids && new Set(pids)
  const living = new Set<number>()
  const open = new Map<number, Open>()
  const prefix = (pid: number): string => (living.size > 1 ? `[pid ${`${pid}`.padStart(5)}] ` : '')

  /** Prints the first halves of the others, which is when strace says that they are unfinished. */
  function* interrupt(pid: number): Generator<string, void, undefined> {
    for (const [other, call] of open) {
      if (other === pid || call.unfinished) continue
      call.unfinished = true
      const decoded = tracedCall(trace, call.entry, 'before')
      if (decoded !== undefined) yield prefix(other) + firstHalf(decoded)
    }
  }

  for (let seq = 1; seq <= trace.length; seq++) {
    const event = trace.event(seq)
    if (event === undefined || (wanted !== undefined && !wanted.has(event.pid))) continue
    const { pid, kind } = event
    switch (kind) {
      case EventKind.entry: {
        if (!living.has(pid)) living.add(pid)
        yield* interrupt(pid)
        const outcome = trace.outcome(seq)
        const call = outcome?.exit === 0 ? tracedCall(trace, seq, 'after') : undefined
        if (call !== undefined) yield prefix(pid) + whole(call)
        else open.set(pid, { entry: seq, unfinished: false })
        break
      }
      case EventKind.exit:
      case EventKind.call: {
        living.add(pid)
        yield* interrupt(pid)
        const begun = open.get(pid)
        const call = tracedCall(trace, seq, 'after')
        if (call !== undefined)
          yield (
            prefix(pid) + (begun?.unfinished === true && begun.entry === call.entry ? secondHalf(call) : whole(call))
          )
        open.delete(pid)
        break
      }
      case EventKind.signal:
      case EventKind.group:
        living.add(pid)
        yield* interrupt(pid)
        yield prefix(pid) + eventLineText(trace, seq)
        break
      case EventKind.event:
        living.add(pid)
        break
      case EventKind.request:
        if (!requests) break
        yield* interrupt(0)
        yield `[pid ${`${event.by}`.padStart(5)}] ${eventLineText(trace, seq)}`
        break
      case EventKind.birth:
        // A task that nobody had before, not the first: strace says so when it has attached to it.
        if (living.size > 0) yield `strace: Process ${pid} attached`
        break
      case EventKind.death: {
        const begun = open.get(pid)
        open.delete(pid)
        const call = begun && lost(trace, begun.entry)
        if (begun !== undefined && call !== undefined) {
          yield* interrupt(pid)
          yield (
            prefix(pid)
            + (begun.unfinished
              ? closed(`<... ${call.name} resumed>)`, call)
              : call.row?.returns === false
                ? whole(call)
                : closed(`${firstHalf(call)})`, call))
          )
        }
        if (living.has(pid) || WIFEXITED(event.status)) yield `${prefix(pid)}${eventLineText(trace, seq)}`
        living.delete(pid)
        break
      }
      default:
    }
  }
  // Calls that the trace leaves open: it was stopped while they waited.
  for (const [pid, { entry, unfinished }] of open) {
    const call = unfinished ? undefined : tracedCall(trace, entry, 'before')
    if (call !== undefined) yield prefix(pid) + firstHalf(call)
  }
}
