/**
 * Forms of what comes from outside, checked by hand: a link may be made by anybody. A check answers a new value
 * that has the known keys and nothing else, or throws a Misfit that names the place.
 */

/** What was found to be wrong, and where; caught where a container is read. */
export class Misfit extends Error {}

export type Check<T> = (value: unknown, at: string) => T

const fail = (at: string, wanted: string): never => {
  throw new Misfit(`${at} is not ${wanted}`)
}

/** A text of at most `most` UTF-16 units. */
export const text = (most: number): Check<string> => (value, at) =>
  typeof value === 'string' && value.length <= most ? value : fail(at, `a text of at most ${most} characters`)

export const matching = (form: RegExp, what: string): Check<string> => (value, at) =>
  typeof value === 'string' && form.test(value) ? value : fail(at, what)

/** A whole number from `from` to `to`. */
export const whole = (from: number, to: number): Check<number> => (value, at) =>
  Number.isSafeInteger(value) && (value as number) >= from && (value as number) <= to
    ? (value as number)
    : fail(at, `a whole number from ${from} to ${to}`)

/** Any number but NaN and the infinities, which JSON has not. */
export const finite: Check<number> = (value, at) => (Number.isFinite(value) ? (value as number) : fail(at, 'a number'))

export const truth: Check<boolean> = (value, at) => (typeof value === 'boolean' ? value : fail(at, 'true or false'))

export const oneOf = <const T extends string | number | boolean>(...allowed: readonly T[]): Check<T> => (value, at) =>
  allowed.includes(value as T) ? (value as T) : fail(at, allowed.map((one) => JSON.stringify(one)).join(' or '))

/** A list of at most `most` values. */
export const list = <T>(of: Check<T>, most: number): Check<readonly T[]> => (value, at) =>
  Array.isArray(value) && value.length <= most
    ? value.map((one: unknown, i) => of(one, `${at}[${i}]`))
    : fail(at, `a list of at most ${most}`)

/** A list of exactly two. */
export const pair = <A, B>(first: Check<A>, second: Check<B>): Check<readonly [A, B]> => (value, at) =>
  Array.isArray(value) && value.length === 2
    ? [first(value[0] as unknown, `${at}[0]`), second(value[1] as unknown, `${at}[1]`)]
    : fail(at, 'a pair')

type Shape = Readonly<Record<string, Check<unknown>>>
type Whole<S extends Shape> = { readonly [K in keyof S]: ReturnType<S[K]> }

/** An object with the keys of `needed`, and those of `optional` that are there. Other keys are dropped. */
export const object = <N extends Shape, O extends Shape = Record<never, never>>(
  needed: N,
  optional?: O,
): Check<Whole<N> & Partial<Whole<O>>> => (value, at) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail(at, 'an object')
  const given = value as Record<string, unknown>
  const made: Record<string, unknown> = {}
  for (const [key, check] of Object.entries(needed)) made[key] = check(own(given, key), `${at}.${key}`)
  for (const [key, check] of Object.entries(optional ?? {})) {
    const one = own(given, key)
    if (one !== undefined) made[key] = check(one, `${at}.${key}`)
  }
  return made as Whole<N> & Partial<Whole<O>>
}

const own = (given: Record<string, unknown>, key: string): unknown => (Object.hasOwn(given, key) ? given[key] : undefined)

/** The first form that fits; the last one's complaint if none does. */
export const either = <T>(...forms: readonly Check<T>[]): Check<T> => (value, at) => {
  let complaint: unknown
  for (const form of forms) {
    try {
      return form(value, at)
    } catch (error) {
      complaint = error
    }
  }
  throw complaint
}
