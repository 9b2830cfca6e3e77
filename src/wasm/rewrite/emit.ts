import type { BodyDecoder } from './body.ts'
import type { Writer } from './bytes.ts'
import { EDIT } from './edit.ts'
import { frameBytes } from './frame.ts'
import { LEAF_BYTES } from './limit.ts'
import { Shape } from './opcode.ts'
import type { FunctionType } from './module.ts'

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
}

const OP = {
  unreachable: 0x00,
  if: 0x04,
  end: 0x0b,
  call: 0x10,
  select: 0x1b,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  i32Const: 0x41,
  i32Lt: 0x48,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i32ShrU: 0x76,
} as const
const EMPTY = 0x40
const I32 = 0x7f

/** Per shape: the type of a local for it, the canonical NaN as a constant, the instruction that finds values equal to themselves, and the choice. */
const CANON: Readonly<Record<number, { type: number; nan: readonly number[]; equal: readonly number[]; choose: readonly number[] }>> = {
  [Shape.f32]: { type: 0x7d, nan: [0x43, 0, 0, 0xc0, 0x7f], equal: [0x5b], choose: [OP.select] },
  [Shape.f64]: { type: 0x7c, nan: [0x44, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f], equal: [0x61], choose: [OP.select] },
  [Shape.f32x4]: {
    type: 0x7b,
    nan: [0xfd, 12, ...Array.from({ length: 4 }, () => [0, 0, 0xc0, 0x7f]).flat()],
    equal: [0xfd, 65],
    choose: [0xfd, 82],
  },
  [Shape.f64x2]: {
    type: 0x7b,
    nan: [0xfd, 12, ...Array.from({ length: 2 }, () => [0, 0, 0, 0, 0, 0, 0xf8, 0x7f]).flat()],
    equal: [0xfd, 71],
    choose: [0xfd, 82],
  },
}

/** Writes function bodies as their edits say. */
export class BodyEmitter {
  private readonly out: Writer
  private readonly added: Added
  private readonly charges: boolean
  private readonly counts: boolean
  // Of the function being written: indices of added locals, its frame's size, and whether it counts its frame from the start.
  private left = 0
  private fuel = 0
  private length = 0
  private readonly spare = [0, 0, 0, 0, 0]
  private bytes = 0
  private framed = false

  constructor(out: Writer, added: Added) {
    this.out = out
    this.added = added
    this.charges = added.fuel >= 0
    this.counts = added.stack >= 0
  }

  /** Writes the body that `body` has just decoded from `source`, and which ends at `end`, without its size. */
  emit(source: Uint8Array, end: number, body: BodyDecoder, type: FunctionType): void {
    const { out } = this
    this.bytes = frameBytes(body, type)
    this.framed = this.counts && (body.calls > 0 || this.bytes > LEAF_BYTES)
    this.locals(source, body)
    this.prologue(body)
    const { at, kind, argument, skip, length } = body.edits
    let from = body.codeAt
    let cachedUntil = 0
    for (let index = 0; index < length; index++) {
      const what = kind[index]!
      if (what === EDIT.none) continue
      const place = at[index]!
      if (what === EDIT.cache) {
        if (place < cachedUntil) continue
        cachedUntil = argument[index]!
      }
      out.copy(source, from, place)
      this.edit(what, argument[index]!)
      from = place + skip[index]!
    }
    out.copy(source, from, end)
  }

  private locals(source: Uint8Array, body: BodyDecoder): void {
    const { out } = this
    let integers = 0
    let next = body.localCount
    const ticks = this.charges && (body.calls > 0 || body.hasLoop || body.hasBulk)
    if (this.framed || (this.counts && ticks)) {
      this.left = next++
      integers++
    }
    if (ticks) {
      this.fuel = next++
      integers++
    }
    if (this.charges && body.hasBulk) {
      this.length = next++
      integers++
    }
    const shapes = body.canonShapes
    const types: number[] = []
    for (const shape of [Shape.f32, Shape.f64, Shape.f32x4, Shape.f64x2]) {
      if ((shapes & (1 << shape)) === 0) continue
      types.push(CANON[shape]!.type)
      this.spare[shape] = next++
    }
    out.u32(body.groups + (integers > 0 ? 1 : 0) + types.length)
    out.copy(source, body.groupsAt, body.codeAt)
    if (integers > 0) {
      out.u32(integers)
      out.u8(I32)
    }
    for (const local of types) {
      out.u8(1)
      out.u8(local)
    }
  }

  private op(opcode: number, index: number): void {
    this.out.u8(opcode)
    this.out.u32(index)
  }

  private constant(value: number): void {
    this.out.u8(OP.i32Const)
    this.out.s32(value)
  }

  private prologue(body: BodyDecoder): void {
    const { out, added } = this
    if (this.framed) {
      this.op(OP.globalGet, added.stack)
      this.constant(this.bytes)
      out.u8(OP.i32Sub)
      this.op(OP.localTee, this.left)
      this.constant(0)
      out.u8(OP.i32Lt)
      out.u8(OP.if)
      out.u8(EMPTY)
      this.op(OP.call, added.overflow)
      out.u8(OP.unreachable)
      out.u8(OP.end)
    }
    if (this.charges && body.calls > 0) this.charge(false)
  }

  /** One tick. `cached`: the local holds the fuel already, and must go on to. */
  private charge(cached: boolean): void {
    if (cached) this.op(OP.localGet, this.fuel)
    else this.op(OP.globalGet, this.added.fuel)
    this.constant(1)
    this.out.u8(OP.i32Sub)
    this.spend(cached)
  }

  /** What is left of the fuel is on the stack: keeps it, and calls `tick` if it is below zero. */
  private spend(reload: boolean): void {
    const { out, added } = this
    this.op(OP.localTee, this.fuel)
    this.op(OP.globalSet, added.fuel)
    this.op(OP.localGet, this.fuel)
    this.constant(0)
    out.u8(OP.i32Lt)
    out.u8(OP.if)
    out.u8(EMPTY)
    this.tick()
    if (reload) {
      this.op(OP.globalGet, added.fuel)
      this.op(OP.localSet, this.fuel)
    }
    out.u8(OP.end)
  }

  /** Calls `tick`, from which a handler may run: it gets what this frame leaves of the stack. */
  private tick(): void {
    const { out, added } = this
    if (this.framed) {
      this.frame()
      this.op(OP.call, added.tick)
      return
    }
    this.op(OP.globalGet, added.stack)
    this.op(OP.localTee, this.left)
    this.constant(this.bytes)
    out.u8(OP.i32Sub)
    this.op(OP.globalSet, added.stack)
    this.op(OP.call, added.tick)
    this.op(OP.localGet, this.left)
    this.op(OP.globalSet, added.stack)
  }

  private frame(): void {
    this.op(OP.localGet, this.left)
    this.op(OP.globalSet, this.added.stack)
  }

  private edit(what: number, argument: number): void {
    const { out, added } = this
    switch (what) {
      case EDIT.functionIndex:
        return out.u32(argument < added.imported ? argument : argument + added.functionShift)
      case EDIT.globalIndex:
        return out.u32(argument + added.globalShift)
      case EDIT.grow:
        return this.op(OP.call, added.grow)
      case EDIT.frame:
        return this.frame()
      case EDIT.unframe:
        this.op(OP.localGet, this.left)
        this.constant(this.bytes)
        out.u8(OP.i32Add)
        return this.op(OP.globalSet, added.stack)
      case EDIT.charge:
        return this.charge(argument === 1)
      case EDIT.cache:
        this.op(OP.globalGet, added.fuel)
        return this.op(OP.localSet, this.fuel)
      case EDIT.bulk:
        this.op(OP.localTee, this.length)
        this.op(OP.globalGet, added.fuel)
        this.op(OP.localGet, this.length)
        this.constant(argument)
        out.u8(OP.i32ShrU)
        out.u8(OP.i32Sub)
        return this.spend(true)
      case EDIT.canon:
        return this.canon(argument)
    }
  }

  private canon(shape: number): void {
    const { out } = this
    const spare = this.spare[shape]!
    const { nan, equal, choose } = CANON[shape]!
    this.op(OP.localTee, spare)
    out.raw(nan)
    this.op(OP.localGet, spare)
    this.op(OP.localGet, spare)
    out.raw(equal)
    out.raw(choose)
  }
}
