// Numbers that a run depends on: to change one is to change the engine version.

/** No file above this is looked at. Bytes. */
export const MAX_MODULE_BYTES = 128 * 1024 * 1024
/** The size that no guest's memory grows beyond, in pages of 64 KiB: 1 GiB. */
export const MAX_PAGES = 16384
/** The size that no table grows beyond, in entries. */
export const MAX_TABLE_ENTRIES = 1 << 20
export const MAX_TABLES = 16
/** WebAssembly JavaScript Interface, "Implementation-defined Limits". */
export const MAX_LOCALS = 50_000
export const MAX_ARITY = 1000
/** How many operands a function may have on its stack at once. */
export const MAX_OPERANDS = 100_000

/**
 * What a stack may hold, in the bytes that `frameBytes` estimates. Engines give 984 KB (V8) and 1 MiB (SpiderMonkey);
 * what is left over is for the frames that aren't counted: leaf functions, trampolines, the engine's own.
 */
export const STACK_BYTES = 840 * 1024
/** A function that calls nothing counts its frame only if it is larger than this. */
export const LEAF_BYTES = 2048

/** How many globals there are to show locals in when a guest is stepped. */
export const SHOWN_SLOTS = 64
/** The largest function that an engine takes: WebAssembly JavaScript Interface, "Implementation-defined Limits". */
export const MAX_BODY_BYTES = 7_654_321
/** How large the code of a module may become that is stepped. Engines take modules of 1 GiB. */
export const MAX_STEP_BYTES = 768 * 1024 * 1024

/** One tick for this many bytes of a bulk memory instruction, as a power of two. */
export const BULK_BYTES_SHIFT = 6
/** One tick for this many entries of a bulk table instruction, as a power of two. */
export const BULK_ENTRIES_SHIFT = 3
