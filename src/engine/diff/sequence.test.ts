import { assert, constantFrom, array, nat, property, tuple, type Arbitrary } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { align } from './sequence.ts'

const few: Arbitrary<Float64Array> = array(nat(4), { maxLength: 60 }).map((list) => Float64Array.from(list))

/** The longest common subsequence, by the table that everybody knows. */
const longest = (a: Float64Array, b: Float64Array): number => {
  let row = new Array<number>(b.length + 1).fill(0)
  for (const x of a) {
    const next = [0]
    for (let j = 0; j < b.length; j++) next.push(x === b[j] ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0))
    row = next
  }
  return row.at(-1) ?? 0
}
const pairsOf = (matching: Int32Array): [number, number][] => [...matching].flatMap((j, i): [number, number][] => (j < 0 ? [] : [[i, j]]))

describe('an alignment', () => {
  test('matches equal elements only, rising on both sides, and as many as can be', () => {
    assert(property(few, few, (a, b) => {
      const pairs = pairsOf(align(a, b))
      pairs.forEach(([i, j], n) => {
        expect(a[i]).toBe(b[j])
        if (n > 0) expect(j).toBeGreaterThan(pairs[n - 1]?.[1] ?? -1)
      })
      expect(pairs.length).toBe(longest(a, b))
    }))
  })

  test('is the same from both sides', () => {
    assert(property(few, few, (a, b) => {
      expect(pairsOf(align(b, a)).map(([j, i]) => [i, j])).toEqual(pairsOf(align(a, b)))
    }))
  })

  test('of a sequence with itself is all of it', () => {
    assert(property(few, (a) => {
      expect([...align(a, a)]).toEqual([...a.keys()])
    }))
  })

  test('finds what was taken out, put in and changed', () => {
    const edit = tuple(nat(999), constantFrom('out', 'in', 'changed'))
    assert(property(array(edit, { maxLength: 20 }), (edits) => {
      const a = Float64Array.from({ length: 1000 }, (_, i) => i)
      const list = [...a]
      let touched = 0
      for (const [at, what] of edits) {
        const i = at % list.length
        if (what === 'in') list.splice(i, 0, -1 - touched)
        else if (what === 'out') list.splice(i, 1)
        else list[i] = -1 - touched
        touched++
      }
      const matched = pairsOf(align(a, Float64Array.from(list))).length
      expect(matched).toBe(list.filter((x) => x >= 0).length)
    }), { numRuns: 50 })
  })
})

test('two long sequences with nothing in common take bounded work', () => {
  const a = Float64Array.from({ length: 200_000 }, (_, i) => i % 7)
  const b = Float64Array.from({ length: 200_000 }, (_, i) => 100 + (i % 5))
  expect(pairsOf(align(a, b))).toEqual([])
})

test('two long sequences of the same few elements take bounded work', () => {
  const a = Float64Array.from({ length: 30_000 }, (_, i) => (i * i) % 11)
  const b = Float64Array.from({ length: 30_000 }, (_, i) => (i * 7919) % 13)
  expect(pairsOf(align(a, b)).length).toBeGreaterThan(3_000)
})

test('beyond the bound, what stands in both once holds them together', () => {
  const a = Float64Array.from({ length: 20_000 }, (_, i) => (i % 100 === 0 ? 10_000 + i : i % 7))
  const b = Float64Array.from({ length: 20_000 }, (_, i) => (i % 100 === 0 ? 10_000 + i : 50 + (i % 7)))
  expect(pairsOf(align(a, b))).toEqual(Array.from({ length: 200 }, (_, i) => [i * 100, i * 100]))
})
