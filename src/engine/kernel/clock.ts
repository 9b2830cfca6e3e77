/** Virtual nanoseconds since the machine booted: exact as a number for 104 days. */
export type Nanoseconds = number

/** The realtime clock at boot, in nanoseconds since 1970: 2026-01-01 00:00:00 UTC. It belongs to the engine version. */
export const BOOT_TIME = 1_767_225_600_000_000_000n

const HIGH = 0x1_0000_0000

/** The machine's clocks. Time passes by what calls and computing cost, and by waiting; never by itself. */
export class Clock {
  #now: Nanoseconds = 0
  readonly #boot: bigint
  readonly #bootLow: number
  readonly #bootHigh: number
  /** A bigint read from here costs a tenth of what arithmetic on bigints takes, and every call on a file asks. */
  readonly #halves = new Uint32Array(2)
  readonly #whole = new BigUint64Array(this.#halves.buffer)

  /** @param boot the realtime clock at boot, in nanoseconds since 1970-01-01 UTC */
  constructor(boot: bigint) {
    this.#boot = boot
    this.#bootLow = Number(boot & 0xffff_ffffn)
    this.#bootHigh = Number(boot >> 32n)
  }
  /** The monotonic clock. */
  now(): Nanoseconds {
    return this.#now
  }
  /** Nanoseconds since 1970-01-01 UTC. */
  realtime(): bigint {
    const now = this.#now
    const high = Math.floor(now / HIGH)
    const low = now - high * HIGH + this.#bootLow
    const carried = this.#bootHigh + high + (low >= HIGH ? 1 : 0)
    // A guest may sleep until a time that has more than 64 bits.
    if (carried >= HIGH) return this.#boot + BigInt(now)
    this.#halves[0] = low
    this.#halves[1] = carried
    return this.#whole[0] as bigint
  }
  charge(cost: Nanoseconds): void {
    this.#now += cost
  }
  /** Everybody waits: jumps to the next timer. Never goes back. */
  jump(to: Nanoseconds): void {
    if (to > this.#now) this.#now = to
  }
}
