import { type Added, OP } from './added.ts'
import type { Writer } from './bytes.ts'
import { type Store, VALUE } from './store.ts'

const EMPTY = 0x40

/** What the looks at the stores of a function must know of it. */
export interface WatchedBody {
  /** Its index in the original. */
  readonly index: number
  /** The bytes that it takes of the stack. */
  readonly bytes: number
  /** Locals of ours: what is left of the stack, the fuel, the length of a bulk instruction; −1 where there is none. */
  readonly left: number
  readonly fuel: number
  readonly length: number
}

/**
 * Writes the looks at stores: `if it meets [lo, hi) { watched(address, length, pc, function) }`, behind each, so that one
 * that traps has not been reported, and what it stored is there.
 */
export class WatchWriter {
  private readonly out: Writer
  private readonly added: Added
  private readonly codeStart: number
  private body: WatchedBody = { index: 0, bytes: 0, left: -1, fuel: -1, length: -1 }
  /** Locals of ours: the address, and by its type what is stored and what is expected to be there. */
  private address = 0
  private readonly values = new Map<number, number>()
  private readonly expected = new Map<number, number>()

  /** @param codeStart where the original's code section begins: what offsets in it count from */
  constructor(out: Writer, added: Added, codeStart: number) {
    this.out = out
    this.added = added
    this.codeStart = codeStart
  }

  /** Begins a function with these stores: the types of the locals that it needs, of which the first will be `next`. */
  locals(stores: readonly Store[], next: number): readonly number[] {
    this.values.clear()
    this.expected.clear()
    if (stores.length === 0) return []
    this.address = next
    const types: number[] = [VALUE.i32]
    const want = (known: Map<number, number>, type: number): void => {
      if (known.has(type)) return
      known.set(type, next + types.length)
      types.push(type)
    }
    for (const { way, value } of stores) {
      want(this.values, value)
      if (way === 'exchange') want(this.expected, value)
    }
    return types
  }

  /** What the function turned out to be. */
  begin(body: WatchedBody): void {
    this.body = body
  }

  private op(opcode: number, index: number): void {
    this.out.u8(opcode)
    this.out.u32(index)
  }

  private constant(value: number): void {
    this.out.u8(OP.i32Const)
    this.out.s32(value)
  }

  /** Before a store: keeps its operands, and gives them back. */
  before({ way, value }: Store): void {
    const kept = this.values.get(value)!
    if (way === 'bulk') this.op(OP.localSet, this.body.length)
    this.op(OP.localSet, kept)
    const expected = way === 'exchange' ? this.expected.get(value)! : -1
    if (expected >= 0) this.op(OP.localSet, expected)
    this.op(OP.localTee, this.address)
    if (expected >= 0) this.op(OP.localGet, expected)
    this.op(OP.localGet, kept)
    if (way === 'bulk') this.op(OP.localGet, this.body.length)
  }

  /**
   * After it, with its result, if it has one, on top. What was stored lies inside of the memory: no sum of its address
   * and its length is beyond 32 bits. `unlikely` takes the place of the branch, from `bodyAt` on.
   */
  after(store: Store, bodyAt: number, unlikely: number[]): void {
    const { out, added, body } = this
    const { way, value, length, offset } = store
    // An exchange gives what it found: it has stored something if that is what was expected.
    if (way === 'exchange') this.op(OP.localTee, this.values.get(value)!)
    this.start(offset)
    this.op(OP.globalGet, added.watch + 1)
    out.u8(OP.i32LtU)
    this.start(offset + length)
    if (way === 'bulk') {
      this.op(OP.localGet, body.length)
      out.u8(OP.i32Add)
    }
    this.op(OP.globalGet, added.watch)
    out.raw([OP.i32GtU, OP.i32And])
    if (way === 'exchange') {
      this.op(OP.localGet, this.values.get(value)!)
      this.op(OP.localGet, this.expected.get(value)!)
      out.raw([value === VALUE.i64 ? OP.i64Eq : OP.i32Eq, OP.i32And])
    } else if (way === 'bulk') {
      this.op(OP.localGet, body.length)
      this.constant(0)
      out.raw([OP.i32Ne, OP.i32And])
    }
    unlikely.push(out.length - bodyAt)
    out.raw([OP.if, EMPTY])
    this.report(store)
    out.u8(OP.end)
  }

  /** The address, with so many bytes added. */
  private start(offset: number): void {
    this.op(OP.localGet, this.address)
    if (offset === 0) return
    this.constant(offset)
    this.out.u8(OP.i32Add)
  }

  /** The call. The machine may have its turn in it: stack and fuel are as at a tick. */
  private report({ way, at, offset, length }: Store): void {
    const { out, added, body } = this
    const { index, bytes, left, fuel } = body
    const stack = (change: number): void => {
      this.op(OP.globalGet, added.stack)
      this.constant(bytes)
      out.u8(change)
      this.op(OP.globalSet, added.stack)
    }
    if (left >= 0) {
      this.op(OP.localGet, left)
      this.op(OP.globalSet, added.stack)
    } else stack(OP.i32Sub)
    this.start(offset)
    if (way === 'bulk') this.op(OP.localGet, body.length)
    else this.constant(length)
    this.constant(at - this.codeStart)
    this.constant(index)
    this.op(OP.call, added.watched)
    if (left < 0) stack(OP.i32Add)
    if (fuel < 0) return
    this.op(OP.globalGet, added.fuel)
    this.op(OP.localSet, fuel)
  }
}
