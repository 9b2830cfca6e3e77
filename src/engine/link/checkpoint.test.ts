import { describe, expect, test } from 'vitest'
import { bigTrace, sampleTrace, TraceBuilder, WASI } from '../trace/testing.ts'
import type { Trace } from '../trace/trace.ts'
import { checkpointsForm, checkpointsOf, firstDifference } from './checkpoint.ts'

/** A writer of `calls` calls, of which one asks for another descriptor. */
const writer = (calls: number, other = -1): Trace => {
  const b = new TraceBuilder()
  b.birth(1, 0, 'tracer.ts')
  b.birth(2, 1, 'writer')
  for (let i = 0; i < calls; i++) b.exit(b.entry(2, WASI.fd_write, [i === other ? 2 : 1, 0, 0, 0]), 0)
  return b.build()
}

describe('a run with the checkpoints of another', () => {
  const theirs = checkpointsOf(writer(800))
  test('that is the same differs quietly at most', () => expect(firstDifference(theirs, writer(800))).toEqual({ kind: 'quiet' }))
  test.for([0, 1, 49, 50, 399, 799])('that has another call %i parts in the stretch of that call', (other) => {
    const seq = 3 + 2 * other
    const found = firstDifference(theirs, writer(800, other))
    if (found.kind !== 'parts') throw new Error(found.kind)
    expect(found.after).toBeLessThan(seq)
    expect(found.until).toBeGreaterThanOrEqual(seq)
    expect(found.until - found.after).toBeLessThanOrEqual(Math.ceil(theirs.events / 16))
  })
  test('that goes on is longer', () => expect(firstDifference(theirs, writer(801))).toEqual({ kind: 'longer', length: 1604 }))
  test('that ends early parts at its end at the latest', () => {
    expect(firstDifference(theirs, writer(500))).toEqual({ kind: 'shorter', length: 1002 })
    expect(firstDifference(theirs, writer(470))).toEqual({ kind: 'parts', after: 902, until: 943 })
  })
})

test('a run of a few events has a checkpoint at each', () => {
  expect(checkpointsOf(writer(1)).events).toBe(4)
  expect(checkpointsOf(writer(1)).sums).toHaveLength(16)
  expect(firstDifference(checkpointsOf(writer(1)), writer(1, 0))).toEqual({ kind: 'parts', after: 2, until: 3 })
  expect(firstDifference(checkpointsOf(writer(2)), writer(1))).toEqual({ kind: 'shorter', length: 4 })
})

test('what they take does not grow with the run, and they are of the form that a link checks', () => {
  for (const trace of [sampleTrace(), bigTrace(20_000)]) {
    const made = checkpointsOf(trace)
    expect(made.sums).toHaveLength(64)
    expect(checkpointsForm(made, 'it')).toEqual(made)
  }
})
