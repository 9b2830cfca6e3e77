import { ERRNO, errnoName } from '../../engine/abi/errno.ts'
import type { Next, Standing } from '../../engine/decision/effect.ts'
import { encodeUtf8 } from '../../engine/kernel/text.ts'
import type { Decision } from '../../engine/recipe.ts'
import { ArchCode } from '../../engine/trace/format.ts'
import type { Choice, Edits } from '../state/hand.ts'

/** What a person can decide at a stop, and what that is as a decision of the recipe. */

interface ChoiceText {
  readonly title: string
  /** The key that decides it, at a stop that waits. */
  readonly keys: string
  /** What the help page says. */
  readonly help: string
}

export const CHOICES: Readonly<Record<Choice, ChoiceText>> = {
  continue: { title: 'Continue', keys: 'c', help: 'By hand: continue to the next stop' },
  'skip-call': { title: 'Skip call', keys: 'x', help: 'By hand: do not run the call (PTRACE_VM_SKIPCALL)' },
  'skip-exit': { title: 'Skip exit', keys: 'e', help: 'By hand: run it without an exit stop (PTRACE_VM_SKIPEXIT)' },
  deliver: { title: 'Deliver', keys: 'd', help: 'By hand: deliver the signal' },
  suppress: { title: 'Suppress', keys: 'u', help: 'By hand: deliver no signal' },
  sysemu: { title: 'SYSEMU', keys: 'y', help: 'By hand: PTRACE_SYSEMU, which skips the next call' },
  free: { title: 'Run free', keys: 'o', help: 'By hand: PTRACE_CONT, calls do not stop any more' },
  detach: { title: 'Detach', keys: 'Shift+D', help: 'By hand: detach, trace it no longer' },
  kill: { title: 'Kill', keys: 'Shift+K', help: 'By hand: kill it' },
}

/** The choices at a stop, the usual one first. */
export const choicesAt = ({ kind }: Standing): readonly Choice[] => {
  switch (kind) {
    case 'entry':
      return ['continue', 'skip-call', 'skip-exit', 'sysemu', 'free', 'detach', 'kill']
    case 'event':
      return ['continue', 'skip-exit', 'sysemu', 'free', 'detach', 'kill']
    case 'signal':
      return ['deliver', 'suppress', 'sysemu', 'free', 'detach', 'kill']
    default:
      return ['continue', 'sysemu', 'free', 'detach', 'kill']
  }
}

const REQUESTS: Readonly<Record<Choice, Pick<Decision, 'request' | 'tags'>>> = {
  continue: { request: 'syscall', tags: 0 },
  'skip-call': { request: 'syscall', tags: 4 },
  'skip-exit': { request: 'syscall', tags: 2 },
  deliver: { request: 'syscall', tags: 0 },
  suppress: { request: 'syscall', tags: 0 },
  sysemu: { request: 'sysemu', tags: 0 },
  free: { request: 'cont', tags: 0 },
  detach: { request: 'detach', tags: 0 },
  kill: { request: 'kill', tags: 0 },
}

/** A choice with what was prepared, as the machine takes it; or the name of the field that holds no number. */
export const decisionFor = (stop: Standing, choice: Choice, edits: Edits): Decision | { readonly wrong: string } => {
  const result = edits.result.trim() === '' ? undefined : parseResult(edits.result, stop.arch)
  if (edits.result.trim() !== '' && result === undefined) return { wrong: 'the result' }
  const args: [number, string][] = []
  for (const [index, text] of Object.entries(edits.args)) {
    if (text.trim() === '') continue
    const value = parseRegister(text)
    if (value === undefined) return { wrong: `argument ${Number(index) + 1}` }
    args.push([Number(index), value])
  }
  const usual = stop.kind === 'signal' ? stop.signo : 0
  const signal = choice === 'suppress' || choice === 'kill' ? 0 : (edits.signal ?? usual)
  return {
    at: stop.seq,
    ...(args.length === 0 ? {} : { args }),
    ...(result === undefined ? {} : { result }),
    ...(edits.memory.length === 0 ? {} : { memory: edits.memory }),
    ...REQUESTS[choice],
    signal,
  }
}

/** The choice that a decision was, for the list of decisions. */
export const choiceOf = ({ kind, signo }: Pick<Standing, 'kind' | 'signo'>, { request, tags, signal }: Decision): Choice => {
  if (request === 'cont') return 'free'
  if (request !== 'syscall') return request
  if ((tags & 4) !== 0) return 'skip-call'
  if ((tags & 2) !== 0) return 'skip-exit'
  if (kind !== 'signal') return 'continue'
  return signal === signo || signal !== 0 ? 'deliver' : 'suppress'
}

/** A result register as people write it: `51`, `51 nospc`, `nospc`, `ENOSPC`, `-1`; undefined for anything else. */
export const parseResult = (text: string, arch: number): number | undefined => {
  const word = text.trim().split(/\s+/)[0] ?? ''
  if (/^-?\d{1,10}$/.test(word)) {
    const number = Number(word)
    return number >= -(2 ** 31) && number < 2 ** 32 ? number : undefined
  }
  const name = word.toUpperCase().replace(/^(?!E)/, 'E')
  const errno = Object.hasOwn(ERRNO, name) ? ERRNO[name as keyof typeof ERRNO] : Object.hasOwn(ERRNO, `E${name}`) ? ERRNO[`E${name}` as keyof typeof ERRNO] : undefined
  if (errno === undefined) return word.toLowerCase() === 'success' ? 0 : undefined
  return arch === ArchCode.preview1 ? errno : -errno
}

/** What can be chosen as a result: 0, and every errno that a call of the table can return. */
export const resultOptions = (arch: number): readonly string[] => {
  const codes = Object.values(ERRNO).filter((errno) => errno > 0 && errno < 512).sort((a, b) => a - b)
  return ['0 success', ...codes.map((errno) => `${arch === ArchCode.preview1 ? errno : -errno} ${errnoName(errno)?.slice(1).toLowerCase()}`)]
}

/** A register as people write it, decimal or 0x…, as decimal text of 64 bits; undefined for anything else. */
export const parseRegister = (text: string): string | undefined => {
  const word = text.trim().replaceAll('_', '')
  if (!/^(-?\d{1,20}|0x[0-9a-f]{1,16})$/i.test(word)) return undefined
  const value = BigInt(word)
  return value >= -(2n ** 63n) && value < 2n ** 64n ? `${value}` : undefined
}

/** Bytes as people write them: text with \n, \t, \0, \\ and \xNN; or pairs of hex digits. */
export const parseBytes = (text: string, as: 'text' | 'hex'): Uint8Array | undefined => {
  if (as === 'hex') {
    const digits = text.replace(/\s+/g, '')
    if (digits.length % 2 !== 0 || /[^0-9a-f]/i.test(digits)) return undefined
    return Uint8Array.from({ length: digits.length / 2 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16))
  }
  const bytes: number[] = []
  for (const piece of text.match(/\\x[0-9a-f]{2}|\\[nrt0\\]|[^\\]+|\\/gi) ?? []) {
    if (/^\\x/i.test(piece)) bytes.push(Number.parseInt(piece.slice(2), 16))
    else bytes.push(...(ESCAPES[piece] ?? encodeUtf8(piece)))
  }
  return Uint8Array.from(bytes)
}

const ESCAPES: Readonly<Record<string, readonly number[]>> = { '\\n': [10], '\\r': [13], '\\t': [9], '\\0': [0], '\\\\': [92] }

/** Bytes as the field shows them, so that `parseBytes` gives them back. */
export const bytesText = (bytes: Uint8Array, as: 'text' | 'hex'): string =>
  as === 'hex'
    ? [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    : [...bytes].map((byte) => SHOWN.get(byte) ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`)).join('')

const SHOWN: ReadonlyMap<number, string> = new Map([[10, '\\n'], [13, '\\r'], [9, '\\t'], [0, '\\0'], [92, '\\\\']])

/** The answers of the quiz. */
export const nextTitle = (next: Next, { call }: Pick<Standing, 'call'>): string => {
  switch (next) {
    case 'exit':
      return call === '' ? 'An exit stop' : `The exit stop of ${call}`
    case 'entry':
      return 'The entry stop of the next call'
    case 'signal':
      return 'A signal’s stop'
    case 'group':
      return 'A group-stop'
    case 'event':
      return 'An event’s stop'
    case 'none':
      return 'None: it ends, or runs free'
  }
}

/** What the quiz offers at any stop, in the order of its keys. */
export const ANSWERS: readonly Next[] = ['exit', 'entry', 'signal', 'group', 'none']
