import { lossyText } from '../kernel/text.ts'
import { answersOf, tagsOf } from '../decode/answers.ts'
import { tracedCall } from '../decode/call.ts'
import { hasPaths, pathArgs } from '../decode/paths.ts'
import { peekFrom } from '../decode/peek.ts'
import { allRows, rowFor } from '../decode/table.ts'
import type { Value } from '../decode/value.ts'
import { EventKind, Flag, type Columns, type Seq } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import { CLASSES, fieldOf, numberOf, type FieldType } from './field.ts'
import { errnoOf } from './parse.ts'
import type { Query, Test } from './query.ts'
import { compileRegex } from './regex.ts'
import {
  callAt, columnsOf, deciderAt, endAt, fdsAt, nameAt, nameKey, rangesAt, resultAt, sizeAt, type Subject,
} from './subject.ts'

/** Does an event match? */
export type Match = (trace: Trace, seq: Seq) => boolean

export interface MatchOptions {
  /** The text that the user put on an event, if any: what `tag:` looks for besides the tags of PTRACE_VM. */
  readonly userTag?: (seq: Seq) => string | undefined
}

/** A compiled part with its price: 1 reads columns, 2 an index, 4 a payload, 8 decodes. */
interface Part {
  readonly cost: number
  test(subject: Subject, c: Readonly<Columns>, seq: Seq): boolean
}

/** Compiles a query that `parseFilter` made. Entry and exit of a call match together where the call is asked for. */
export const compileFilter = (query: Query, options: MatchOptions = {}): Match => {
  const part = compile(query, options)
  let subject: Subject | undefined
  let rows = -1
  return (trace, seq) => {
    if (seq < 1 || seq > trace.length) return false
    // A million events are asked about in a row: the index is looked after only when the trace has grown.
    if (subject?.trace !== trace || rows !== trace.events.length + trace.outcomes.length) {
      subject = { trace, answers: answersOf(trace) }
      rows = trace.events.length + trace.outcomes.length
    }
    return part.test(subject, columnsOf(subject), seq)
  }
}

const compile = (query: Query, options: MatchOptions): Part => {
  switch (query.kind) {
    case 'and':
    case 'or': {
      const wanted = query.kind === 'or'
      // Cheap parts decide first; what they decide, nobody has to decode.
      const parts = query.items.map((item) => compile(item, options)).sort((a, b) => a.cost - b.cost)
      return {
        cost: Math.max(0, ...parts.map(({ cost }) => cost)),
        test: (subject, c, seq) => {
          for (const part of parts) if (part.test(subject, c, seq) === wanted) return wanted
          return !wanted
        },
      }
    }
    case 'not': {
      const part = compile(query.item, options)
      return { cost: part.cost, test: (subject, c, seq) => !part.test(subject, c, seq) }
    }
    case 'class':
      return classPart(query.name)
    case 'regex':
      return namePart(compileRegex(query.source))
    case 'name':
      return namePart(contains(query.text))
    case 'test':
      return fieldPart(query.field, query.test, options)
  }
}

const contains = (text: string): ((subject: string) => boolean) => {
  const lower = text.toLowerCase()
  return (subject) => subject.toLowerCase().includes(lower)
}

const classPart = (name: string): Part => {
  const wanted = (CLASSES as Readonly<Record<string, string>>)[name]
  const inClass = new Set(
    allRows().filter(({ row }) => row.class === wanted || row.also.some((one) => one === wanted)).map(({ arch, row }) => arch * 0x1_0000 + row.nr),
  )
  return { cost: 1, test: (_, c, seq) => callAt(c, seq) > 0 && inClass.has((c.arch[seq - 1] as number) * 0x1_0000 + (c.nr[seq - 1] as number)) }
}

/** Names are few: each is judged once. */
const namePart = (judge: (name: string) => boolean, callsOnly = false): Part => {
  const judged = new Map<number, boolean>()
  return {
    cost: 1,
    test: (_, c, seq) => {
      if (callsOnly && callAt(c, seq) === 0) return false
      const key = nameKey(c, seq)
      const known = judged.get(key)
      if (known !== undefined) return known
      const verdict = judge(nameAt(c, seq))
      if (judged.size < 10_000) judged.set(key, verdict)
      return verdict
    },
  }
}

/** A test as a function of a number. */
const numeric = (test: Test, type: FieldType): ((value: number) => boolean) => {
  if (test.kind === 'any') return () => true
  if (test.kind === 'regex') return () => false
  if (test.kind === 'range') {
    const from = numberOf(test.from, type) ?? NaN
    const to = numberOf(test.to, type) ?? NaN
    return (value) => value >= from && value <= to
  }
  const than = numberOf(test.value, type) ?? NaN
  switch (test.op) {
    case '!=':
      return (value) => value !== than
    case '<':
      return (value) => value < than
    case '<=':
      return (value) => value <= than
    case '>':
      return (value) => value > than
    case '>=':
      return (value) => value >= than
    default:
      return (value) => value === than
  }
}

/** A test as a function of a text. */
const textual = (test: Test): ((value: string) => boolean) => {
  switch (test.kind) {
    case 'any':
      return () => true
    case 'regex':
      return compileRegex(test.source)
    case 'range':
      return () => false
    case 'value':
      return test.op === '=' ? (value) => value === test.value : test.op === '!=' ? (value) => value !== test.value : contains(test.value)
  }
}

const negated = (test: Test): boolean => test.kind === 'value' && test.op === '!='
const valueOf = (test: Test): string => (test.kind === 'value' ? test.value : '')

const STOPS: Readonly<Record<string, number>> = {
  entry: EventKind.entry, exit: EventKind.exit, event: EventKind.event, signal: EventKind.signal, group: EventKind.group,
}
const isStop = (kind: number): boolean => kind >= EventKind.entry && kind <= EventKind.group

const fieldPart = (field: string, test: Test, options: MatchOptions): Part => {
  if (field.startsWith('arg.')) return argPart(field.slice(4), test)
  const type = fieldOf(field)?.type ?? 'text'
  const number = numeric(test, type)
  const text = textual(test)
  const onCall = (cost: number, judge: (subject: Subject, call: Seq) => boolean): Part => ({
    cost,
    test: (subject, c, seq) => {
      const call = callAt(c, seq)
      return call > 0 && judge(subject, call)
    },
  })
  switch (field) {
    case 'call':
      return namePart(text, true)
    case 'pid':
      return { cost: 1, test: (_, c, seq) => number(c.pid[seq - 1] as number) }
    case 'seq':
      return { cost: 1, test: (_, __, seq) => number(seq) }
    case 't':
      return { cost: 1, test: (_, c, seq) => number(c.time[seq - 1] as number) }
    case 'stop': {
      const not = negated(test)
      const kind = STOPS[valueOf(test)]
      return { cost: 1, test: (_, c, seq) => (isStop(c.kind[seq - 1] as number) && (test.kind === 'any' || c.kind[seq - 1] === kind)) !== not }
    }
    case 'comm':
      return { cost: 2, test: ({ trace }, c, seq) => text(trace.birthOf(c.pid[seq - 1] as number, seq)?.name ?? '') }
    case 'ret':
      return { cost: 2, test: (subject, _, seq) => {
        const result = resultAt(subject, seq)
        return result !== undefined && number(result.ret)
      } }
    case 'errno': {
      const wanted = errnoOf(valueOf(test))
      const not = negated(test)
      return { cost: 2, test: (subject, _, seq) => {
        const result = resultAt(subject, seq)
        return result !== undefined && (test.kind === 'any' ? result.errno !== 0 : (result.errno === wanted) !== not)
      } }
    }
    case 'dur':
      return onCall(2, (subject, call) => {
        const end = endAt(subject, call)
        return end !== undefined && number(end.time - (columnsOf(subject).time[call - 1] as number))
      })
    case 'skipped': {
      const yes = (valueOf(test) === 'yes') !== negated(test)
      return onCall(2, (subject, call) => {
        const end = endAt(subject, call)
        return end !== undefined && (test.kind === 'any' || ((end.flags & Flag.skipped) !== 0) === yes)
      })
    }
    case 'by':
      return byPart(test)
    case 'tag':
      return tagPart(test, options)
    case 'fd':
      return onCall(4, (subject, call) => fdsAt(subject, call).some(number))
    case 'size':
      return onCall(4, (subject, call) => {
        const size = sizeAt(subject, call)
        return size !== undefined && number(size)
      })
    case 'path':
      return onCall(8, ({ trace }, call) => {
        const c = trace.events.columns
        const row = rowFor(c.arch[call - 1] as number, c.nr[call - 1] as number)
        return hasPaths(row) && pathArgs(row, trace.registers(call).args, peekFrom(trace.captures(call))).some(text)
      })
    case 'mem': {
      const [from, to] = test.kind === 'range' ? [numberOf(test.from, 'number') ?? NaN, numberOf(test.to, 'number') ?? NaN] : [NaN, NaN]
      const bounded = test.kind === 'range' || (test.kind === 'value' && (test.op === undefined || test.op === '='))
      const low = test.kind === 'range' ? from : (numberOf(valueOf(test), 'number') ?? NaN)
      const high = test.kind === 'range' ? to : low
      return { cost: 8, test: (subject, _, seq) => rangesAt(subject, seq).some(({ addr, length }) =>
        length > 0 && (bounded ? addr <= high && addr + length > low : number(addr) || number(addr + length - 1))) }
    }
    default:
      return { cost: 1, test: () => false }
  }
}

/** `guest`, `tracer` or `seccomp` decided a call; a number is the pid of whoever is told of a stop or asks. */
const byPart = (test: Test): Part => {
  const value = valueOf(test)
  const not = negated(test)
  if (test.kind === 'range' || numberOf(value, 'number') !== undefined) {
    const number = numeric(test, 'number')
    return { cost: 1, test: (_, c, seq) => number(c.by[seq - 1] as number) }
  }
  return { cost: 2, test: (subject, c, seq) => {
    const call = callAt(c, seq)
    if (call === 0) return false
    return (test.kind === 'any' || deciderAt(subject, call) === value) !== not
  } }
}

const TAGS: Readonly<Record<string, number>> = {
  SKIPEXIT: 2, SKIPCALL: 4, PTRACE_VM_SKIPEXIT: 2, PTRACE_VM_SKIPCALL: 4, SKIPEXIT_SKIPCALL: 6,
}

/** Tags of PTRACE_VM: of a request its own, of a stop those it was resumed with. Words are the user's tags, too. */
const tagPart = (test: Test, { userTag }: MatchOptions): Part => {
  const bit = TAGS[valueOf(test).toUpperCase()]
  const not = negated(test)
  const text = textual(test)
  const number = test.kind === 'value' && numberOf(test.value, 'number') === undefined ? undefined : numeric(test, 'number')
  return { cost: 4, test: ({ trace, answers }, c, seq) => {
    const kind = c.kind[seq - 1] as number
    const request = kind === EventKind.request ? seq : isStop(kind) ? answers.resumeOf(seq) : 0
    const tags = request === 0 ? undefined : tagsOf(c.nr[request - 1] as number, trace.request(request).addr)
    const own = userTag?.(seq)
    if (test.kind === 'any') return own !== undefined || (tags ?? 0) !== 0
    if (bit !== undefined && tags !== undefined && (tags & bit) === bit) return !not
    if (number !== undefined && tags !== undefined && number(tags)) return true
    if (own !== undefined) return text(own)
    return not && bit !== undefined && tags !== undefined
  } }
}

/** An argument by its name: its number, or its text and what it points to. */
const argPart = (name: string, test: Test): Part => {
  const number = numeric(test, 'number')
  const text = textual(test)
  const numbers = test.kind === 'any' || test.kind === 'range' || (test.kind === 'value' && numberOf(test.value, 'number') !== undefined)
  const has = new Set(allRows().filter(({ row }) => row.args.some((arg) => arg.name === name)).map(({ arch, row }) => arch * 0x1_0000 + row.nr))
  return { cost: 8, test: ({ trace }, c, seq) => {
    const call = callAt(c, seq)
    if (call === 0 || !has.has((c.arch[call - 1] as number) * 0x1_0000 + (c.nr[call - 1] as number))) return false
    const arg = tracedCall(trace, call, 'after')?.args.find((one) => one.name === name)
    if (arg === undefined) return false
    if (test.kind === 'any') return true
    if (numbers && [arg.value, arg.out].some((value) => (typeof value === 'number' || typeof value === 'bigint') && number(Number(value)))) return true
    return test.kind !== 'range' && (test.kind !== 'value' || test.op === undefined || test.op === '=' || test.op === '!=')
      && (!numbers || typeof arg.value === 'string') && textOf(arg.text, arg.value).some(text)
  } }
}

/** The texts that an argument can be found by. */
const textOf = (printed: string, value: Value): readonly string[] =>
  typeof value === 'string' ? [value] : value instanceof Uint8Array ? [lossyText(value)] : [printed]
