/** Where sleepers wait for something to change: data in a pipe, a line on the tty, a child's stop. */
export interface Sleeper {
  wake(): void
}

export class WaitQueue {
  #sleepers = new Set<Sleeper>()

  add(sleeper: Sleeper): void {
    this.#sleepers.add(sleeper)
  }
  remove(sleeper: Sleeper): void {
    this.#sleepers.delete(sleeper)
  }
  /** Does anybody sleep here? */
  get isAwaited(): boolean {
    return this.#sleepers.size > 0
  }
  /** Wakes everybody, in the order in which they came; each looks for itself whether it may go on. */
  wakeAll(): void {
    if (this.#sleepers.size === 0) return
    for (const sleeper of [...this.#sleepers]) sleeper.wake()
  }
}
