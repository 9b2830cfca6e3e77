import type { Nanoseconds } from './clock.ts'

/** setitimer(2): which of a process's three timers. */
export const ITIMER_REAL = 0
export const ITIMER_VIRTUAL = 1
export const ITIMER_PROF = 2

/** A timer as it is set. */
export interface Itimer {
  /** When it goes off: virtual nanoseconds since boot; of the CPU timers, of the process's CPU time. */
  readonly at: Nanoseconds
  /** 0: once. */
  readonly interval: Nanoseconds
  readonly cancel: () => void
}

/** A process's interval timers: alarm(2) is ITIMER_REAL. */
export class Timers {
  readonly #set = new Map<number, Itimer>()

  get(which: number): Itimer | undefined {
    return this.#set.get(which)
  }
  /** Sets one, and takes back what was set. */
  set(which: number, to: Itimer | undefined): void {
    this.#set.get(which)?.cancel()
    if (to === undefined) this.#set.delete(which)
    else this.#set.set(which, to)
  }
  /** The process has ended. Timers survive exec, and a child begins without any. */
  clear(): void {
    for (const { cancel } of this.#set.values()) cancel()
    this.#set.clear()
  }
}
