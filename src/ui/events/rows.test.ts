import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  drawnRows, listOffset, MAX_SCROLLER, NONE_DRAWN, pageRows, ROW, rowsAt, scrollerHeight, scrollToCentre, scrollToShow, slotOf,
} from './rows.ts'

const million = { count: 1_000_000, view: 480 }
const bottom = (list: { count: number; view: number }): number => Math.max(0, scrollerHeight(list) - list.view)

test('a short list scrolls pixel for pixel', () => {
  const list = { count: 1000, view: 480 }
  expect(scrollerHeight(list)).toBe(24_000)
  expect(listOffset(list, 777)).toBe(777)
  expect(rowsAt(list, 2400)).toEqual({ first: 95, end: 125, top: 95 * ROW })
})

test('a million rows fit into the tallest scroller', () => {
  expect(scrollerHeight(million)).toBe(MAX_SCROLLER)
})

test('the last of a million rows is whole at the bottom', () => {
  const { first, end, top } = rowsAt(million, bottom(million))
  expect(end).toBe(1_000_000)
  expect(top + (end - first) * ROW).toBe(MAX_SCROLLER)
})

test('the first row is whole at the top', () => {
  expect(rowsAt(million, 0)).toMatchObject({ first: 0, top: 0 })
})

test('an overscrolled position counts as the end', () => {
  expect(rowsAt(million, -50)).toEqual(rowsAt(million, 0))
  expect(rowsAt(million, 9_000_000)).toEqual(rowsAt(million, bottom(million)))
})

test('a list that is shorter than its view is drawn whole, from the top', () => {
  expect(rowsAt({ count: 3, view: 480 }, 0)).toEqual({ first: 0, end: 3, top: 0 })
  expect(rowsAt({ count: 0, view: 480 }, 0)).toEqual({ first: 0, end: 0, top: 0 })
})

test('a row in view needs no scrolling', () => {
  expect(scrollToShow(million, 4000, rowsAt(million, 4000).first + 12)).toBe(4000)
})

test('a page keeps one row of context', () => {
  expect(pageRows(million)).toBe(19)
  expect(pageRows({ count: 5, view: 10 })).toBe(1)
})

const lists = fc.record({ count: fc.integer({ min: 1, max: 3_000_000 }), view: fc.integer({ min: ROW * 2, max: 2000 }) })

test('scrolling to show a row shows it whole, also where the browser rounds the position', () => {
  fc.assert(fc.property(lists, fc.nat(), fc.nat(), (list, from, to) => {
    const row = to % list.count
    const scrollTop = Math.round(scrollToShow(list, from % (bottom(list) + 1), row))
    const offset = listOffset(list, scrollTop)
    expect(row * ROW).toBeGreaterThanOrEqual(offset - 1)
    expect((row + 1) * ROW).toBeLessThanOrEqual(offset + list.view + 1)
  }))
})

test('a centred row is in view', () => {
  fc.assert(fc.property(lists, fc.nat(), (list, to) => {
    const row = to % list.count
    const offset = listOffset(list, Math.round(scrollToCentre(list, row)))
    expect(row * ROW).toBeGreaterThanOrEqual(offset - 1)
    expect((row + 1) * ROW).toBeLessThanOrEqual(offset + list.view + 1)
  }))
})

test('what is drawn covers the view at every position', () => {
  fc.assert(fc.property(lists, fc.nat(), (list, at) => {
    const scrollTop = at % (bottom(list) + 1)
    const { first, end, top } = rowsAt(list, scrollTop)
    expect(top).toBeLessThanOrEqual(scrollTop + 1e-6)
    expect(top + (end - first) * ROW).toBeGreaterThanOrEqual(Math.min(scrollTop + list.view, list.count * ROW) - 1e-6)
  }))
})

test('rows have elements of their own, keep them while they stay, and have them in order after a jump', () => {
  fc.assert(
    fc.property(lists, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 }), fc.integer({ min: -300, max: 300 }), (list, places, by) => {
      let drawn = NONE_DRAWN
      for (const place of places.flatMap((at) => [at * bottom(list), at * bottom(list) + by])) {
        const { first, end } = rowsAt(list, place)
        const before = drawn
        drawn = drawnRows(before, list, first, end)
        const rows = Array.from({ length: end - first }, (_, i) => first + i)
        const slots = rows.map((row) => slotOf(drawn, row))
        expect(new Set(slots).size).toBe(rows.length)
        for (const row of rows) if (row >= before.first && row < before.end) expect(slotOf(drawn, row)).toBe(slotOf(before, row))
        if (first >= before.end || end <= before.first) expect(slots).toEqual(rows.map((_, i) => i))
      }
    }),
    { numRuns: 50 },
  )
})
