import { ERRNO } from '../abi/errno.ts'
import { CLOCK, GRND, MAX_RW_COUNT, TIMER_ABSTIME, TIMESPEC } from '../abi/linux.ts'
import type { Nanoseconds } from '../kernel/clock.ts'
import type { GuestAddr } from '../kernel/memory.ts'
import { futex } from './linux-futex.ts'
import type { LinuxHandlers } from './linux.ts'
import { inside } from './linux-arg.ts'
import { schedYield } from './proc.ts'
import type { Caller, CallResult, Wait } from './row.ts'
import { readTimespec, wholeTime, writeTimespec } from './timespec.ts'

/** Time, chance, and giving up the processor. All answer −errno. */

/** What a clock shows, in nanoseconds; undefined for a clock that there is not. */
const timeOf = (caller: Caller, id: number): bigint | undefined => {
  const { clock } = caller
  switch (id) {
    case CLOCK.CLOCK_REALTIME:
    case CLOCK.CLOCK_REALTIME_COARSE:
    // International atomic time is ahead by what adjtimex(2) was told: nothing, at boot.
    case CLOCK.CLOCK_TAI:
      return clock.realtime()
    case CLOCK.CLOCK_MONOTONIC:
    case CLOCK.CLOCK_MONOTONIC_RAW:
    case CLOCK.CLOCK_MONOTONIC_COARSE:
    case CLOCK.CLOCK_BOOTTIME:
      return wholeTime(clock.now())
    case CLOCK.CLOCK_PROCESS_CPUTIME_ID:
    case CLOCK.CLOCK_THREAD_CPUTIME_ID:
      return wholeTime(caller.cpuTime())
    default:
      return undefined
  }
}

const clockGettime = (caller: Caller, id: number, tp: GuestAddr): number => {
  const time = timeOf(caller, id)
  if (time === undefined) return -ERRNO.EINVAL
  if (!inside(caller.memory, tp, TIMESPEC.size)) return -ERRNO.EFAULT
  writeTimespec(caller.memory, tp, time)
  return 0
}

/** Clocks that one can sleep by: those that pass while everybody sleeps, and have timers on Linux. */
const SLEEPABLE: ReadonlySet<number> = new Set([
  CLOCK.CLOCK_REALTIME, CLOCK.CLOCK_MONOTONIC, CLOCK.CLOCK_BOOTTIME, CLOCK.CLOCK_TAI,
])

const clockNanosleep = (
  caller: Caller, id: number, flags: number, request: GuestAddr, remain: GuestAddr,
): CallResult => {
  const now = timeOf(caller, id)
  if (now === undefined) return -ERRNO.EINVAL
  // "ENOTSUP The kernel does not support sleeping against this clockid."
  if (!SLEEPABLE.has(id)) return -ERRNO.ENOTSUP
  const { memory, clock } = caller
  if (!inside(memory, request, TIMESPEC.size)) return -ERRNO.EFAULT
  const time = readTimespec(memory, request)
  if (time === undefined) return -ERRNO.EINVAL
  if ((flags & TIMER_ABSTIME) === 0) return sleepUntil(caller, clock.now() + Number(time), 'block', remain)
  // "If request … specifies a time that has already passed … clock_nanosleep() returns immediately".
  return time <= now ? 0 : sleepUntil(caller, clock.now() + Number(time - now), 'nohand', 0)
}

const nanosleep = (caller: Caller, duration: GuestAddr, remain: GuestAddr): CallResult =>
  clockNanosleep(caller, CLOCK.CLOCK_MONOTONIC, 0, duration, remain)

/** @param remain where an interrupted sleep writes what is left of it, or NULL */
const sleepUntil = (caller: Caller, until: Nanoseconds, restart: Wait['restart'], remain: GuestAddr): Wait => ({
  on: [],
  until,
  restart,
  retry: () => (caller.clock.now() >= until ? 0 : sleepUntil(caller, until, restart, remain)),
  interrupted: () => {
    const left = until - caller.clock.now()
    // kernel/time/hrtimer.c, do_nanosleep(): the timer was as fast as the signal.
    if (left <= 0) return 0
    if (remain === 0) return undefined
    if (!inside(caller.memory, remain, TIMESPEC.size)) return -ERRNO.EFAULT
    writeTimespec(caller.memory, remain, wholeTime(left))
    return undefined
  },
})

/** getrandom(2): the bytes follow from the seed, so there are always enough of them. */
const getrandom = (caller: Caller, buf: GuestAddr, buflen: number, flags: number): number => {
  if ((flags & ~(GRND.GRND_NONBLOCK | GRND.GRND_RANDOM | GRND.GRND_INSECURE)) !== 0) return -ERRNO.EINVAL
  const both = GRND.GRND_RANDOM | GRND.GRND_INSECURE
  if ((flags & both) === both) return -ERRNO.EINVAL
  const { memory, entropy } = caller
  const count = Math.min(buflen, MAX_RW_COUNT)
  if (count === 0) return 0
  if (!inside(memory, buf, count)) return -ERRNO.EFAULT
  entropy.fillPart(memory.bytes, buf, buf + count)
  memory.wrote(buf, count)
  return count
}

/** What the calls do, by name. */
export const timeHandlers = {
  clock_gettime: clockGettime,
  clock_nanosleep: clockNanosleep,
  nanosleep,
  getrandom,
  sched_yield: schedYield,
  futex,
} satisfies Partial<LinuxHandlers>
