/** What can be asked for behind a colon. One row per field: parser, matcher and suggestions read it. */

/** How a field's values are written and compared. */
export type FieldType =
  /** Decimal, 0x…, with `_` between digits. */
  | 'number'
  /** A number of bytes: 4096, 4k, 1M. */
  | 'size'
  /** Virtual nanoseconds: 1500, 2us, 1.5ms, 3s. */
  | 'time'
  /** Contains; `=` and `!=` compare the whole; /regex/. */
  | 'text'
  /** ENOSPC, nospc, 51. */
  | 'errno'
  /** One of `values`. */
  | 'choice'
  /** A number if it reads as one, otherwise text. */
  | 'any'

export interface Field {
  readonly type: FieldType
  /** A few words for the list of suggestions. */
  readonly words: string
  readonly values?: readonly string[]
  /** A choice that may also be a number. */
  readonly numbers?: true
}

export const FIELDS = {
  call: { type: 'text', words: 'name of the call' },
  pid: { type: 'number', words: 'task' },
  comm: { type: 'text', words: 'name of the program' },
  fd: { type: 'number', words: 'a descriptor among the arguments' },
  path: { type: 'text', words: 'a path among the arguments' },
  ret: { type: 'number', words: 'result' },
  errno: { type: 'errno', words: 'error of the result; * for any' },
  stop: { type: 'choice', words: 'kind of stop; * for any', values: ['entry', 'exit', 'event', 'signal', 'group'] },
  signal: { type: 'text', words: 'a signal that arrives, is sent, stops or kills' },
  tag: { type: 'any', words: 'PTRACE_VM tag, or your own tag', values: ['0', '2', '4', '6', 'SKIPEXIT', 'SKIPCALL'] },
  seq: { type: 'number', words: 'number of the event' },
  t: { type: 'time', words: 'virtual time' },
  dur: { type: 'time', words: 'how long the call took' },
  size: { type: 'size', words: 'bytes that the call is about' },
  skipped: { type: 'choice', words: 'was the call not run?', values: ['yes', 'no'] },
  by: {
    type: 'choice',
    words: 'who decided, or a tracer’s pid',
    values: ['guest', 'tracer', 'seccomp'],
    numbers: true,
  },
  mem: { type: 'number', words: 'an address that was read or written' },
} as const satisfies Readonly<Record<string, Field>>

/** `arg.NAME` is a field too. */
export type FieldName = keyof typeof FIELDS | 'arg'

export const fieldOf = (name: string): Field | undefined =>
  Object.hasOwn(FIELDS, name) ? (FIELDS as Readonly<Record<string, Field>>)[name] : undefined

/** The classes of `%class`: those of the rows, and strace's names for the same. */
export const CLASSES = {
  file: 'file',
  desc: 'desc',
  process: 'process',
  time: 'time',
  random: 'random',
  socket: 'socket',
  network: 'socket',
  net: 'socket',
  clock: 'time',
  signal: 'signal',
} as const

/** Calls about signals, which are a class of strace's without being one of the timeline's hues. */
export const SIGNAL_CALLS: ReadonlySet<string> = new Set([
  'proc_raise', 'kill', 'tkill', 'tgkill', 'rt_sigaction', 'rt_sigprocmask', 'rt_sigpending', 'rt_sigtimedwait', 'rt_sigsuspend',
  'rt_sigqueueinfo', 'sigaltstack', 'pause',
])

const UNITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  time: { '': 1, ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9 },
  size: {
    '': 1,
    k: 1024,
    K: 1024,
    kB: 1000,
    KiB: 1024,
    M: 1048576,
    MB: 1e6,
    MiB: 1048576,
    G: 1073741824,
    GB: 1e9,
    GiB: 1073741824,
  },
}

/** Reads a number as its field writes it; undefined if it is none. */
export const numberOf = (text: string, type: FieldType): number | undefined => {
  const hex = /^(-?)0[xX]([0-9a-fA-F_]+)$/.exec(text)
  if (hex !== null) {
    const digits = (hex[2] as string).replaceAll('_', '')
    return digits === '' ? undefined : Number.parseInt(digits, 16) * (hex[1] === '-' ? -1 : 1)
  }
  const decimal = /^(-?\d[\d_]*(?:\.\d+)?)(\p{L}*)$/u.exec(text)
  if (decimal === null) return undefined
  const unit = (UNITS[type] ?? { '': 1 })[decimal[2] as string]
  const number = Number((decimal[1] as string).replaceAll('_', ''))
  return unit === undefined ? undefined : number * unit
}
