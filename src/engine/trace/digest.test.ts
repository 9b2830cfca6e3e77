import { describe, expect, test } from 'vitest'
import { TraceDigest } from './digest.ts'
import { COLUMN_NAMES, TABLES, type Chunk, type TableName } from './format.ts'
import { sampleTrace } from './testing.ts'
import type { Trace } from './trace.ts'

const whole = (trace: Trace): Map<TableName, Chunk> => new Map(TABLES.map((table) => [table, trace[table].slice(0)]))

const digestOf = (chunks: ReadonlyMap<TableName, Chunk>): string => {
  const digest = new TraceDigest()
  for (const [table, chunk] of chunks) expect(digest.add(table, chunk)).toBe(true)
  return digest.hex()
}

/** Rows first … first + count − 1 of a chunk, as a chunk. */
const part = (chunk: Chunk, first: number, count: number): Chunk => {
  const at = chunk.columns.at
  const from = first < chunk.count ? (at[first] as number) : chunk.payload.length
  const to = first + count < chunk.count ? (at[first + count] as number) : chunk.payload.length
  const columns = Object.fromEntries(
    COLUMN_NAMES.map((name) => [name, chunk.columns[name].slice(first, first + count)]),
  ) as unknown as Chunk['columns']
  return { first, count, columns, payload: chunk.payload.slice(from, to), base: from }
}

describe('the digest of a trace', () => {
  const same = digestOf(whole(sampleTrace()))

  test('is the same for the same trace', () => {
    expect(same).toMatch(/^[0-9a-f]{64}$/)
    expect(digestOf(whole(sampleTrace()))).toBe(same)
  })

  test('does not show how the rows were cut', () => {
    for (const size of [1, 2, 5, 100]) {
      const digest = new TraceDigest()
      for (const [table, chunk] of whole(sampleTrace())) {
        for (let first = 0; first < chunk.count; first += size) {
          expect(digest.add(table, part(chunk, first, Math.min(size, chunk.count - first)))).toBe(true)
          digest.hex()
        }
      }
      expect(digest.hex()).toBe(same)
    }
  })

  test('refuses rows that do not follow', () => {
    const digest = new TraceDigest()
    const events = sampleTrace().events.slice(0)
    expect(digest.add('events', part(events, 1, 1))).toBe(false)
    expect(digest.add('events', part(events, 0, 2))).toBe(true)
    expect(digest.add('events', part(events, 0, 2))).toBe(false)
    expect(digest.add('events', { ...part(events, 2, 1), base: 0 })).toBe(false)
  })

  const places = TABLES.flatMap((table) => COLUMN_NAMES.map((column) => [table, column] as const))
  test.for(places)('changes with any value of %s.%s', ([table, column]) => {
    const rows = sampleTrace()[table].length
    for (let row = 0; row < rows; row++) {
      const chunks = whole(sampleTrace())
      const values = (chunks.get(table) as Chunk).columns[column]
      values[row] = (values[row] as number) + 1
      expect(digestOf(chunks)).not.toBe(same)
    }
  })

  test.for(TABLES)('changes with any byte of the payloads of %s', (table) => {
    const { length } = sampleTrace()[table].slice(0).payload
    expect(length).toBeGreaterThan(0)
    for (let i = 0; i < length; i += 7) {
      const chunks = whole(sampleTrace())
      const { payload } = chunks.get(table) as Chunk
      payload[i] = (payload[i] as number) ^ 1
      expect(digestOf(chunks)).not.toBe(same)
    }
  })

  test('knows which table a row is in', () => {
    const chunks = whole(sampleTrace())
    const outcomes = chunks.get('outcomes') as Chunk
    const moved = new Map(chunks).set('outcomes', part(outcomes, 0, 0)).set('outputs', outcomes)
    expect(digestOf(moved)).not.toBe(same)
  })
})
