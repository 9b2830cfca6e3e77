import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WaitQueue, type Sleeper } from './wait-queue.ts'

test('a wait queue wakes whoever sleeps there, in the order in which they came, as a set would', () => {
  const step = fc.record({ add: fc.boolean(), who: fc.nat(3) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const woken: number[] = []
      const sleepers = [0, 1, 2, 3].map((who): Sleeper => ({ wake: () => woken.push(who) }))
      const queue = new WaitQueue()
      const model = new Set<number>()
      for (const { add, who } of steps) {
        const sleeper = sleepers[who] as Sleeper
        if (add) {
          queue.add(sleeper)
          model.add(who)
        } else {
          queue.remove(sleeper)
          model.delete(who)
        }
        expect(queue.isAwaited).toBe(model.size > 0)
      }
      queue.wakeAll()
      expect(woken).toEqual([...model])
    }),
  )
})

test('who sleeps again when it is woken is not woken twice', () => {
  const queue = new WaitQueue()
  let woken = 0
  const again: Sleeper = {
    wake: () => {
      woken++
      queue.remove(again)
      queue.add(again)
    },
  }
  queue.add({ wake: () => {} })
  queue.add(again)
  queue.wakeAll()
  expect(woken).toBe(1)
})
