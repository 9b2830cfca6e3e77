/**
 * The meter of a script: the compiled script calls it at every statement, loop and call (wasm/script/instrument.ts),
 * so that the machine always knows the line, can end any loop, and counts instead of timing.
 */

/** Nested calls of a script: deterministic, and far below the stack of any engine. */
export const CALL_DEPTH = 2000

/** Thrown into a script that is to end; it passes every `catch` and is no value that a script could make. */
export class ScriptEnd {
  readonly why: 'stopped' | 'endless' | 'overflow' | 'failed'
  constructor(why: ScriptEnd['why']) {
    this.why = why
  }
}

const ENGINE_OVERFLOW = /call stack|too much recursion|stack overflow|stack space/i

interface PowerReference {
  readonly object: Record<PropertyKey, unknown>
  readonly key: PropertyKey
  readonly value: unknown
}

export interface TicksOptions {
  /** Ticks that a script may take between two conversations with the kernel. */
  readonly limit: number
  /** Numbers to a power, the same in every engine. */
  readonly pow: (base: number, exponent: number) => number
  /** Makes a caught error of the engine's look the same in every engine (wasm/script/error.ts). */
  readonly tame?: (error: unknown) => unknown
}

/** One script's meter. Its arrow properties are the hooks that the compiled script imports. */
export class Ticks {
  /** Line that runs, from 1; 0 before the first. */
  line = 0
  /** All ticks so far. */
  total = 0
  #since = 0
  #depth = 0
  #end: ScriptEnd | undefined
  readonly #limit: number
  readonly #pow: TicksOptions['pow']
  readonly #tame: (error: unknown) => unknown
  readonly #held: unknown[] = []

  constructor(options: TicksOptions) {
    this.#limit = options.limit
    this.#pow = options.pow
    this.#tame = options.tame ?? ((error) => error)
  }

  /** From now on every tick throws. */
  stop(why: ScriptEnd['why']): ScriptEnd {
    this.#end ??= new ScriptEnd(why)
    return this.#end
  }

  /** Why the script was stopped, if it was. */
  get ended(): ScriptEnd | undefined {
    return this.#end
  }

  /** The script talked to the kernel: its count starts again. Throws if it has been stopped. */
  conversation(): void {
    if (this.#end !== undefined) throw this.#end
    this.#since = this.total
  }

  /** The depth of calls of the module's own statements. */
  readonly base = 0
  readonly meta: object = Object.freeze({ __proto__: null, url: 'script.ts' })

  readonly tick = (line: number, depth: number): void => {
    this.line = line
    this.#depth = depth
    this.#count()
  }

  /** A call begins; its depth. */
  readonly enter = (line: number): number => {
    this.line = line
    this.#count()
    if (this.#depth >= CALL_DEPTH) throw new RangeError(`more than ${CALL_DEPTH} calls within one another`)
    return ++this.#depth
  }

  readonly leave = (depth: number): void => {
    this.#depth = depth - 1
  }

  /** A value computed outside of any body. */
  readonly guard = (depth: number, value: unknown): unknown => {
    this.#depth = depth - 1
    return value
  }

  /** The operand of `await` or `yield`: the caller goes on. */
  readonly rest = (value: unknown, depth: number): unknown => {
    this.#depth = depth - 1
    return value
  }

  /** A generator goes on, called from wherever. */
  readonly resumed = (): number => ++this.#depth
  readonly again = (value: unknown): unknown => value

  /** Sees every caught value first. */
  readonly caught = (error: unknown): unknown => {
    if (this.#end !== undefined) throw this.#end
    if (error instanceof Error && ENGINE_OVERFLOW.test(error.message) && !(error.message.startsWith('more than'))) {
      throw this.stop('overflow')
    }
    return this.#tame(error)
  }

  readonly pow = (base: unknown, exponent: unknown): number | bigint => {
    const left = toNumeric(base)
    const right = toNumeric(exponent)
    if (typeof left === 'number' && typeof right === 'number') return this.#pow(left, right)
    if (typeof left === 'bigint' && typeof right === 'bigint') return left ** right
    throw new TypeError('** cannot mix a BigInt and a Number')
  }

  /** `object[key] **= value` in two steps. */
  readonly powOf = (object: Record<PropertyKey, unknown>, key: unknown): PowerReference => {
    const name = typeof key === 'symbol' ? key : String(key)
    return { object, key: name, value: object[name] }
  }
  readonly powTo = (reference: PowerReference, exponent: unknown): number | bigint => {
    const result = this.pow(reference.value, exponent)
    reference.object[reference.key] = result
    return result
  }

  /** Keeps the object or (as property key) the key of a target while it is read and then written. */
  readonly hold = (value: unknown, isKey = false): unknown => {
    const kept = isKey && typeof value !== 'symbol' ? String(value) : value
    this.#held.push(kept)
    return kept
  }
  readonly held = (): unknown => this.#held.pop()

  #count(): void {
    this.total++
    if (this.#end !== undefined) throw this.#end
    if (this.total - this.#since > this.#limit) throw this.stop('endless')
  }
}

/** ToNumeric of ECMA-262, 7.1.3, which only operators like `-` do without mixing kinds. */
const toNumeric = (value: unknown): number | bigint => -(-(value as number))
