import type { Stamp } from './strace-prefix.ts'

/** A moment since 1970. */
export interface Epoch {
  readonly seconds: number
  readonly nanoseconds: number
}

const DAY = 86_400

/** Makes of the times of a log nanoseconds since its first line, which never go back. */
export class LogClock {
  #first: Stamp | undefined
  #days = 0
  #lastOfDay = 0
  #now = 0

  /** The time of the first line, where the log counts from 1970. */
  get epoch(): Epoch | undefined {
    return this.#first?.kind === 'epoch' ? { seconds: this.#first.seconds, nanoseconds: this.#first.nanoseconds } : undefined
  }
  /** Whether the log tells times at all. */
  get tells(): boolean {
    return this.#first !== undefined
  }

  /** The time of a line, in nanoseconds; one without a stamp has that of the line before. */
  at(stamp: Stamp | undefined): number {
    if (stamp === undefined) return this.#now
    const first = (this.#first ??= stamp)
    let { seconds } = stamp
    if (stamp.kind === 'relative') {
      if (stamp !== first) this.#now += seconds * 1e9 + stamp.nanoseconds
      return this.#now
    }
    if (stamp.kind === 'day') {
      // Midnight: a log that jumps back by more than half a day has not been set back by anybody.
      if (seconds < this.#lastOfDay - DAY / 2) this.#days++
      this.#lastOfDay = seconds
      seconds += this.#days * DAY
    }
    const since = (seconds - first.seconds) * 1e9 + (stamp.nanoseconds - first.nanoseconds)
    if (stamp.kind === first.kind && since > this.#now) this.#now = since
    return this.#now
  }
}
