/** Virtual nanoseconds since the machine booted: exact as a number for 104 days. */
export type Nanoseconds = number

/** The machine's clocks. Time passes by what calls and computing cost, and by waiting; never by itself. */
export class Clock {
  #now: Nanoseconds = 0
  readonly #boot: bigint

  /** @param boot the realtime clock at boot, in nanoseconds since 1970-01-01 UTC */
  constructor(boot: bigint) {
    this.#boot = boot
  }
  /** The monotonic clock. */
  now(): Nanoseconds {
    return this.#now
  }
  /** Nanoseconds since 1970-01-01 UTC. */
  realtime(): bigint {
    return this.#boot + BigInt(this.#now)
  }
  charge(cost: Nanoseconds): void {
    this.#now += cost
  }
  /** Everybody waits: jumps to the next timer. Never goes back. */
  jump(to: Nanoseconds): void {
    if (to > this.#now) this.#now = to
  }
}
