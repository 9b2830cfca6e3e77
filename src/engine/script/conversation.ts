import type { ScriptProcess } from './port.ts'
import { nameOfRequest } from './problem.ts'
import type { Ticks } from './ticks.ts'

/** A second wait, or a request during one: the order of their answers would not be a function of the recipe. */
export class TwoConversations extends Error {
  override readonly name = 'TwoConversations'
  readonly line: number
  constructor(line: number, now: string, already: string) {
    super(`two parts of the script talk to the kernel: ${now} while ${already} is not answered yet`)
    this.line = line
  }
}

/** What the runtime asks the machine besides the system calls of the script's process. */
export interface ApiHooks {
  readonly ticks: Ticks
  /** Why a task takes no requests now: "it has been running since event 41". */
  readonly whyNot?: (pid: number) => string | undefined
}

/** A request that is not answered yet. */
interface Waiting {
  readonly what: string
  readonly take: (result: number) => unknown
  readonly resolve: (taken: unknown) => void
  readonly reject: (thrown: unknown) => void
}

/** Native `then` of a promise that is settled, taken before the realm is locked: ours (wasm/script/error.ts) would show in every wait. */
const soon = Promise.prototype.then.bind(Promise.resolve())

/** The script's side of the kernel: at most one wait at a time, and no request during one. */
export class Conversation {
  readonly process: ScriptProcess
  readonly ticks: Ticks
  #waiting: Waiting | undefined

  constructor(process: ScriptProcess, { ticks }: ApiHooks) {
    this.process = process
    this.ticks = ticks
  }

  /**
   * To be called before a request that is answered at once.
   * @param what its name, or the number of a ptrace request
   */
  begin(what: string | number): ScriptProcess {
    this.ticks.conversation()
    if (this.#waiting !== undefined) {
      throw new TwoConversations(this.ticks.line, typeof what === 'number' ? nameOfRequest(what) : what, this.#waiting.what)
    }
    return this.process
  }

  /**
   * Makes a request that is answered later. One promise for all of it, so a wait costs the script the same number of
   * microtasks on every path: one.
   *
   * @param take makes of the kernel's result what the script gets; what it throws is the script's
   */
  wait<T>(what: string, ask: (process: ScriptProcess, answer: (result: number) => void) => void, take: (result: number) => T | Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.begin(what)
      this.#waiting = { what, take, resolve: resolve as (taken: unknown) => void, reject }
      ask(this.process, this.#answered)
    })
  }

  readonly #answered = (result: number): void => {
    const waiting = this.#waiting
    if (waiting === undefined) return
    this.#waiting = undefined
    try {
      this.ticks.conversation()
      const taken = waiting.take(result)
      // The kernel may answer at once, but the wait is over when the script goes on: `#over` runs just before.
      if (this.#waiting === undefined) {
        this.#waiting = waiting
        void soon(this.#over)
      }
      waiting.resolve(taken)
    } catch (thrown) {
      waiting.reject(thrown)
    }
  }
  readonly #over = (): void => {
    this.#waiting = undefined
  }
}
