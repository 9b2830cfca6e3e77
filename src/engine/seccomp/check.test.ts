import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ERRNO } from '../abi/errno.ts'
import { checkFilter } from './check.ts'
import { CODE, type Program } from './instruction.ts'
import { op } from './testing.ts'

const { EINVAL } = ERRNO
const end = op('returnK', 0x7fff_0000)

test('accepts exactly the codes that Linux 6.18 does', () => {
  // Measured there with seccomp(2), all codes below 0x1000 in the second place.
  const accepted = `0 1 2 3 4 5 6 7 c 14 15 16 1c 1d 20 24 25 2c 2d 34 35 3c 3d 44 45 4c 4d 54 5c 60 61 64 6c 74 7c 80
    81 84 87 a4 ac`
  const codes = accepted.split(/\s+/).map((code) => parseInt(code, 16))
  const found = Array.from({ length: 0x1_0000 }, (_, code) => code).filter(
    (code) => checkFilter([op('store', 4), { code, jt: 0, jf: 0, k: 4 }, end, end, end, end, end, end]) === 0,
  )
  expect(found).toEqual(codes)
  expect(codes.toSorted((a, b) => a - b)).toEqual(Object.values(CODE).toSorted((a, b) => a - b))
})

describe('a program', () => {
  test.for<[what: string, program: Program, errno: number]>([
    ['of nothing is refused', [], EINVAL],
    ['of one return is accepted', [end], 0],
    ['of 4096 instructions is accepted', Array.from({ length: 4096 }, () => end), 0],
    ['of 4097 is refused', Array.from({ length: 4097 }, () => end), EINVAL],
    ['must end in a return', [end, op('txa')], EINVAL],
    ['may end in a return of A', [op('returnA')], 0],
    ['may load the last word', [op('loadWord', 60), end], 0],
    ['may not load behind the data', [op('loadWord', 64), end], EINVAL],
    ['may not load before the data', [op('loadWord', -4), end], EINVAL],
    ['may not load across words', [op('loadWord', 2), end], EINVAL],
    ['may not divide by the constant 0', [op('divK', 0), end], EINVAL],
    ['may divide by X', [op('divX'), end], 0],
    ['may shift by 31', [op('lshK', 31), op('rshK', 31), end], 0],
    ['may not shift left by 32', [op('lshK', 32), end], EINVAL],
    ['may not shift right by 32', [op('rshK', 32), end], EINVAL],
    ['has sixteen words of memory', [op('store', 15), end], 0],
    ['has no more', [op('storeX', 16), end], EINVAL],
    ['may jump to its last instruction', [op('jump', 1), end, end], 0],
    ['may not jump behind it', [op('jump', 2), end, end], EINVAL],
    ['may not jump around the address space', [op('jump', -1), end], EINVAL],
    ['may not branch behind it if so', [op('jeqK', 0, 1, 0), end], EINVAL],
    ['may not branch behind it if not', [op('jsetX', 0, 0, 1), end], EINVAL],
  ])('%s', ([, program, errno]) => {
    expect(checkFilter(program)).toBe(errno)
  })
})

describe('memory', () => {
  // Each measured on Linux 6.18.
  test.for<[what: string, program: Program, errno: number]>([
    ['is loaded after it was stored', [op('store', 3), op('loadMemory', 3), op('loadMemoryX', 3), end], 0],
    ['is not loaded before', [op('store', 3), op('loadMemory', 2), end], EINVAL],
    ['must be stored on both ways', [op('jeqK', 0, 0, 1), op('store'), op('loadMemory'), end], EINVAL],
    [
      'may be stored on both ways',
      [op('jeqK', 0, 0, 2), op('store'), op('jump', 1), op('storeX'), op('loadMemory'), end],
      0,
    ],
    ['is kept over a jump', [op('store'), op('jump', 1), end, op('loadMemory'), end], 0],
    ['is not stored by what a jump leaves out', [op('jump', 2), op('store'), end, op('loadMemory'), end], EINVAL],
    ['counts as loaded after a return too', [op('jeqK', 0, 1, 0), end, op('loadMemory'), end], EINVAL],
    ['is not looked at where a jump leaves it out', [op('jump', 1), op('loadMemory'), end], 0],
  ])('%s', ([, program, errno]) => {
    expect(checkFilter(program)).toBe(errno)
  })
})

/** Programs of any bits at all. */
const wild: fc.Arbitrary<Program> = fc.array(
  fc.record({
    code: fc.oneof(fc.constantFrom(...Object.values(CODE)), fc.nat(0xffff)),
    jt: fc.nat(8),
    jf: fc.nat(8),
    k: fc.oneof(fc.nat(20), fc.nat(0xffff_ffff)),
  }),
  { maxLength: 12 },
)

test('whatever the bits, the answer is 0 or EINVAL', () => {
  fc.assert(
    fc.property(wild, (program) => {
      expect([0, EINVAL]).toContain(checkFilter(program))
    }),
    { seed: 20261123, numRuns: 2000 },
  )
})
