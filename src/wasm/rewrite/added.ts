/** Where a rewritten module has what was added to it. */
export interface Added {
  /** Functions that the original imports; ours follow. */
  readonly imported: number
  readonly functionShift: number
  readonly globalShift: number
  readonly tick: number
  readonly grow: number
  readonly overflow: number
  /** Globals: what is left until the next tick, and of the stack. −1 in a build that has none. */
  readonly fuel: number
  readonly stack: number
  /** The first of the three imports that stand for instructions which sleep and wake (atomic.ts); −1 without them. */
  readonly atomics: number
  /** The import that is told of a step; −1 in a build that has none, as with the globals that follow. */
  readonly step: number
  /** Whether steps are wanted. */
  readonly stepping: number
  /** How many calls deep the guest is. */
  readonly depth: number
  /** The first of the globals that show locals. */
  readonly shown: number
  /** The import that is told of a store into what is watched; −1 in a build that has none, as with the globals. */
  readonly watched: number
  /** Where what is watched begins; its end is in the next. */
  readonly watch: number
  /** The first of our own functions (help.ts), behind the guest's. −1 in a build that has none. */
  readonly help: number
}

/** The instructions that are put in. */
export const OP = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  call: 0x10,
  select: 0x1b,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  i32Const: 0x41,
  i32Eqz: 0x45,
  i32Eq: 0x46,
  i32Ne: 0x47,
  i32Lt: 0x48,
  i32LtU: 0x49,
  i32GtU: 0x4b,
  i64Eq: 0x51,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i32And: 0x71,
  i32Or: 0x72,
  i32ShrU: 0x76,
} as const
