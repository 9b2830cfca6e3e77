import type { RunResult, Caller, Row } from './row.ts'

/** Runs a row's handler on the arguments as they stand in the registers. */
export const invoke = (row: Row, caller: Caller, halves: Int32Array): RunResult => row.call(caller, halves)
