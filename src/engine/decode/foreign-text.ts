/** What a line of strace says between its parentheses and behind its `=`. Reads only forwards, once: a log may be hostile. */
import { ERRNO } from '../abi/errno.ts'

const CLOSES: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/** The place behind a quoted string that begins at `at`, or the end of the text. */
export const behindQuotes = (text: string, at: number): number => {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '"') return i + 1
  }
  return text.length
}

/** Behind what -y says of a descriptor, `3</etc/passwd>`, where that begins at `at`; else `at` itself. */
const behindPath = (text: string, at: number): number => {
  if (text[at] !== '<' || text[at + 1] === '<' || !/[\dD]/.test(text[at - 1] ?? '')) return at
  const end = text.indexOf('>', at)
  return end < 0 ? at : end + 1
}

/** The arguments of a call: split at the commas that are in no string, list, structure or remark. */
export const splitArguments = (text: string): readonly string[] => {
  const parts: string[] = []
  let from = 0
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const sign = text[i] as string
    if (sign === '"') i = behindQuotes(text, i) - 1
    else if (sign === '/' && text[i + 1] === '*') i = Math.max(i, text.indexOf('*/', i))
    else if (sign === '<') i = Math.max(i, behindPath(text, i) - 1)
    else if (sign in CLOSES) depth++
    else if (sign === ')' || sign === ']' || sign === '}') depth--
    else if (sign === ',' && depth <= 0) {
      parts.push(text.slice(from, i).trim())
      from = i + 1
    }
  }
  const last = text.slice(from).trim()
  return last === '' ? parts : [...parts, last]
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', v: '\v', f: '\f', '"': '"', '\\': '\\' }

/** What a quoted string holds: escapes undone, octal and hexadecimal ones as one byte each. Undefined for what is no string. */
export const unquoted = (text: string): string | undefined => {
  if (!text.startsWith('"')) return undefined
  const end = behindQuotes(text, 0)
  return text.slice(1, end - 1).replace(/\\(x[0-9a-fA-F]{2}|[0-7]{1,3}|.)/g, (_, escape: string) =>
    escape.startsWith('x') ? String.fromCharCode(parseInt(escape.slice(1), 16))
      : /^[0-7]/.test(escape) ? String.fromCharCode(parseInt(escape, 8))
      : (ESCAPES[escape] ?? escape))
}

/** The number that an argument begins with (`3</etc>`, `0x7f10`, `-1`); undefined if it begins with none. */
export const numberIn = (text: string): number | undefined => {
  const [found] = /^-?(0x[0-9a-fA-F]+|\d+)/.exec(text) ?? []
  if (found === undefined) return undefined
  return found.startsWith('-') ? -Number(found.slice(1)) : Number(found)
}

/** An errno that our tables do not have: no result is taken for another one. */
export const UNKNOWN_ERRNO = 4095

/** A result in strace's words. */
export interface ForeignResult {
  /** As in the table linux: −errno of a failure. Undefined for a call that does not come back. */
  readonly ret: number | undefined
  /** `ENOENT`. */
  readonly errno?: string
  /** `No such file or directory`. */
  readonly message?: string
}

/** Reads what stands behind ` = `. */
export const foreignResult = (text: string): ForeignResult => {
  const [, errno, message] = /^(?:-1|\?) (E[A-Z0-9_]+)(?: \(([^)]*)\))?/.exec(text) ?? []
  if (errno !== undefined) {
    const number = Object.hasOwn(ERRNO, errno) ? (ERRNO as Readonly<Record<string, number>>)[errno] : undefined
    return { ret: -(number ?? UNKNOWN_ERRNO), errno, ...(message === undefined ? {} : { message }) }
  }
  return { ret: numberIn(text) }
}
