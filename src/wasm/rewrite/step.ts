import { EDIT, type EditList } from './edit.ts'

const KIND = { block: 0, loop: 1, if: 2 } as const

/** A set of the first 64 locals. All of them: that nothing is known to be shown. */
interface Stale {
  low: number
  high: number
}

const ALL = -1
const SET_BITS = 32

interface OpenBlock extends Stale {
  kind: number
  /** Whether it can be reached at all. */
  readonly isAlive: boolean
  /** Whether something goes to its end otherwise than by falling through. The set is what they have stale there. */
  isTarget: boolean
  /** Of an `if`: what is stale where its condition doesn't hold. */
  readonly otherwise: Stale
}

/**
 * Where a function that is being decoded is stepped, and which of its locals have to be shown anew there (EDIT.step).
 *
 * A local is stale from where it is set to the next step on the way. All are at the entry, in a handler and wherever
 * the machine has had its turn, since it may have begun to step, or run something that shows locals of its own: after
 * calls, at loop heads, after instructions that take ticks.
 */
export class Steps {
  private readonly edits: EditList
  /** Steps basic blocks rather than instructions. */
  private readonly isByBlock: boolean
  private low = 0
  private high = 0
  private isReachable = true
  private beginsBlock = true
  private readonly open: OpenBlock[] = []
  /** By the argument of an EDIT.step: the stale locals 0 to 31, and next to it those to 63. */
  readonly stale: number[] = []

  constructor(edits: EditList, isByBlock: boolean) {
    this.edits = edits
    this.isByBlock = isByBlock
  }

  /** Begins a function. */
  begin(): void {
    this.stale.length = 0
    this.open.length = 0
    this.isReachable = true
    this.turn()
    this.enter(KIND.block)
    this.beginsBlock = true
  }

  /** An instruction at `at` comes next: not `else`, `catch` or `delegate`, nor an `end` but the function's. */
  before(at: number): void {
    if (!this.isReachable || (this.isByBlock && !this.beginsBlock)) return
    this.edits.add(at, EDIT.step, this.stale.length, 0)
    this.stale.push(this.low, this.high)
    this.low = 0
    this.high = 0
    this.beginsBlock = false
  }

  /** A local was set. */
  set(local: number): void {
    if (local < SET_BITS) this.low |= 1 << local
    else if (local < 2 * SET_BITS) this.high |= 1 << (local - SET_BITS)
  }

  /** The machine may have had its turn. */
  turn(): void {
    this.low = ALL
    this.high = ALL
  }

  /** A call returned. */
  returned(): void {
    this.turn()
    this.beginsBlock = true
  }

  private enter(kind: number): void {
    const { low, high } = this
    const otherwise = { low, high }
    this.open.push({ kind, isAlive: this.isReachable, isTarget: false, low: 0, high: 0, otherwise })
  }

  block(): void {
    this.enter(KIND.block)
  }

  loop(): void {
    this.enter(KIND.loop)
    this.returned()
  }

  if(): void {
    this.enter(KIND.if)
    this.beginsBlock = true
  }

  /** Control goes from here to the end of a block, with what is stale. */
  private leaveTo(block: OpenBlock): void {
    if (!this.isReachable || block.kind === KIND.loop) return
    block.isTarget = true
    block.low |= this.low
    block.high |= this.high
  }

  /** `else` */
  other(): void {
    const block = this.open.at(-1)!
    this.leaveTo(block)
    block.kind = KIND.block
    this.isReachable = block.isAlive
    this.low = block.otherwise.low
    this.high = block.otherwise.high
    this.beginsBlock = true
  }

  /** `catch`, `catch_all` */
  handler(): void {
    const block = this.open.at(-1)!
    this.leaveTo(block)
    this.isReachable = block.isAlive
    this.returned()
  }

  /** An exception that comes to the block that is open as number `depth`, the function being 0, is caught there. */
  caught(depth: number): void {
    const block = this.open[depth]
    if (block === undefined || block.kind === KIND.loop || !this.isReachable) return
    block.isTarget = true
    block.low = ALL
    block.high = ALL
  }

  /** A branch to the block that is open as number `depth`, taken or not. */
  branch(depth: number): void {
    this.leaveTo(this.open[depth]!)
    this.beginsBlock = true
  }

  /** What follows cannot be reached. */
  cut(): void {
    this.isReachable = false
  }

  end(): void {
    const block = this.open.pop()!
    if (block.kind === KIND.if && block.isAlive) {
      block.isTarget = true
      block.low |= block.otherwise.low
      block.high |= block.otherwise.high
    }
    if (!block.isTarget) return
    this.low = block.low | (this.isReachable ? this.low : 0)
    this.high = block.high | (this.isReachable ? this.high : 0)
    this.isReachable = true
    this.beginsBlock = true
  }
}
