import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeSort } from './sort.ts'

test('it sorts stably, whatever the list', () => {
  fc.assert(fc.property(fc.array(fc.record({ key: fc.integer({ min: 0, max: 9 }), id: fc.integer() }), { maxLength: 200 }), (list) => {
    const expected = list.toSorted((a, b) => a.key - b.key)
    expect(mergeSort(list.slice(), (a, b) => (a as { key: number }).key - (b as { key: number }).key)).toEqual(expected)
  }))
})

test('a comparator that contradicts itself loses no item', () => {
  fc.assert(fc.property(fc.array(fc.integer(), { maxLength: 100 }), fc.infiniteStream(fc.integer({ min: -1, max: 1 })), (list, orders) => {
    const done = mergeSort(list.slice(), () => orders.next().value as number)
    expect(done.toSorted()).toEqual(list.toSorted())
  }))
})
