import fc from 'fast-check'
import { expect, test } from 'vitest'
import published from '../../../public/exercises/count/exercise.json'
import { changedKind, KINDS, newCheck, type CheckKind } from './check-form.ts'
import { adviceOf, blankDraft, exerciseOf, moved, nameFrom, placeText, problemsOf, put, valueAt } from './draft.ts'
import { lineOf, parseJson, pathKey } from './json-place.ts'

const count = { ...published, text: '', starter: '', solution: '' }

test('a new exercise is one', () => {
  expect(problemsOf(blankDraft())).toEqual([])
  expect(adviceOf(blankDraft(), ['hello'], []).map(({ path }) => placeText(path))).toEqual(['title', 'checks'])
})

test('one of the course is one', () => expect(problemsOf(count)).toEqual([]))

test.for(Object.keys(KINDS) as CheckKind[])('a new check of the kind %s is one', (kind) => {
  const check = newCheck(kind, [kind])
  expect(check).toMatchObject({ id: `${kind}-2`, kind })
  expect(problemsOf({ ...blankDraft(), checks: [check] })).toEqual([])
})

test('a check of another kind keeps what all kinds have', () => {
  expect(changedKind({ id: 'a', kind: 'some', wanted: 'b', filter: 'c', cases: 'first' }, 'no-file')).toEqual({ id: 'a', kind: 'no-file', wanted: 'b', cases: 'first', path: '/home/out.txt' })
})

test('all that is wrong is told at once, each with its place', () => {
  let draft: unknown = count
  draft = put(draft, ['checks', 0, 'filter'], 'nofield:1')
  draft = put(draft, ['checks', 5, 'right', 'sum', 1], 'two')
  draft = put(draft, ['title'], 7)
  draft = put(draft, ['hints', 1], null)
  draft = put(draft, ['cases'], [])
  expect(problemsOf(draft as object as Record<string, unknown>).map(({ path }) => placeText(path)).toSorted()).toEqual([
    'cases', 'checks[0].filter', 'checks[5].right.sum[1]', 'hints[1]', 'title',
  ])
})

test('two checks of one name are told of', () => {
  const [one] = valueAt(count, ['checks']) as readonly object[]
  expect(problemsOf({ ...count, checks: [one, one] })).toEqual([{ path: ['checks'], sentence: 'has started twice' }])
})

test('an exercise of the course must not be written over', () => {
  expect(adviceOf(count, ['ls'], ['count']).map(({ path }) => path)).toEqual([['id']])
})

test('a draft of any JSON gets sentences, never an error', () => {
  fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
    for (const draft of [{ ...blankDraft(), checks: a, cases: b }, { version: 1, checks: [a, b], hidden: a }]) {
      if (problemsOf(draft as Record<string, unknown>).length === 0) expect(exerciseOf(draft as Record<string, unknown>)).toBeDefined()
      adviceOf(draft as Record<string, unknown>, ['hello'], [])
    }
  }))
})

test('what was put at a path is there, and nothing else has changed', () => {
  expect(put({ a: [1, { b: 2 }] }, ['a', 1, 'b'], 3)).toEqual({ a: [1, { b: 3 }] })
  expect(put({ a: [1, 2, 3] }, ['a', 1], undefined)).toEqual({ a: [1, 3] })
  expect(put({ a: 1 }, ['b', 0, 'c'], 'd')).toEqual({ a: 1, b: [{ c: 'd' }] })
  const strange = put({}, ['__proto__'], { evil: true })
  expect(Object.getPrototypeOf(strange)).toBe(Object.prototype)
  expect(({} as { evil?: true }).evil).toBeUndefined()
})

test('one of a list moves by one place, and not out of it', () => {
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b'])
})

test('a title gives a name', () => {
  expect(nameFrom('  Zähle die Aufrufe! ')).toBe('za-hle-die-aufrufe')
  expect(nameFrom('数')).toBe('my-exercise')
})

test('JSON is read as JSON.parse reads it', () => {
  fc.assert(fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, indent) => {
    const text = JSON.stringify(value, undefined, indent)
    const parsed = parseJson(text)
    expect(parsed.ok && JSON.stringify(parsed.value)).toBe(JSON.stringify(JSON.parse(text)))
  }))
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', 'a', ':', ',', '1', '-', '.', ' ', 'true') }), (text) => {
    let right = true
    try {
      JSON.parse(text)
    } catch {
      right = false
    }
    expect(parseJson(text).ok).toBe(right)
  }), { numRuns: 500 })
})

test('what is wrong in a text has a line and a column', () => {
  const text = '{\n  "a": [1, 2,\n  "b": 3\n}'
  const parsed = parseJson(text)
  expect(parsed.ok ? undefined : [lineOf(text, parsed.at), parsed.wanted]).toEqual([{ line: 3, column: 6 }, 'a comma or ]'])
})

test('a value is found in its text', () => {
  const text = '{\n "a": [1, {"b": true}]\n}'
  const parsed = parseJson(text)
  expect(parsed.ok && text.slice(parsed.places.get(pathKey(['a', 1, 'b'])))).toBe('true}]\n}')
})
