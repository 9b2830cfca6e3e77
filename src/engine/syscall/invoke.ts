import type { Arg, CallResult, Caller, Row } from './row.ts'

type Handler = (caller: Caller, ...args: (number | bigint)[]) => CallResult

/** Runs a row's handler on the arguments as they stand in the registers. */
export const invoke = (row: Row, caller: Caller, halves: Int32Array): CallResult => {
  const { args } = row
  const run = row.run as Handler
  // One case for each number of arguments: a spread would allocate at every call.
  switch (args.length) {
    case 0:
      return run(caller)
    case 1:
      return run(caller, value(args, halves, 0))
    case 2:
      return run(caller, value(args, halves, 0), value(args, halves, 1))
    case 3:
      return run(caller, value(args, halves, 0), value(args, halves, 1), value(args, halves, 2))
    case 4:
      return run(caller, value(args, halves, 0), value(args, halves, 1), value(args, halves, 2), value(args, halves, 3))
    default:
      return run(caller, ...args.map((_, i) => value(args, halves, i)))
  }
}

const value = (args: readonly Arg[], halves: Int32Array, i: number): number | bigint => {
  const lo = halves[2 * i] as number
  const arg = args[i] as Arg
  if (arg.as === 'u32') return lo >>> 0
  const hi = halves[2 * i + 1] as number
  return arg.as === 'f64'
    ? (arg.show.kind === 'offset' ? hi : hi >>> 0) * 0x1_0000_0000 + (lo >>> 0)
    : (BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0)
}
