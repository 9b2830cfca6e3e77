import { type Added, OP } from './added.ts'
import type { BodyDecoder } from './body.ts'
import type { Writer } from './bytes.ts'
import { CANON } from './canon.ts'
import { CHARGE, EDIT, WRAP_LABELS } from './edit.ts'
import { frameBytes } from './frame.ts'
import { LEAF_BYTES } from './limit.ts'
import { Shape } from './opcode.ts'
import type { CodeMarks } from './mark.ts'
import type { FunctionType } from './module.ts'
import { type Stepped, StepWriter } from './step-code.ts'
import { WatchWriter } from './watch-code.ts'

const EMPTY = 0x40
const I32 = 0x7f

/** Writes function bodies as their edits say. */
export class BodyEmitter {
  private readonly out: Writer
  private readonly added: Added
  private readonly charges: boolean
  private readonly counts: boolean
  private readonly steps: StepWriter | undefined
  private readonly watches: WatchWriter | undefined
  // Of the function being written: indices of added locals, its frame's size, and whether it counts its frame from the
  // start.
  private left = 0
  private fuel = 0
  private length = 0
  private readonly spare = [0, 0, 0, 0, 0]
  private bytes = 0
  private framed = false
  private depth = 0
  private stepped: Stepped | undefined
  private bodyAt = 0
  /** By what it writes, where it comes from, if somebody asked for it. */
  private readonly marks: CodeMarks | undefined
  /** Where the `if`s of the last body are that are hardly ever entered, from its start (its locals) on. */
  readonly unlikely: number[] = []

  /**
   * @param codeStart where the original's code section begins
   * @param marks takes for the last body which instruction each piece of it stands for
   */
  constructor(out: Writer, added: Added, codeStart: number, marks?: CodeMarks) {
    this.out = out
    this.marks = marks
    this.added = added
    this.charges = added.fuel >= 0
    this.counts = added.stack >= 0
    this.steps = added.step < 0 ? undefined : new StepWriter(out, added, codeStart)
    this.watches = added.watched < 0 ? undefined : new WatchWriter(out, added, codeStart)
  }

  /** Writes the body that `body` has just decoded from `source`, and which ends at `end`, without its size. */
  emit(source: Uint8Array, end: number, body: BodyDecoder, type: FunctionType): void {
    const { out } = this
    this.bodyAt = out.length
    this.unlikely.length = 0
    this.bytes = frameBytes(body, type, end - body.codeAt)
    this.framed = this.counts && (body.calls > 0 || this.bytes > LEAF_BYTES)
    this.locals(source, body)
    if (this.steps !== undefined) {
      const left = this.framed ? this.left : -1
      this.stepped = { index: body.index, shown: body.shown, shapes: body.shownShapes(), depth: this.depth, left }
      this.steps.enter(this.depth)
    }
    this.prologue(body)
    const { marks } = this
    marks?.begin(body.codeAt)
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
      if (place > from) marks?.copied(out.length - this.bodyAt, from)
      out.copy(source, from, place)
      marks?.added(out.length - this.bodyAt, this.origin(what, argument[index]!, place, body))
      if (what === EDIT.step) this.step(place, body.stale, argument[index]!)
      else if (what === EDIT.store) this.watches?.before(body.stores[argument[index]!]!)
      else if (what === EDIT.stored) this.watches?.after(body.stores[argument[index]!]!, this.bodyAt, this.unlikely)
      else this.edit(what, argument[index]!)
      from = place + skip[index]!
    }
    marks?.copied(out.length - this.bodyAt, from)
    out.copy(source, from, end)
  }

  /** The instruction that an edit at `place` stands for. */
  private origin(what: number, argument: number, place: number, body: BodyDecoder): number {
    if (what === EDIT.unwrap) return argument
    return what === EDIT.stored ? body.stores[argument]!.at : place
  }

  private locals(source: Uint8Array, body: BodyDecoder): void {
    const { out } = this
    let integers = 0
    let next = body.localCount
    const ticks = this.charges && (body.calls > 0 || body.hasLoop || body.hasBulk)
    if (this.framed) {
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
    if (this.steps !== undefined) {
      this.depth = next++
      integers++
    }
    const shapes = body.canonShapes
    const types: number[] = []
    for (const shape of [Shape.f32, Shape.f64, Shape.f32x4, Shape.f64x2]) {
      if ((shapes & (1 << shape)) === 0) continue
      types.push(CANON[shape]!.type)
      this.spare[shape] = next++
    }
    for (const type of this.watches?.locals(body.stores, next) ?? []) types.push(type)
    this.watches?.begin({
      index: body.index,
      bytes: this.bytes,
      left: this.framed ? this.left : -1,
      fuel: ticks ? this.fuel : -1,
      length: this.length,
    })
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

  /** At the entry: a tick if the function calls, and its frame if it is to be counted; both are looked at together. */
  private prologue(body: BodyDecoder): void {
    const { out, added } = this
    const charges = this.charges && body.calls > 0
    if (charges) this.decrement(OP.globalGet, added.fuel)
    if (!this.framed) return
    this.op(OP.globalGet, added.stack)
    this.constant(this.bytes)
    out.u8(OP.i32Sub)
    this.op(OP.localTee, this.left)
    if (charges) {
      this.op(OP.localGet, this.fuel)
      out.u8(OP.i32Or)
    }
    this.ifNegative()
    this.slow()
    out.u8(OP.end)
  }

  /** Takes one tick from the fuel, which `get` `index` gives, and leaves it in the local and the global. */
  private decrement(get: number, index: number): void {
    this.op(get, index)
    this.constant(1)
    this.out.u8(OP.i32Sub)
    this.op(OP.localTee, this.fuel)
    this.op(OP.globalSet, this.added.fuel)
  }

  private negative(): void {
    this.constant(0)
    this.out.u8(OP.i32Lt)
    this.unlikely.push(this.out.length - this.bodyAt)
  }

  private ifNegative(): void {
    this.negative()
    this.out.raw([OP.if, EMPTY])
  }

  /** One tick at a loop head. */
  private charge(how: number): void {
    if (how === CHARGE.called) this.decrement(OP.globalGet, this.added.fuel)
    else this.decrement(OP.localGet, this.fuel)
    this.op(OP.localGet, this.fuel)
    if (how === CHARGE.outside) {
      this.negative()
      return this.op(OP.brIf, 1)
    }
    this.ifNegative()
    this.slow()
    if (how === CHARGE.cached) this.reload()
    this.out.u8(OP.end)
  }

  private reload(): void {
    this.op(OP.globalGet, this.added.fuel)
    this.op(OP.localSet, this.fuel)
  }

  /**
   * After a wrapped loop: where it left for lack of fuel `tick` is called, and the head, which takes its tick again,
   * gets it back.
   */
  private unwrap(): void {
    const { out } = this
    out.raw([OP.br, 2, OP.end])
    this.slow()
    this.op(OP.globalGet, this.added.fuel)
    this.constant(1)
    out.u8(OP.i32Add)
    this.op(OP.localSet, this.fuel)
    out.raw([OP.br, 0, OP.end, OP.end])
  }

  private bulk(shift: number): void {
    const { out, added } = this
    this.op(OP.localTee, this.length)
    this.op(OP.globalGet, added.fuel)
    this.op(OP.localGet, this.length)
    this.constant(shift)
    out.raw([OP.i32ShrU, OP.i32Sub])
    this.op(OP.localTee, this.fuel)
    this.op(OP.globalSet, added.fuel)
    this.op(OP.localGet, this.fuel)
    this.ifNegative()
    this.slow()
    this.reload()
    out.u8(OP.end)
  }

  /** The call for when fuel or stack are used up (help.ts). */
  private slow(): void {
    this.steps?.leave(this.depth, 0)
    if (this.framed) {
      this.op(OP.localGet, this.left)
      this.op(OP.call, this.added.help)
    } else {
      this.constant(this.bytes)
      this.op(OP.call, this.added.help + 1)
    }
  }

  private step(at: number, stale: readonly number[], index: number): void {
    if (this.steps === undefined || this.stepped === undefined) return
    this.steps.step(at, stale[index]!, stale[index + 1]!, this.stepped, this.bodyAt, this.unlikely)
  }

  private frame(): void {
    this.steps?.leave(this.depth, 0)
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
        this.steps?.leave(this.depth, 1)
        this.op(OP.localGet, this.left)
        this.constant(this.bytes)
        out.u8(OP.i32Add)
        return this.op(OP.globalSet, added.stack)
      case EDIT.charge:
        return this.charge(argument)
      case EDIT.cache:
        this.op(OP.globalGet, added.fuel)
        return this.op(OP.localSet, this.fuel)
      case EDIT.bulk:
        return this.bulk(argument)
      case EDIT.wrap:
        return out.raw([OP.block, EMPTY, OP.loop, EMPTY, OP.block, EMPTY])
      case EDIT.unwrap:
        return this.unwrap()
      case EDIT.label:
        return out.u32(argument + WRAP_LABELS)
      case EDIT.canon:
        return this.canon(argument)
      case EDIT.atomic:
      case EDIT.atomic + 1:
      case EDIT.atomic + 2:
        this.constant(argument)
        return this.op(OP.call, added.atomics + what - EDIT.atomic)
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
