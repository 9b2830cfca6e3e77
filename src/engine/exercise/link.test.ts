import fc from 'fast-check'
import { deflateSync, inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Exercise } from './exercise.ts'
import { readExercise } from './form.ts'
import { trialsOf } from './draw.ts'
import { fromExerciseFragment, isExerciseLink, toExerciseFragment } from './link.ts'

const compress = (bytes: Uint8Array): Uint8Array => new Uint8Array(deflateSync(bytes))
const inflate = (bytes: Uint8Array, most: number): Uint8Array | 'too-big' | 'broken' => {
  try {
    return new Uint8Array(inflateSync(bytes, { maxOutputLength: most }))
  } catch {
    return 'broken'
  }
}

const exercise: Exercise = {
  version: 1, id: 'own', title: 'Own', summary: 'One of a teacher’s.', text: 'Text.', guest: 'hello', starter: '', solution: '', cases: [{}],
  hidden: { cases: [{ seed: 3 }], draw: { count: 2, case: { argv: ['{number 10 99}', '{word}'], files: [{ path: '/a', text: '{lines 2 2}' }] } } },
  checks: [{ id: 'a', kind: 'none', wanted: 'None.', filter: 'fd_write' }], hints: [],
}

test('an exercise and an answer go through a fragment whole', () => {
  fc.assert(fc.property(fc.string(), fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/), fc.string({ maxLength: 50 }), { noNullPrototype: true }), (script, replies) => {
    const link = { id: 'own', answer: { script, replies }, exercise }
    const fragment = toExerciseFragment(link, compress)
    expect(isExerciseLink(fragment)).toBe(true)
    expect(fromExerciseFragment(fragment, inflate)).toEqual({ ok: true, value: link })
  }), { numRuns: 50 })
  expect(fromExerciseFragment('#ex=own', inflate)).toEqual({ ok: true, value: { id: 'own' } })
})

test('a fragment that was bent, cut or made by hand ends in a sentence', () => {
  const whole = toExerciseFragment({ id: 'own', answer: { script: 'x', replies: {} } }, compress)
  fc.assert(fc.property(fc.nat(whole.length - 1), fc.constantFrom('', 'A', '-', '/', '%', ' '), (at, char) => {
    const bent = whole.slice(0, at) + char + whole.slice(at + 1)
    const read = fromExerciseFragment(bent, inflate)
    if (read.ok) expect(read.value.answer === undefined || read.value.answer.script === 'x').toBe(true)
    else expect(read.problem.cause).toMatch(/\.$/)
  }), { numRuns: 300 })
})

test.for([
  ['a filter', { checks: [{ ...exercise.checks[0], filter: 'fd:((' }] }, /filter/],
  ['two checks of one name', { checks: [exercise.checks[0], exercise.checks[0]] }, /twice/],
  ['no cases', { cases: [] }, /cases is empty/],
  ['a kind', { checks: [{ id: 'a', wanted: 'x', kind: 'magic' }] }, /kind/],
  ['an amount', { checks: [{ id: 'a', wanted: 'x', kind: 'compare', left: { cuont: 'x' }, is: '=', right: 1 }] }, /left has none of count/],
  ['an expression', { checks: [{ id: 'a', wanted: 'x', kind: 'printed', test: 'matches', text: '(' }] }, /regular expression/],
  ['a version', { version: 2 }, /newer version/],
] as const)('%s that is wrong is refused with its place', ([, change, sentence]) => {
  const read = readExercise({ ...exercise, ...change })
  expect(read.ok ? '' : read.problem.cause).toMatch(sentence)
})

test('hidden cases follow from the secret, and from nothing else', () => {
  const [, listed, first, second] = trialsOf(exercise, 'secret')
  expect(listed).toEqual({ name: 'hidden case 1', hidden: true, case: { seed: 3 } })
  expect(first?.case.argv?.[0]).toMatch(/^\d\d$/)
  expect(first?.case.argv?.[1]).toMatch(/^[a-z]+$/)
  expect(first?.case.files?.[0]).toMatchObject({ text: expect.stringMatching(/^(?:[a-z ]+\n){2}$/) as string })
  expect(first?.case).not.toEqual(second?.case)
  expect(trialsOf(exercise, 'secret')).toEqual(trialsOf(exercise, 'secret'))
  expect(trialsOf(exercise, 'other')[2]).not.toEqual(first)
})
