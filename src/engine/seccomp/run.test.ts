import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BPF_MEMWORDS, SECCOMP_DATA_BYTES } from '../abi/seccomp.ts'
import { checkFilter } from './check.ts'
import type { SeccompData } from './data.ts'
import { CODE, type Instruction, type Program } from './instruction.ts'
import { runFilter } from './run.ts'
import { dataOf, op } from './testing.ts'

const word = fc.oneof(fc.constantFrom(0, 1, 31, 32, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff), fc.nat(0xffff_ffff))
const jump = fc.oneof(fc.constant(0), fc.nat(3), fc.nat(255))

/** Sensible `k` for what needs it, so that many of these programs are accepted. */
const instruction: fc.Arbitrary<Instruction> = fc
  .record({ name: fc.constantFrom(...(Object.keys(CODE) as (keyof typeof CODE)[])), k: word, jt: jump, jf: jump })
  .map(({ name, k, jt, jf }) => {
    if (name === 'loadWord') return op(name, (k % (SECCOMP_DATA_BYTES / 4)) * 4, jt, jf)
    if (name === 'loadMemory' || name === 'loadMemoryX' || name === 'store' || name === 'storeX') {
      return op(name, k % Math.min(3, BPF_MEMWORDS), jt, jf)
    }
    if (name === 'lshK' || name === 'rshK') return op(name, k % 32, jt, jf)
    if (name === 'jump') return op(name, k % 4, jt, jf)
    return op(name, k, jt % 4, jf % 4)
  })

/** Programs of which about a third are accepted. They store to some words first, and have room to jump at the end. */
const programs: fc.Arbitrary<Program> = fc
  .tuple(fc.subarray([0, 1, 2]), fc.array(instruction, { maxLength: 24 }), fc.boolean())
  .map(([stores, body, tail]) => [
    ...stores.map((k) => op('store', k)),
    ...body,
    ...(tail ? [op('txa'), op('returnA'), op('tax'), op('returnA')] : []),
    op('returnA'),
  ])

const calls: fc.Arbitrary<SeccompData> = fc
  .array(word, { minLength: 16, maxLength: 16 })
  .map((words) => Int32Array.from(words))

/** A second interpreter, with integers of any size: an instruction's number tells class, operation and source. */
function reference(program: Program, data: SeccompData): number {
  const wrap = (value: bigint): bigint => BigInt.asUintN(32, value)
  const memory: bigint[] = []
  let a = 0n
  let x = 0n
  let steps = 0
  for (let pc = 0; ; pc++) {
    if (++steps > program.length) throw new Error('it goes back')
    const { code, jt, jf, k: constant } = program[pc] as Instruction
    const k = BigInt(constant)
    const operand = (code & 8) !== 0 ? x : k
    const place = (code & 0xe0) >> 5
    const loaded = (): bigint => {
      if (place === 0) return k
      if (place === 4) return 64n
      const value = place === 3 ? memory[constant] : wrap(BigInt(data[constant / 4] as number))
      if (value === undefined) throw new Error('it loads what is not there')
      return value
    }
    switch (code & 7) {
      case 0:
        a = loaded()
        break
      case 1:
        x = loaded()
        break
      case 2:
        memory[constant] = a
        break
      case 3:
        memory[constant] = x
        break
      case 4: {
        if (code >> 4 === 3 && operand === 0n) return 0
        const distance = operand % 32n
        const results = [
          () => a + operand,
          () => a - operand,
          () => a * operand,
          () => a / operand,
          () => a | operand,
          () => a & operand,
          () => a << distance,
          () => a >> distance,
          () => -a,
          () => 0n,
          () => a ^ operand,
        ]
        a = wrap((results[code >> 4] as () => bigint)())
        break
      }
      case 5: {
        const holds = [true, a === operand, a > operand, a >= operand, (a & operand) !== 0n][code >> 4]
        if (code === CODE.jump) pc += constant
        else pc += holds === true ? jt : jf
        break
      }
      case 6:
        return Number((code & 0x10) !== 0 ? a : k)
      default:
        if ((code & 0x80) !== 0) a = x
        else x = a
    }
  }
}

test('enough of the random programs are accepted', () => {
  const found = fc.sample(programs, { seed: 1, numRuns: 1000 }).filter((program) => checkFilter(program) === 0)
  expect(found.length).toBeGreaterThan(150)
})

const accepted = programs.filter((program) => checkFilter(program) === 0)

test('an accepted program ends, stays inside, and returns what a plainer interpreter does', { timeout: 20_000 }, () => {
  fc.assert(
    fc.property(accepted, calls, (program, data) => {
      expect(runFilter(program, data)).toBe(reference(program, data))
    }),
    { seed: 20261123, numRuns: 2000 },
  )
})

describe('of a call', () => {
  const data = dataOf(-1, 7, -2)
  test.for<[what: string, at: number, word: number]>([
    ['the number', 0, 0xffff_ffff],
    ['the architecture', 4, 0x5741_0002],
    ['the low half of the first argument', 16, 7],
    ['the high half of the second', 28, 0xffff_ffff],
    ['the arguments that it has not', 56, 0],
  ])('%s is loaded', ([, at, word]) => {
    expect(runFilter([op('loadWord', at), op('returnA')], data)).toBe(word)
  })

  test('the size is 64, in A and in X', () => {
    expect(runFilter([op('loadLength'), op('returnA')], data)).toBe(64)
    expect(runFilter([op('loadLengthX'), op('txa'), op('returnA')], data)).toBe(64)
  })
})

describe('arithmetic', () => {
  const result = (name: keyof typeof CODE, a: number, operand: number): number =>
    runFilter([op('loadConstant', a), op('loadConstantX', operand), op(name, operand), op('returnA')], dataOf(0))
  test.for<[name: keyof typeof CODE, a: number, operand: number, expected: number]>([
    ['addK', 0xffff_ffff, 2, 1],
    ['subX', 1, 2, 0xffff_ffff],
    ['mulX', 0xffff_ffff, 0xffff_ffff, 1],
    ['divK', 0xffff_ffff, 2, 0x7fff_ffff],
    ['divX', 7, 0, 0],
    ['rshX', 0x8000_0000, 33, 0x4000_0000],
    ['lshX', 1, 33, 2],
    ['neg', 1, 0, 0xffff_ffff],
    ['xorK', 0xff, 0x0f, 0xf0],
  ])('%s of %i and %i', ([name, a, operand, expected]) => {
    expect(result(name, a, operand)).toBe(expected)
  })
})

test('a division by an X of 0 returns 0 at once, which kills', () => {
  expect(runFilter([op('divX'), op('returnK', 0x7fff_0000)], dataOf(0))).toBe(0)
})

test('comparisons have no sign', () => {
  const compare = (name: keyof typeof CODE, a: number, k: number): number =>
    runFilter([op('loadConstant', a), op(name, k, 0, 1), op('returnK', 1), op('returnK', 2)], dataOf(0))
  expect(compare('jgtK', 0x8000_0000, 1)).toBe(1)
  expect(compare('jgeK', 1, 0x8000_0000)).toBe(2)
  expect(compare('jeqK', -1, 0xffff_ffff)).toBe(1)
  expect(compare('jsetK', 0x8000_0000, 0x8000_0000)).toBe(1)
})
