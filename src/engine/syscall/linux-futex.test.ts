import { describe, expect, test } from 'vitest'
import { errnoName } from '../abi/errno.ts'
import { FUTEX, FUTEX_CLOCK_REALTIME, FUTEX_PRIVATE_FLAG } from '../abi/linux.ts'
import { BOOT, FakeProcess } from './testing.ts'

const WORD = 0x100
const OTHER = 0x200
const TIME = 0x300
const { FUTEX_WAIT, FUTEX_WAKE, FUTEX_WAIT_BITSET, FUTEX_WAKE_BITSET, FUTEX_REQUEUE, FUTEX_CMP_REQUEUE } = FUTEX

const name = (result: number): string | number => errnoName(-result) ?? result
const futex = (process: FakeProcess, ...args: readonly number[]): string | number =>
  name(process.linux('futex', ...args))
const time = (process: FakeProcess, nanoseconds: bigint): number => {
  process.memory.setU64(TIME, nanoseconds / 1_000_000_000n)
  process.memory.setU64(TIME + 8, nanoseconds % 1_000_000_000n)
  return TIME
}

describe('futex', () => {
  test('sleeps while the word holds the value, until somebody wakes it', () => {
    const process = new FakeProcess()
    const wait = process.waitLinux('futex', WORD, FUTEX_WAIT | FUTEX_PRIVATE_FLAG, 0, 0)
    expect(wait).toMatchObject({ restart: 'call' })
    expect(wait.until).toBeUndefined()
    let woken = 0
    wait.on[0]?.add({ wake: () => woken++ })
    expect(typeof wait.retry()).toBe('object')
    expect(futex(process, OTHER, FUTEX_WAKE, 1)).toBe(0)
    expect(futex(process, WORD, FUTEX_WAKE, 1)).toBe(1)
    expect(woken).toBe(1)
    expect(wait.retry()).toBe(0)
    expect(futex(process, WORD, FUTEX_WAKE, 1)).toBe(0)
  })

  test('does not sleep if the word holds something else', () => {
    const process = new FakeProcess()
    process.memory.setU32(WORD, 2)
    expect(futex(process, WORD, FUTEX_WAIT, 1, 0)).toBe('EAGAIN')
  })

  test('wakes those that came first, and as on Linux one at least', () => {
    const process = new FakeProcess()
    const waits = [1, 2, 3, 4].map(() => process.waitLinux('futex', WORD, FUTEX_WAIT, 0, 0))
    expect(futex(process, WORD, FUTEX_WAKE, 2)).toBe(2)
    expect(waits.map((wait) => wait.retry() === 0)).toEqual([true, true, false, false])
    expect(futex(process, WORD, FUTEX_WAKE, 0)).toBe(1)
    expect(futex(process, WORD, FUTEX_WAKE, 0x7fff_ffff)).toBe(1)
  })

  test('times out, and nobody wakes it then', () => {
    const process = new FakeProcess()
    process.clock.charge(50)
    const wait = process.waitLinux('futex', WORD, FUTEX_WAIT, 0, time(process, 1000n))
    expect(wait).toMatchObject({ until: 1050, restart: 'block' })
    expect(name(process.finish(wait))).toBe('ETIMEDOUT')
    expect(futex(process, WORD, FUTEX_WAKE, 1)).toBe(0)
  })

  test('counts a bitset wait to a time of the clock', () => {
    const process = new FakeProcess()
    expect(process.waitLinux('futex', WORD, FUTEX_WAIT_BITSET, 0, time(process, 1000n), 0, 1).until).toBe(1000)
    const op = FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME
    const realtime = process.waitLinux('futex', WORD, op, 0, time(process, BOOT + 70n), 0, 1)
    expect(realtime.until).toBe(70)
  })

  test('wakes by bits', () => {
    const process = new FakeProcess()
    const wait = process.waitLinux('futex', WORD, FUTEX_WAIT_BITSET, 0, 0, 0, 6)
    expect(futex(process, WORD, FUTEX_WAKE_BITSET, 1, 0, 0, 1)).toBe(0)
    expect(futex(process, WORD, FUTEX_WAKE_BITSET, 1, 0, 0, 4)).toBe(1)
    expect(wait.retry()).toBe(0)
  })

  test('that a signal interrupts is woken no more, and looks at the word again', () => {
    const process = new FakeProcess()
    const wait = process.waitLinux('futex', WORD, FUTEX_WAIT, 0, time(process, 1000n))
    expect(wait.interrupted?.()).toBeUndefined()
    expect(futex(process, WORD, FUTEX_WAKE, 1)).toBe(0)
    expect(wait.retry()).toMatchObject({ until: 1000 })
    process.memory.setU32(WORD, 1)
    expect(wait.retry()).toBe(-6)
  })

  test('that was woken before the signal came has been woken', () => {
    const process = new FakeProcess()
    const wait = process.waitLinux('futex', WORD, FUTEX_WAIT, 0, 0)
    futex(process, WORD, FUTEX_WAKE, 1)
    expect(wait.interrupted?.()).toBe(0)
  })

  test('moves waiters to another word', () => {
    const process = new FakeProcess()
    const waits = [1, 2, 3].map(() => process.waitLinux('futex', WORD, FUTEX_WAIT, 0, 0))
    expect(futex(process, WORD, FUTEX_CMP_REQUEUE, 1, 1, OTHER, 9)).toBe('EAGAIN')
    expect(futex(process, WORD, FUTEX_CMP_REQUEUE, 1, 1, OTHER, 0)).toBe(2)
    expect(waits.map((wait) => wait.retry() === 0)).toEqual([true, false, false])
    expect(futex(process, OTHER, FUTEX_WAKE, 9)).toBe(1)
    expect(waits.map((wait) => wait.retry() === 0)).toEqual([true, true, false])
    expect(futex(process, WORD, FUTEX_REQUEUE, 0, 9, WORD)).toBe(1)
  })

  test('does not reach those of another memory', () => {
    const [one, other] = [new FakeProcess(), new FakeProcess()]
    one.waitLinux('futex', WORD, FUTEX_WAIT, 0, 0)
    expect(futex(other, WORD, FUTEX_WAKE, 1)).toBe(0)
  })

  test.for<[string, readonly number[], string | number]>([
    ['a wait on NULL', [0, FUTEX_WAIT | FUTEX_PRIVATE_FLAG, 0, 0], 'EFAULT'],
    ['a private wake of NULL, which looks nowhere', [0, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1], 0],
    ['a shared wake of NULL', [0, FUTEX_WAKE, 1], 'EFAULT'],
    ['a wait that is not aligned', [WORD + 1, FUTEX_WAIT, 0, 0], 'EINVAL'],
    ['a wake that is not aligned', [WORD + 2, FUTEX_WAKE, 1], 'EINVAL'],
    ['a wait outside of memory', [65_536, FUTEX_WAIT, 0, 0], 'EFAULT'],
    ['a wait with a timeout outside of memory', [WORD, FUTEX_WAIT, 0, 65_530], 'EFAULT'],
    ['a wait for no bit', [WORD, FUTEX_WAIT_BITSET, 0, 0, 0, 0], 'EINVAL'],
    ['a wake of no bit', [WORD, FUTEX_WAKE_BITSET, 1, 0, 0, 0], 'EINVAL'],
    ['a plain wait by the realtime clock', [WORD, FUTEX_WAIT | FUTEX_CLOCK_REALTIME, 0, 0], 'ENOSYS'],
    ['an operation that there is not', [WORD, 99], 'ENOSYS'],
    ['a move of fewer than none', [WORD, FUTEX_REQUEUE, 1, 0xffff_ffff, OTHER], 'EINVAL'],
    ['a comparing move from NULL', [0, FUTEX_CMP_REQUEUE | FUTEX_PRIVATE_FLAG, 1, 1, OTHER, 0], 'EFAULT'],
  ])('%s', ([, args, expected]) => {
    expect(futex(new FakeProcess(), ...args)).toBe(expected)
  })

  test('a timeout that is none is refused before anything else', () => {
    const process = new FakeProcess()
    process.memory.setU64(TIME + 8, 1_000_000_000n)
    expect(futex(process, WORD + 1, FUTEX_WAIT, 5, TIME)).toBe('EINVAL')
  })
})
