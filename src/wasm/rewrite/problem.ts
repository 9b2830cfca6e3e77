import { Malformed } from './bytes.ts'

/** Why a file cannot be run as a guest. `sentence` is for people; `offset` is a place in the file, in bytes. */
export interface Problem {
  readonly kind: ProblemKind
  readonly sentence: string
  readonly offset?: number
}

export type ProblemKind =
  | 'not-wasm'
  | 'version'
  | 'component'
  | 'object-file'
  | 'too-large'
  | 'malformed'
  | 'reactor'
  | 'no-start'
  | 'toolchain'
  | 'memory64'
  | 'several-memories'
  | 'memory-size'
  | 'table-size'
  | 'import-kind'
  | 'import-type'
  | 'reserved-name'
  | 'relaxed-simd'
  | 'unsupported'

export type Result<Value, Why = Problem> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: Why }

/** Thrown inside this folder for a module that is well formed and yet cannot be taken. */
export class Refused extends Error {
  readonly problem: Problem

  constructor(kind: ProblemKind, sentence: string, offset?: number) {
    super(sentence)
    this.problem = offset === undefined ? { kind, sentence } : { kind, sentence, offset }
  }
}

const hex = (offset: number): string => `0x${offset.toString(16)}`

/** Runs a reader of hostile bytes: what it throws about them becomes a Problem. */
export function guarded<Value>(read: () => Value): Result<Value> {
  try {
    return { ok: true, value: read() }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, problem: error.problem }
    if (!(error instanceof Malformed)) throw error
    const sentence = `This is not a valid WebAssembly module: at ${hex(error.offset)} ${error.message}.`
    return { ok: false, problem: { kind: 'malformed', sentence, offset: error.offset } }
  }
}
