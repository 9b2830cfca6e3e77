import type { Caller, Row, RunResult } from './row.ts'
import { withHalves } from './halves.ts'

/** A row, and what the kernel does for it. Only the kernel's side knows these: who shows calls reads rows. */
export interface Handled extends Row {
  readonly run: Handler
  /** `run` on the arguments as they stand in the registers: `withHalves(args, run)`. */
  readonly call: Call
}

/** A handler whose arguments fit its row's, which the types of the tables have seen to. */
export type Handler = (caller: Caller, ...args: never[]) => RunResult
export type Call = (caller: Caller, halves: Int32Array) => RunResult

/**
 * Puts a handler to each row.
 *
 * @param handlers has all of them: its type is `Handlers` of the table that the rows are of
 * @param direct code of their own for some rows: the same as `withHalves` makes of their handlers
 */
export const handle = (
  rows: readonly Row[], handlers: Readonly<Record<string, Handler>>, direct: Readonly<Record<string, Call | undefined>> = {},
): readonly Handled[] =>
  rows.map((row) => {
    const run = handlers[row.name] as Handler
    return { ...row, run, call: direct[row.name] ?? withHalves(row.args, run) }
  })
