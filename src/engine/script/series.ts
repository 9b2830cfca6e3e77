import {
  FRACTION, HALF_PI, HALF_PI_FIXED, LN2, ONE, ZERO, add, divide, from, fromFixed, multiply, negate, over, powerOfTwo, scale,
  squareRoot, subtract, toNumber,
} from './double.ts'
import type { Double } from './double.ts'

/** The elementary functions in double-double arithmetic, by argument reduction and series, to about 100 bits. */

/** Below it the next term changes nothing. */
const TINY = 2 ** -110

const bits = new DataView(new ArrayBuffer(8))

/** x as mantissa · 2^exponent, the mantissa an integer below 2^53; for finite x. */
export const integerParts = (x: number): { readonly mantissa: bigint; readonly exponent: number } => {
  bits.setFloat64(0, x)
  const field = (bits.getUint32(0) >>> 20) & 0x7ff
  const fraction = ((BigInt(bits.getUint32(0)) & 0xf_ffffn) << 32n) | BigInt(bits.getUint32(4))
  return field === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: field - 1075 }
}

/** The power of two with which a positive number is in [0.5, 1). */
const exponentOf = (x: number): number => {
  bits.setFloat64(0, x)
  const field = (bits.getUint32(0) >>> 20) & 0x7ff
  return field === 0 ? exponentOf(x * 2 ** 54) - 54 : field - 1022
}

/** A value times 2^exponent, in two steps so that neither overflows too early. */
export const ldexp = (value: number, exponent: number): number => {
  const half = Math.trunc(exponent / 2)
  return value * powerOfTwo(half) * powerOfTwo(exponent - half)
}

/** e^r − 1 for |r| ≤ 0.36: the series at r/512, squared nine times. */
const expm1Small = (r: Double): Double => {
  const x = scale(r, 1 / 512)
  let term = x
  let sum = x
  for (let n = 2; n < 16 && Math.abs(term[0]) > Math.abs(sum[0]) * TINY; n++) {
    term = over(multiply(term, x), n)
    sum = add(sum, term)
  }
  for (let i = 0; i < 9; i++) sum = add(scale(sum, 2), multiply(sum, sum))
  return sum
}

/** x = exponent · ln 2 + rest. */
const reduceByLn2 = (x: Double): { readonly exponent: number; readonly rest: Double } => {
  const exponent = Math.round(x[0] / LN2[0])
  return { exponent, rest: subtract(x, multiply(LN2, from(exponent))) }
}

export const expOf = (x: Double): number => {
  if (x[0] > 710) return Infinity
  if (x[0] < -746) return 0
  const { exponent, rest } = reduceByLn2(x)
  return ldexp(toNumber(add(ONE, expm1Small(rest))), exponent)
}

/** e^x in full width, for |x| ≤ 700. */
export const expWide = (x: Double): Double => {
  const { exponent, rest } = reduceByLn2(x)
  return scale(add(ONE, expm1Small(rest)), powerOfTwo(exponent))
}

export const expm1Wide = (x: Double): Double => (Math.abs(x[0]) < 0.3 ? expm1Small(x) : subtract(expWide(x), ONE))

/** artanh s = s + s³/3 + s⁵/5 + …, for |s| ≤ 0.2. */
export const artanhSmall = (s: Double): Double => {
  const square = multiply(s, s)
  let power = s
  let sum = s
  for (let k = 3; k < 99 && Math.abs(power[0]) > Math.abs(sum[0]) * TINY; k += 2) {
    power = multiply(power, square)
    sum = add(sum, over(power, k))
  }
  return sum
}

/** ln x for positive, finite x. */
export const logWide = ([high, low]: Double): Double => {
  let power = exponentOf(high)
  // Half-open [0.5, 1), moved to [√½, √2) so that the logarithm of what is left is small.
  const unit = ldexp(high, -power)
  const part: Double = [unit, low === 0 ? 0 : ldexp(low, -power)]
  const near = unit < Math.SQRT1_2 ? scale(part, 2) : part
  if (unit < Math.SQRT1_2) power--
  const logarithm = scale(artanhSmall(divide(subtract(near, ONE), add(near, ONE))), 2)
  return power === 0 ? logarithm : add(multiply(LN2, from(power)), logarithm)
}

/** ln (1 + x) for x > −1. */
export const log1pWide = (x: Double): Double =>
  Math.abs(x[0]) < 0.3 ? scale(artanhSmall(divide(x, add(from(2), x))), 2) : logWide(add(ONE, x))

/** The angle within ±π/4 and the quadrant, for finite x. */
export const reduceAngle = (x: number): { readonly angle: Double; readonly quadrant: number } => {
  if (Math.abs(x) <= 0.785) return { angle: from(x), quadrant: 0 }
  const { mantissa, exponent } = integerParts(Math.abs(x))
  const shift = FRACTION + BigInt(exponent)
  const fixed = shift >= 0n ? mantissa << shift : mantissa >> -shift
  const turns = (fixed + HALF_PI_FIXED / 2n) / HALF_PI_FIXED
  const angle = fromFixed(fixed - turns * HALF_PI_FIXED)
  const quadrant = Number(turns & 3n)
  return x < 0 ? { angle: negate(angle), quadrant: (4 - quadrant) % 4 } : { angle, quadrant }
}

/** The series of sine (first = x, k = 2) or cosine (first = 1, k = 1). */
const circular = (first: Double, x: Double, start: number): Double => {
  const square = negate(multiply(x, x))
  let term = first
  let sum = first
  for (let k = start; k < 40 && Math.abs(term[0]) > Math.abs(sum[0]) * TINY; k += 2) {
    term = over(over(multiply(term, square), k), k + 1)
    sum = add(sum, term)
  }
  return sum
}

export const sineOf = (angle: Double): Double => circular(angle, angle, 2)
export const cosineOf = (angle: Double): Double => circular(ONE, angle, 1)

/** arctan x for |x| ≤ 1: two halvings of the angle, then the series. */
const arctanInner = (x: Double): Double => {
  let t = x
  for (let i = 0; i < 2; i++) t = divide(t, add(ONE, squareRoot(add(ONE, multiply(t, t)))))
  const square = negate(multiply(t, t))
  let power = t
  let sum = t
  for (let k = 3; k < 99 && Math.abs(power[0]) > Math.abs(sum[0]) * TINY; k += 2) {
    power = multiply(power, square)
    sum = add(sum, over(power, k))
  }
  return scale(sum, 4)
}

export const arctanWide = (x: Double): Double => {
  if (Math.abs(x[0]) <= 1) return arctanInner(x)
  // So far out 1/x is below the last bit, and x² would overflow.
  const outer = Math.abs(x[0]) < 1e40 ? arctanInner(divide(ONE, x)) : ZERO
  return subtract(x[0] > 0 ? HALF_PI : negate(HALF_PI), outer)
}

/** √(1 − x²), without losing what is left near 1. */
export const otherLeg = (x: number): Double => squareRoot(multiply(subtract(ONE, from(x)), add(ONE, from(x))))
