import { errnoMessage, errnoName, straceMessage } from '../abi/errno.ts'
import type { Row } from '../syscall/row.ts'
import { EventKind, ArchCode, Flag, type Seq } from '../trace/format.ts'
import type { Capture } from '../trace/capture.ts'
import type { Outcome, Trace, TraceEvent } from '../trace/trace.ts'
import { decodeArgs, type DecodedArg, type Phase } from './arg.ts'
import { peekFrom, type Peek } from './peek.ts'
import { foreignCall } from './foreign.ts'
import { archName, callName, rowFor } from './table.ts'
import { hexText } from './text.ts'
import { returnedText } from './returned.ts'
import { lowOf, type Word } from './word.ts'
import { LINUX_NR } from '../abi/linux.ts'

/** A call as a tree of named values. */
export interface DecodedCall {
  readonly name: string
  readonly arch: string
  readonly nr: number
  /** Its row, unless the table has no such number. */
  readonly row: Row | undefined
  readonly phase: Phase
  readonly args: readonly DecodedArg[]
  readonly result: DecodedResult
  /** The result where strace says more than the number: what poll found ready, which flags F_GETFL answers. */
  readonly returned: string | undefined
  /** Of a restart_syscall, the call that goes on, where the trace tells. */
  readonly resumes: string | undefined
}

/** What the result register holds, or will. */
export interface DecodedResult {
  /** The register, or undefined while nobody knows. */
  readonly raw: number | undefined
  /** `none`: the call does not come back. */
  readonly kind: 'pending' | 'success' | 'failure' | 'none'
  /** As it stands behind `= ` in a line of strace (see README.md). */
  readonly text: string
  readonly brief: string
  /** `ENOSPC`, of a failure. */
  readonly errno?: string
  /** What strerror(3) says of it. */
  readonly message?: string
}

export interface CallInput {
  /** A code of `ArchCode`. */
  readonly arch: number
  readonly nr: number
  readonly args: readonly Word[]
  readonly phase: Phase
  /** The bytes that it gives must stay as they are: words are made of them only when somebody asks. */
  readonly peek: Peek
  /** The result register, where the result is known. */
  readonly ret?: number | undefined
  /** Words for a descriptor: `stdout`. */
  readonly describeFd?: ((fd: number) => string | undefined) | undefined
  /** Of a restart_syscall: the call that it goes on with. */
  readonly resumes?: string | undefined
}

/**
 * Decodes a call. Reads memory only through `peek`, and never throws, whatever the registers hold. Arguments are
 * decoded when first asked for: with live memory, ask before the guest goes on.
 */
export const decodeCall = (input: CallInput): DecodedCall => new LazyCall(input)

/** A call whose arguments are decoded when first asked for: who looks only at names pays for names. */
class LazyCall implements DecodedCall {
  readonly name: string
  readonly arch: string
  readonly nr: number
  readonly row: Row | undefined
  readonly phase: Phase
  readonly result: DecodedResult
  readonly resumes: string | undefined
  readonly #input: CallInput
  #args: readonly DecodedArg[] | undefined

  constructor(input: CallInput) {
    const { arch, nr, phase, ret } = input
    this.row = rowFor(arch, nr)
    this.name = this.row?.name ?? callName(arch, nr)
    this.arch = archName(arch)
    this.nr = nr
    this.phase = phase
    this.result = decodeResult(arch, ret, this.row)
    this.resumes = input.resumes
    this.#input = input
  }

  get returned(): string | undefined {
    const { arch, args, peek, ret } = this.#input
    if (arch !== ArchCode.linux || ret === undefined || ret < 0 || this.phase === 'before') return undefined
    return returnedText(this.name, ret, { words: args.map(lowOf), peek, written: true })
  }
  get args(): readonly DecodedArg[] {
    return (this.#args ??= this.#decoded())
  }

  #decoded(): readonly DecodedArg[] {
    const { args, peek, describeFd, arch, ret } = this.#input
    if (this.row === undefined) return unknownArgs(args)
    // A sleep that is interrupted has written how much of it is left.
    const isCutShort = arch === ArchCode.linux && ret !== undefined && ret <= -RESTART
    const written = this.phase === 'after' && (this.result.kind === 'success' || isCutShort)
    return decodeArgs(this.row, args, { peek, written, ret, describeFd })
  }
}

/** strace prints a call that it does not know with six arguments in hexadecimal; here as many as are set. */
const unknownArgs = (words: readonly Word[]): readonly DecodedArg[] => {
  const used = words.findLastIndex((word) => Number(word) !== 0) + 1
  return words
    .slice(0, used)
    .map((word, index) => ({
      name: `args[${index}]`,
      index,
      raw: BigInt(word),
      dir: 'value',
      text: hexText(word),
      brief: hexText(word),
      value: Number(word),
      regions: [],
    }))
}

const RESTART = 512

/** A result register in words. `row` tells of calls that do not come back. */
export const decodeResult = (arch: number, ret: number | undefined, row?: Row): DecodedResult => {
  if (ret === undefined) {
    return row?.returns === false
      ? { raw: undefined, kind: 'none', text: '?', brief: '?' }
      : { raw: undefined, kind: 'pending', text: '?', brief: '…' }
  }
  const error = arch === ArchCode.preview1 ? ret : -ret
  if (error === 0) return { raw: ret, kind: 'success', text: '0', brief: '0' }
  if (arch !== ArchCode.preview1 && error < 0) return { raw: ret, kind: 'success', text: `${ret}`, brief: `${ret}` }
  const errno = errnoName(error)
  // A number that is no errno stays a number: on Linux addresses may be negative, a tracer may write anything.
  if (errno === undefined) {
    return { raw: ret, kind: arch === ArchCode.preview1 ? 'failure' : 'success', text: `${ret}`, brief: `${ret}` }
  }
  const message = errnoMessage(error)
  const failure = { raw: ret, kind: 'failure', errno, message } as const
  if (error >= RESTART) return { ...failure, text: `? ${errno} (${message})`, brief: `? ${errno}` }
  return arch === ArchCode.preview1
    ? { ...failure, text: `${ret} ${errno} (${message})`, brief: `${ret} ${errno.slice(1).toLowerCase()}` }
    : { ...failure, text: `-1 ${errno} (${straceMessage(error)})`, brief: `-1 ${errno}` }
}

/** A call of a trace with what is known of its ends. */
export interface TracedCall extends DecodedCall {
  /** Its entry stop (or its only event, if untraced); 0 if the trace shows only its exit. */
  readonly entry: Seq
  /** Its exit stop, or 0. */
  readonly exit: Seq
  /** How it ended, once that is known. */
  readonly outcome: Outcome | undefined
  readonly skipped: boolean
}

class LazyTracedCall extends LazyCall implements TracedCall {
  readonly entry: Seq
  readonly exit: Seq
  readonly outcome: Outcome | undefined
  readonly skipped: boolean

  /** @param event where its arguments are told */
  constructor(input: CallInput, event: TraceEvent, outcome: Outcome | undefined) {
    super(input)
    const onlyExit = event.kind === EventKind.exit
    this.entry = onlyExit ? 0 : event.seq
    this.exit = onlyExit ? event.seq : (outcome?.exit ?? 0)
    this.outcome = outcome
    this.skipped = ((outcome?.flags ?? event.flags) & Flag.skipped) !== 0
  }
}

/** `callOf` an event that was read already. */
const beginOf = (event: TraceEvent): Seq => {
  switch (event.kind) {
    case EventKind.entry:
    case EventKind.call:
      return event.seq
    case EventKind.exit:
      return event.link > 0 && event.link < event.seq ? event.link : event.seq
    default:
      return 0
  }
}

/** The entry (or untraced call, or exit without entry) that an event of a call belongs to; 0 for other events. */
export const callOf = (trace: Trace, seq: Seq): Seq => {
  const event = trace.event(seq)
  return event === undefined ? 0 : beginOf(event)
}

/** What a call found in memory when it was made, and afterwards what it wrote, which hides what was there. */
const peekAt = (seen: readonly Capture[], outcome: Outcome | undefined): Peek => {
  const written = outcome?.captures ?? []
  return peekFrom(written.length === 0 ? seen : [...seen, ...written])
}

/** The memory that a call is about, as the trace kept it; afterwards what it wrote hides what was there. */
export const peekOf = (trace: Trace, call: Seq, phase: Phase): Peek =>
  peekAt(trace.captures(call), phase === 'before' ? undefined : trace.outcome(call))

type DescribeFd = (pid: number, fd: number, at: Seq) => string | undefined

/**
 * Decodes the call that an event belongs to; undefined if it belongs to none.
 * @param phase at an entry: what was known then ('before'), or with what became of it ('after')
 */
export const tracedCall = (trace: Trace, seq: Seq, phase: Phase, describeFd?: DescribeFd): TracedCall | undefined => {
  const event = trace.event(seq)
  return event && callAround(trace, event, phase, describeFd)
}

/** The call that a restart_syscall goes on with: the task's latest one with another name. */
const interruptedBy = (trace: Trace, { seq, pid }: TraceEvent): string | undefined => {
  const c = trace.events.columns
  for (let i = seq - 2; i >= 0; i--) {
    if (c.pid[i] !== pid || c.nr[i] === LINUX_NR.restart_syscall) continue
    if (c.kind[i] === EventKind.entry || c.kind[i] === EventKind.exit || c.kind[i] === EventKind.call)
      return callName(c.arch[i] as number, c.nr[i] as number)
  }
  return undefined
}

/** As `tracedCall`, of an event that was read already. */
export const callAround = (
  trace: Trace,
  event: TraceEvent,
  phase: Phase,
  describeFd?: DescribeFd,
): TracedCall | undefined => {
  const seq = beginOf(event)
  const begin = seq === event.seq ? event : trace.event(seq)
  if (begin === undefined) return undefined
  const outcome = begin.kind === EventKind.entry ? trace.outcome(seq) : undefined
  if (begin.arch === ArchCode.foreign) return foreignCall(trace, begin, outcome, phase, begin.kind === EventKind.exit)
  const after = phase === 'after'
  const { words, captures } = trace.made(begin)
  return new LazyTracedCall(
    {
      arch: begin.arch,
      nr: begin.nr,
      args: words,
      phase,
      peek: peekAt(captures, after ? outcome : undefined),
      ret: !after ? undefined : begin.kind === EventKind.entry ? outcome?.ret : begin.ret,
      describeFd: describeFd && ((fd) => describeFd(begin.pid, fd, seq)),
      resumes: begin.arch === ArchCode.linux && begin.nr === LINUX_NR.restart_syscall ? interruptedBy(trace, begin) : undefined,
    },
    begin,
    outcome,
  )
}
