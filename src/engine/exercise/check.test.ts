import { describe, expect, test } from 'vitest'
import { encodeUtf8 } from '../kernel/text.ts'
import type { Counts } from '../protocol.ts'
import { EventKind } from '../trace/format.ts'
import { Recorder } from '../trace/recorder.ts'
import { Trace } from '../trace/trace.ts'
import { evaluate, evaluateEnd } from './check.ts'
import type { Check } from './check-data.ts'
import type { Outcome, Runs } from './outcome.ts'

const COUNTS: Counts = { stops: 4, requests: 3, calls: 2, suspensions: 0, bytesPeeked: 8 }

/** A run in which a script printed lines and guests wrote to the terminal. */
const outcomeOf = (printed: readonly string[], written = '', over = true, files: Readonly<Record<string, string>> = {}): Outcome => {
  let now = 0
  const recorder = new Recorder(() => now++)
  for (const line of printed) recorder.print(1, 1, line)
  if (written !== '') recorder.output(2, 1, encodeUtf8(written))
  recorder.close()
  const trace = new Trace()
  recorder.flush((table, chunk) => trace.append(table, chunk))
  return {
    trace, end: over ? { kind: 'exited' } : undefined, counts: COUNTS,
    files: new Map(Object.entries(files).map(([path, text]) => [path, encodeUtf8(text)])),
  }
}

const judge = (check: Partial<Check> & Pick<Check, 'kind'>, answer: Outcome, others: Omit<Runs, 'answer'> = {}, replies: Readonly<Record<string, string>> = {}) =>
  evaluate({ id: 'it', wanted: 'It.', ...check } as Check, { answer, ...others }, { script: '', replies })

describe('what a script printed', () => {
  test.for([
    ['equals', 'a\nb', ['a', 'b'], 'passed'],
    ['equals', 'a\nb', ['a  ', 'b', ''], 'passed'],
    ['equals', 'a\nb', ['a'], 'failed'],
    ['contains', 'b', ['abc'], 'passed'],
    ['lacks', 'b', ['abc'], 'failed'],
    ['matches', '^a+$', ['aaa'], 'passed'],
    ['matches', '^a+$', ['aab'], 'failed'],
    ['words', 'fd_write 1', ['1 fd_write'], 'passed'],
    ['words', 'fd_write 1', ['11 fd_write'], 'failed'],
    ['words', 'write 1', ['1 fd_write'], 'failed'],
    ['words', 'fd_write 1', ['1', 'fd_write'], 'failed'],
    ['lines', 'a\nb\na', ['b', 'a', 'a '], 'passed'],
    ['lines', 'a\nb\na', ['a', 'b'], 'failed'],
    ['lines', 'a\nb', ['a', 'b', 'a'], 'failed'],
    ['lines', 'a\nb', ['a', 'c'], 'failed'],
  ] as const)('%s %j of %j is %s', ([test, text, lines, state]) => {
    expect(judge({ kind: 'printed', test, text }, outcomeOf(lines)).state).toBe(state)
  })

  test('is compared with what another run printed', () => {
    const check = { kind: 'printed', test: 'equals', as: 'solution' } as const
    expect(judge(check, outcomeOf(['1', '2']), { solution: outcomeOf(['1', '2']) }).state).toBe('passed')
    expect(judge(check, outcomeOf(['1', '3']), { solution: outcomeOf(['1', '2']) })).toEqual({ id: 'it', state: 'failed', found: 'Line 2: expected “2”, found “3”.', seq: 2 })
  })

  test('is looked through for values that were counted, and for each group', () => {
    const counted = { kind: 'printed', test: 'words', text: 'all {n}', values: { n: { count: 'print' } } } as const
    expect(judge(counted, outcomeOf(['all 2', 'x'])).state).toBe('passed')
    expect(judge(counted, outcomeOf(['all 2', 'x', 'y'])).found).toBe('Expected a line with “all” and “3”, found “all 2”.')
    const each = { kind: 'printed', test: 'words', text: '{key} {count}', each: { by: 'text', of: 'print', in: 'plain' } } as const
    expect(judge(each, outcomeOf(['a 2', 'b 1']), { plain: outcomeOf(['a', 'b', 'a']) }).state).toBe('passed')
    expect(judge(each, outcomeOf(['a 1', 'b 1']), { plain: outcomeOf(['a', 'b', 'a']) }).state).toBe('failed')
  })

  test('is taken literally where a value stands in an expression', () => {
    const check = { kind: 'printed', test: 'matches', text: '^{line}$', values: { line: { field: 'text', of: 'print', in: 'plain' } } } as const
    expect(judge(check, outcomeOf(['aaa']), { plain: outcomeOf(['a.a']) }).state).toBe('failed')
    expect(judge(check, outcomeOf(['a.a']), { plain: outcomeOf(['a.a']) }).state).toBe('passed')
  })
})

describe('events', () => {
  const three = outcomeOf(['a', 'b', 'c'])

  test('are wanted or not, and the one that breaks it is told', () => {
    expect(judge({ kind: 'some', filter: 'print' }, three).state).toBe('passed')
    expect(judge({ kind: 'some', filter: 'fd_write' }, three).found).toBe('Nothing in the trace matches fd_write.')
    expect(judge({ kind: 'none', filter: 'print' }, three)).toMatchObject({ state: 'failed', seq: 1 })
    expect(judge({ kind: 'every', filter: 'print', also: 'seq:..2' }, three).state).toBe('failed')
  })

  test('are counted and compared; the one too many is shown', () => {
    expect(judge({ kind: 'compare', left: { count: 'print' }, is: '<=', right: 2 }, three)).toEqual({ id: 'it', state: 'failed', found: 'Expected at most 2, found 3.', seq: 3 })
    expect(judge({ kind: 'compare', left: { count: 'print' }, is: '=', right: { sum: [{ cost: 'stops' }, -1] } }, three).state).toBe('passed')
    expect(judge({ kind: 'compare', left: { times: 2, of: { distinct: 'text', of: 'print' } }, is: '=', right: 6 }, three).state).toBe('passed')
  })

  test('come in an order', () => {
    expect(judge({ kind: 'order', first: 'seq:1', then: 'seq:2' }, three).state).toBe('passed')
    expect(judge({ kind: 'order', first: 'seq:2', then: 'seq:1' }, three)).toMatchObject({ state: 'failed', seq: 1 })
    expect(judge({ kind: 'order', first: 'seq:1 | seq:2', then: 'seq:3', each: true }, three)).toMatchObject({ state: 'failed', seq: 1 })
    expect(judge({ kind: 'order', first: 'seq:2', then: 'seq:3', each: true }, three).state).toBe('passed')
  })

  test('of the kernel are nobody’s', () => {
    const recorder = new Recorder(() => 0)
    recorder.print(0, 0, 'a remark')
    const trace = new Trace()
    recorder.flush((table, chunk) => trace.append(table, chunk))
    expect(trace.event(1)?.kind).toBe(EventKind.print)
    expect(judge({ kind: 'none', filter: 'print' }, { trace, end: { kind: 'exited' }, counts: COUNTS, files: new Map() }).state).toBe('passed')
  })
})

describe('while a run goes on', () => {
  test.for([
    [{ kind: 'some', filter: 'print' }, 'passed'],
    [{ kind: 'some', filter: 'death' }, 'open'],
    [{ kind: 'none', filter: 'print' }, 'failed'],
    [{ kind: 'none', filter: 'death' }, 'open'],
    [{ kind: 'compare', left: { count: 'print' }, is: '<=', right: 1 }, 'failed'],
    [{ kind: 'compare', left: { count: 'print' }, is: '<=', right: 9 }, 'open'],
    [{ kind: 'compare', left: { count: 'print' }, is: '>=', right: 2 }, 'passed'],
    [{ kind: 'printed', test: 'equals', text: 'x' }, 'open'],
  ] as const)('%j is %s', ([check, state]) => {
    expect(judge(check as Parameters<typeof judge>[0], outcomeOf(['a', 'b'], '', false)).state).toBe(state)
    expect(evaluateEnd(outcomeOf([], '', false)).state).toBe('open')
  })
})

test('output counts byte for byte, files too', () => {
  expect(judge({ kind: 'output', test: 'equals', text: 'a \n' }, outcomeOf([], 'a \n')).state).toBe('passed')
  expect(judge({ kind: 'output', test: 'equals', text: 'a\n' }, outcomeOf([], 'a \n')).state).toBe('failed')
  const file = outcomeOf([], '', true, { '/a': 'x\n' })
  expect(judge({ kind: 'file', path: '/a', test: 'contains', text: 'x' }, file).state).toBe('passed')
  expect(judge({ kind: 'file', path: '/b', test: 'contains', text: 'x' }, file).found).toBe('There is no file /b.')
  expect(judge({ kind: 'no-file', path: '/a' }, file).found).toBe('/a is there.')
})

test.for([
  ['3', 'passed'], [' 3 ', 'passed'], ['3.0', 'passed'], ['4', 'failed'], ['', 'failed'], ['three', 'failed'],
] as const)('%j to a question whose answer is 3 has %s', ([reply, state]) => {
  expect(judge({ kind: 'question', right: { count: 'print' } }, outcomeOf(['a', 'b', 'c']), {}, { it: reply }).state).toBe(state)
})

test('a run that failed says of what', () => {
  const failure = { kind: 'exception', title: 'It threw', cause: 'because.', cure: '' } as const
  expect(evaluateEnd({ ...outcomeOf([]), end: { kind: 'failed', failure } })).toEqual({ id: 'ends', state: 'failed', found: 'It threw: because.' })
})
