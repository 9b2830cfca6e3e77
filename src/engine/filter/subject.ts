/** What tests look at, cheap things first: columns, then a call's end, and payloads only when asked. */
import { Mark, type Answers } from '../decode/answers.ts'
import { isVector } from '../decode/layout.ts'
import { peekFrom, u32At } from '../decode/peek.ts'
import { foreignFds } from '../decode/foreign.ts'
import { callName, rowFor } from '../decode/table.ts'
import { eventText } from '../decode/stop.ts'
import { requestText } from '../decode/request.ts'
import { signalName } from '../abi/signal.ts'
import { WIFSIGNALED, WTERMSIG } from '../abi/wait.ts'
import { ArchCode, EventKind, Flag, type Columns, type Seq } from '../trace/format.ts'
import { PayloadReader } from '../trace/payload.ts'
import type { Trace } from '../trace/trace.ts'

/** A trace and its index, as a filter sees them. */
export interface Subject {
  readonly trace: Trace
  readonly answers: Answers
}

export const columnsOf = (subject: Subject): Readonly<Columns> => subject.trace.events.columns

/** The event that stands for the call of an event: its entry, itself for an exit alone; 0 for what is no call. */
export const callAt = (c: Readonly<Columns>, seq: Seq): Seq => {
  switch (c.kind[seq - 1]) {
    case EventKind.entry:
    case EventKind.call:
      return seq
    case EventKind.exit: {
      const link = c.link[seq - 1] as number
      return link > 0 && link < seq ? link : seq
    }
    default:
      return 0
  }
}

/** The result and flags of a call's end, without its payload. */
export interface End {
  readonly ret: number
  readonly flags: number
  readonly time: number
}

/** How the call at `call` ended; undefined while it has not. */
export const endAt = ({ trace, answers }: Subject, call: Seq): End | undefined => {
  const c = trace.events.columns
  const i = call - 1
  const end = c.kind[i] === EventKind.entry ? answers.endOf(call) : call
  if (end === 0) return undefined
  const columns = end > 0 ? c : trace.outcomes.columns
  const row = end > 0 ? end - 1 : -1 - end
  return { ret: columns.ret[row] as number, flags: columns.flags[row] as number, time: columns.time[row] as number }
}

/** The result of an event, with the sign of its errno: +1 where results are errnos, −1 where they are −errno. */
export const resultAt = (subject: Subject, seq: Seq): { readonly ret: number; readonly errno: number } | undefined => {
  const c = columnsOf(subject)
  const call = callAt(c, seq)
  if (call > 0) {
    const end = endAt(subject, call)
    if (end === undefined) return undefined
    const preview1 = c.arch[call - 1] === 1
    return { ret: end.ret, errno: (end.flags & Flag.error) === 0 ? 0 : preview1 ? end.ret : -end.ret }
  }
  const ret = c.ret[seq - 1] as number
  if (c.kind[seq - 1] === EventKind.request) return { ret, errno: ret < 0 ? -ret : 0 }
  return c.kind[seq - 1] === EventKind.event ? { ret, errno: 0 } : undefined
}

const WORDS: Readonly<Record<number, string>> = {
  [EventKind.birth]: 'birth',
  [EventKind.death]: 'death',
  [EventKind.print]: 'print',
  [EventKind.failure]: 'failure',
}

/** What a plain word looks for: the name of the call, request, event or signal, or of the kind. */
export const nameAt = (c: Readonly<Columns>, seq: Seq): string => {
  const i = seq - 1
  const nr = c.nr[i] as number
  switch (c.kind[i]) {
    case EventKind.entry:
    case EventKind.exit:
    case EventKind.call:
      return callName(c.arch[i] as number, nr)
    case EventKind.request:
      return requestText(nr)
    case EventKind.event:
      return eventText(nr)
    case EventKind.signal:
    case EventKind.group:
      return signalName(nr)
    default:
      return WORDS[c.kind[i] as number] ?? ''
  }
}

/** A number for all events that share a name: kind, table and number. */
export const nameKey = (c: Readonly<Columns>, seq: Seq): number => {
  const i = seq - 1
  return ((c.kind[i] as number) * 4 + (c.arch[i] as number)) * 0x1_0000_0000 + ((c.nr[i] as number) >>> 0)
}

/** The argument registers of a call as numbers, the low 32 bits of each; cheaper than `Trace.registers`. */
const lowArgs = (trace: Trace, call: Seq): readonly number[] => {
  const c = trace.events.columns
  if (c.kind[call - 1] === EventKind.exit && ((c.flags[call - 1] as number) & Flag.registers) === 0) return []
  const from = new PayloadReader(trace.events.payload(call - 1))
  const args: number[] = []
  for (let left = Math.min(from.number(), 9); left > 0; left--) args.push(from.number() >>> 0)
  return args
}

/** The descriptors among a call's arguments. */
export const fdsAt = ({ trace }: Subject, call: Seq): readonly number[] => {
  const c = trace.events.columns
  if (c.arch[call - 1] === ArchCode.foreign) {
    const event = trace.event(call)
    return event?.kind === EventKind.entry ? foreignFds(trace, event) : []
  }
  const row = rowFor(c.arch[call - 1] as number, c.nr[call - 1] as number)
  if (row === undefined || !row.args.some(({ show }) => show.kind === 'fd')) return []
  const args = lowArgs(trace, call)
  return row.args.flatMap(({ show }, i) => (show.kind === 'fd' ? [args[i] ?? 0] : []))
}

/** The signal of an event: that arrives, stops or kills its task, or that a call sends or is about; 0 for none. */
export const signalAt = ({ trace }: Subject, c: Readonly<Columns>, seq: Seq): number => {
  const i = seq - 1
  switch (c.kind[i]) {
    case EventKind.signal:
    case EventKind.group:
      return c.nr[i] as number
    case EventKind.death: {
      const status = c.status[i] as number
      return WIFSIGNALED(status) ? WTERMSIG(status) : 0
    }
    default: {
      const call = callAt(c, seq)
      const row = call === 0 ? undefined : rowFor(c.arch[call - 1] as number, c.nr[call - 1] as number)
      const at = row?.args.findIndex(({ show }) => show.kind === 'enum' && show.xlat === 'linux_signal') ?? -1
      return at < 0 ? 0 : (lowArgs(trace, call)[at] ?? 0)
    }
  }
}

/** How many bytes a call is about: its buffers' lengths together, or that of its one buffer. */
export const sizeAt = ({ trace }: Subject, call: Seq): number | undefined => {
  const c = trace.events.columns
  const row = rowFor(c.arch[call - 1] as number, c.nr[call - 1] as number)
  if (row === undefined) return undefined
  for (const [i, { show }] of row.args.entries()) {
    if (show.kind !== 'pointer' || show.count === undefined) continue
    const args = lowArgs(trace, call)
    const count = args[row.args.findIndex(({ name }) => name === show.count)] ?? 0
    if (show.of === 'bytes' || show.of === 'dirent') return count
    if (!isVector(show.of)) continue
    const vector = peekFrom(trace.captures(call))(args[i] ?? 0, 8 * Math.min(count, 1024))
    if (vector === undefined) return undefined
    let sum = 0
    for (let at = 4; at < vector.length; at += 8) sum += u32At(vector, at)
    return sum
  }
  return undefined
}

/** Who decided what a call did. */
export const deciderAt = (subject: Subject, call: Seq): 'guest' | 'tracer' | 'seccomp' => {
  const marks = subject.answers.marksOf(call)
  if ((marks & Mark.seccomp) !== 0) return 'seccomp'
  const end = endAt(subject, call)
  const skipped = end !== undefined && (end.flags & Flag.skipped) !== 0
  return skipped || (marks & (Mark.result | Mark.number | Mark.registers)) !== 0 ? 'tracer' : 'guest'
}

/** The ranges of memory that an event read or wrote, as far as the trace kept them. */
export const rangesAt = (
  { trace, answers }: Subject,
  seq: Seq,
): readonly { readonly addr: number; readonly length: number }[] => {
  const captures = trace.captures(seq)
  return answers.endOf(seq) < 0 ? [...captures, ...(trace.outcome(seq)?.captures ?? [])] : captures
}
