import type { StraceTimes } from './strace.ts'

const SECOND = 1_000_000_000n
const two = (count: bigint): string => `${count}`.padStart(2, '0')

/** Seconds with six digits, the rest cut off. */
export const secondsText = (nanoseconds: bigint): string =>
  `${nanoseconds / SECOND}.${`${(nanoseconds % SECOND) / 1000n}`.padStart(6, '0')}`

/** The time of day in UTC: no zone belongs to a run. */
const dayText = (nanoseconds: bigint): string => {
  const seconds = nanoseconds / SECOND
  return `${two((seconds / 3600n) % 24n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`
}

/** What strace puts before each line for -r, -t, -tt and -ttt. */
export class LineClock {
  readonly #times: StraceTimes
  readonly #epoch: bigint
  #before: bigint | undefined

  constructor(times: StraceTimes, epoch: bigint) {
    this.#times = times
    this.#epoch = epoch
  }

  /** Of a line at so many nanoseconds; lines are asked about in their order. */
  text(time: number): string {
    if (this.#times === 'none') return ''
    const now = this.#epoch + BigInt(Math.trunc(time))
    switch (this.#times) {
      case 'r': {
        const since = this.#before === undefined || now < this.#before ? 0n : now - this.#before
        this.#before = now
        return `${secondsText(since).padStart(13)} `
      }
      case 't':
        return `${dayText(now)} `
      case 'tt':
        return `${dayText(now)}.${`${(now % SECOND) / 1000n}`.padStart(6, '0')} `
      case 'ttt':
        return `${secondsText(now)} `
    }
  }
}
