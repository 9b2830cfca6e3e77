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

/** Native `then` of a promise that is settled, taken before the realm is locked: ours (wasm/script/error.ts) would show in every wait. */
const soon = Promise.prototype.then.bind(Promise.resolve())

/** The script's side of the kernel: at most one wait at a time, and no request during one. */
export class Conversation {
  readonly process: ScriptProcess
  readonly ticks: Ticks
  #waiting: string | undefined
  /** The wait that is on, until it is answered. */
  #take: (result: number) => unknown = () => undefined
  #resolve: (taken: unknown) => void = () => {}
  #reject: (thrown: unknown) => void = () => {}

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
      throw new TwoConversations(this.ticks.line, typeof what === 'number' ? nameOfRequest(what) : what, this.#waiting)
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
      this.#waiting = what
      this.#take = take
      this.#resolve = resolve as (taken: unknown) => void
      this.#reject = reject
      ask(this.process, this.#answered)
    })
  }

  readonly #answered = (result: number): void => {
    const what = this.#waiting
    // What it takes may be of another wait, which it then begins.
    const resolve = this.#resolve
    const reject = this.#reject
    this.#waiting = undefined
    try {
      this.ticks.conversation()
      const taken = this.#take(result)
      // The kernel may answer at once, but the wait is over when the script goes on: `#over` runs just before.
      if (this.#waiting === undefined) {
        this.#waiting = what
        void soon(this.#over)
      }
      resolve(taken)
    } catch (thrown) {
      reject(thrown)
    }
  }
  readonly #over = (): void => {
    this.#waiting = undefined
  }
}
