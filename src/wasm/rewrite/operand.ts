import { MAX_OPERANDS } from './limit.ts'
import { checkIndex } from './module.ts'
import { OPAQUE, type NanTracker } from './nan.ts'
import { Refused } from './problem.ts'

export const BLOCK = { plain: 0, loop: 1 } as const

/**
 * Work per byte of a module, where compilers' output takes 0.05: not types with a thousand results, called a million
 * times.
 */
const WORK_PER_BYTE = 2
const WORK_BASE = 10_000_000

/**
 * The operand stack of a function that is being decoded, and its blocks. Operands are NanTracker's values. Below the
 * base of a block in unreachable code there is no end of operands.
 */
export class Operands {
  private readonly nans: NanTracker
  private readonly stack = new Int32Array(MAX_OPERANDS)
  private height = 0
  maxHeight = 0
  private readonly kind: number[] = []
  private readonly base: number[] = []
  private readonly params: number[] = []
  private readonly results: number[] = []
  /** The innermost block; 0 is the function, −1 is outside. */
  depth = -1
  private work: number

  constructor(nans: NanTracker, moduleBytes: number) {
    this.nans = nans
    this.work = WORK_BASE + moduleBytes * WORK_PER_BYTE
  }

  /** Begins a function. */
  begin(results: number): void {
    this.height = 0
    this.maxHeight = 0
    this.depth = -1
    this.open(BLOCK.plain, 0, results)
  }

  /** Counts work that isn't bounded by the bytes it comes from. */
  spend(amount: number): void {
    this.work -= amount
    if (this.work < 0) throw new Refused('too-large', 'This module is built to take forever to read.')
  }

  push(value: number): void {
    if (this.height >= MAX_OPERANDS)
      throw new Refused('too-large', `A function has more than ${MAX_OPERANDS} operands on its stack.`)
    this.stack[this.height++] = value
    if (this.height > this.maxHeight) this.maxHeight = this.height
  }

  pop(): number {
    return this.height > this.base[this.depth]! ? this.stack[--this.height]! : OPAQUE
  }

  /** Takes operands whose bits matter. */
  take(count: number): void {
    if (count > 2) this.spend(count)
    for (let index = 0; index < count; index++) this.nans.show(this.pop())
  }

  /** Adds operands of which nothing is known. */
  give(count: number): void {
    if (count > 2) this.spend(count)
    for (let index = 0; index < count; index++) this.push(OPAQUE)
  }

  /** Operands leave by a branch to a label; they stay for when it isn't taken. */
  branch(label: number, at: number): void {
    checkIndex(label, this.depth + 1, 'label', at)
    const depth = this.depth - label
    this.showTop(this.kind[depth] === BLOCK.loop ? this.params[depth]! : this.results[depth]!)
  }

  private showTop(count: number): void {
    if (count > 2) this.spend(count)
    const bottom = Math.max(this.base[this.depth]!, this.height - count)
    for (let index = bottom; index < this.height; index++) this.nans.show(this.stack[index]!)
  }

  /** What follows cannot be reached. */
  cut(): void {
    this.height = this.base[this.depth]!
  }

  open(kind: number, params: number, results: number): void {
    if (params > 0) this.take(params)
    const depth = ++this.depth
    this.kind[depth] = kind
    this.base[depth] = this.height
    this.params[depth] = params
    this.results[depth] = results
    this.give(params)
  }

  /** `else` or `catch`: the block's other part begins with operands of its own. */
  part(operands: number): void {
    this.showTop(this.results[this.depth]!)
    this.cut()
    this.give(operands)
  }

  /** `else`: as `part`, with the block's parameters. */
  other(): void {
    this.part(this.params[this.depth]!)
  }

  /** Ends the innermost block; returns whether it is a loop. */
  close(): boolean {
    const depth = this.depth
    this.showTop(this.results[depth]!)
    this.height = this.base[depth]!
    this.depth = depth - 1
    if (depth > 0) this.give(this.results[depth]!)
    return this.kind[depth] === BLOCK.loop
  }
}
