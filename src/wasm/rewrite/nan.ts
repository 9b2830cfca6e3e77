import { EDIT, type EditList } from './edit.ts'
import { Nan, Shape } from './opcode.ts'

/**
 * Finds out which float results must be made canonical. Values on the decoder's operand stack are numbers: a candidate
 * (≥ 0) is a result of arithmetic that may be a NaN of the engine's choice; `OPAQUE` has bits to be kept as they are;
 * `NUMBER` is no NaN.
 *
 * A candidate that only arithmetic, comparisons and truncations look at stays as it is. So does one that is kept in a
 * local that holds nothing but such results: there each `local.get` is a candidate of its own, so that an accumulator
 * is made canonical after its loop, not in it.
 */
export const OPAQUE = -1
export const NUMBER = -2

/** The shape of a vector local until something shows what it holds. */
const UNDECIDED = 5
const LOOP_WEIGHT_SHIFT = 3
const MAX_WEIGHTED_DEPTH = 8

const widened = (old: Int32Array): Int32Array<ArrayBuffer> => {
  const next = new Int32Array(old.length * 2)
  next.set(old)
  return next
}

export class NanTracker {
  private readonly edits: EditList
  private edit = new Int32Array(256)
  private shape = new Int32Array(256)
  /** The local whose value a candidate is: it needs care only while that local is deferred. −1: none. */
  private local = new Int32Array(256)
  private shown = new Int32Array(256)
  private weight = new Int32Array(256)
  private count = 0
  private setLocal = new Int32Array(256)
  private setValue = new Int32Array(256)
  private setWeight = new Int32Array(256)
  private sets = 0
  private localShape = new Uint8Array(256)
  private mixed = new Uint8Array(256)
  private gain = new Float64Array(256)
  /** How many loops are open. */
  loops = 0

  constructor(edits: EditList) {
    this.edits = edits
  }

  /**
   * Begins a function. `locals` holds a Shape for each local that may hold arithmetic results only, else 0; UNDECIDED
   * for a vector.
   */
  begin(locals: number): void {
    this.count = 0
    this.sets = 0
    this.loops = 0
    if (locals > this.localShape.length) {
      this.localShape = new Uint8Array(locals * 2)
      this.mixed = new Uint8Array(locals * 2)
      this.gain = new Float64Array(locals * 2)
    }
    this.localShape.fill(Shape.none, 0, locals)
    this.mixed.fill(0, 0, locals)
    this.gain.fill(0, 0, locals)
  }

  /**
   * Locals `from` to `to` (exclusive) are floats that start at zero. A parameter may hold anything, and is not
   * declared.
   */
  declare(from: number, to: number, type: number): void {
    const shape = type === 0x7d ? Shape.f32 : type === 0x7c ? Shape.f64 : type === 0x7b ? UNDECIDED : Shape.none
    if (shape !== Shape.none) this.localShape.fill(shape, from, to)
  }

  private candidate(at: number, shape: number, local: number): number {
    const index = this.count++
    if (index >= this.edit.length) {
      this.edit = widened(this.edit)
      this.shape = widened(this.shape)
      this.local = widened(this.local)
      this.shown = widened(this.shown)
      this.weight = widened(this.weight)
    }
    this.edit[index] = this.edits.add(at, EDIT.none, shape, 0)
    this.shape[index] = shape
    this.local[index] = local
    this.shown[index] = 0
    this.weight[index] = 1 << (LOOP_WEIGHT_SHIFT * Math.min(this.loops, MAX_WEIGHTED_DEPTH))
    return index
  }

  /** Something looks at the bits of a value. */
  show(value: number): void {
    if (value >= 0) this.shown[value] = 1
  }

  /** An instruction that doesn't tell NaNs apart takes a value as a float, or floats, of this shape. */
  private read(value: number, shape: number): void {
    if (value < 0) return
    const own = this.shape[value]!
    if (own !== UNDECIDED) {
      if (own !== shape) this.shown[value] = 1
      return
    }
    const local = this.local[value]!
    if (this.localShape[local] === UNDECIDED) this.localShape[local] = shape
    else if (this.localShape[local] !== shape) this.mixed[local] = 1
  }

  /** The result of an instruction that ends at `at`, given its operands (b: NUMBER if it has one only). */
  result(a: number, b: number, nan: number, reads: number, makes: number, at: number): number {
    if (nan === Nan.shows) {
      this.show(a)
      this.show(b)
      return OPAQUE
    }
    if (nan === Nan.number) return NUMBER
    this.read(a, reads)
    this.read(b, reads)
    if (nan === Nan.reads) return OPAQUE
    if (nan === Nan.arithmetic) return this.candidate(at, makes, -1)
    return a >= 0 ? this.candidate(at, makes, this.local[a]!) : a
  }

  /** What `select` leaves: either operand. */
  selected(a: number, b: number, at: number): number {
    if (a === NUMBER && b === NUMBER) return NUMBER
    const shapeA = a >= 0 && this.local[a]! < 0 ? this.shape[a]! : Shape.none
    const shapeB = b >= 0 && this.local[b]! < 0 ? this.shape[b]! : Shape.none
    const shape = shapeA === Shape.none ? shapeB : shapeA
    const fits = (value: number, own: number): boolean => value === NUMBER || own === shape
    if (shape !== Shape.none && fits(a, shapeA) && fits(b, shapeB)) return this.candidate(at, shape, -1)
    this.show(a)
    this.show(b)
    return OPAQUE
  }

  /** The value of a local; `at` is where the instruction ends. */
  get(local: number, at: number): number {
    const shape = this.localShape[local]!
    return shape === Shape.none || this.mixed[local] === 1 ? OPAQUE : this.candidate(at, shape, local)
  }

  /** A local is set. */
  set(local: number, value: number): void {
    const shape = this.localShape[local]!
    if (value === NUMBER) return
    if (shape === Shape.none || value === OPAQUE || this.local[value]! >= 0) {
      this.show(value)
      if (value === OPAQUE || this.local[value] !== local) this.mixed[local] = 1
      return
    }
    if (shape === UNDECIDED) this.localShape[local] = this.shape[value]!
    else if (shape !== this.shape[value]) this.mixed[local] = 1
    const index = this.sets++
    if (index >= this.setLocal.length) {
      this.setLocal = widened(this.setLocal)
      this.setValue = widened(this.setValue)
      this.setWeight = widened(this.setWeight)
    }
    this.setLocal[index] = local
    this.setValue[index] = value
    this.setWeight[index] = this.weight[value]!
  }

  /** Ends a function: switches on the edits that are needed. Returns a bit (1 << Shape) for each shape that is. */
  finish(): number {
    for (let index = 0; index < this.sets; index++) {
      if (this.shown[this.setValue[index]!] === 0) this.gain[this.setLocal[index]!]! += this.setWeight[index]!
    }
    for (let value = 0; value < this.count; value++) {
      const local = this.local[value]!
      if (local >= 0 && this.shown[value] === 1) this.gain[local]! -= this.weight[value]!
    }
    for (let index = 0; index < this.sets; index++) {
      if (!this.isDeferred(this.setLocal[index]!)) this.shown[this.setValue[index]!] = 1
    }
    let shapes = 0
    for (let value = 0; value < this.count; value++) {
      if (this.shown[value] === 0) continue
      const local = this.local[value]!
      if (local >= 0 && !this.isDeferred(local)) continue
      const own = this.shape[value]!
      const shape = own === UNDECIDED ? this.localShape[local]! : own
      if (shape === UNDECIDED) continue
      const edit = this.edit[value]!
      this.edits.kind[edit] = EDIT.canon
      this.edits.argument[edit] = shape
      shapes |= 1 << shape
    }
    return shapes
  }

  /** The Shape of a local that may hold NaNs of the engine's choice, once the function has ended; else `Shape.none`. */
  deferredShape(local: number): number {
    const shape = this.localShape[local]!
    return shape !== UNDECIDED && this.isDeferred(local) ? shape : Shape.none
  }

  /** Whether a local is made canonical where it is shown rather than where it is set. */
  private isDeferred(local: number): boolean {
    return this.mixed[local] === 0 && this.gain[local]! >= 0
  }
}
