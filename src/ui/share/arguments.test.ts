import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinArguments, splitArguments } from './arguments.ts'

test.for([
  ['a  b', ['a', 'b']],
  [`-c 'a b' "c d"`, ['-c', 'a b', 'c d']],
  [String.raw`a\ b \'`, ['a b', "'"]],
  [`'' x`, ['', 'x']],
  ['  ', []],
] as const)('%s', ([line, words]) => expect(splitArguments(line)).toEqual(words))

test('joined words split into themselves', () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: 'binary' })), (words) => {
    expect(splitArguments(joinArguments(words))).toEqual(words)
  }))
})
