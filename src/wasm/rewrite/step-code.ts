import type { Writer } from './bytes.ts'
import { CANON } from './canon.ts'
import { type Added, OP } from './added.ts'
import { MAX_BODY_BYTES, MAX_STEP_BYTES } from './limit.ts'
import type { ShownLocal } from './local.ts'
import type { ValType } from './module.ts'
import { Shape } from './opcode.ts'
import { Refused } from './problem.ts'

const EMPTY = 0x40
const EXTEND_U = 0xad
const IS_NULL = 0xd1

/** What makes an i64 of a value; of a v128, of one lane. */
const AS_I64: Readonly<Record<ValType, readonly (readonly number[])[]>> = {
  i32: [[EXTEND_U]],
  i64: [[]],
  f32: [[0xbc, EXTEND_U]],
  f64: [[0xbd]],
  v128: [
    [0xfd, 0x1d, 0],
    [0xfd, 0x1d, 1],
  ],
  funcref: [[IS_NULL, OP.i32Eqz, EXTEND_U]],
  externref: [[IS_NULL, OP.i32Eqz, EXTEND_U]],
  exnref: [[IS_NULL, OP.i32Eqz, EXTEND_U]],
}

/** What a function that is stepped must have told of it. */
export interface Stepped {
  /** Its index in the original. */
  readonly index: number
  readonly shown: readonly ShownLocal[]
  /** Of each of these that may hold a NaN of the engine's choice, its Shape. */
  readonly shapes: readonly number[]
  /** Locals of ours: its depth; and what is left of the stack, −1 where it isn't counted. */
  readonly depth: number
  readonly left: number
}

/** Writes the steps of a function: `if stepping { show what is stale; step(pc, function) }`. */
export class StepWriter {
  private readonly out: Writer
  private readonly added: Added
  private readonly codeStart: number
  private readonly bodies: number

  /** @param codeStart where the original's code section begins: what offsets in it count from */
  constructor(out: Writer, added: Added, codeStart: number) {
    this.out = out
    this.added = added
    this.codeStart = codeStart
    this.bodies = out.length
  }

  private op(opcode: number, index: number): void {
    this.out.u8(opcode)
    this.out.u32(index)
  }

  /** At the entry: one deeper than the caller. */
  enter(depth: number): void {
    const { out, added } = this
    this.op(OP.globalGet, added.depth)
    out.raw([OP.i32Const, 1, OP.i32Add])
    this.op(OP.localSet, depth)
  }

  /** Before what is called: a tail call (`less` 1) stands where its caller stood. */
  leave(depth: number, less: number): void {
    const { out, added } = this
    this.op(OP.localGet, depth)
    if (less > 0) out.raw([OP.i32Const, less, OP.i32Sub])
    this.op(OP.globalSet, added.depth)
  }

  /**
   * Before the instruction at `at` in the file: with `low` and `high` the locals that are stale there (Steps). The body
   * begins at `bodyAt` in what is written; `unlikely` takes the places of branches that an engine should move away.
   */
  step(at: number, low: number, high: number, stepped: Stepped, bodyAt: number, unlikely: number[]): void {
    const { out, added } = this
    const { index, shown, shapes, depth, left } = stepped
    this.op(OP.globalGet, added.stepping)
    unlikely.push(out.length - bodyAt)
    out.raw([OP.if, EMPTY])
    for (let local = 0; local < shown.length; local++) {
      const isStale = ((local < 32 ? low : high) >>> (local & 31)) & 1
      if (isStale === 1) this.show(local, shown[local]!, shapes[local]!)
    }
    if ((low & high) === -1) {
      this.leave(depth, 0)
      if (left >= 0) {
        this.op(OP.localGet, left)
        this.op(OP.globalSet, added.stack)
      }
    }
    out.u8(OP.i32Const)
    out.s32(at - this.codeStart)
    out.u8(OP.i32Const)
    out.s32(index)
    this.op(OP.call, added.step)
    out.u8(OP.end)
    if (out.length - bodyAt > MAX_BODY_BYTES || out.length - this.bodies > MAX_STEP_BYTES) {
      throw new Refused('too-large', 'This module is too large to be run step by step.', at)
    }
  }

  private show(local: number, { type, slot }: ShownLocal, shape: number): void {
    const { out, added } = this
    for (const [half, convert] of AS_I64[type].entries()) {
      this.op(OP.localGet, local)
      if (shape !== Shape.none) {
        const { nan, equal, choose } = CANON[shape]!
        out.raw(nan)
        this.op(OP.localGet, local)
        this.op(OP.localGet, local)
        out.raw(equal)
        out.raw(choose)
      }
      out.raw(convert)
      this.op(OP.globalSet, added.shown + slot + half)
    }
  }
}
