/** Where sleepers wait for something to change: data in a pipe, a line on the tty, a child's stop. */
export interface Sleeper {
  wake(): void
}

const NOBODY: readonly Sleeper[] = []

export class WaitQueue {
  /** In the order in which they came. Few wait in one place: a list is faster than a set. */
  #sleepers: readonly Sleeper[] = NOBODY

  /** Whoever sleeps here already is not added again. */
  add(sleeper: Sleeper): void {
    // Never changed in place: who is woken may sleep again at once.
    if (this.#sleepers.length === 0) this.#sleepers = [sleeper]
    else if (!this.#sleepers.includes(sleeper)) this.#sleepers = [...this.#sleepers, sleeper]
  }
  remove(sleeper: Sleeper): void {
    this.#sleepers = this.#sleepers.length === 1 && this.#sleepers[0] === sleeper ? NOBODY : this.#sleepers.filter((one) => one !== sleeper)
  }
  /** Does anybody sleep here? */
  get isAwaited(): boolean {
    return this.#sleepers.length > 0
  }
  /** Wakes everybody, in the order in which they came; each looks for itself whether it may go on. */
  wakeAll(): void {
    const sleepers = this.#sleepers
    for (let i = 0; i < sleepers.length; i++) (sleepers[i] as Sleeper).wake()
  }
}
