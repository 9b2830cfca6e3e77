import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Bit, CLASS_COUNT, dominantClass, makeSummary, Mip, NO_CLASS } from './mip.ts'

const item = fc.record({ cls: fc.nat(CLASS_COUNT - 1), bits: fc.nat(31) })

describe('a mip', () => {
  test('always sums up any stretch as counting item by item does', () => {
    fc.assert(
      fc.property(
        fc.array(item, { minLength: 1, maxLength: 700 }),
        fc.nat(),
        fc.nat(),
        fc.nat(31),
        (items, a, b, late) => {
          const mip = new Mip()
          for (const { cls, bits } of items) mip.push(cls, bits)
          const marked = a % items.length
          mip.mark(marked, late)
          const [from, to] = [
            Math.min(a % items.length, b % items.length),
            Math.max(a % items.length, b % items.length) + 1,
          ]
          const expected = makeSummary()
          for (let i = from; i < to; i++) {
            const { cls, bits } = items[i] as { cls: number; bits: number }
            expected.counts[cls] = (expected.counts[cls] as number) + 1
            expected.bits |= bits | (i === marked ? late : 0)
          }
          const sum = makeSummary()
          mip.sum(from, to, sum)
          expect(sum).toEqual(expected)
        },
      ),
      { numRuns: 200 },
    )
  })

  test('grows a level for each doubling, beginning with the first whole block of 16', () => {
    const mip = new Mip()
    for (let i = 0; i < 1000; i++) mip.push(i % 3, i === 617 ? Bit.error : 0)
    expect(mip.levels).toBe(6)
    const sum = makeSummary()
    mip.sum(0, 1000, sum)
    expect([...sum.counts]).toEqual([334, 333, 333, 0, 0, 0, 0])
    expect(sum.bits).toBe(Bit.error)
  })

  test('answers nothing for an empty stretch, and clamps one that reaches beyond its ends', () => {
    const mip = new Mip()
    mip.push(2, Bit.skip)
    const sum = makeSummary()
    mip.sum(0, 0, sum)
    expect([sum.bits, dominantClass(sum)]).toEqual([0, NO_CLASS])
    mip.sum(-5, 99, sum)
    expect([sum.bits, dominantClass(sum)]).toEqual([Bit.skip, 2])
  })
})

test('the dominant class is that of most calls; what is no call does not vote', () => {
  const sum = makeSummary()
  sum.counts.set([1, 4, 4, 0, 0, 0, 90])
  expect(dominantClass(sum)).toBe(1)
})
