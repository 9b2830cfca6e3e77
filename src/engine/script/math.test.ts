import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MATH } from './math.ts'

const bits = (value: number): bigint => new BigInt64Array(new Float64Array([value]).buffer)[0] as bigint
/** Distance in representable numbers. */
const ulps = (a: number, b: number): number => {
  if (Object.is(a, b) || (Number.isNaN(a) && Number.isNaN(b))) return 0
  if (!Number.isFinite(a) || !Number.isFinite(b) || Math.sign(a) !== Math.sign(b)) {
    return Math.abs(a - b) < 1e-320 && !Object.is(a, -b) ? 0 : Infinity
  }
  const distance = bits(Math.abs(a)) - bits(Math.abs(b))
  return Number(distance < 0n ? -distance : distance)
}

const SPECIAL = [0, -0, 1, -1, 0.5, -0.5, 2, -2, 3, 10, 1000, 1e-20, -1e-20, 1e300, -1e300, 5e-324, Infinity, -Infinity, NaN, 710, -745.2, 1e22, 0.785, 0.7853981633974483, 1.5707963267948966, 3.141592653589793]

const unary = Object.keys(MATH).filter((name) => !['atan2', 'hypot', 'pow'].includes(name)) as Exclude<keyof typeof MATH, 'atan2' | 'hypot' | 'pow'>[]

test.for(unary)('%s is within one place of the platform everywhere', (name) => {
  const ours = MATH[name]
  const theirs = Math[name]
  for (const x of SPECIAL) expect([x, ulps(ours(x), theirs(x))]).toEqual([x, expect.toSatisfy((n: number) => n <= 1)])
  const number = fc.oneof(fc.double({ min: -50, max: 50 }), fc.double(), fc.double({ min: -1, max: 1 }))
  fc.assert(fc.property(number, (x) => ulps(ours(x), theirs(x)) <= 2), { numRuns: 400, seed: 1 })
})

test.for(['atan2', 'pow', 'hypot'] as const)('%s agrees at special values and within two places elsewhere', (name) => {
  for (const x of SPECIAL) {
    for (const y of SPECIAL) expect([x, y, ulps(MATH[name](x, y), Math[name](x, y))]).toEqual([x, y, expect.toSatisfy((n: number) => n <= 1)])
  }
  const number = fc.oneof(fc.double({ min: -50, max: 50 }), fc.double())
  fc.assert(fc.property(number, number, (x, y) => ulps(MATH[name](x, y), Math[name](x, y)) <= 2), { numRuns: 600, seed: 2 })
})

test('what is exact comes out exact', () => {
  expect(MATH.pow(3, 20)).toBe(3486784401)
  expect(MATH.pow(2, -1074)).toBe(5e-324)
  expect(MATH.pow(10, 22)).toBe(1e22)
  expect(MATH.pow(10, 308)).toBe(1e308)
  expect(MATH.log10(1000)).toBe(3)
  expect(MATH.log2(2 ** 40)).toBe(40)
  expect(MATH.cbrt(27)).toBe(3)
  expect(MATH.hypot(3, 4)).toBe(5)
  expect(MATH.exp(1)).toBe(Math.E)
  expect(MATH.sin(1e22)).toBe(-0.8522008497671888)
})
