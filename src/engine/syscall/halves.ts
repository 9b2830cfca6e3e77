import type { Call, Handler as Typed } from './handled.ts'
import type { Arg, Caller, RunResult } from './row.ts'

/** `run` of a row, whose arguments fit what is read for them. */
type Handler = (caller: Caller, ...args: (number | bigint)[]) => RunResult

/** The value of one argument, of its two halves. */
type Read = (halves: Int32Array, i: number) => number | bigint

const HIGH = 0x1_0000_0000

const u32: Read = (halves, i) => (halves[2 * i] as number) >>> 0
const i32: Read = (halves, i) => halves[2 * i] as number
const signed: Read = (halves, i) => (halves[2 * i + 1] as number) * HIGH + ((halves[2 * i] as number) >>> 0)
const unsigned: Read = (halves, i) => ((halves[2 * i + 1] as number) >>> 0) * HIGH + ((halves[2 * i] as number) >>> 0)
const whole: Read = (halves, i) => (BigInt((halves[2 * i + 1] as number) >>> 0) << 32n) | BigInt((halves[2 * i] as number) >>> 0)

const readerOf = ({ as, show }: Arg): Read => {
  if (as === 'u32') return u32
  if (as === 'i32') return i32
  if (as === 'bigint') return whole
  return show.kind === 'offset' ? signed : unsigned
}

/**
 * A handler that takes its arguments from the registers. Every call of every guest goes through here: what can be
 * known of the row is decided once, and a spread, which would allocate, is made for nobody but the longest.
 */
export const withHalves = (args: readonly Arg[], handler: Typed): Call => {
  const run = handler as Handler
  if (args.every(({ as }) => as === 'u32')) return allSmall(args.length, run)
  const reads = args.map(readerOf)
  const [a, b, c, d] = reads as [Read, Read, Read, Read]
  switch (args.length) {
    case 2:
      return (caller, halves) => run(caller, a(halves, 0), b(halves, 1))
    case 3:
      return (caller, halves) => run(caller, a(halves, 0), b(halves, 1), c(halves, 2))
    case 4:
      return (caller, halves) => run(caller, a(halves, 0), b(halves, 1), c(halves, 2), d(halves, 3))
    default:
      return (caller, halves) => run(caller, ...reads.map((read, i) => read(halves, i)))
  }
}

const low = (halves: Int32Array, i: number): number => (halves[2 * i] as number) >>> 0

const allSmall = (count: number, run: Handler): Call => {
  switch (count) {
    case 0:
      return (caller) => run(caller)
    case 1:
      return (caller, h) => run(caller, low(h, 0))
    case 2:
      return (caller, h) => run(caller, low(h, 0), low(h, 1))
    case 3:
      return (caller, h) => run(caller, low(h, 0), low(h, 1), low(h, 2))
    case 4:
      return (caller, h) => run(caller, low(h, 0), low(h, 1), low(h, 2), low(h, 3))
    case 9:
      return (caller, h) =>
        run(caller, low(h, 0), low(h, 1), low(h, 2), low(h, 3), low(h, 4), low(h, 5), low(h, 6), low(h, 7), low(h, 8))
    default:
      return (caller, h) => run(caller, ...Array.from({ length: count }, (_, i) => low(h, i)))
  }
}
