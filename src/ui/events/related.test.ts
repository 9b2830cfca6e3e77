import { expect, test } from 'vitest'
import { sampleTrace } from '../../engine/trace/testing.ts'
import { isRelated, relatedTo } from './related.ts'

const family = (seq: number): number[] => {
  const trace = sampleTrace()
  const related = relatedTo(trace, seq)
  return Array.from({ length: trace.length }, (_, i) => i + 1).filter((each) => isRelated(trace, each, related))
}

test.for([
  ['an entry', 9, [9, 10, 11, 12]],
  ['its exit', 11, [9, 10, 11, 12]],
  ['a request at its entry', 10, [9, 10, 11, 12]],
  ['a skipped call', 13, [13, 14, 15, 16]],
  ['a stop that is no call’s', 3, [3, 4]],
  ['a request at such a stop', 4, [3, 4]],
  ['a death', 23, [23]],
  ['no event', 99, []],
] as const)('%s belongs to the same family as what it came with', ([, seq, expected]) => {
  expect(family(seq)).toEqual([...expected])
})
