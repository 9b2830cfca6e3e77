import { ERRNO } from '../abi/errno.ts'
import type { Errno } from '../abi/errno.ts'
import { CLOCKID } from '../abi/wasi.ts'
import type { GuestAddr } from '../kernel/memory.ts'
import type { Caller } from './row.ts'

/** clock_getres(2), clock_gettime(2) of the virtual clocks. EINVAL for a clock that there is not. */

/** Virtual time counts single nanoseconds. */
const RESOLUTION = 1n

export const clockResGet = (caller: Caller, id: number, resolution: GuestAddr): Errno => {
  if (id > CLOCKID.THREAD_CPUTIME_ID) return ERRNO.EINVAL
  if (!caller.memory.has(resolution, 8)) return ERRNO.EFAULT
  caller.memory.setU64(resolution, RESOLUTION)
  return 0
}

export const clockTimeGet = (caller: Caller, id: number, _precision: number, time: GuestAddr): Errno => {
  if (id > CLOCKID.THREAD_CPUTIME_ID) return ERRNO.EINVAL
  if (!caller.memory.has(time, 8)) return ERRNO.EFAULT
  const { clock, memory } = caller
  if (id === CLOCKID.REALTIME) memory.setU64(time, BigInt.asUintN(64, clock.realtime()))
  else memory.setWhole(time, Math.floor(id === CLOCKID.MONOTONIC ? clock.now() : caller.cpuTime()))
  return 0
}
