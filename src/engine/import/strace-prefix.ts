/** What stands in front of a line of strace: who, and when. */

/** A time as a log tells it. Nanoseconds count within the second. */
export type Stamp =
  /** -ttt: since 1970. */
  | { readonly kind: 'epoch'; readonly seconds: number; readonly nanoseconds: number }
  /** -t, -tt: since midnight. */
  | { readonly kind: 'day'; readonly seconds: number; readonly nanoseconds: number }
  /** -r: since the line before. */
  | { readonly kind: 'relative'; readonly seconds: number; readonly nanoseconds: number }

export interface Prefix {
  readonly pid: number | undefined
  readonly stamp: Stamp | undefined
  /** Where the rest of the line begins, from 0. */
  readonly at: number
}

/** `[pid  1234] ` on a terminal, `1234  ` in a file of -o. */
const PID = /\[pid +(\d{1,10})\] |(\d{1,10}) +(?=\S)/y
const DAY = /(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))? +/y
const SECONDS = / *(\d{1,12})\.(\d{1,9}) +/y
/** -r beside -t: `(+     0.000012) `. */
const SINCE = /\(\+ *(\d{1,12})\.(\d{1,9})\) +/y
/** -n, the call's number, and -i, the instruction's address. */
const BRACKET = /\[[ \d]{1,12}\] |\[(?:0x)?[0-9a-f?]{8,18}\] /y

/** More seconds than this are no distance between two lines: they are counted from 1970. */
const LEAST_EPOCH = 100_000_000

const nanosecondsOf = (digits: string | undefined): number => Number((digits ?? '').padEnd(9, '0'))

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** Reads the prefix of a line. What is none is left standing. */
export const readPrefix = (line: string): Prefix => {
  let at = 0
  let pid: number | undefined
  let stamp: Stamp | undefined
  const who = matchAt(PID, line, at)
  if (who !== null) {
    pid = Number(who[1] ?? who[2])
    at = PID.lastIndex
  }
  const day = matchAt(DAY, line, at)
  if (day !== null) {
    at = DAY.lastIndex
    const [, hours, minutes, seconds, digits] = day
    stamp = { kind: 'day', seconds: 3600 * Number(hours) + 60 * Number(minutes) + Number(seconds), nanoseconds: nanosecondsOf(digits) }
  } else {
    const seconds = matchAt(SECONDS, line, at)
    if (seconds !== null) {
      at = SECONDS.lastIndex
      const whole = Number(seconds[1])
      stamp = { kind: whole >= LEAST_EPOCH ? 'epoch' : 'relative', seconds: whole, nanoseconds: nanosecondsOf(seconds[2]) }
    }
  }
  if (stamp !== undefined && matchAt(SINCE, line, at) !== null) at = SINCE.lastIndex
  while (matchAt(BRACKET, line, at) !== null) at = BRACKET.lastIndex
  return { pid, stamp, at }
}
