import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FIELDS } from './field.ts'
import { parseFilter } from './parse.ts'
import { EVERYTHING, OPS, printQuery, type Query, type Test } from './query.ts'
import { suggestFilter } from './suggest.ts'

const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 8 }),
  fc.constantFrom('fd_write', '..', 'a..b', '-1', '"', '\\', '*x', '=x', '/', 'a:b', '%x', '('),
)
const number = fc.oneof(
  fc.integer().map(String),
  fc.nat().map((n) => `0x${n.toString(16)}`),
)
const source = fc.stringMatching(/^[a-z/.]{1,5}$/)

const testOf = (field: string): fc.Arbitrary<Test> => {
  const type = field.startsWith('arg.') ? 'any' : (FIELDS as Record<string, { type: string }>)[field]?.type
  const any: fc.Arbitrary<Test> = fc.constant({ kind: 'any' })
  const valued = (value: fc.Arbitrary<string>, ops: readonly string[]): fc.Arbitrary<Test> =>
    fc
      .tuple(fc.option(fc.constantFrom(...ops), { nil: undefined }), value)
      .map(([op, v]) => ({ kind: 'value', ...(op === undefined ? {} : { op }), value: v }) as Test)
  const regex: fc.Arbitrary<Test> = source.map((s) => ({ kind: 'regex', source: s }))
  const range: fc.Arbitrary<Test> = fc.tuple(number, number).map(([from, to]) => ({ kind: 'range', from, to }))
  switch (type) {
    case 'text':
      return fc.oneof(any, valued(text, ['=', '!=']), regex)
    case 'any':
      return fc.oneof(any, valued(text, OPS), regex, range)
    case 'errno':
      return fc.oneof(any, valued(fc.constantFrom('ENOENT', 'nospc', '8'), ['=', '!=']))
    case 'choice':
      return fc.oneof(
        any,
        valued(fc.constantFrom(...((FIELDS as unknown as Record<string, { values: string[] }>)[field]?.values ?? [])), [
          '=',
          '!=',
        ]),
      )
    default:
      return fc.oneof(any, valued(number, OPS), range)
  }
}

const term: fc.Arbitrary<Query> = fc.oneof(
  fc.constantFrom('file', 'desc').map((name): Query => ({ kind: 'class', name })),
  source.map((s): Query => ({ kind: 'regex', source: s })),
  text.map((t): Query => ({ kind: 'name', text: t })),
  fc
    .constantFrom(...Object.keys(FIELDS), 'arg.fd', 'arg.iovs_len')
    .chain((field) => testOf(field).map((one): Query => ({ kind: 'test', field, test: one }))),
)
const query = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    term,
    fc
      .tuple(fc.constantFrom('and', 'or'), fc.array(tie('node'), { minLength: 2, maxLength: 3 }))
      .map(([kind, items]) => ({ kind, items })),
    tie('node').map((item) => ({ kind: 'not', item })),
  ),
})).node as fc.Arbitrary<Query>

describe('a filter', () => {
  test('parsed again from its own text is the same', () => {
    fc.assert(
      fc.property(query, (one) => {
        const printed = printQuery(one)
        expect(parseFilter(printed), printed).toEqual({ ok: true, query: one })
      }),
      { numRuns: 1000 },
    )
  })

  test('is parsed or refused at a column, and never throws', () => {
    const soup = fc
      .array(
        fc.constantFrom('fd', ':', '-', '(', ')', '|', ' ', '"', '/', '..', '*', '%file', 'seq:', '1', '>=', '\\'),
        { maxLength: 12 },
      )
      .map((p) => p.join(''))
    fc.assert(
      fc.property(fc.oneof(fc.string(), soup), fc.nat(20), (one, caret) => {
        const parsed = parseFilter(one)
        if (parsed.ok) expect(parseFilter(printQuery(parsed.query))).toEqual(parsed)
        else {
          expect(parsed.error.column).toBeGreaterThanOrEqual(1)
          expect(parsed.error.column).toBeLessThanOrEqual(one.length + 1)
          expect(parsed.error.cure).not.toBe('')
        }
        suggestFilter(one, caret)
      }),
      { numRuns: 2000 },
    )
  })

  test('without text lets everything through', () => {
    expect(parseFilter('  ')).toEqual({ ok: true, query: EVERYTHING })
    expect(printQuery(EVERYTHING)).toBe('')
  })

  test.for([
    'fd_write | skipped:yes',
    '%file errno:*',
    'fd_write fd:1 size:>=4096',
    'skipped:yes -by:seccomp',
    'pid:3 seq:200..400 stop:exit',
    'mem:0x10f00..0x10f40',
    '-(fd_read | fd_write) /^fd_/',
    'path:"my file" dur:>1.5ms',
    'path:"../x"',
    'arg.whence:SET',
  ])('of the book is its own text: %s', (one) => {
    const parsed = parseFilter(one)
    expect(parsed.ok && printQuery(parsed.query)).toBe(one)
  })

  test.for([
    ['%fiel', 1, 'There is no class %fiel.', 'Did you mean %file?'],
    ['fd_write pdi:3', 10, 'There is no field pdi.', 'Did you mean pid?'],
    ['pid:', 5, 'The value of pid is missing.', 'Write it directly behind the colon, as in pid:2, or * for any.'],
    ['pid:two', 5, 'pid cannot be two.', 'Write a number, as in pid:2.'],
    ['(fd_write', 1, 'This parenthesis is not closed.', 'Add a ) at its end.'],
    ['fd_write)', 9, 'There is no parenthesis to close here.', 'Remove it, or add a ( before.'],
    ['a |', 4, 'Something to look for is missing here.', 'Write a name such as fd_write, or a test such as pid:2.'],
    ['errno:ENOETN', 7, 'errno cannot be ENOETN.', 'Did you mean ENOENT?'],
    ['- fd', 1, 'There is nothing behind the minus.', 'Write it directly before what is not wanted: -fd_read.'],
    [
      '/a(/',
      3,
      'The regular expression: the group is not closed.',
      'Put a backslash before a character that is meant as itself.',
    ],
    ['stop:leave', 6, 'stop cannot be leave.', 'One of entry, exit, event, signal, group.'],
    ['"x', 1, 'This quote is not closed.', 'Add a " at its end.'],
    ['call:>x', 6, 'call has no order.', 'Use = or !=: call:=name.'],
  ] as const)('%s is refused at column %i', ([one, column, message, cure]) => {
    expect(parseFilter(one)).toEqual({ ok: false, error: { column, message, cure } })
  })

  test('takes a path that begins with two dots for a path, not for a range', () => {
    expect(parseFilter('path:../x')).toEqual(parseFilter('path:"../x"'))
  })

  test('nested without end is refused, not overflowed', () => {
    expect(parseFilter('('.repeat(100_000)).ok).toBe(false)
  })
})

describe('suggestions', () => {
  const at = (one: string): string[] =>
    suggestFilter(one, one.length).map(({ insert, from, to }) => one.slice(0, from) + insert + one.slice(to))
  test('come from the tables', () => {
    expect(at('%fi')).toEqual(['%file'])
    expect(at('a -%fi')).toEqual(['a -%file'])
    expect(at('fd_wr')).toEqual(['fd_write', 'fd_pwrite'].filter((name) => name.includes('fd_wr')))
    expect(at('errno:nosp')).toEqual(['errno:ENOSPC'])
    expect(at('stop:')).toContain('stop:entry')
    expect(at('skipped:y')).toEqual(['skipped:yes'])
    expect(at('arg.iovs_l')).toEqual(['arg.iovs_len:'])
    expect(at('siz')).toContain('size:')
    expect(at('/fd')).toEqual([])
  })
})
