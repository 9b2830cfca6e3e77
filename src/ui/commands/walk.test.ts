import { expect, test } from 'vitest'
import { sampleTrace } from '../../engine/trace/testing.ts'
import { callEntry, callExit, seekOnTrack, seekStop, seekTrack } from './walk.ts'

const trace = sampleTrace()

test('a step goes from stop to stop, over the requests between them', () => {
  const stops = []
  for (let seq = 0; (seq = seekStop(trace, seq, 1)) > 0; ) stops.push(seq)
  expect(stops).toEqual([3, 5, 7, 9, 11, 13, 17, 19, 21])
  expect(seekStop(trace, 13, -1)).toBe(11)
  expect(seekStop(trace, 3, -1)).toBe(0)
})

test('from the other half of a capsule and from its requests one finds the halves', () => {
  expect([9, 10, 11].map((seq) => callEntry(trace, seq))).toEqual([9, 9, 9])
  expect([9, 10, 11].map((seq) => callExit(trace, seq))).toEqual([11, 11, 11])
})

test('a skipped call has no other half', () => {
  expect(callExit(trace, 13)).toBe(0)
  expect(callEntry(trace, 16)).toBe(13)
  expect(callEntry(trace, 1)).toBe(0)
})

test('a request is on the tracer’s track', () => {
  expect(seekOnTrack(trace, 10, 1)).toBe(12)
  expect(seekOnTrack(trace, 9, 1)).toBe(11)
  expect(seekTrack(trace, [1, 2], 9, -1)).toBe(8)
  expect(seekTrack(trace, [1, 2], 10, 1)).toBe(9)
  expect(seekTrack(trace, [1, 2], 10, -1)).toBe(0)
})
