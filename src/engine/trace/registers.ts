import type { PayloadReader, PayloadWriter } from './payload.ts'

/** The arguments a call can have: path_open has nine. */
export const ARGS = 9

/** The registers of a stopped task, as GETREGS shows them (abi.md); a value, never the live ones. */
export interface Registers {
  readonly args: readonly bigint[]
  readonly pc: number
  readonly sp: number
  readonly fp: number
}

/** Writes arguments (as 32-bit halves, low first) and the bookkeeping registers. Trailing zero arguments are left out. */
export const writeRegisters = (out: PayloadWriter, halves: Int32Array, pc: number, sp: number, fp: number): void => {
  let count = ARGS
  while (count > 0 && halves[2 * count - 2] === 0 && halves[2 * count - 1] === 0) count--
  out.number(count)
  for (let i = 0; i < count; i++) out.halves(halves[2 * i] as number, halves[2 * i + 1] as number)
  out.number(pc)
  out.number(sp)
  out.number(fp)
}

export const readRegisters = (from: PayloadReader): Registers => {
  const count = Math.min(from.number(), ARGS)
  const args: bigint[] = []
  for (let i = 0; i < count; i++) args.push(from.big())
  while (args.length < ARGS) args.push(0n)
  return { args, pc: from.number(), sp: from.number(), fp: from.number() }
}
