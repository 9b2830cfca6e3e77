import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { columnWidth, isBars, makeScale, nearestSeq, toPixels, toPosition, visibleSeqs, xOf } from './scale.ts'
import { ticksOf, timeLabel } from './ticks.ts'
import { centreWindow, clampWindow, convertWindow, followWindow, panWindow, wholeWindow, zoomWindow } from './window.ts'

const times = Float64Array.from({ length: 200 }, (_, i) => (i + 1) * 1000)
const extent = { length: 200, times, isGrowing: false }
const ordinal = (from: number, to: number, width = 1000) => makeScale('ordinal', { from, to }, width, extent)

describe('a scale', () => {
  test('gives every event of the window a column of the same width, the event in its middle', () => {
    const scale = ordinal(39, 91, 1060)
    expect(columnWidth(scale)).toBe(20)
    expect([xOf(scale, 39), xOf(scale, 91)]).toEqual([10, 1050])
    expect(visibleSeqs(scale)).toEqual({ first: 39, last: 91 })
  })

  test('places events by their time on the other axis', () => {
    const scale = makeScale('time', { from: 0, to: 100_000 }, 1000, extent)
    expect(xOf(scale, 50)).toBe(500)
    expect(nearestSeq(scale, 503)).toBe(50)
  })

  test('always leads back from a pixel to the position it came from', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 200, noNaN: true }),
        fc.double({ min: 1, max: 150, noNaN: true }),
        (at, span) => {
          const scale = ordinal(at, at + span)
          expect(toPosition(scale, toPixels(scale, at + span / 3))).toBeCloseTo(at + span / 3, 6)
        },
      ),
    )
  })

  test('becomes bars when a column is narrower than two pixels', () => {
    expect([isBars(ordinal(1, 400, 1000)), isBars(ordinal(1, 600, 1000))]).toEqual([false, true])
  })
})

describe('a window', () => {
  const bounded = fc.record({
    from: fc.double({ min: -300, max: 400, noNaN: true }),
    span: fc.double({ min: 0, max: 500, noNaN: true }),
  })

  test('always stays within the trace, whatever is done to it', () => {
    fc.assert(
      fc.property(bounded, fc.double({ min: 0.01, max: 100, noNaN: true }), ({ from, span }, factor) => {
        const start = clampWindow({ from, to: from + span }, 'ordinal', extent)
        for (const window of [
          start,
          zoomWindow(start, factor, from, 'ordinal', extent),
          panWindow(start, factor - 1, 'ordinal', extent),
          centreWindow(start, from, 'ordinal', extent),
          followWindow(start, Math.min(Math.max(from, 1), 200), 'ordinal', extent),
        ]) {
          expect(window.from).toBeGreaterThanOrEqual(1 - 1e-9)
          expect(window.to).toBeLessThanOrEqual(200 + 1e-9)
          expect(window.to - window.from).toBeGreaterThanOrEqual(3 - 1e-9)
        }
      }),
    )
  })

  test('keeps the event under the pointer where it is while zooming', () => {
    const before = { from: 50, to: 99 }
    const after = zoomWindow(before, 0.5, 60, 'ordinal', extent)
    const x = (window: typeof before) => xOf(makeScale('ordinal', window, 1000, extent), 60)
    expect(x(after)).toBeCloseTo(x(before), 9)
  })

  test('turns like a page when the cursor leaves it, and only then', () => {
    const window = { from: 10, to: 30 }
    expect(followWindow(window, 30, 'ordinal', extent)).toBe(window)
    expect(followWindow(window, 31, 'ordinal', extent)).toEqual({ from: 25, to: 45 })
    expect(followWindow(window, 9, 'ordinal', extent)).toEqual({ from: 1, to: 21 })
  })

  test('shows ground beyond the last event only while the run goes on', () => {
    expect(clampWindow({ from: 190, to: 210 }, 'ordinal', extent)).toEqual({ from: 180, to: 200 })
    expect(clampWindow({ from: 190, to: 210 }, 'ordinal', { ...extent, isGrowing: true })).toEqual({
      from: 190,
      to: 210,
    })
  })

  test('shows the same events after the axis has changed', () => {
    const there = convertWindow({ from: 20, to: 60 }, 'time', extent)
    expect(there).toEqual({ from: 20_000, to: 60_000 })
    expect(convertWindow(there, 'ordinal', extent)).toEqual({ from: 20, to: 59 })
  })

  test('gives a short trace twenty columns', () => {
    expect(wholeWindow('ordinal', { ...extent, length: 5 })).toEqual({ from: 1, to: 20 })
  })
})

test('ticks are round numbers, far enough apart to be read', () => {
  expect(ticksOf(ordinal(39, 91)).map(({ label }) => label)).toEqual([
    '40',
    '45',
    '50',
    '55',
    '60',
    '65',
    '70',
    '75',
    '80',
    '85',
    '90',
  ])
  expect(ticksOf(makeScale('time', { from: 0, to: 10_000 }, 400, extent)).map(({ label }) => label)).toEqual([
    '0',
    ...[2, 4, 6, 8, 10].map((n) => `${n}\u2009µs`),
  ])
})

test('times are told in their unit, as finely as the step needs', () => {
  expect([timeLabel(79_000, 1000), timeLabel(1_250_000, 50_000), timeLabel(2_000_000_000, 5e8)]).toEqual([
    '79\u2009µs',
    '1.25\u2009ms',
    '2\u2009s',
  ])
})
