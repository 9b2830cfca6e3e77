import { errnoName } from '../abi/errno.ts'
import { callName, rowFor } from '../decode/table.ts'
import { answersOf } from '../decode/answers.ts'
import { eventLineText } from '../decode/line.ts'
import { pathArgs } from '../decode/paths.ts'
import { peekFrom } from '../decode/peek.ts'
import { compileFilter, type Match } from '../filter/match.ts'
import { parseFilter } from '../filter/parse.ts'
import { callAt, nameAt, resultAt, sizeAt } from '../filter/subject.ts'
import { EventKind, type Seq } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import type { Amount, KeyName, RunName, Value, Word } from './check-data.ts'
import type { Outcome, Runs } from './outcome.ts'

/** A check names a run that nobody made: a mistake of ours, not of the student. */
const runOf = (runs: Runs, name: RunName = 'answer'): Outcome => {
  const run = runs[name]
  if (run === undefined) throw new Error(`the run "${name}" is missing`)
  return run
}

/** The filter of a check, which its form has found to be one. */
export const matcherOf = (filter: string): Match => {
  const parsed = parseFilter(filter)
  return parsed.ok ? compileFilter(parsed.query) : () => false
}

/**
 * The events that match, in their order; of a call whose stops both match only the first one, so that a call is one
 * thing whether it was traced or not. Events of pid 0 are the kernel's own remarks: nobody's.
 */
export function* matching(trace: Trace, filter: string): Generator<Seq> {
  const match = matcherOf(filter)
  const { columns } = trace.events
  for (let seq = 1; seq <= trace.length; seq++) {
    if (columns.kind[seq - 1] === EventKind.print && columns.pid[seq - 1] === 0) continue
    if (!match(trace, seq)) continue
    if (columns.kind[seq - 1] === EventKind.exit) {
      const entry = callAt(columns, seq)
      if (entry !== seq && match(trace, entry)) continue
    }
    yield seq
  }
}

const pathsAt = (trace: Trace, call: Seq): readonly string[] => {
  const event = trace.event(call)
  if (event === undefined) return []
  return pathArgs(rowFor(event.arch, event.nr), trace.registers(call).args, peekFrom(trace.captures(call)))
}

/** What an event is sorted by; undefined where it has no such thing. */
export const keyOf = (trace: Trace, seq: Seq, key: KeyName): string | undefined => {
  const c = trace.events.columns
  const call = callAt(c, seq)
  switch (key) {
    case 'call':
      return call > 0 ? callName(c.arch[call - 1] as number, c.nr[call - 1] as number) : nameAt(c, seq)
    case 'pid':
      return String(c.pid[seq - 1])
    case 'comm':
      return trace.birthOf(c.pid[seq - 1] as number, seq)?.name
    case 'path':
      return call > 0 ? pathsAt(trace, call)[0] : undefined
    case 'errno':
    case 'ret': {
      const result = resultAt({ trace, answers: answersOf(trace) }, seq)
      if (key === 'ret') return result === undefined ? undefined : String(result.ret)
      return result === undefined || result.errno === 0 ? undefined : (errnoName(result.errno) ?? String(result.errno))
    }
    case 'size': {
      const size = call > 0 ? sizeAt({ trace, answers: answersOf(trace) }, call) : undefined
      return size === undefined ? undefined : String(size)
    }
    case 'seq':
      return String(seq)
    case 'line':
      return eventLineText(trace, seq)
    case 'text':
      return c.kind[seq - 1] === EventKind.print || c.kind[seq - 1] === EventKind.failure ? trace.text(seq) : undefined
    case 'signal':
      return c.kind[seq - 1] === EventKind.signal || c.kind[seq - 1] === EventKind.group ? nameAt(c, seq) : undefined
  }
}

/** How many of the matching events have which key, in the order in which keys were first met. */
export const groupsOf = (trace: Trace, filter: string, key: KeyName): ReadonlyMap<string, number> => {
  const groups = new Map<string, number>()
  for (const seq of matching(trace, filter)) {
    const one = keyOf(trace, seq, key)
    if (one !== undefined) groups.set(one, (groups.get(one) ?? 0) + 1)
  }
  return groups
}

/** The number that an amount stands for. */
export const amountOf = (amount: Amount, runs: Runs): number => {
  if (typeof amount === 'number') return amount
  if ('count' in amount) {
    let count = 0
    for (const _ of matching(runOf(runs, amount.in).trace, amount.count)) count++
    return count
  }
  if ('distinct' in amount) return groupsOf(runOf(runs, amount.in).trace, amount.of, amount.distinct).size
  if ('cost' in amount) return runOf(runs, amount.in).counts[amount.cost]
  if ('sum' in amount) return amount.sum.reduce<number>((sum, one) => sum + amountOf(one, runs), 0)
  return amount.times * amountOf(amount.of, runs)
}

/** The event that a word or a count is about, to be shown; 0 for none. In the student's run only. */
export const seqOf = (value: Value | string, runs: Runs): Seq => {
  if (typeof value !== 'object' || !('of' in value || 'count' in value)) return 0
  if ('times' in value) return seqOf(value.of, runs)
  if ((value.in ?? 'answer') !== 'answer') return 0
  const filter = 'count' in value ? value.count : value.of
  const found = [...matching(runs.answer.trace, filter)]
  return ('which' in value && value.which === 'last' ? found.at(-1) : found[0]) ?? 0
}

const wordOf = ({ field, of, which = 'first', in: name }: Word, runs: Runs): string => {
  const { trace } = runOf(runs, name)
  if (which === 'commonest') {
    let best: readonly [string, number] = ['', 0]
    for (const group of groupsOf(trace, of, field)) if (group[1] > best[1]) best = group
    return best[0]
  }
  let found = ''
  for (const seq of matching(trace, of)) {
    found = keyOf(trace, seq, field) ?? ''
    if (which === 'first') break
  }
  return found
}

/** What a value stands for, as text. */
export const valueText = (value: Value | string, runs: Runs): string => {
  if (typeof value === 'string') return value
  return typeof value === 'object' && 'field' in value ? wordOf(value, runs) : String(amountOf(value, runs))
}

/** The runs besides the student's that something in an exercise looks at, found by their names. */
export const runsNamedIn = (data: unknown): ReadonlySet<RunName> => {
  const names = new Set<RunName>()
  const walk = (one: unknown): void => {
    if (typeof one !== 'object' || one === null) return
    for (const [key, inner] of Object.entries(one)) {
      if ((key === 'in' || key === 'as') && (inner === 'plain' || inner === 'solution')) names.add(inner)
      else walk(inner)
    }
  }
  walk(data)
  return names
}
