/**
 * Date on the virtual clock, in UTC: a host's time zone and its parser of dates would make runs differ.
 */

const ISO =
  /^([+-]\d{6}|\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?)?$/

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (value: number): string => String(value).padStart(2, '0')

/** Milliseconds since 1970 of a text in the format of ECMA-262, 21.4.1.32; without an offset it is UTC. */
const parser = (utc: typeof Date.UTC) => (text: unknown): number => {
  const found = ISO.exec(String(text).trim())
  if (found === null || found[1] === '-000000') return NaN
  const [year, month, day, hour, minute, second] = [found[1], found[2] ?? 1, found[3] ?? 1, found[4] ?? 0, found[5] ?? 0, found[6] ?? 0].map(Number) as [number, number, number, number, number, number]
  const milli = Math.floor(Number(`0.${found[7] ?? '0'}`) * 1000)
  const isMidnight = hour === 24 && minute === 0 && second === 0 && milli === 0
  if (month < 1 || month > 12 || day < 1 || day > 31 || (hour > 23 && !isMidnight) || minute > 59 || second > 59) return NaN
  const zone = found[8] ?? 'Z'
  const offset = zone === 'Z' ? 0 : (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))) * (zone[0] === '-' ? -1 : 1)
  // Date.UTC takes years from 0 to 99 for 1900 to 1999; a whole cycle of 400 years later it does not.
  const base = utc(year + 400, month - 1, day, hour, minute, second, milli) - 12_622_780_800_000
  return base - offset * 60_000
}

type DateClass = DateConstructor & { prototype: Date }

/**
 * Replaces Date in a realm whose intrinsics are not frozen yet.
 * @param now milliseconds since 1970, of the virtual clock
 */
export const replaceDate = (global: Record<string, unknown>, now: () => number): void => {
  const native = global['Date'] as DateClass
  const { prototype } = native
  const methods = prototype as unknown as Record<string, (...args: unknown[]) => unknown>
  const { UTC } = native
  const parse = parser(UTC)
  const define = (target: object, name: string, value: unknown): void => {
    Object.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true })
  }
  const time = (value: unknown): number => Reflect.apply(methods['getTime'] as () => number, value, [])

  for (const part of ['Date', 'Day', 'FullYear', 'Hours', 'Milliseconds', 'Minutes', 'Month', 'Seconds']) {
    define(prototype, `get${part}`, methods[`getUTC${part}`])
    if (part !== 'Day') define(prototype, `set${part}`, methods[`setUTC${part}`])
  }
  const dateText = (date: Date): string =>
    `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${two(date.getUTCDate())} ${String(date.getUTCFullYear()).padStart(4, '0')}`
  const timeText = (date: Date): string =>
    `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} GMT+0000 (UTC)`
  const text = (show: (date: Date) => string) =>
    ({
      toString(this: Date): string {
        return Number.isNaN(time(this)) ? 'Invalid Date' : show(this)
      },
    }).toString
  define(prototype, 'toString', text((date) => `${dateText(date)} ${timeText(date)}`))
  define(prototype, 'toDateString', text(dateText))
  define(prototype, 'toTimeString', text(timeText))
  define(prototype, 'toLocaleString', methods['toISOString'])
  define(prototype, 'toLocaleDateString', text((date) => date.toISOString().slice(0, 10)))
  define(prototype, 'toLocaleTimeString', text((date) => date.toISOString().slice(11, 19)))
  define(prototype, 'getTimezoneOffset', { getTimezoneOffset: () => 0 }.getTimezoneOffset)

  const argument = (args: readonly unknown[]): number => {
    if (args.length === 0) return now()
    if (args.length > 1) return Reflect.apply(UTC, undefined, args)
    const [value] = args
    if (value instanceof native) return time(value)
    const primitive = typeof value === 'object' && value !== null ? value.valueOf() : value
    return typeof primitive === 'string' ? parse(primitive) : Number(primitive)
  }
  const ours = function (this: unknown, ...args: unknown[]): unknown {
    if (new.target === undefined) return String(new native(now()))
    return Reflect.construct(native, [argument(args)], new.target as DateClass)
  } as unknown as DateClass
  Object.defineProperty(ours, 'prototype', { value: prototype, writable: false, enumerable: false, configurable: false })
  Object.defineProperty(ours, 'name', { value: 'Date', configurable: true })
  Object.defineProperty(ours, 'length', { value: 7, configurable: true })
  define(ours, 'now', { now: () => now() }.now)
  define(ours, 'parse', { parse: (value: unknown) => parse(value) }.parse)
  define(ours, 'UTC', UTC)
  define(prototype, 'constructor', ours)
  define(global, 'Date', ours)
}
