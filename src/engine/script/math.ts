import { HALF_PI, LN10, LN2, ONE, ZERO, add, divide, from, multiply, powerOfTwo, scale, squareRoot, subtract, toNumber, negate } from './double.ts'
import {
  arctanWide, artanhSmall, cosineOf, expOf, expWide, expm1Wide, integerParts, ldexp, log1pWide, logWide, otherLeg,
  reduceAngle, sineOf,
} from './series.ts'

/**
 * The functions of Math whose results ECMA-262 leaves to the implementation ("implementation-approximated"), each
 * computed to about 100 bits and rounded once. Special values are those of ECMA-262, 21.3.2.
 */

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
