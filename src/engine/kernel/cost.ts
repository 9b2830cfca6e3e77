import type { Nanoseconds } from './clock.ts'

/** What things cost in virtual time. Fixed tables of the engine version: a change is a new version. */

/** A loop turn or a function entry of a guest. */
export const TICK_COST: Nanoseconds = 2
/** A call, whatever it does; about what a getpid costs on Linux with mitigations. */
export const CALL_COST: Nanoseconds = 500
/** A ptrace-stop: two switches between tracer and tracee. */
export const STOP_COST: Nanoseconds = 2_000
/** A request of a tracer, which is a call of its own. */
export const REQUEST_COST: Nanoseconds = 500

/** Ticks that a guest may run before the kernel looks who else wants to. */
export const SLICE_TICKS = 2 ** 22
/** The same for one that calls more than it computes. */
export const SLICE_TIME: Nanoseconds = SLICE_TICKS * TICK_COST
/** How often the longest slice may be halved under a schedule of its own: then it is two calls long. */
export const SLICE_HALVINGS = 13
/** The machine awaits a macrotask after so many entries into the kernel … */
export const YIELD_ENTRIES = 2_048
/** … or so many ticks. */
export const YIELD_TICKS = 2 ** 24

/** Processes at a time (RLIMIT_NPROC): a renderer allows 124 live memories. */
export const PROCESS_LIMIT = 64
