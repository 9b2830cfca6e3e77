import { expect, test } from 'vitest'
import { checkpointsOf } from '../../engine/link/checkpoint.ts'
import { sampleTrace, TraceBuilder, WASI } from '../../engine/trace/testing.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { differenceText } from './compare.ts'

const writer = (calls: number, other = -1): Trace => {
  const b = new TraceBuilder()
  b.birth(1, 0, 'writer')
  for (let i = 0; i < calls; i++) b.call(1, WASI.fd_write, [i === other ? 2 : 1, 0, 0, 0], 0)
  return b.build()
}

test.for<readonly [string, Trace, Trace, string]>([
  ['another call far in', writer(1599), writer(1599, 750), ' The first difference is between events 701 and 800.'],
  ['another call in a short run', writer(9), writer(9, 4), ' The first difference is event 6.'],
  ['an end that comes early', writer(15), writer(7), ' It ends after event 8; up to there both are the same, but theirs has 16.'],
  ['an end that comes late', writer(1000), writer(1999), ' Both are the same up to event 1,001, where theirs ends; this one has 2,000.'],
  ['nothing but times', sampleTrace(), sampleTrace(), ' Every event is the same: only virtual times differ, or what was written.'],
])('%s is said in a sentence', ([, theirs, ours, says]) => expect(differenceText(checkpointsOf(theirs), ours)).toBe(says))

test('a link without digests along the way says nothing', () => expect(differenceText(undefined, writer(3))).toBe(''))
