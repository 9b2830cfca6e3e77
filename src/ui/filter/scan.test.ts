import { expect, test } from 'vitest'
import { EventKind } from '../../engine/trace/format.ts'
import { bigTrace, sampleTrace, TraceBuilder } from '../../engine/trace/testing.ts'
import { lowerBound, nextMatch, Scan } from './scan.ts'

test('every event is marked and every call counted once', () => {
  const trace = sampleTrace()
  const scan = new Scan(trace, (seq) => trace.event(seq)?.kind === EventKind.entry && seq >= 9)
  scan.step(() => false)
  expect(scan.complete).toBe(true)
  expect([...scan.found]).toEqual([9, 13, 17, 19])
  expect(scan.calls).toEqual({ all: 5, found: 4 })
  expect([scan.marks[7], scan.marks[8]]).toEqual([0, 1])
})

test('a slice ends when it has had enough, and what is not looked at yet counts as matching', () => {
  const trace = bigTrace(5000)
  const scan = new Scan(trace, () => false)
  scan.step(() => true)
  expect(scan.done).toBe(256)
  expect([scan.marks[255], scan.marks[256]]).toEqual([0, 1])
  scan.step(() => false)
  expect(scan.done).toBe(trace.length)
  expect(scan.found.length).toBe(0)
})

test('a trace that grows is matched on from where it was', () => {
  const b = new TraceBuilder()
  b.birth(2, 1, 'guest')
  const scan = new Scan(b.trace, (seq) => seq % 2 === 0)
  scan.step(() => false)
  for (let i = 0; i < 3000; i++) b.print(1, '')
  b.build()
  expect(scan.complete).toBe(false)
  scan.step(() => false)
  expect(scan.found.length).toBe(1500)
  expect(scan.marks.length).toBe(3001)
})

test('matches are walked in both directions and around the ends', () => {
  const found = Uint32Array.of(3, 7, 9)
  expect([0, 3, 8, 9].map((from) => nextMatch(found, from, 1))).toEqual([3, 7, 9, 3])
  expect([10, 9, 4, 3].map((from) => nextMatch(found, from, -1))).toEqual([9, 7, 3, 9])
  expect(nextMatch(new Uint32Array(), 5, 1)).toBe(0)
  expect([lowerBound(found, 3), lowerBound(found, 8), lowerBound(found, 99)]).toEqual([0, 2, 3])
})
