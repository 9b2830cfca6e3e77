import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bigTrace } from '../trace/testing.ts'
import { fromDifferences, hasWholeTimes, toDifferences } from './difference.ts'

const whole = fc.integer({ min: 0, max: 2 ** 32 - 1 })

test('differences of differences are what was there', () => {
  fc.assert(fc.property(
    fc.constantFrom('events', 'outcomes', 'outputs'), fc.constantFrom('link', 'at', 'pid'), fc.array(fc.oneof(whole, fc.nat(20))),
    (table, column, given) => {
      const values = Uint32Array.from(given)
      toDifferences(table, column, values)
      fromDifferences(table, column, values)
      expect([...values]).toEqual(given)
    },
  ))
  fc.assert(fc.property(fc.array(fc.maxSafeNat()), (given) => {
    const values = Float64Array.from(given)
    toDifferences('events', 'time', values)
    fromDifferences('events', 'time', values)
    expect([...values]).toEqual(given)
  }))
})

test('the times of a run are whole', () => {
  const trace = bigTrace(100)
  expect(hasWholeTimes(trace)).toBe(true)
  trace.events.append({ kind: 9, pid: 2, time: 0.5 }, new Uint8Array())
  expect(hasWholeTimes(trace)).toBe(false)
})
