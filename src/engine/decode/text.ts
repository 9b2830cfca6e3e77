/** How strace(1) writes numbers, strings, constants and times. */
import { XLAT } from '../abi/xlat.ts'
import { lossyText } from '../kernel/text.ts'

/** strace's DEFAULT_STRLEN: the bytes of a string, and the elements of an array, that are shown. */
export const SHOWN = 32

const ESCAPES: Readonly<Record<number, string>> = {
  0x22: '\\"',
  0x5c: '\\\\',
  0x0a: '\\n',
  0x09: '\\t',
  0x0d: '\\r',
  0x0b: '\\v',
  0x0c: '\\f',
}

const isOctalDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x37
const isPlain = (byte: number): boolean => byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c

/** Plain bytes as text, by eights: for texts so short, a view of the bytes or an array of codes would cost more. */
const plainText = (bytes: Uint8Array, from: number, to: number): string => {
  const at = (i: number): number => bytes[i] as number
  let text = ''
  let i = from
  for (; i + 8 <= to; i += 8) {
    text += String.fromCharCode(at(i), at(i + 1), at(i + 2), at(i + 3), at(i + 4), at(i + 5), at(i + 6), at(i + 7))
  }
  for (; i + 3 <= to; i += 3) text += String.fromCharCode(at(i), at(i + 1), at(i + 2))
  for (; i < to; i++) text += String.fromCharCode(at(i))
  return text
}

/**
 * A string as strace quotes it (src/util.c, string_quote): C escapes, other bytes as the shortest octal that
 * the next byte does not make ambiguous, and `...` behind the quotes when there is more.
 * @param length the true length, of which `bytes` may be only the beginning
 */
export const quote = (bytes: Uint8Array, length = bytes.length, shown = SHOWN): string => {
  const end = Math.min(bytes.length, shown)
  let text = '"'
  for (let i = 0; i < end; i++) {
    const from = i
    while (i < end && isPlain(bytes[i] as number)) i++
    if (from < i) text += plainText(bytes, from, i)
    if (i === end) break
    const byte = bytes[i] as number
    text += ESCAPES[byte] ?? `\\${byte.toString(8).padStart(i + 1 < end && isOctalDigit(bytes[i + 1]) ? 3 : 1, '0')}`
  }
  return length > end ? `${text}"...` : `${text}"`
}

/** As `quote`, for people: well-formed UTF-8 stays readable, and an ellipsis is one character. */
export const quoteBriefly = (bytes: Uint8Array, length = bytes.length, shown = SHOWN): string => {
  let end = Math.min(bytes.length, shown)
  // Not in the middle of a character.
  while (end > 0 && end < bytes.length && ((bytes[end] as number) & 0xc0) === 0x80) end--
  const text = lossyText(bytes.subarray(0, end))
  if (text.includes('\ufffd')) return quote(bytes, length, shown).replace(/\.\.\.$/, '…')
  let quoted = ''
  for (const c of text) {
    const code = c.codePointAt(0) as number
    const hidden = code < 0x20 || (code >= 0x7f && code < 0xa0) || BIDI.has(code)
    quoted += ESCAPES[code] ?? (hidden ? `\\u{${code.toString(16)}}` : c)
  }
  return `"${quoted}"${length > end ? '…' : ''}`
}

/** Characters that would rearrange the line around them (Unicode Technical Report 36, 3.2). */
const BIDI: ReadonlySet<number> = new Set([
  0x061c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069,
])

/** An address. Not NULL for 0: preview1's memory has bytes there. */
export const hexText = (value: number | bigint): string => `0x${value.toString(16)}`

/** One of a list of `abi/xlat.ts`, or the number and, in a comment as strace has it, the list's name and `_???`. */
export const enumText = (xlat: string, value: number | bigint): string =>
  nameIn(XLAT[xlat], Number(value))
  ?? `${hexText(value)} /* ${xlat.toUpperCase()}_??? */`

const nameIn = (list: readonly { name: string; value: number }[] | undefined, value: number): string | undefined => {
  for (const named of list ?? []) if (named.value === value) return named.name
  return undefined
}

/** Flags joined by |, unknown bits as a number at the end; `0` for none (src/xlat.c, printflags). */
export const flagsText = (xlat: string, value: number | bigint): string => flagsOf(XLAT[xlat] ?? [], value, xlat)

export const flagsOf = (
  list: readonly { name: string; value: number }[],
  value: number | bigint,
  family: string,
): string => {
  let rest = BigInt(value)
  if (rest === 0n) return '0'
  const names: string[] = []
  for (const { name, value: flag } of list) {
    const bits = BigInt(flag >>> 0)
    if (bits !== 0n && (rest & bits) === bits) {
      names.push(name)
      rest &= ~bits
    }
  }
  if (names.length === 0) return `${hexText(rest)} /* ${family.toUpperCase()}_??? */`
  return rest === 0n ? names.join('|') : `${names.join('|')}|${hexText(rest)}`
}

/** A long list of flags, cut behind the first: `FD_READ|…`. */
export const cutFlags = (text: string, most = 28): string =>
  text.length <= most || !text.includes('|') ? text : `${text.slice(0, text.indexOf('|'))}|…`

const two = (n: number): string => n.toString().padStart(2, '0')

/**
 * Nanoseconds since 1970 as ISO 8601 in UTC, fractions only if there are any. Days to year, month and day by
 * the civil calendar algorithm (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days).
 */
export const isoTime = (nanoseconds: bigint): string => {
  const seconds = nanoseconds / 1_000_000_000n
  const fraction = Number(nanoseconds % 1_000_000_000n)
  const second = Number(seconds % 86_400n)
  const days = Number(seconds / 86_400n) + 719_468
  const era = Math.floor(days / 146_097)
  const dayOfEra = days - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  const clock = `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`
  const rest = fraction === 0 ? '' : `.${fraction.toString().padStart(9, '0').replace(/0+$/, '')}`
  return `${year.toString().padStart(4, '0')}-${two(month)}-${two(day)}T${clock}${rest}Z`
}

const UNITS = [
  [1_000_000_000n, 's'],
  [1_000_000n, 'ms'],
  [1000n, 'µs'],
] as const

/** Nanoseconds in the largest unit in which they are at least one, exactly: `1.5 ms`. */
export const durationText = (nanoseconds: bigint): string => {
  for (const [unit, name] of UNITS) {
    if (nanoseconds < unit) continue
    const rest = (nanoseconds % unit)
      .toString()
      .padStart(unit.toString().length - 1, '0')
      .replace(/0+$/, '')
    return `${nanoseconds / unit}${rest === '' ? '' : `.${rest}`} ${name}`
  }
  return `${nanoseconds} ns`
}

/** `1 byte`, `13 bytes`. */
export const plural = (count: number | bigint, one: string, many = `${one}s`): string =>
  `${count} ${BigInt(count) === 1n ? one : many}`
