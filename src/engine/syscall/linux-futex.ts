import { ERRNO } from '../abi/errno.ts'
import {
  FUTEX, FUTEX_BITSET_MATCH_ANY, FUTEX_CLOCK_REALTIME, FUTEX_PRIVATE_FLAG, TIMESPEC,
} from '../abi/linux.ts'
import type { Nanoseconds } from '../kernel/clock.ts'
import { addWaiter, removeWaiter, requeueWaiters, wakeWaiters } from '../kernel/futex.ts'
import type { FutexWaiter } from '../kernel/futex.ts'
import type { GuestAddr } from '../kernel/memory.ts'
import { inside } from './linux-arg.ts'
import type { Caller, CallResult } from './row.ts'
import { readTimespec } from './timespec.ts'

/** futex(2), in the order of checks of kernel/futex/syscalls.c. */

interface Sleep {
  readonly uaddr: GuestAddr
  readonly val: number
  readonly bitset: number
  readonly until: Nanoseconds | undefined
}

export const futex = (
  caller: Caller, uaddr: GuestAddr, op: number, val: number, timeout: GuestAddr, uaddr2: GuestAddr, val3: number,
): CallResult => {
  const { memory } = caller
  const isPrivate = (op & FUTEX_PRIVATE_FLAG) !== 0
  const isRealtime = (op & FUTEX_CLOCK_REALTIME) !== 0
  const cmd = op & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME)
  const waits = cmd === FUTEX.FUTEX_WAIT || cmd === FUTEX.FUTEX_WAIT_BITSET
  const until = waits && timeout !== 0 ? deadlineOf(caller, timeout, cmd, isRealtime) : undefined
  if (until !== undefined && until < 0) return until
  // do_futex(): the realtime clock goes with operations that take an absolute time.
  if (isRealtime && cmd !== FUTEX.FUTEX_WAIT_BITSET) return -ERRNO.ENOSYS
  switch (cmd) {
    case FUTEX.FUTEX_WAIT:
      return wait(caller, { uaddr, val, bitset: FUTEX_BITSET_MATCH_ANY, until })
    case FUTEX.FUTEX_WAIT_BITSET:
      return wait(caller, { uaddr, val, bitset: val3, until })
    case FUTEX.FUTEX_WAKE:
    case FUTEX.FUTEX_WAKE_BITSET: {
      const bitset = cmd === FUTEX.FUTEX_WAKE ? FUTEX_BITSET_MATCH_ANY : val3
      if (bitset === 0) return -ERRNO.EINVAL
      const problem = wordProblem(caller, uaddr, isPrivate)
      return problem < 0 ? problem : wakeWaiters(memory, uaddr, val | 0, bitset)
    }
    case FUTEX.FUTEX_REQUEUE:
    case FUTEX.FUTEX_CMP_REQUEUE: {
      // The fourth argument is a number here.
      const most = timeout | 0
      if ((val | 0) < 0 || most < 0) return -ERRNO.EINVAL
      const problem = wordProblem(caller, uaddr, isPrivate) || wordProblem(caller, uaddr2, isPrivate)
      if (problem < 0) return problem
      if (cmd === FUTEX.FUTEX_CMP_REQUEUE) {
        if (!inside(memory, uaddr, 4)) return -ERRNO.EFAULT
        // "EAGAIN … The value pointed to by uaddr is not equal to the expected value val3."
        if (memory.u32(uaddr) !== val3) return -ERRNO.EAGAIN
      }
      return requeueWaiters(memory, uaddr, val, uaddr2, most)
    }
    default:
      return -ERRNO.ENOSYS
  }
}

/** get_futex_key(): EINVAL if it is not aligned, EFAULT; a private key is an address that nobody looks behind. */
const wordProblem = ({ memory }: Caller, addr: GuestAddr, isPrivate: boolean): number => {
  if (addr % 4 !== 0) return -ERRNO.EINVAL
  return memory.has(addr, 4) && (isPrivate || addr !== 0) ? 0 : -ERRNO.EFAULT
}

/** FUTEX_WAIT counts from now, FUTEX_WAIT_BITSET names a time. Nanoseconds since boot, or −errno. */
const deadlineOf = ({ memory, clock }: Caller, timeout: GuestAddr, cmd: number, isRealtime: boolean): Nanoseconds => {
  if (!inside(memory, timeout, TIMESPEC.size)) return -ERRNO.EFAULT
  const time = readTimespec(memory, timeout)
  if (time === undefined) return -ERRNO.EINVAL
  if (cmd === FUTEX.FUTEX_WAIT) return clock.now() + Number(time)
  return isRealtime ? Math.max(0, clock.now() + Number(time - clock.realtime())) : Number(time)
}

/**
 * Sleeps while the word holds `val`: EAGAIN if it does not, ETIMEDOUT. Nothing runs between the look at the word and
 * the sleep, so no wake is lost.
 */
const wait = (caller: Caller, sleep: Sleep): CallResult => {
  const { memory } = caller
  const { uaddr, val, bitset } = sleep
  if (bitset === 0) return -ERRNO.EINVAL
  if (uaddr % 4 !== 0) return -ERRNO.EINVAL
  if (!inside(memory, uaddr, 4)) return -ERRNO.EFAULT
  if (memory.u32(uaddr) !== val) return -ERRNO.EAGAIN
  return waitFor(caller, sleep, addWaiter(memory, uaddr, bitset))
}

const waitFor = (caller: Caller, sleep: Sleep, waiter: FutexWaiter): CallResult => {
  const { memory, clock } = caller
  const { until } = sleep
  return {
    on: [waiter.queue],
    ...(until === undefined ? {} : { until }),
    restart: until === undefined ? 'call' : 'block',
    retry: () => {
      if (waiter.state === 'woken') return 0
      // A signal has taken it out of the queue: restart_syscall looks at the word again.
      if (waiter.state === 'gone') return wait(caller, sleep)
      if (until === undefined || clock.now() < until) return waitFor(caller, sleep, waiter)
      removeWaiter(memory, waiter)
      return -ERRNO.ETIMEDOUT
    },
    // "A return value of 0 can mean …": who was woken has been woken, whatever came after.
    interrupted: () => {
      if (waiter.state === 'woken') return 0
      removeWaiter(memory, waiter)
      return undefined
    },
  }
}
