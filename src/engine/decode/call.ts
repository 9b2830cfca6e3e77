import { errnoMessage, errnoName } from '../abi/errno.ts'
import type { Row } from '../syscall/row.ts'
import { EventKind, ArchCode, Flag, type Seq } from '../trace/format.ts'
import type { Outcome, Trace } from '../trace/trace.ts'
import { decodeArgs, type DecodedArg, type Phase } from './arg.ts'
import { blind, peekFrom, type Peek } from './peek.ts'
import { archName, callName, rowFor } from './table.ts'
import { hexText } from './text.ts'

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
  /** The argument registers, as unsigned 64-bit numbers. */
  readonly args: readonly bigint[]
  readonly phase: Phase
  readonly peek: Peek
  /** The result register, where the result is known. */
  readonly ret?: number | undefined
  /** Words for a descriptor: `stdout`. */
  readonly describeFd?: ((fd: number) => string | undefined) | undefined
}

/**
 * Decodes a call. Reads memory only through `peek`, and never throws, whatever the registers hold. Arguments are
 * decoded when first asked for: with live memory, ask before the guest goes on.
 */
export const decodeCall = ({ arch, nr, args, phase, peek, ret, describeFd }: CallInput): DecodedCall => {
  const row = rowFor(arch, nr)
  const result = decodeResult(arch, ret, row)
  const written = phase === 'after' && result.kind === 'success'
  let decoded: readonly DecodedArg[] | undefined
  return {
    name: callName(arch, nr),
    arch: archName(arch),
    nr,
    row,
    phase,
    // When first asked for: a script that looks only at names pays for names.
    get args() {
      return (decoded ??= row === undefined ? unknownArgs(args) : decodeArgs(row, args, { peek, written, describeFd }))
    },
    result,
  }
}

/** strace prints a call that it does not know with six arguments in hexadecimal; here as many as are set. */
const unknownArgs = (args: readonly bigint[]): readonly DecodedArg[] => {
  const used = args.findLastIndex((raw) => raw !== 0n) + 1
  return args
    .slice(0, used)
    .map((raw, index) => ({
      name: `args[${index}]`,
      index,
      raw,
      dir: 'value',
      text: hexText(raw),
      brief: hexText(raw),
      value: Number(raw),
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
    : { ...failure, text: `-1 ${errno} (${message})`, brief: `-1 ${errno}` }
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

/** The entry (or untraced call, or exit without entry) that an event of a call belongs to; 0 for other events. */
export const callOf = (trace: Trace, seq: Seq): Seq => {
  const event = trace.event(seq)
  switch (event?.kind) {
    case EventKind.entry:
    case EventKind.call:
      return seq
    case EventKind.exit:
      return event.link > 0 && event.link < seq ? event.link : seq
    default:
      return 0
  }
}

/** The memory that a call is about, as the trace kept it; afterwards what it wrote hides what was there. */
export const peekOf = (trace: Trace, call: Seq, phase: Phase): Peek => {
  const seen = trace.captures(call)
  if (phase === 'before') return peekFrom(seen)
  const ended = trace.outcome(call)?.captures ?? []
  return seen.length + ended.length === 0 ? blind : peekFrom([...seen, ...ended])
}

/**
 * Decodes the call that an event belongs to; undefined if it belongs to none.
 * @param phase at an entry: what was known then ('before'), or with what became of it ('after')
 */
export const tracedCall = (
  trace: Trace,
  seq: Seq,
  phase: Phase,
  describeFd?: (pid: number, fd: number, at: Seq) => string | undefined,
): TracedCall | undefined => {
  const call = callOf(trace, seq)
  const event = trace.event(call)
  if (event === undefined) return undefined
  const outcome = event.kind === EventKind.entry ? trace.outcome(call) : undefined
  const ret = phase === 'before' ? undefined : event.kind === EventKind.entry ? outcome?.ret : event.ret
  const decoded = decodeCall({
    arch: event.arch,
    nr: event.nr,
    args: trace.registers(call).args,
    phase,
    peek: peekOf(trace, call, phase),
    ret,
    describeFd: describeFd && ((fd) => describeFd(event.pid, fd, call)),
  })
  return {
    ...decoded,
    entry: event.kind === EventKind.exit ? 0 : call,
    exit: event.kind === EventKind.exit ? call : (outcome?.exit ?? 0),
    outcome,
    skipped: ((outcome?.flags ?? event.flags) & Flag.skipped) !== 0,
  }
}
