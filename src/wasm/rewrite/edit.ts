/**
 * What may be put before an instruction, or in its place. Edits of one function are listed in the order of the bytes
 * that they change, because the decoder meets them in that order; whether one is made at all may be known only at the
 * function's end (`none`).
 */
export const EDIT = {
  none: 0,
  /** An index of a function; in place of `skip` bytes. */
  functionIndex: 1,
  /** An index of a global; in place of `skip` bytes. */
  globalIndex: 2,
  /** `memory.grow` becomes a call; in place of `skip` bytes. */
  grow: 3,
  /** Before a call: the callee may use what this frame leaves of the stack. */
  frame: 4,
  /** Before a tail call: this frame is given back. */
  unframe: 5,
  /** At a loop head: one tick. `argument`: a CHARGE. */
  charge: 6,
  /** Before a loop without calls: the fuel is read. `argument`: where the loop ends. */
  cache: 7,
  /** Before a bulk instruction: ticks for the length on top of the operands, shifted by `argument`. */
  bulk: 8,
  /** A NaN on top of the operands becomes the canonical one. `argument`: its Shape. */
  canon: 9,
  /** Before and after a loop whose `tick` is called outside of it. `argument` of the second: where its head lies. */
  wrap: 10,
  unwrap: 11,
  /** A label that lies outside of a wrapped loop; in place of `skip` bytes. `argument`: what it was. */
  label: 12,
  /** Before an instruction: a step, where they are wanted. `argument`: which locals to show (Steps.stale). */
  step: 13,
  /** Before a store: its operands are kept. `argument`: its place in Stores.list; and the check after it. */
  store: 14,
  stored: 15,
  /** A call in place of `skip` bytes: what sleeps or wakes. `argument`: the offset in the instruction; from here on by its opcode. */
  atomic: 16,
} as const

/**
 * How a loop head is charged. `called`: the loop calls, so the fuel must be read each time. `cached`: it doesn't, so a
 * local has it. `outside`: nor has it another loop in it; the call of `tick` is moved out, since engines unroll and
 * peel only what calls nothing.
 */
export const CHARGE = { called: 0, cached: 1, outside: 2 } as const
/** How many labels `wrap` puts between a loop and what is around it. */
export const WRAP_LABELS = 3

/** A list of edits, kept from function to function so that its arrays are. */
export class EditList {
  at = new Int32Array(1024)
  kind = new Uint8Array(1024)
  argument = new Int32Array(1024)
  skip = new Int32Array(1024)
  length = 0

  clear(): void {
    this.length = 0
  }

  /** Appends an edit and returns its place in the list. */
  add(at: number, kind: number, argument: number, skip: number): number {
    const index = this.length++
    if (index >= this.at.length) this.grow()
    this.at[index] = at
    this.kind[index] = kind
    this.argument[index] = argument
    this.skip[index] = skip
    return index
  }

  private grow(): void {
    const size = this.at.length * 2
    const wider = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const next = new Int32Array(size)
      next.set(old)
      return next
    }
    const kind = new Uint8Array(size)
    kind.set(this.kind)
    this.kind = kind
    this.at = wider(this.at)
    this.argument = wider(this.argument)
    this.skip = wider(this.skip)
  }
}
