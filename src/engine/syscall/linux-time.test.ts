import { describe, expect, test } from 'vitest'
import { errnoName } from '../abi/errno.ts'
import { CLOCK, GRND, TIMER_ABSTIME } from '../abi/linux.ts'
import { BOOT, FakeProcess } from './testing.ts'

const REQUEST = 0x100
const REMAIN = 0x200
const OUTSIDE = 65_530

const put = (process: FakeProcess, at: number, sec: bigint, nsec: number): number => {
  process.memory.setU64(at, BigInt.asUintN(64, sec))
  process.memory.setU32(at + 8, nsec >>> 0)
  return at
}
const get = (process: FakeProcess, at: number): [bigint, bigint] => [process.memory.u64(at), process.memory.u64(at + 8)]
const name = (result: number): string | number => errnoName(-result) ?? result

describe('clock_gettime', () => {
  test.for<[keyof typeof CLOCK, bigint]>([
    ['CLOCK_REALTIME', BOOT + 5_000_000_007n],
    ['CLOCK_REALTIME_COARSE', BOOT + 5_000_000_007n],
    ['CLOCK_TAI', BOOT + 5_000_000_007n],
    ['CLOCK_MONOTONIC', 5_000_000_007n],
    ['CLOCK_MONOTONIC_RAW', 5_000_000_007n],
    ['CLOCK_MONOTONIC_COARSE', 5_000_000_007n],
    ['CLOCK_BOOTTIME', 5_000_000_007n],
    ['CLOCK_PROCESS_CPUTIME_ID', 5_000_000_007n],
    ['CLOCK_THREAD_CPUTIME_ID', 5_000_000_007n],
  ])('shows %s in seconds and nanoseconds', ([id, time]) => {
    const process = new FakeProcess()
    process.clock.charge(5_000_000_007)
    expect(process.linux('clock_gettime', CLOCK[id], REQUEST)).toBe(0)
    expect(get(process, REQUEST)).toEqual([time / 1_000_000_000n, time % 1_000_000_000n])
  })

  test.for<[number, number, string]>([
    [99, REQUEST, 'EINVAL'], [99, 0, 'EINVAL'], [0, 0, 'EFAULT'], [0, OUTSIDE, 'EFAULT'],
  ])('of clock %i into %i is %s', ([id, tp, expected]) => {
    expect(name(new FakeProcess().linux('clock_gettime', id, tp))).toBe(expected)
  })
})

describe('nanosleep', () => {
  test('sleeps as long as it is told', () => {
    const process = new FakeProcess()
    process.clock.charge(10)
    expect(process.finish(process.beginLinux('nanosleep', put(process, REQUEST, 2n, 5), 0))).toBe(0)
    expect(process.clock.now()).toBe(2_000_000_015)
  })

  test('writes what is left when a signal comes, and restarts to the same end', () => {
    const process = new FakeProcess()
    const wait = process.waitLinux('nanosleep', put(process, REQUEST, 2n, 5), REMAIN)
    expect(wait).toMatchObject({ restart: 'block', until: 2_000_000_005, on: [] })
    process.clock.charge(500_000_000)
    expect(wait.interrupted?.()).toBeUndefined()
    expect(get(process, REMAIN)).toEqual([1n, 500_000_005n])
    const again = wait.retry()
    expect(again).toMatchObject({ restart: 'block', until: 2_000_000_005 })
    expect(process.finish(again)).toBe(0)
  })

  test('is EFAULT if what is left cannot be written, and done if nothing is left', () => {
    const process = new FakeProcess()
    const wait = process.waitLinux('nanosleep', put(process, REQUEST, 0n, 100), OUTSIDE)
    expect(name(wait.interrupted?.() ?? 0)).toBe('EFAULT')
    process.clock.charge(100)
    expect(wait.interrupted?.()).toBe(0)
  })

  test('lets others run even for no time at all', () => {
    const process = new FakeProcess()
    const wait = process.waitLinux('nanosleep', put(process, REQUEST, 0n, 0), 0)
    expect(wait.until).toBe(0)
    expect(wait.retry()).toBe(0)
  })

  const wrong: [bigint, number][] = [[-1n, 0], [0n, -1], [0n, 1_000_000_000]]
  test.for(wrong)('refuses %i seconds and %i nanoseconds', ([sec, nsec]) => {
    const process = new FakeProcess()
    expect(name(process.linux('nanosleep', put(process, REQUEST, sec, nsec), 0))).toBe('EINVAL')
  })

  test('is EFAULT for NULL, and sleeps for the longest time that there is', () => {
    const process = new FakeProcess()
    expect(name(process.linux('nanosleep', 0, 0))).toBe('EFAULT')
    expect(process.waitLinux('nanosleep', put(process, REQUEST, 2n ** 63n - 1n, 0), 0).until).toBe(2 ** 63)
  })
})

describe('clock_nanosleep', () => {
  test.for<[string, number, bigint, number]>([
    ['the monotonic clock', CLOCK.CLOCK_MONOTONIC, 3_000_000_000n, 3_000_000_000],
    ['the realtime clock', CLOCK.CLOCK_REALTIME, BOOT + 3_000_000_000n, 3_000_000_000],
    ['the time since boot', CLOCK.CLOCK_BOOTTIME, 3_000_000_000n, 3_000_000_000],
  ])('sleeps to a time of %s, and restarts unless a handler ran', ([, id, time, until]) => {
    const process = new FakeProcess()
    process.clock.charge(1000)
    put(process, REQUEST, time / 1_000_000_000n, Number(time % 1_000_000_000n))
    const wait = process.waitLinux('clock_nanosleep', id, TIMER_ABSTIME, REQUEST, REMAIN)
    expect(wait).toMatchObject({ restart: 'nohand', until })
    expect(wait.interrupted?.()).toBeUndefined()
    expect(get(process, REMAIN)).toEqual([0n, 0n])
  })

  test('does not sleep to a time that has passed', () => {
    const process = new FakeProcess()
    process.clock.charge(1000)
    put(process, REQUEST, 5n, 0)
    expect(process.linux('clock_nanosleep', CLOCK.CLOCK_REALTIME, TIMER_ABSTIME, REQUEST, 0)).toBe(0)
  })

  test.for<[number, string]>([
    [CLOCK.CLOCK_PROCESS_CPUTIME_ID, 'ENOTSUP'], [CLOCK.CLOCK_MONOTONIC_RAW, 'ENOTSUP'], [99, 'EINVAL'],
  ])('by clock %i is %s', ([id, expected]) => {
    expect(name(new FakeProcess().linux('clock_nanosleep', id, 0, 0, 0))).toBe(expected)
  })
})

describe('getrandom', () => {
  test('gives bytes that follow from the seed', () => {
    const [one, other] = [new FakeProcess(), new FakeProcess()]
    expect([one, other].map((process) => process.linux('getrandom', REQUEST, 20, GRND.GRND_NONBLOCK))).toEqual([20, 20])
    expect(one.memory.read(REQUEST, 20)).toEqual(other.memory.read(REQUEST, 20))
    expect(one.memory.u64(REQUEST)).not.toBe(0n)
    expect(one.memory.u32(REQUEST + 20)).toBe(0)
  })

  test.for<[number, number, number, string | number]>([
    [0, 0, 0, 0], [0, 1, 0, 'EFAULT'], [OUTSIDE, 100, 0, 'EFAULT'], [REQUEST, 1, 8, 'EINVAL'],
    [REQUEST, 1, GRND.GRND_RANDOM | GRND.GRND_INSECURE, 'EINVAL'],
  ])('into %i, %i bytes, flags %i: %s', ([buf, length, flags, expected]) => {
    expect(name(new FakeProcess().linux('getrandom', buf, length, flags))).toBe(expected)
  })
})

test('sched_yield gives up the turn', () => {
  const process = new FakeProcess()
  let turns = 0
  process.yieldTurn = () => {
    turns++
    return 0
  }
  expect(process.linux('sched_yield')).toBe(0)
  expect(turns).toBe(1)
})
