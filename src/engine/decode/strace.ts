import { WIFEXITED } from '../abi/wait.ts'
import { EventKind, Flag, type Seq } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import type { DecodedArg } from './arg.ts'
import { argsText, insideText, printed } from './arg-list.ts'
import { callAround, tracedCall, type TracedCall } from './call.ts'
import { eventLineText } from './line.ts'
import { isTrap } from './stop.ts'

export interface StraceOptions {
  /** Only these tasks; all unless given. */
  readonly pids?: readonly number[]
  /** Also the tracers' requests, as calls of the tracers. */
  readonly requests?: boolean
}

/** strace's DEFAULT_ACOLUMN: results begin here. */
const RESULT_COLUMN = 40

const NONE: readonly string[] = []

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

/** Joined rather than added up: who keeps lines would keep the pieces that they are made of, which is twice the work. */
const closed = (line: string, result: string, skipped: boolean): string =>
  [line.padEnd(RESULT_COLUMN - 1), skipped ? `${result} (INJECTED)` : result].join(' = ')

const resultText = ({ result, returned }: TracedCall): string => returned ?? result.text

const whole = (call: TracedCall, result = resultText(call)): string =>
  closed(`${call.name}(${insideText(call)})`, result, call.skipped)

const firstHalf = (call: TracedCall): string => {
  if (call.resumes !== undefined) return `${call.name}(${insideText(call)} <unfinished ...>`
  const args = printed(call.args)
  const known = args.slice(0, inputs(args))
  const comma = known.length > 0 && known.length < args.length ? ', ' : ''
  return `${call.name}(${argsText(known)}${comma} <unfinished ...>`
}

const secondHalf = (call: TracedCall): string => {
  const args = printed(call.args)
  return closed(`<... ${call.name} resumed>${argsText(args.slice(inputs(args)))})`, resultText(call), call.skipped)
}

/** A call that never came back. */
const lost = (call: TracedCall, unfinished: boolean): string => {
  if (unfinished) return closed(`<... ${call.name} resumed>)`, '?', call.skipped)
  return call.row?.returns === false ? whole(call, '?') : closed(`${firstHalf(call)})`, '?', call.skipped)
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

  /** The first halves of the others, which strace prints when something comes between: they are unfinished. */
  const interrupted = (pid: number): readonly string[] => {
    if (open.size === 0) return NONE
    const lines: string[] = []
    for (const [other, call] of open) {
      if (other === pid || call.unfinished) continue
      call.unfinished = true
      const decoded = tracedCall(trace, call.entry, 'before')
      if (decoded !== undefined) lines.push(prefix(other) + firstHalf(decoded))
    }
    return lines
  }

  for (let seq = 1; seq <= trace.length; seq++) {
    const event = trace.event(seq)
    if (event === undefined || (wanted !== undefined && !wanted.has(event.pid))) continue
    const { pid, kind } = event
    switch (kind) {
      case EventKind.entry: {
        if (!living.has(pid)) living.add(pid)
        yield* interrupted(pid)
        const call = trace.endedSilently(seq) ? callAround(trace, event, 'after') : undefined
        if (call !== undefined) yield prefix(pid) + whole(call)
        else open.set(pid, { entry: seq, unfinished: false })
        break
      }
      case EventKind.exit:
      case EventKind.call: {
        living.add(pid)
        yield* interrupted(pid)
        const begun = open.get(pid)
        const call = callAround(trace, event, 'after')
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
        // strace follows quietly: of a seized tracee's stops it prints group-stops alone.
        if (isTrap(event)) break
        yield* interrupted(pid)
        yield prefix(pid) + eventLineText(trace, seq)
        break
      case EventKind.event:
        living.add(pid)
        break
      case EventKind.request:
        if (!requests) break
        yield* interrupted(0)
        yield `[pid ${`${event.by}`.padStart(5)}] ${eventLineText(trace, seq)}`
        break
      case EventKind.birth:
        // A task that nobody had before, not the first: strace says so when it has attached to it. An exec is no new task.
        if (living.size > 0 && (event.flags & Flag.exec) === 0) yield `strace: Process ${pid} attached`
        break
      case EventKind.death: {
        const begun = open.get(pid)
        open.delete(pid)
        const call = begun && tracedCall(trace, begun.entry, 'before')
        if (begun !== undefined && call !== undefined) {
          yield* interrupted(pid)
          yield prefix(pid) + lost(call, begun.unfinished)
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
