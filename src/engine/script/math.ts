import {
  FRACTION, HALF_PI, HALF_PI_FIXED, LN10, LN2, ONE, ZERO, add, divide, from, fromFixed, multiply, negate, powerOfTwo,
  scale, squareRoot, subtract, toNumber,
} from './double.ts'
import type { Double } from './double.ts'

/**
 * The functions of Math whose results ECMA-262 leaves to the implementation ("implementation-approximated"), each
 * computed to about 100 bits and rounded once. Special values are those of ECMA-262, 21.3.2.
 */

/** Below it the next term changes nothing. */
const TINY = 2 ** -110

const bits = new DataView(new ArrayBuffer(8))

/** x as mantissa · 2^exponent, the mantissa an integer below 2^53; for finite x. */
const integerParts = (x: number): { readonly mantissa: bigint; readonly exponent: number } => {
  bits.setFloat64(0, x)
  const field = (bits.getUint32(0) >>> 20) & 0x7ff
  const fraction = ((BigInt(bits.getUint32(0)) & 0xf_ffffn) << 32n) | BigInt(bits.getUint32(4))
  return field === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: field - 1075 }
}

/** A value times 2^exponent, in two steps so that neither overflows too early. */
const ldexp = (value: number, exponent: number): number => {
  const half = Math.trunc(exponent / 2)
  return value * powerOfTwo(half) * powerOfTwo(exponent - half)
}

/** e^r − 1 for |r| ≤ 0.36: the series at r/512, squared nine times. */
const expm1Small = (r: Double): Double => {
  const x = scale(r, 1 / 512)
  let term = x
  let sum = x
  for (let n = 2; n < 16 && Math.abs(term[0]) > Math.abs(sum[0]) * TINY; n++) {
    term = divide(multiply(term, x), from(n))
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

const expOf = (x: Double): number => {
  if (x[0] > 710) return Infinity
  if (x[0] < -746) return 0
  const { exponent, rest } = reduceByLn2(x)
  return ldexp(toNumber(add(ONE, expm1Small(rest))), exponent)
}

/** e^x in full width, for |x| ≤ 700. */
const expWide = (x: Double): Double => {
  const { exponent, rest } = reduceByLn2(x)
  return scale(add(ONE, expm1Small(rest)), powerOfTwo(exponent))
}

const expm1Wide = (x: Double): Double => (Math.abs(x[0]) < 0.3 ? expm1Small(x) : subtract(expWide(x), ONE))

/** artanh s = s + s³/3 + s⁵/5 + …, for |s| ≤ 0.2. */
const artanhSmall = (s: Double): Double => {
  const square = multiply(s, s)
  let power = s
  let sum = s
  for (let k = 3; k < 99 && Math.abs(power[0]) > Math.abs(sum[0]) * TINY; k += 2) {
    power = multiply(power, square)
    sum = add(sum, divide(power, from(k)))
  }
  return sum
}

/** ln x for positive, finite x. */
const logWide = ([high, low]: Double): Double => {
  const { mantissa, exponent } = integerParts(high)
  const length = mantissa.toString(2).length
  let power = exponent + length
  // Half-open [0.5, 1), moved to [√½, √2) so that the logarithm of what is left is small.
  const unit = Number(mantissa) * powerOfTwo(-length)
  const part: Double = [unit, low === 0 ? 0 : ldexp(low, -power)]
  const near = unit < Math.SQRT1_2 ? scale(part, 2) : part
  if (unit < Math.SQRT1_2) power--
  const logarithm = scale(artanhSmall(divide(subtract(near, ONE), add(near, ONE))), 2)
  return power === 0 ? logarithm : add(multiply(LN2, from(power)), logarithm)
}

/** ln (1 + x) for x > −1. */
const log1pWide = (x: Double): Double =>
  Math.abs(x[0]) < 0.3 ? scale(artanhSmall(divide(x, add(from(2), x))), 2) : logWide(add(ONE, x))

/** The angle within ±π/4 and the quadrant, for finite x. */
const reduceAngle = (x: number): { readonly angle: Double; readonly quadrant: number } => {
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
    term = divide(multiply(term, square), from(k * (k + 1)))
    sum = add(sum, term)
  }
  return sum
}

const sineOf = (angle: Double): Double => circular(angle, angle, 2)
const cosineOf = (angle: Double): Double => circular(ONE, angle, 1)

/** arctan x for |x| ≤ 1: two halvings of the angle, then the series. */
const arctanInner = (x: Double): Double => {
  let t = x
  for (let i = 0; i < 2; i++) t = divide(t, add(ONE, squareRoot(add(ONE, multiply(t, t)))))
  const square = negate(multiply(t, t))
  let power = t
  let sum = t
  for (let k = 3; k < 99 && Math.abs(power[0]) > Math.abs(sum[0]) * TINY; k += 2) {
    power = multiply(power, square)
    sum = add(sum, divide(power, from(k)))
  }
  return scale(sum, 4)
}

const arctanWide = (x: Double): Double => {
  if (Math.abs(x[0]) <= 1) return arctanInner(x)
  // So far out 1/x is below the last bit, and x² would overflow.
  const outer = Math.abs(x[0]) < 1e40 ? arctanInner(divide(ONE, x)) : ZERO
  return subtract(x[0] > 0 ? HALF_PI : negate(HALF_PI), outer)
}

/** √(1 − x²), without losing what is left near 1. */
const otherLeg = (x: number): Double => squareRoot(multiply(subtract(ONE, from(x)), add(ONE, from(x))))

const exp = (x: number): number => (Number.isNaN(x) ? x : expOf(from(x)))

const expm1 = (x: number): number => {
  if (Number.isNaN(x) || x === 0 || Math.abs(x) < 1e-17) return x
  if (x > 700) return expOf(from(x))
  return x < -50 ? -1 : toNumber(expm1Wide(from(x)))
}

const isLogarithmic = (x: number): boolean => x > 0 && x < Infinity
/** The logarithms of what has none. */
const logEdge = (x: number): number => (x === 0 ? -Infinity : x > 0 ? x : NaN)

const log = (x: number): number => (isLogarithmic(x) ? toNumber(logWide(from(x))) : logEdge(x))
const log2 = (x: number): number => (isLogarithmic(x) ? toNumber(divide(logWide(from(x)), LN2)) : logEdge(x))
const log10 = (x: number): number => (isLogarithmic(x) ? toNumber(divide(logWide(from(x)), LN10)) : logEdge(x))
const log1p = (x: number): number => {
  if (Math.abs(x) < 1e-17) return x
  return x > -1 && x < Infinity ? toNumber(log1pWide(from(x))) : logEdge(1 + x)
}

const sin = (x: number): number => {
  if (!Number.isFinite(x)) return NaN
  if (Math.abs(x) < 1e-9) return x
  const { angle, quadrant } = reduceAngle(x)
  const value = toNumber(quadrant % 2 === 0 ? sineOf(angle) : cosineOf(angle))
  return quadrant < 2 ? value : -value
}

const cos = (x: number): number => {
  if (!Number.isFinite(x)) return NaN
  const { angle, quadrant } = reduceAngle(x)
  const value = toNumber(quadrant % 2 === 0 ? cosineOf(angle) : sineOf(angle))
  return quadrant === 0 || quadrant === 3 ? value : -value
}

const tan = (x: number): number => {
  if (!Number.isFinite(x)) return NaN
  if (Math.abs(x) < 1e-9) return x
  const { angle, quadrant } = reduceAngle(x)
  const sine = sineOf(angle)
  const cosine = cosineOf(angle)
  return toNumber(quadrant % 2 === 0 ? divide(sine, cosine) : negate(divide(cosine, sine)))
}

const atan = (x: number): number => (Number.isNaN(x) || Math.abs(x) < 1e-9 ? x : toNumber(arctanWide(from(x))))

const asin = (x: number): number => {
  if (!(Math.abs(x) <= 1)) return NaN
  if (Math.abs(x) < 1e-9) return x
  if (Math.abs(x) === 1) return x * HALF_PI[0]
  return toNumber(arctanWide(divide(from(x), otherLeg(x))))
}

const acos = (x: number): number => {
  if (!(Math.abs(x) <= 1)) return NaN
  if (x === 1) return 0
  if (x === -1) return 2 * HALF_PI[0]
  if (Math.abs(x) < 1e-40) return HALF_PI[0]
  const angle = arctanWide(divide(otherLeg(x), from(x)))
  return toNumber(x > 0 ? angle : add(angle, scale(HALF_PI, 2)))
}

const atan2 = (y: number, x: number): number => {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN
  const left = x < 0 || Object.is(x, -0)
  const sign = y < 0 || Object.is(y, -0) ? -1 : 1
  const pi = scale(HALF_PI, 2)
  if (y === 0) return left ? sign * pi[0] : y
  if (x === 0) return sign * HALF_PI[0]
  if (!Number.isFinite(y)) {
    if (Number.isFinite(x)) return sign * HALF_PI[0]
    return sign * toNumber(scale(left ? multiply(HALF_PI, from(3)) : HALF_PI, 0.5))
  }
  if (!Number.isFinite(x)) return left ? sign * pi[0] : sign * 0
  // Both near one, so that their quotient neither overflows nor loses bits on the way.
  const dy = integerParts(y).exponent
  const dx = integerParts(x).exponent
  const apart = dy - dx
  if (apart > 120) return sign * HALF_PI[0]
  if (apart < -120 && left) return sign * pi[0]
  if (apart < -900) return y / x
  const quotient = divide(from(ldexp(Math.abs(y), -dy)), from(ldexp(Math.abs(x), -dx)))
  const angle = arctanWide(scale(quotient, powerOfTwo(apart)))
  return sign * toNumber(left ? subtract(pi, angle) : angle)
}

const sinh = (x: number): number => {
  if (!Number.isFinite(x) || Math.abs(x) < 1e-9) return x
  const size = Math.abs(x)
  if (size > 700) return Math.sign(x) * expOf(subtract(from(size), LN2))
  const e = expm1Wide(from(size))
  return Math.sign(x) * toNumber(scale(add(e, divide(e, add(e, ONE))), 0.5))
}

const cosh = (x: number): number => {
  const size = Math.abs(x)
  if (!Number.isFinite(size)) return size
  if (size > 700) return expOf(subtract(from(size), LN2))
  const e = expWide(from(size))
  return toNumber(scale(add(e, divide(ONE, e)), 0.5))
}

const tanh = (x: number): number => {
  if (Number.isNaN(x) || Math.abs(x) < 1e-9) return x
  if (Math.abs(x) > 22) return Math.sign(x)
  const e = expm1Wide(scale(from(x), 2))
  return toNumber(divide(e, add(e, from(2))))
}

const asinh = (x: number): number => {
  if (!Number.isFinite(x) || Math.abs(x) < 1e-9) return x
  const size = from(Math.abs(x))
  if (size[0] > 1e9) return Math.sign(x) * toNumber(add(logWide(size), LN2))
  const square = multiply(size, size)
  const rest = divide(square, add(ONE, squareRoot(add(ONE, square))))
  return Math.sign(x) * toNumber(log1pWide(add(size, rest)))
}

const acosh = (x: number): number => {
  if (!(x >= 1)) return NaN
  if (x > 1e9) return x === Infinity ? x : toNumber(add(logWide(from(x)), LN2))
  const above = subtract(from(x), ONE)
  return x === 1 ? 0 : toNumber(log1pWide(add(above, squareRoot(multiply(above, add(above, from(2)))))))
}

const atanh = (x: number): number => {
  if (!(Math.abs(x) <= 1)) return NaN
  if (Math.abs(x) < 1e-9) return x
  if (Math.abs(x) === 1) return x * Infinity
  if (Math.abs(x) < 0.2) return toNumber(artanhSmall(from(x)))
  return toNumber(scale(logWide(divide(add(ONE, from(x)), subtract(ONE, from(x)))), 0.5))
}

const cbrt = (x: number): number => {
  if (!Number.isFinite(x) || x === 0) return x
  const size = Math.abs(x)
  const third = divide(logWide(from(size)), from(3))
  return Math.sign(x) * expOf(third)
}

const hypot = (...values: readonly number[]): number => {
  const sizes = values.map((value) => Math.abs(Number(value)))
  if (sizes.includes(Infinity)) return Infinity
  const largest = Math.max(0, ...sizes)
  if (largest === 0 || Number.isNaN(largest)) return largest
  const { exponent } = integerParts(largest)
  const shift = -exponent - 52
  let sum = ZERO
  for (const size of sizes) {
    const near = from(ldexp(size, shift))
    sum = add(sum, multiply(near, near))
  }
  return ldexp(toNumber(squareRoot(sum)), -shift)
}

/** Exactly, by multiplying, where every product fits; undefined elsewhere. */
const integerPower = (base: number, exponent: number): number | undefined => {
  if (!Number.isInteger(base) || !(exponent >= 0 && exponent <= 64)) return undefined
  let product = 1
  for (let i = 0; i < exponent; i++) {
    product *= base
    if (Math.abs(product) > Number.MAX_SAFE_INTEGER) return undefined
  }
  return product
}

/** Number::exponentiate of ECMA-262, 6.1.6.1.3. */
const pow = (base: number, exponent: number): number => {
  if (Number.isNaN(exponent)) return NaN
  if (exponent === 0) return 1
  if (Number.isNaN(base)) return NaN
  const size = Math.abs(base)
  if (!Number.isFinite(exponent)) return size === 1 ? NaN : size > 1 === exponent > 0 ? Infinity : 0
  const isInteger = Number.isInteger(exponent)
  const isOdd = isInteger && Math.abs(exponent % 2) === 1
  const negative = base < 0 || Object.is(base, -0)
  const sign = negative && isOdd ? -1 : 1
  if (size === 0 || size === Infinity) return sign * ((size === 0) === exponent > 0 ? 0 : Infinity)
  if (negative && !isInteger) return NaN
  if (size === 1) return sign
  const exact = isInteger ? integerPower(base, exponent) : undefined
  if (exact !== undefined) return exact
  const logarithm = logWide(from(size))
  // Beyond it the product could overflow on the way.
  if (Math.abs(logarithm[0] * exponent) > 800) return sign * (logarithm[0] > 0 === exponent > 0 ? Infinity : 0)
  return sign * expOf(multiply(logarithm, from(exponent)))
}

/** By their names in Math. */
export const MATH = {
  acos, acosh, asin, asinh, atan, atan2, atanh, cbrt, cos, cosh, exp, expm1, hypot, log, log10, log1p, log2, pow, sin,
  sinh, tan, tanh,
} as const
