import type { Forced } from '../recipe.ts'
import type { Seq } from '../trace/format.ts'
import type { Pid, Task } from './task.ts'

const calledBy = ({ pid, regs }: Task): string => `${pid} ${regs.arch} ${regs.nr}`

/** The calls of a run whose fate a branch has decided: told call by call, each is found once. */
export class ForcedCalls {
  readonly #traced = new Map<Seq, Forced>()
  readonly #untraced = new Map<string, Forced>()
  /** By task, table and number: how every later call fares. */
  readonly #onwards = new Map<string, Forced>()
  /** Calls in the trace that nobody traced, by task. */
  readonly #recorded = new Map<Pid, number>()

  constructor(forced: readonly Forced[]) {
    for (const one of forced) {
      if (one.untraced === undefined) this.#traced.set(one.at, one)
      else this.#untraced.set(`${one.untraced.pid} ${one.untraced.nth}`, one)
    }
  }

  /** What becomes of the call at whose entry a task was stopped; to be asked before anybody has changed its registers. */
  traced(task: Task): Forced | undefined {
    return this.#found(task, this.#traced.get(task.entrySeq))
  }

  /** What becomes of the call that a task makes while nobody traces it. */
  untraced(task: Task): Forced | undefined {
    return this.#found(task, this.#untraced.get(`${task.pid} ${this.#recorded.get(task.pid) ?? 0}`))
  }

  /** A call that nobody traced is in the trace. */
  recorded(pid: Pid): void {
    this.#recorded.set(pid, (this.#recorded.get(pid) ?? 0) + 1)
  }

  #found(task: Task, one: Forced | undefined): Forced | undefined {
    if (one === undefined) return this.#onwards.get(calledBy(task))
    if (one.onwards === true) this.#onwards.set(calledBy(task), one)
    return one
  }
}

/** Puts a forced call's arguments into the registers. */
export const changeArguments = ({ regs }: Task, args: NonNullable<Forced['args']>): void => {
  for (const [index, decimal] of args) {
    const value = BigInt.asUintN(64, BigInt(decimal))
    regs.halves[2 * index] = Number(value & 0xffff_ffffn)
    regs.halves[2 * index + 1] = Number(value >> 32n)
  }
}
