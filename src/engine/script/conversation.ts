import type { ScriptProcess } from './port.ts'
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

/** The script's side of the kernel: at most one wait at a time, and no request during one. */
export class Conversation {
  readonly process: ScriptProcess
  readonly ticks: Ticks
  #waiting: string | undefined

  constructor(process: ScriptProcess, { ticks }: ApiHooks) {
    this.process = process
    this.ticks = ticks
  }

  /** Makes a request that is answered at once. */
  request<T>(what: string, ask: (process: ScriptProcess) => T): T {
    this.#begin(what)
    return ask(this.process)
  }

  /** Makes a request that is answered later. */
  async wait<T>(what: string, ask: (process: ScriptProcess) => Promise<T>): Promise<T> {
    this.#begin(what)
    this.#waiting = what
    try {
      return await ask(this.process)
    } finally {
      this.#waiting = undefined
      this.ticks.conversation()
    }
  }

  #begin(what: string): void {
    this.ticks.conversation()
    if (this.#waiting !== undefined) throw new TwoConversations(this.ticks.line, what, this.#waiting)
  }
}
