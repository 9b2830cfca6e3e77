import { SIGNAL, defaultAction } from '../abi/signal.ts'
import { callName, rowFor } from '../decode/table.ts'
import type { Decision } from '../recipe.ts'
import { EventKind, Flag, type Seq } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import { RULES, TABLE, rowOfRequest, type Place, type RowId, type Rule } from './cell.ts'

/** The kinds of stop at which a person can be asked. */
export type StopKind = 'entry' | 'exit' | 'event' | 'signal' | 'group'

/** A stop, as far as a decision there depends on it. */
export interface Standing {
  readonly seq: Seq
  readonly pid: number
  /** The name of the program. */
  readonly task: string
  readonly kind: StopKind
  readonly place: Place
  /** Name of the call at an entry, an exit and inside a call; empty elsewhere. */
  readonly call: string
  readonly arch: number
  /** The call comes back: not so proc_exit. */
  readonly returns: boolean
  /** The result register. */
  readonly ret: number
  /** The request before was PTRACE_SYSEMU: this call is not run, whatever is decided now. */
  readonly emulated: boolean
  /** Of a signal stop or group-stop; 0 elsewhere. */
  readonly signo: number
}

const KINDS: Readonly<Partial<Record<EventKind, StopKind>>> = {
  [EventKind.entry]: 'entry', [EventKind.exit]: 'exit', [EventKind.event]: 'event',
  [EventKind.signal]: 'signal', [EventKind.group]: 'group',
}

/** The stop at `seq`; undefined for an event that is none. */
export const standingAt = (trace: Trace, seq: Seq): Standing | undefined => {
  const event = trace.event(seq)
  const kind = event && KINDS[event.kind]
  if (event === undefined || kind === undefined) return undefined
  const around = kind === 'event' && event.link > 0 ? trace.event(event.link) : event
  const inCall = kind === 'entry' || kind === 'exit' || (kind === 'event' && event.link > 0)
  return {
    seq,
    pid: event.pid,
    task: trace.birthOf(event.pid, seq)?.name ?? `task ${event.pid}`,
    kind,
    place: kind === 'entry' ? 'entry' : kind === 'event' && event.link > 0 ? 'inside' : 'other',
    call: inCall && around !== undefined ? callName(around.arch, around.nr) : '',
    arch: around?.arch ?? 0,
    returns: !inCall || around === undefined || rowFor(around.arch, around.nr)?.returns !== false,
    ret: event.ret,
    emulated: kind === 'entry' && (event.flags & Flag.emulated) !== 0,
    signo: kind === 'signal' || kind === 'group' ? event.nr : 0,
  }
}

/** The kind of the next stop; `none`: the task ends, or nobody stops it any more. */
export type Next = StopKind | 'none'

/** What a decision comes to. */
export interface Effect {
  /** The cell of the table; undefined for PTRACE_DETACH and PTRACE_KILL. */
  readonly row: RowId | undefined
  readonly place: Place
  readonly rule: Rule
  /** Does the call at hand run? Undefined where none is pending. */
  readonly runs: boolean | undefined
  /** The next stop, if the guest neither ends before it nor traps. */
  readonly next: Next
}

/** What follows from a decision at a stop: ptrace-vm.md's table, its rules, and signal(7). */
export const effectOf = (stop: Standing, decision: Pick<Decision, 'request' | 'tags' | 'signal'>): Effect => {
  const { request, tags, signal } = decision
  const { place, kind } = stop
  const row = rowOfRequest(request, tags)
  const pending = kind === 'entry'
  if (row === undefined) {
    return { row, place, rule: RULES.noTags, runs: pending ? request === 'detach' && !stop.emulated : undefined, next: 'none' }
  }
  const skips = pending && (stop.emulated || (tags & 4) !== 0)
  const runs = pending ? !skips : undefined
  const rule = ruleOf(stop, decision, row)
  const base = { row, place, rule, runs }
  if (runs === true && !stop.returns) return { ...base, next: 'none' }
  // "Skipped: the guest goes on" behind a call that it believes not to return: rule 9.
  if (skips && !stop.returns) return { ...base, next: comesBack(decision, stop) ? 'exit' : 'signal' }
  return { ...base, next: nextOf(stop, signal, comesBack(decision, stop), request === 'cont' ? 'none' : 'entry') }
}

/** Does the call at hand make an exit stop? */
const comesBack = ({ request, tags }: Pick<Decision, 'request' | 'tags'>, { place }: Standing): boolean =>
  place !== 'other' && request === 'syscall' && (tags & 6) === 0

const nextOf = (stop: Standing, signal: number, exits: boolean, otherwise: Next): Next => {
  if (stop.kind === 'signal' && signal !== 0) {
    // "At a signal-delivery-stop … the tracer's signal is delivered" without a further stop: ptrace(2).
    const action = defaultAction(signal)
    return action === 'stop' ? 'group' : action === 'ignore' || action === 'cont' ? otherwise : 'none'
  }
  const queued = signal !== 0 && (stop.kind === 'entry' || stop.kind === 'exit')
  // SIGKILL makes no stop of its own, and none is made on the way to it.
  if (queued && signal === SIGNAL.SIGKILL) return exits && stop.kind === 'entry' ? 'exit' : 'none'
  if (exits) return 'exit'
  return queued ? 'signal' : otherwise
}

const ruleOf = (stop: Standing, { request, tags, signal }: Pick<Decision, 'request' | 'tags' | 'signal'>, row: RowId): Rule => {
  const skips = (tags & 4) !== 0
  if (stop.emulated && !skips && request !== 'sysemu') return RULES.latched
  if (stop.kind === 'entry' && !stop.returns && (skips || stop.emulated)) return RULES.noReturn
  if (stop.kind === 'entry' && signal !== 0 && (tags & 6) !== 0) return RULES.order
  return TABLE[row][stop.place].rule
}
