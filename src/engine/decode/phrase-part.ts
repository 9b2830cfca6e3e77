import type { DecodedArg } from './arg.ts'
import type { DecodedCall } from './call.ts'

/** What a call does, to be put into a sentence: `write`, `13 bytes from one buffer to fd 1, which is stdout`. */
export interface Phrase {
  /** The infinitive. */
  readonly verb: string
  readonly rest: string
  /** What did not happen if it was not run: `nothing was written`. */
  readonly undone: string
}

/** Its three parts. */
export const phrase = (verb: string, rest: string, undone: string): Phrase => ({ verb, rest, undone })

/** An argument by its name. */
export const arg = (call: DecodedCall, name: string): DecodedArg | undefined => call.args.find((one) => one.name === name)
/** It as a narrow column has it. */
export const text = (call: DecodedCall, name: string): string => arg(call, name)?.brief ?? '?'
/** Its register. */
export const big = (call: DecodedCall, name: string): bigint => arg(call, name)?.raw ?? 0n

/** `fd 1, which is stdout`, for the end of a sentence. */
export const fd = (call: DecodedCall, name = 'fd'): string => {
  const found = arg(call, name)
  return found === undefined
    ? 'a descriptor'
    : `fd ${found.text}${found.note === undefined ? '' : `, which is ${found.note}`}`
}

/** What only asks for something. */
export const asks = (what: string): Phrase => phrase('ask', what, 'the kernel was not asked')
