import { WIFEXITED } from '../abi/wait.ts'
import { EventKind, Flag, type Seq } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import type { DecodedArg } from './arg.ts'
import type { Phase } from './arg.ts'
import { argsText, insideText, printed } from './arg-list.ts'
import { tracedCall, type TracedCall } from './call.ts'
import type { ForeignCall } from './foreign.ts'
import { eventLineText } from './line.ts'
import { isTrap } from './stop.ts'
import { pathNamer } from './strace-path.ts'
import { LineClock, secondsText } from './strace-time.ts'

/** How strace's lines look; without options as `strace -f` writes them on a terminal. */
export interface StraceOptions {
  /** Only these tasks; all unless given. */
  readonly pids?: readonly number[]
  /** Also the tracers' requests, as calls of the tracers. */
  readonly requests?: boolean
  /**
   * Who it was: `[pid N]` while several live, as on a terminal; the number in front of every line, as in a file of -o -f; or never, as
   * without -f.
   */
  readonly who?: 'terminal' | 'file' | 'nobody'
  /** -r, -t, -tt or -ttt. */
  readonly times?: StraceTimes
  /** -T: the time spent in each call behind it. */
  readonly durations?: boolean
  /** -y: what descriptors are. */
  readonly paths?: boolean
  /** The real clock when the trace began, in nanoseconds since 1970. */
  readonly epoch?: bigint
}

/** strace's options for times: since the line before, of day, of day with microseconds, since 1970. */
export type StraceTimes = 'none' | 'r' | 't' | 'tt' | 'ttt'

/** strace's DEFAULT_ACOLUMN: results begin here, counted with what stands in front of the call. */
const RESULT_COLUMN = 40

const NONE: readonly string[] = []

/** A call whose first half has been printed, or is about to be. */
interface Open {
  readonly entry: Seq
  /** The half that has been printed with `<unfinished ...>`; until then the line can still be joined. */
  unfinished: boolean
  /** What had been printed when strace said that it had attached to a child; the rest of the line stands on the next one. */
  printed?: string
}

/** Arguments that strace can print before the call: up to the first output. */
const inputs = (args: readonly DecodedArg[]): number => {
  const first = args.findIndex(({ dir }) => dir === 'out')
  return first < 0 ? args.length : first
}

/** Joined rather than added up: who keeps lines would keep the pieces that they are made of, which is twice the work. */
const closed = (line: string, result: string, skipped: boolean): string =>
  [line.padEnd(RESULT_COLUMN - 1), skipped ? `${result} (INJECTED)` : result].join(' = ')

/** A call that nobody traced has a result even if it did not come back: strace has none. */
const resultText = ({ result, returned, row, skipped }: TracedCall): string =>
  row?.returns === false && !skipped ? '?' : (returned ?? result.text)

/** Of a call of an imported log, its own words. They say themselves that a result was injected. */
const isForeign = (call: TracedCall): call is ForeignCall => 'words' in call

const whole = (front: string, call: TracedCall, result = resultText(call)): string =>
  isForeign(call)
    ? closed(`${front}${call.name}(${call.words.before}${call.words.after})`, result, false)
    : closed(`${front}${call.name}(${insideText(call)})`, result, call.skipped)

const firstHalf = (call: TracedCall): string => {
  if (isForeign(call)) return `${call.name}(${call.words.before} <unfinished ...>`
  if (call.resumes !== undefined) return `${call.name}(${insideText(call)} <unfinished ...>`
  const args = printed(call.args)
  const known = args.slice(0, inputs(args))
  const comma = known.length > 0 && known.length < args.length ? ', ' : ''
  return `${call.name}(${argsText(known)}${comma} <unfinished ...>`
}

/** What strace has printed of a call when it has entered it; it writes the comma with the argument that follows. */
const begunText = (call: TracedCall): string => {
  if (isForeign(call)) return `${call.name}(${call.words.before}`
  const args = printed(call.args)
  return `${call.name}(${argsText(args.slice(0, inputs(args)))}`
}

const secondHalf = (front: string, call: TracedCall): string => {
  if (isForeign(call)) return closed(`${front}<... ${call.name} resumed>${call.words.after})`, resultText(call), false)
  const args = printed(call.args)
  return closed(`${front}<... ${call.name} resumed>${argsText(args.slice(inputs(args)))})`, resultText(call), call.skipped)
}

/** A call that never came back. */
const lost = (front: string, call: TracedCall, unfinished: boolean): string => {
  if (unfinished) return closed(`${front}<... ${call.name} resumed>)`, '?', call.skipped)
  return call.row?.returns === false ? whole(front, call, '?') : closed(`${front}${firstHalf(call)})`, '?', call.skipped)
}

/** -T: seconds with six digits, cut and not rounded, as strace does. Nothing behind a call that did not come back. */
const spent = (call: TracedCall, begun: number): string => {
  if (call.outcome === undefined || call.result.kind === 'none') return ''
  const took = isForeign(call) ? call.words.took : call.entry === 0 ? undefined : call.outcome.time - begun
  return took === undefined ? '' : ` <${secondsText(BigInt(Math.trunc(took)))}>`
}

/**
 * The whole trace as strace -f would have written it: calls joined on one line, or cut in two where another
 * task comes between.
 */
export function* straceLines(trace: Trace, options: StraceOptions = {}): Generator<string, void, undefined> {
  const { pids, requests = false, who = 'terminal', durations = false } = options
  const wanted = pids && new Set(pids)
  const living = new Set<number>()
  const open = new Map<number, Open>()
  const clock = new LineClock(options.times ?? 'none', options.epoch ?? 0n)
  const namer = options.paths === true ? pathNamer(trace) : undefined
  const numbered = (pid: number): string => (who === 'file' ? `${`${pid}`.padEnd(5)} ` : `[pid ${`${pid}`.padStart(5)}] `)
  const front = (pid: number, time: number): string =>
    (who === 'file' || (who === 'terminal' && living.size > 1) ? numbered(pid) : '') + clock.text(time)
  const decoded = (seq: Seq, phase: Phase): TracedCall | undefined => {
    const call = tracedCall(trace, seq, phase)
    return call === undefined || namer === undefined ? call : namer(call, trace.event(seq)?.pid ?? 0)
  }
  const timeAt = (seq: Seq): number => trace.events.columns.time[seq - 1] ?? 0
  const took = (call: TracedCall): string => (durations ? spent(call, timeAt(call.entry)) : '')

  /** The first halves of the others, which strace prints when something comes between: they are unfinished. */
  const interrupted = (pid: number): readonly string[] => {
    if (open.size === 0) return NONE
    const lines: string[] = []
    for (const [other, begun] of open) {
      if (other === pid || begun.unfinished) continue
      begun.unfinished = true
      if (begun.printed !== undefined) {
        lines.push(' <unfinished ...>')
        continue
      }
      const call = decoded(begun.entry, 'before')
      if (call !== undefined) lines.push(front(other, timeAt(begun.entry)) + firstHalf(call))
    }
    return lines
  }

  /** It is said in the middle of the parent's line: strace has printed the first half of the call that made the child. */
  const attached = (child: number): string => {
    const message = `strace: Process ${child} attached`
    for (const [pid, begun] of open) {
      if (begun.unfinished || begun.printed !== undefined) continue
      const call = decoded(begun.entry, 'before')
      if (call === undefined) continue
      begun.printed = begunText(call)
      return front(pid, timeAt(begun.entry)) + begun.printed + message
    }
    return message
  }

  for (let seq = 1; seq <= trace.length; seq++) {
    const event = trace.event(seq)
    if (event === undefined || (wanted !== undefined && !wanted.has(event.pid))) continue
    const { pid, kind, time } = event
    switch (kind) {
      case EventKind.entry: {
        if (!living.has(pid)) living.add(pid)
        yield* interrupted(pid)
        const call = trace.endedSilently(seq) ? decoded(seq, 'after') : undefined
        if (call !== undefined) yield whole(front(pid, time), call) + took(call)
        else open.set(pid, { entry: seq, unfinished: false })
        break
      }
      case EventKind.exit:
      case EventKind.call: {
        living.add(pid)
        yield* interrupted(pid)
        const begun = open.get(pid)
        const call = decoded(seq, 'after')
        if (call !== undefined) {
          const mine = begun !== undefined && begun.entry === call.entry ? begun : undefined
          const line = mine?.unfinished === true ? secondHalf(front(pid, time), call)
            : whole(mine?.printed === undefined ? front(pid, mine === undefined ? time : timeAt(call.entry)) : '', call)
          yield line.slice(mine?.unfinished === true ? 0 : (mine?.printed?.length ?? 0)) + took(call)
        }
        open.delete(pid)
        break
      }
      case EventKind.signal:
      case EventKind.group:
        living.add(pid)
        // strace follows quietly: of a seized tracee's stops it prints group-stops alone.
        if (isTrap(event)) break
        yield* interrupted(pid)
        yield front(pid, time) + eventLineText(trace, seq)
        break
      case EventKind.event:
        living.add(pid)
        break
      case EventKind.request:
        if (!requests) break
        yield* interrupted(0)
        yield numbered(event.by) + clock.text(time) + eventLineText(trace, seq)
        break
      case EventKind.birth:
        // A task that nobody had before, not the first: strace says so when it has attached to it. An exec is no new task.
        if (who === 'terminal' && living.size > 0 && (event.flags & Flag.exec) === 0) yield attached(pid)
        break
      case EventKind.death: {
        const begun = open.get(pid)
        open.delete(pid)
        const call = begun && decoded(begun.entry, 'before')
        if (begun !== undefined && call !== undefined) {
          yield* interrupted(pid)
          yield lost(front(pid, begun.unfinished ? time : timeAt(begun.entry)), call, begun.unfinished)
        }
        if (living.has(pid) || WIFEXITED(event.status)) yield `${front(pid, time)}${eventLineText(trace, seq)}`
        living.delete(pid)
        break
      }
      default:
    }
  }
  // Calls that the trace leaves open: it was stopped while they waited.
  for (const [pid, { entry, unfinished }] of open) {
    const call = unfinished ? undefined : decoded(entry, 'before')
    if (call !== undefined) yield front(pid, timeAt(entry)) + firstHalf(call)
  }
}
