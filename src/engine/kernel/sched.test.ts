import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Clock } from './clock.ts'
import { SLICE_TICKS } from './cost.ts'
import { Scheduler, type Runner } from './sched.ts'

const quiet = (schedule = 0, begins = (_: Runner, _ticks: number): void => {}): { sched: Scheduler; end: () => void } => {
  let isOver = false
  const forever = new Promise<void>(() => {})
  const sched = new Scheduler(new Clock(0n), { macrotask: () => Promise.resolve(), idle: () => forever, over: () => isOver, begins }, schedule)
  return { sched, end: () => (isOver = true) }
}
const runners = (count: number): Runner[] => Array.from({ length: count }, (_, pid) => ({ pid }))

describe('the run queue', () => {
  test('gives turns in the order in which runners became ready, whoever parked first', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5]), (order) => {
        const { sched } = quiet()
        const all = runners(6)
        const turns: number[] = []
        for (const runner of all) sched.parkFor(runner, () => turns.push(runner.pid))
        for (const pid of order) sched.ready(all[pid] as Runner)
        expect(sched.pending).toBe(order.length)
        for (const _ of order) sched.dispatch()
        expect(turns).toEqual(order)
        expect(sched.pending).toBe(0)
      }),
    )
  })

  test('takes no notice of who is not parked, nor twice of who is', () => {
    const { sched } = quiet()
    const [one, two] = runners(2) as [Runner, Runner]
    const turns: number[] = []
    sched.parkFor(one, () => turns.push(one.pid))
    sched.ready(two)
    sched.ready(one)
    sched.ready(one)
    expect(sched.pending).toBe(1)
    sched.dispatch()
    sched.dispatch()
    expect(turns).toEqual([0])
  })

  test('lets a runner park again from within its turn', () => {
    const { sched } = quiet()
    const [one] = runners(1) as [Runner]
    let left = 100
    const go = (): void => {
      if (left-- === 0) return
      sched.parkFor(one, go)
      sched.ready(one)
      sched.dispatch()
    }
    sched.start(one, go)
    sched.dispatch()
    expect(left).toBe(-1)
  })

  test('releases the ready before the parked, each in their order', () => {
    const { sched, end } = quiet()
    const all = runners(4)
    const turns: number[] = []
    for (const runner of all) sched.parkFor(runner, () => turns.push(runner.pid))
    sched.ready(all[2] as Runner)
    end()
    sched.release()
    expect(turns).toEqual([2, 0, 1, 3])
    expect(sched.pending).toBe(0)
  })
})

describe('a schedule', () => {
  /** Eight runners that come again three times each: who had the turn, and the ticks of the slices. */
  const play = (schedule: number): { readonly turns: readonly number[]; readonly slices: readonly number[] } => {
    const slices: number[] = []
    const { sched } = quiet(schedule, (_, ticks) => slices.push(ticks))
    const turns: number[] = []
    for (const runner of runners(8)) {
      let left = 3
      const go = (): void => {
        turns.push(runner.pid)
        if (--left > 0) sched.start(runner, go)
      }
      sched.start(runner, go)
    }
    while (sched.pending > 0) sched.dispatch()
    return { turns, slices }
  }
  const inOrder = Array.from({ length: 24 }, (_, i) => i % 8)

  test('of 0, or none, is first come, first served', () => {
    expect(play(0)).toEqual({ turns: inOrder, slices: [] })
  })

  test('gives everybody every turn that is theirs, in an order that only its seed decides', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 32 - 1 }), (schedule) => {
        const { turns, slices } = play(schedule)
        expect(turns.toSorted()).toEqual(inOrder.toSorted())
        expect(play(schedule)).toEqual({ turns, slices })
        expect(slices).toHaveLength(24)
        expect(Math.min(...slices)).toBeGreaterThanOrEqual(1)
        expect(Math.max(...slices)).toBeLessThanOrEqual(SLICE_TICKS)
      }),
    )
  })

  test('is seldom another’s', () => {
    const orders = new Set(Array.from({ length: 100 }, (_, i) => play(i + 1).turns.join()))
    expect(orders.size).toBe(100)
  })
})
