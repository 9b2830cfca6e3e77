import { TIMESPEC } from '../abi/linux.ts'
import type { Nanoseconds } from '../kernel/clock.ts'
import type { GuestAddr, GuestMemory } from '../kernel/memory.ts'

/** `struct timespec` with a 64-bit time_t: timespec(3type). */

const SECOND = 1_000_000_000
/** The latest time that Linux knows, 292 years: ktime.h, KTIME_MAX. */
const KTIME_MAX = 2n ** 63n - 1n

/** The nanoseconds at an address that has been checked; undefined if they are negative or a second or more. */
export const readTimespec = (memory: GuestMemory, at: GuestAddr): bigint | undefined => {
  const sec = BigInt.asIntN(64, memory.u64(at + TIMESPEC.sec))
  const nsec = memory.u32(at + TIMESPEC.nsec) | 0
  if (sec < 0n || nsec < 0 || nsec >= SECOND) return undefined
  const time = sec * BigInt(SECOND) + BigInt(nsec)
  return time < KTIME_MAX ? time : KTIME_MAX
}

/** Writes a time of at least 0 to an address that has been checked. */
export const writeTimespec = (memory: GuestMemory, at: GuestAddr, time: bigint): void => {
  memory.setU64(at + TIMESPEC.sec, time / BigInt(SECOND))
  memory.setU64(at + TIMESPEC.nsec, time % BigInt(SECOND))
}

/** A length of time, rounded down, as the calls write it. */
export const wholeTime = (time: Nanoseconds): bigint => BigInt(Math.floor(time))
