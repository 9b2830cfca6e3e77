import { Flag } from '../trace/format.ts'
import { readForeignEntry, readForeignExit, type ForeignExit } from '../trace/foreign.ts'
import type { Outcome, Trace, TraceEvent } from '../trace/trace.ts'
import { linuxByName } from '../syscall/linux.ts'
import type { DecodedArg, Phase } from './arg.ts'
import type { DecodedResult, TracedCall } from './call.ts'
import { linuxClass } from './foreign-class.ts'
import { foreignResult, numberIn, splitArguments, unquoted } from './foreign-text.ts'

/** Longer texts are cut in a narrow column. */
const BRIEF = 32

const shortened = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`)

const endOf = (trace: Trace, outcome: Outcome | undefined): ForeignExit | undefined =>
  outcome === undefined || outcome.exit === 0 ? undefined : readForeignExit(trace.events.payload(outcome.exit - 1))

const argsOf = (name: string, before: string, after: string): readonly DecodedArg[] => {
  const known = splitArguments(before).length
  const texts = splitArguments(before + after)
  const row = linuxByName.get(name)
  // One that was begun before the call was left, and ended after it, is an output.
  const outputs = after === '' ? texts.length : before.trimEnd().endsWith(',') ? known : Math.max(0, known - (after.startsWith(',') ? 0 : 1))
  return texts.map((text, index) => {
    const number = numberIn(text)
    const value = unquoted(text) ?? number ?? text
    return {
      // Ours are told by the same names; of others a log tells only the order.
      name: row !== undefined && row.args.length >= texts.length ? (row.args[index]?.name ?? `args[${index}]`) : `args[${index}]`,
      index,
      raw: number === undefined || !Number.isSafeInteger(number) ? 0n : BigInt.asUintN(64, BigInt(number)),
      dir: index >= outputs ? 'out' : 'value',
      text,
      brief: shortened(text, BRIEF),
      value,
      ...(index >= outputs ? { out: value } : {}),
      regions: [],
    }
  })
}

const resultOf = (end: ForeignExit | undefined, phase: Phase): DecodedResult => {
  if (end === undefined || phase === 'before') return { raw: undefined, kind: 'pending', text: '?', brief: '…' }
  const { ret, errno, message } = foreignResult(end.result)
  const text = end.result
  if (ret === undefined) return { raw: undefined, kind: 'none', text, brief: text }
  if (errno === undefined) return { raw: ret, kind: 'success', text, brief: shortened(text, BRIEF) }
  return { raw: ret, kind: 'failure', text, brief: `${text.startsWith('?') ? '?' : '-1'} ${errno}`, errno, ...(message === undefined ? {} : { message }) }
}

/** A call of an imported log with the words that it stood in. */
export interface ForeignCall extends TracedCall {
  readonly words: {
    /** Inside the parentheses, up to `<unfinished ...>` where the log has that. */
    readonly before: string
    readonly after: string
    /** Nanoseconds in the call, where the log tells them. */
    readonly took: number | undefined
  }
}

/** A call of an imported log, as far as its text tells. `begin` is its entry, or its exit where the log has no more of it. */
export const foreignCall = (trace: Trace, begin: TraceEvent, outcome: Outcome | undefined, phase: Phase, onlyExit: boolean): ForeignCall => {
  const payload = trace.events.payload(begin.seq - 1)
  const entry = onlyExit ? undefined : readForeignEntry(payload)
  const end = onlyExit ? readForeignExit(payload) : endOf(trace, outcome)
  const name = entry?.name ?? ''
  let args: readonly DecodedArg[] | undefined
  return {
    name,
    arch: 'strace log',
    nr: begin.nr,
    words: { before: entry?.inside ?? '', after: end?.inside ?? '', took: end?.took },
    row: undefined,
    phase,
    get args() {
      return (args ??= argsOf(name, entry?.inside ?? '', phase === 'after' ? (end?.inside ?? '') : ''))
    },
    result: resultOf(end, phase),
    returned: undefined,
    resumes: undefined,
    entry: onlyExit ? 0 : begin.seq,
    exit: onlyExit ? begin.seq : (outcome?.exit ?? 0),
    outcome,
    skipped: ((outcome?.flags ?? begin.flags) & Flag.skipped) !== 0,
  }
}

/** The paths among a foreign call's arguments: the strings of calls about files, and what -y says of a descriptor. */
export const foreignPaths = (trace: Trace, entry: TraceEvent): readonly string[] => {
  const { name, inside } = readForeignEntry(trace.events.payload(entry.seq - 1))
  const named = linuxClass(name) === 'file' || name === 'execve' || name === 'execveat'
  return splitArguments(inside).flatMap((text) => {
    const path = named ? unquoted(text) : undefined
    const [, open] = /^(?:\d+|AT_FDCWD)<(.*)>$/.exec(text) ?? []
    return path ?? open ?? []
  })
}

/** The descriptor that a foreign call is about: its first argument, if it is one. */
export const foreignFds = (trace: Trace, entry: TraceEvent): readonly number[] => {
  const { name, inside } = readForeignEntry(trace.events.payload(entry.seq - 1))
  const cls = linuxClass(name)
  const first = cls === 'desc' || cls === 'socket' ? /^\d+(?=[<,]|$)/.exec(inside)?.[0] : undefined
  return first === undefined ? [] : [Number(first)]
}
