import { ITIMERVAL } from '../abi/linux.ts'
import type { GuestAddr, GuestMemory } from '../kernel/memory.ts'
import type { TimerValue } from './system.ts'

/** `struct itimerval`: setitimer(2). */

const SECOND = 1_000_000_000
const MICROSECONDS = 1_000_000

/** The nanoseconds of one struct timeval; undefined if its microseconds are none. */
const readTimeval = (memory: GuestMemory, at: GuestAddr): number | undefined => {
  const sec = Number(BigInt.asIntN(64, memory.u64(at)))
  const usec = Number(BigInt.asIntN(64, memory.u64(at + 8)))
  return sec < 0 || usec < 0 || usec >= MICROSECONDS ? undefined : sec * SECOND + usec * 1000
}

export const readItimerval = (memory: GuestMemory, at: GuestAddr): TimerValue | undefined => {
  const interval = readTimeval(memory, at + ITIMERVAL.interval)
  const value = readTimeval(memory, at + ITIMERVAL.value)
  return interval === undefined || value === undefined ? undefined : { interval, value }
}

export const writeItimerval = (memory: GuestMemory, at: GuestAddr, { interval, value }: TimerValue): void => {
  for (const [offset, time] of [[ITIMERVAL.interval, interval], [ITIMERVAL.value, value]] as const) {
    memory.setU64(at + offset, BigInt(Math.floor(time / SECOND)))
    memory.setU64(at + offset + 8, BigInt(Math.floor((time % SECOND) / 1000)))
  }
}
