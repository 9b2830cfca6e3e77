import { expect, test } from 'vitest'
import { sampleTrace } from '../../engine/trace/testing.ts'
import { marksOf } from './marks.ts'

const trace = sampleTrace()
const marks = (seq: number) => {
  const { at, requests } = marksOf(trace, seq)
  return [at, Object.fromEntries(requests)]
}

test('at a stop the arrow is at the line that let the task go on', () => {
  expect(marks(9)).toEqual([22, { 22: 10 }])
  expect(marks(13)).toEqual([16, { 13: 14, 15: 15, 16: 16 }])
})

test('at a request the arrow is at its own line, beside the others of its stop', () => {
  expect(marks(14)).toEqual([13, { 13: 14, 15: 15, 16: 16 }])
})

test('what no line made has no marks', () => {
  expect(marks(1)).toEqual([0, {}])
  expect(marks(99)).toEqual([0, {}])
})
