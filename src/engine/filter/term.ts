import { tagsOf } from '../decode/answers.ts'
import { tracedCall } from '../decode/call.ts'
import { hasPaths, pathArgs } from '../decode/paths.ts'
import { foreignPaths } from '../decode/foreign.ts'
import { peekFrom } from '../decode/peek.ts'
import { allRows, rowFor } from '../decode/table.ts'
import type { Value } from '../decode/value.ts'
import { signalName } from '../abi/signal.ts'
import { lossyText } from '../kernel/text.ts'
import { ArchCode, EventKind, Flag, type Seq } from '../trace/format.ts'
import { negated, numeric, textual, valueOf } from './compare.ts'
import { fieldOf, numberOf } from './field.ts'
import { errnoOf } from './parse.ts'
import { namePart, type Part } from './part.ts'
import type { Test } from './query.ts'
import { callAt, columnsOf, deciderAt, endAt, fdsAt, rangesAt, resultAt, signalAt, sizeAt, type Subject } from './subject.ts'

/** The text that the user put on an event, if any. */
export type UserTag = (seq: Seq) => string | undefined

const STOPS: Readonly<Record<string, number>> = {
  entry: EventKind.entry,
  exit: EventKind.exit,
  event: EventKind.event,
  signal: EventKind.signal,
  group: EventKind.group,
}
const isStop = (kind: number): boolean => kind >= EventKind.entry && kind <= EventKind.group

/** What `field:test` asks of an event. Fields are those of field.ts. */
export const fieldPart = (field: string, test: Test, userTag: UserTag | undefined): Part => {
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
      return {
        cost: 1,
        test: (_, c, seq) =>
          (isStop(c.kind[seq - 1] as number) && (test.kind === 'any' || c.kind[seq - 1] === kind)) !== not,
      }
    }
    case 'comm':
      return { cost: 2, test: ({ trace }, c, seq) => text(trace.birthOf(c.pid[seq - 1] as number, seq)?.name ?? '') }
    case 'ret':
      return {
        cost: 2,
        test: (subject, _, seq) => {
          const result = resultAt(subject, seq)
          return result !== undefined && number(result.ret)
        },
      }
    case 'errno': {
      const wanted = errnoOf(valueOf(test))
      const not = negated(test)
      return {
        cost: 2,
        test: (subject, _, seq) => {
          const result = resultAt(subject, seq)
          return result !== undefined && (test.kind === 'any' ? result.errno !== 0 : (result.errno === wanted) !== not)
        },
      }
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
    case 'signal':
      return {
        cost: 4,
        test: (subject, c, seq) => {
          const signo = signalAt(subject, c, seq)
          return signo > 0 && (text(signalName(signo)) || (test.kind === 'value' && test.op !== '!=' && test.value === `${signo}`))
        },
      }
    case 'by':
      return byPart(test)
    case 'tag':
      return tagPart(test, userTag)
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
        if (c.arch[call - 1] === ArchCode.foreign) {
          const event = trace.event(call)
          return event?.kind === EventKind.entry && foreignPaths(trace, event).some(text)
        }
        const row = rowFor(c.arch[call - 1] as number, c.nr[call - 1] as number)
        return hasPaths(row) && pathArgs(row, trace.registers(call).args, peekFrom(trace.captures(call))).some(text)
      })
    case 'mem': {
      const [from, to] =
        test.kind === 'range' ? [numberOf(test.from, 'number') ?? NaN, numberOf(test.to, 'number') ?? NaN] : [NaN, NaN]
      const bounded = test.kind === 'range' || (test.kind === 'value' && (test.op === undefined || test.op === '='))
      const low = test.kind === 'range' ? from : (numberOf(valueOf(test), 'number') ?? NaN)
      const high = test.kind === 'range' ? to : low
      return {
        cost: 8,
        test: (subject, _, seq) =>
          rangesAt(subject, seq).some(
            ({ addr, length }) =>
              length > 0 && (bounded ? addr <= high && addr + length > low : number(addr) || number(addr + length - 1)),
          ),
      }
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
  return {
    cost: 2,
    test: (subject, c, seq) => {
      const call = callAt(c, seq)
      if (call === 0) return false
      return (test.kind === 'any' || deciderAt(subject, call) === value) !== not
    },
  }
}

const TAGS: Readonly<Record<string, number>> = {
  SKIPEXIT: 2,
  SKIPCALL: 4,
  PTRACE_VM_SKIPEXIT: 2,
  PTRACE_VM_SKIPCALL: 4,
  SKIPEXIT_SKIPCALL: 6,
}

/** Tags of PTRACE_VM: of a request its own, of a stop those it was resumed with. Words are the user's tags, too. */
const tagPart = (test: Test, userTag: UserTag | undefined): Part => {
  const bit = TAGS[valueOf(test).toUpperCase()]
  const not = negated(test)
  const text = textual(test)
  const number =
    test.kind === 'value' && numberOf(test.value, 'number') === undefined ? undefined : numeric(test, 'number')
  return {
    cost: 4,
    test: ({ trace, answers }, c, seq) => {
      const kind = c.kind[seq - 1] as number
      const request = kind === EventKind.request ? seq : isStop(kind) ? answers.resumeOf(seq) : 0
      const tags = request === 0 ? undefined : tagsOf(c.nr[request - 1] as number, trace.request(request).addr)
      const own = userTag?.(seq)
      if (test.kind === 'any') return own !== undefined || (tags ?? 0) !== 0
      if (bit !== undefined && tags !== undefined && (tags & bit) === bit) return !not
      if (number !== undefined && tags !== undefined && number(tags)) return true
      if (own !== undefined) return text(own)
      return not && bit !== undefined && tags !== undefined
    },
  }
}

/** An argument by its name: its number, or its text and what it points to. */
const argPart = (name: string, test: Test): Part => {
  const number = numeric(test, 'number')
  const text = textual(test)
  const numbers =
    test.kind === 'any'
    || test.kind === 'range'
    || (test.kind === 'value' && numberOf(test.value, 'number') !== undefined)
  const has = new Set(
    allRows()
      .filter(({ row }) => row.args.some((arg) => arg.name === name))
      .map(({ arch, row }) => arch * 0x1_0000 + row.nr),
  )
  return {
    cost: 8,
    test: ({ trace }, c, seq) => {
      const call = callAt(c, seq)
      if (call === 0) return false
      if (c.arch[call - 1] !== ArchCode.foreign && !has.has((c.arch[call - 1] as number) * 0x1_0000 + (c.nr[call - 1] as number))) return false
      const arg = tracedCall(trace, call, 'after')?.args.find((one) => one.name === name)
      if (arg === undefined) return false
      if (test.kind === 'any') return true
      if (
        numbers
        && [arg.value, arg.out].some(
          (value) => (typeof value === 'number' || typeof value === 'bigint') && number(Number(value)),
        )
      )
        return true
      return (
        test.kind !== 'range'
        && (test.kind !== 'value' || test.op === undefined || test.op === '=' || test.op === '!=')
        && (!numbers || typeof arg.value === 'string')
        && textOf(arg.text, arg.value).some(text)
      )
    },
  }
}

/** The texts that an argument can be found by. */
const textOf = (printed: string, value: Value): readonly string[] =>
  typeof value === 'string' ? [value] : value instanceof Uint8Array ? [lossyText(value)] : [printed]
