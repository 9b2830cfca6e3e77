/**
 * Double-double arithmetic: a number as the unevaluated sum of two, about 106 bits (Dekker 1971; Hida, Li and
 * Bailey, "Library for double-double and quad-double arithmetic"). It uses only what IEEE 754 fixes to the last
 * bit (+ − × ÷ and the square root), so results are the same in every engine.
 */
export type Double = readonly [high: number, low: number]

export const ZERO: Double = [0, 0]
export const ONE: Double = [1, 0]

export const from = (value: number): Double => [value, 0]
export const toNumber = (a: Double): number => a[0] + a[1]

// Written out with indices: destructuring would go through an iterator at every step.

const twoSum = (a: number, b: number): Double => {
  const sum = a + b
  const back = sum - a
  return [sum, a - (sum - back) + (b - back)]
}

const fastTwoSum = (a: number, b: number): Double => {
  const sum = a + b
  return [sum, b - (sum - a)]
}

/** 2^27 + 1 splits a double into halves whose products are exact. */
const SPLITTER = 134_217_729

const twoProduct = (a: number, b: number): Double => {
  const product = a * b
  const ta = SPLITTER * a
  const ah = ta - (ta - a)
  const al = a - ah
  const tb = SPLITTER * b
  const bh = tb - (tb - b)
  const bl = b - bh
  return [product, ah * bh - product + ah * bl + al * bh + al * bl]
}

export const add = (a: Double, b: Double): Double => {
  const high = twoSum(a[0], b[0])
  const low = twoSum(a[1], b[1])
  const sum = fastTwoSum(high[0], high[1] + low[0])
  return fastTwoSum(sum[0], sum[1] + low[1])
}

export const negate = (a: Double): Double => [-a[0], -a[1]]
export const subtract = (a: Double, b: Double): Double => add(a, negate(b))

export const multiply = (a: Double, b: Double): Double => {
  const product = twoProduct(a[0], b[0])
  return fastTwoSum(product[0], product[1] + (a[0] * b[1] + a[1] * b[0]))
}

export const divide = (a: Double, b: Double): Double => {
  const first = a[0] / b[0]
  const rest = subtract(a, multiply(b, from(first)))
  const second = rest[0] / b[0]
  const last = subtract(rest, multiply(b, from(second)))
  return add(fastTwoSum(first, second), from(last[0] / b[0]))
}

/** By a power of two: exact. */
export const scale = (a: Double, factor: number): Double => [a[0] * factor, a[1] * factor]

export const squareRoot = (a: Double): Double => {
  if (a[0] <= 0) return ZERO
  const root = Math.sqrt(a[0])
  const rest = subtract(a, twoProduct(root, root))
  return fastTwoSum(root, rest[0] / (2 * root))
}

/** 1/n for the small n that series divide by. */
const RECIPROCALS: readonly Double[] = Array.from({ length: 128 }, (_, n) => (n === 0 ? ZERO : divide(ONE, from(n))))
export const over = (a: Double, n: number): Double => multiply(a, RECIPROCALS[n] as Double)

/** 2 to a power from −1074 to 1023. */
export const powerOfTwo = (exponent: number): number => {
  let value = 1
  let step = exponent < 0 ? 0.5 : 2
  for (let left = Math.abs(exponent); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) value *= step
    step *= step
  }
  return value
}

/** Bits behind the point of the fixed-point numbers below: enough to reduce the largest double by π/2. */
export const FRACTION = 1200n

/** A fixed-point number as a double-double. */
export const fromFixed = (fixed: bigint): Double => {
  const shift = FRACTION - 300n
  const part = fixed >> shift
  const high = Number(part)
  return [high * 2 ** -300, Number(part - BigInt(high)) * 2 ** -300]
}

const UNIT = 1n << FRACTION

/** The sum of ±1/(k · x^k) over odd k: the inverse tangent of 1/x, circular or hyperbolic. */
const inverseTangent = (x: bigint, alternate: boolean): bigint => {
  let power = UNIT / x
  let sum = 0n
  for (let k = 1n, sign = 1n; power !== 0n; k += 2n, sign = alternate ? -sign : sign) {
    sum += (sign * power) / k
    power /= x * x
  }
  return sum
}

/** π/2 by Machin's formula: π/4 = 4 arctan(1/5) − arctan(1/239). */
export const HALF_PI_FIXED = 2n * (4n * inverseTangent(5n, true) - inverseTangent(239n, true))
/** ln 2 = 2 artanh(1/3). */
const LN2_FIXED = 2n * inverseTangent(3n, false)
/** ln 10 = 3 ln 2 + ln(5/4) = 3 ln 2 + 2 artanh(1/9). */
const LN10_FIXED = 3n * LN2_FIXED + 2n * inverseTangent(9n, false)

export const HALF_PI = fromFixed(HALF_PI_FIXED)
export const LN2 = fromFixed(LN2_FIXED)
export const LN10 = fromFixed(LN10_FIXED)
