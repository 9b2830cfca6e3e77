import type { DecodedCall } from '../decode/call.ts'
import type { DecodedArg } from '../decode/arg.ts'
import type { Value } from '../decode/value.ts'

type ByName<T> = Readonly<Record<string, T>>

/** A call as a script reads it. Its arguments are decoded when first asked for: to look at names costs nothing. */
export class Call {
  readonly name: string
  readonly nr: number
  /** The table of the number: `wasi_snapshot_preview1` or `linux`. */
  readonly arch: string
  readonly class: string
  /** At an exit: the result register, and the name of the errno if it is one. */
  readonly ret: number | undefined
  readonly error: string | undefined
  readonly #decoded: DecodedCall
  #args: ByName<Value> | undefined

  constructor(decoded: DecodedCall) {
    this.name = decoded.name
    this.nr = decoded.nr
    this.arch = decoded.arch
    this.class = decoded.row?.class ?? 'process'
    this.ret = decoded.result.raw
    this.error = decoded.result.errno
    this.#decoded = decoded
  }

  /** By name: a number, a path's text, the elements of an iovec, of an output its address. */
  get args(): ByName<Value> {
    return (this.#args ??= byName(this.#decoded.args, (arg) => arg.value))
  }

  /** By name: the registers. */
  get raw(): ByName<number> {
    return byName(this.#decoded.args, (arg) => Number(arg.raw))
  }

  /** By name, at an exit: what the call wrote. */
  get out(): ByName<Value> {
    return byName(this.#decoded.args.filter((arg) => arg.out !== undefined), (arg) => arg.out as Value)
  }

  /** Names and values, for printing. */
  static entriesOf(call: Call): readonly (readonly [string, unknown])[] {
    const { name, nr, arch, args, raw, out, ret, error } = call
    return Object.entries({ name, nr, arch, class: call.class, args, raw, out, ret, error })
  }
}

const byName = <T>(args: readonly DecodedArg[], pick: (arg: DecodedArg) => T): ByName<T> => {
  const found: Record<string, T> = {}
  for (const arg of args) found[arg.name] = pick(arg)
  return found
}
