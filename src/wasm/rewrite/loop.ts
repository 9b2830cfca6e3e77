import { CHARGE, EDIT, type EditList } from './edit.ts'

interface OpenLoop {
  /** The first of its three edits: `cache`, `wrap`, `charge`. */
  readonly cache: number
  /** Its place among the blocks. */
  readonly depth: number
  /** Whether it takes and leaves no operands. */
  readonly isEmpty: boolean
  /** How many of these there were before it. */
  readonly calls: number
  readonly count: number
  readonly fixtures: number
}

/** The loops of a function that is being decoded, and how their heads are charged (CHARGE). */
export class Loops {
  private readonly edits: EditList
  private readonly mayCache: boolean
  private readonly open: OpenLoop[] = []
  /** Edits of labels in the innermost loop that lie outside of it. */
  private readonly labels: number[] = []
  /** The charge of a loop, between whose head and here nothing branches; or −1. */
  private head = -1
  /** Instructions with labels that aren't moved when a loop is wrapped. */
  private fixtures = 0
  /** How many loops there were so far. */
  count = 0
  calls = 0

  /** @param mayCache whether the fuel may stay in a local: nothing but calls and ticks gives the machine a turn */
  constructor(edits: EditList, mayCache: boolean) {
    this.edits = edits
    this.mayCache = mayCache
  }

  begin(): void {
    this.open.length = 0
    this.labels.length = 0
    this.head = -1
    this.fixtures = 0
    this.count = 0
    this.calls = 0
  }

  /** A loop at `at` whose body begins at `body`, the block number `depth`. */
  enter(at: number, body: number, depth: number, isEmpty: boolean): void {
    const { edits, calls, fixtures } = this
    this.count++
    this.labels.length = 0
    const cache = edits.add(at, EDIT.none, 0, 0)
    edits.add(at, EDIT.none, 0, 0)
    this.head = edits.add(body, EDIT.charge, CHARGE.called, 0)
    this.open.push({ cache, depth, isEmpty, calls, count: this.count, fixtures })
  }

  /** The innermost loop ended, with its `end` at `at` and what follows at `next`. */
  leave(at: number, next: number): void {
    const { edits, labels } = this
    const loop = this.open.pop()!
    if (this.mayCache && loop.calls === this.calls) {
      edits.kind[loop.cache] = EDIT.cache
      edits.argument[loop.cache] = at
      const charge = loop.cache + 2
      edits.argument[charge] = CHARGE.cached
      if (loop.isEmpty && loop.count === this.count && loop.fixtures === this.fixtures) {
        edits.argument[charge] = CHARGE.outside
        edits.kind[loop.cache + 1] = EDIT.wrap
        for (const label of labels) edits.kind[label] = EDIT.label
        edits.add(next, EDIT.unwrap, edits.at[charge]!, 0)
      }
    }
    labels.length = 0
  }

  /** A branch to block number `target`, by the `label` that lies from `from` to `to`. */
  branch(target: number, label: number, from: number, to: number): void {
    const loop = this.open.at(-1)
    if (loop !== undefined && target < loop.depth) this.labels.push(this.edits.add(from, EDIT.none, label, to - from))
  }

  /** A label stands here that cannot be moved. */
  fix(): void {
    this.fixtures++
  }

  /** Control comes or goes here otherwise than by the next instruction. */
  bend(): void {
    this.head = -1
  }

  /**
   * A call; `pays`: of a function that takes a tick at its entry, so that the loop whose every turn comes here needs
   * none.
   */
  call(pays: boolean): void {
    this.calls++
    if (pays && this.head >= 0) this.edits.kind[this.head] = EDIT.none
    this.head = -1
  }
}
