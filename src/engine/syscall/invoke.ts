import type { Handled } from './handled.ts'
import type { RunResult, Caller } from './row.ts'

/** Runs a row's handler on the arguments as they stand in the registers. */
export const invoke = (row: Handled, caller: Caller, halves: Int32Array): RunResult => row.call(caller, halves)
