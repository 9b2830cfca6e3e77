import type { Vcpu } from '../ports.ts'
import type { Handled } from './handled.ts'
import type { Caller, RunResult } from './row.ts'

/**
 * Runs one call as it stands in the registers and gives its result. `invoke` does it by the kernel's own handlers;
 * another implementation of WASI may do it in their stead. The row only says what the arguments are.
 */
export type Executor = (row: Handled, caller: Caller, halves: Int32Array) => RunResult

/**
 * Another implementation of WASI that executes the calls of a run (recipe: `host`). Stops, tags, signals and the
 * recorder stay the kernel's: what is executed is all that it takes over.
 */
export interface ForeignHost {
  /** A process has been made and not run yet. */
  adopt(caller: Caller, vcpu: Vcpu): void
  /** It will not run again, and its memory is free. */
  release(caller: Caller): void
  /** Notes in the caller's memory what the call wrote there. Never throws: a host that breaks ends the run by itself. */
  readonly execute: Executor
}
