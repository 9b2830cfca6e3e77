import { Writer } from './bytes.ts'

/**
 * The custom section `metadata.code.branch_hint` (Branch Hinting proposal, WebAssembly 3.0's appendix): it tells an
 * optimising compiler to move what an unlikely branch leads to, a call that would cost registers, out of the way.
 */
export class BranchHints {
  private readonly functions = new Writer(4096)
  private count = 0

  /**
   * The `if`s at these offsets, from the start of the function's body on, are hardly ever entered. Functions come in
   * order.
   */
  add(index: number, unlikely: readonly number[]): void {
    if (unlikely.length === 0) return
    this.count++
    this.functions.u32(index)
    this.functions.u32(unlikely.length)
    for (const offset of unlikely) {
      this.functions.u32(offset)
      this.functions.raw([1, 0])
    }
  }

  /** Writes the section, which must come before the code. */
  write(out: Writer): void {
    if (this.count === 0) return
    out.u8(0)
    const start = out.open()
    out.name('metadata.code.branch_hint')
    out.u32(this.count)
    out.raw(this.functions.view())
    out.seal(start)
  }
}
