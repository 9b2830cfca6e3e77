/** Where sleepers wait for something to change: data in a pipe, a line on the tty, a child's stop. */
export interface Sleeper {
  wake(): void
}

const NOBODY: readonly Sleeper[] = []

export class WaitQueue {
  /** Few wait in one place, and mostly one alone: it has a place of its own, for which no list is made. */
  #first: Sleeper | undefined
  /** In the order in which they came; never changed in place, for who is woken may sleep again at once. */
  #others: readonly Sleeper[] = NOBODY

  /** Whoever sleeps here already is not added again. */
  add(sleeper: Sleeper): void {
    if (this.#first === undefined) this.#first = sleeper
    else if (this.#first !== sleeper && !this.#others.includes(sleeper)) this.#others = [...this.#others, sleeper]
  }
  remove(sleeper: Sleeper): void {
    if (this.#first !== sleeper) {
      if (this.#others.length > 0) this.#others = this.#others.filter((one) => one !== sleeper)
      return
    }
    this.#first = this.#others[0]
    if (this.#others.length > 0) this.#others = this.#others.slice(1)
  }
  /** Does anybody sleep here? */
  get isAwaited(): boolean {
    return this.#first !== undefined
  }
  /** Wakes everybody, in the order in which they came; each looks for itself whether it may go on. */
  wakeAll(): void {
    const others = this.#others
    this.#first?.wake()
    for (let i = 0; i < others.length; i++) others[i]?.wake()
  }
}
