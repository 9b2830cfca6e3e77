import { rowOf } from '../syscall/find.ts'
import { EventKind } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'

/** What a call answered: its result, and what it left in memory, a character a byte (public/examples/cost/answer.ts). */
export type CallAnswer = readonly [result: number, ...written: readonly (readonly [addr: number, bytes: string])[]]

/** A vector of PTRACE_MULTI holds 1024; setting the result and resuming need two. */
const MOST_WRITTEN = 1022
/** Characters of all that was written: more than this is no small script any more. */
const MOST_CHARACTERS = 2 ** 20

const latin1 = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

/**
 * The answers to all calls of a run that nobody traced and that recorded its calls all the same (recipe: `untraced`),
 * up to the one that does not return. Undefined where they cannot be known: the trace keeps only the beginning of a
 * large buffer, or they are too many to be told.
 */
export const answersOf = (trace: Trace): readonly CallAnswer[] | undefined => {
  const answers: CallAnswer[] = []
  let characters = 0
  for (let seq = 1; seq <= trace.length; seq++) {
    const event = trace.event(seq)
    if (event?.kind !== EventKind.call) continue
    if (rowOf(event.arch, event.nr)?.returns === false) break
    const written = trace.captures(seq).filter(({ origin, length }) => origin === 'call' && length > 0)
    if (written.length > MOST_WRITTEN || written.some(({ length, bytes }) => bytes.length < length)) return undefined
    characters += written.reduce((sum, { length }) => sum + length, 0)
    if (characters > MOST_CHARACTERS) return undefined
    answers.push([event.ret, ...written.map(({ addr, bytes }) => [addr, latin1(bytes)] as const)])
  }
  return answers
}
