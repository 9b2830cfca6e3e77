import fc from 'fast-check'
import { deflateSync, inflateSync } from 'fflate'
import { expect, test } from 'vitest'
import { EventKind } from './format.ts'
import { BLOCK, Pool, type PoolCodec } from './pool.ts'
import { Table } from './table.ts'

const codec: PoolCodec = {
  pack: (bytes) => deflateSync(bytes, { level: 1 }),
  unpack: (packed, length) => inflateSync(packed, { out: new Uint8Array(length) }),
}

/** Bytes of a row, or of many: most are alike, as payloads are, and `noise` cannot be packed. */
const bytesOf = (length: number, seed: number, noise: boolean): Uint8Array => {
  let state = seed | 1
  return Uint8Array.from({ length }, (_, i) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) | 0
    return noise ? state >>> 24 : (seed + (i & 7)) & 0xff
  })
}

const piece = fc.record({ length: fc.oneof(fc.nat(40), fc.nat(3 * BLOCK)), seed: fc.nat(1000), noise: fc.boolean() })

test('a pool gives every stretch back as it was appended, whatever of it is packed, in any order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ piece, packs: fc.nat(3) }), { maxLength: 8 }),
      fc.array(fc.tuple(fc.nat(20 * BLOCK), fc.nat(2 * BLOCK)), { minLength: 1, maxLength: 20 }),
      (appended, read) => {
        const pool = new Pool(64, { inBlocks: true })
        let whole = Buffer.alloc(0)
        for (const { piece: { length, seed, noise }, packs } of appended) {
          const bytes = bytesOf(length, seed, noise)
          pool.append(bytes)
          whole = Buffer.concat([whole, bytes])
          pool.pack(codec, packs)
        }
        expect(pool.length).toBe(whole.length)
        for (const [from, count] of read) {
          expect(Buffer.compare(pool.bytes(from, from + count), whole.subarray(from, from + count))).toBe(0)
        }
        expect(Buffer.compare(pool.bytes(0, whole.length), whole)).toBe(0)
      },
    ),
    { numRuns: 30 },
  )
})

test('all but the newest block can be packed, a few at a time', () => {
  const pool = new Pool(64, { inBlocks: true })
  pool.append(bytesOf(3 * BLOCK + 5, 7, false))
  expect(pool.heldLength).toBe(3 * BLOCK + 5)
  expect(pool.pack(codec, 2)).toBe(true)
  expect(pool.heldLength).toBeLessThan(1.1 * BLOCK)
  expect(pool.pack(codec, 2)).toBe(false)
  expect(pool.heldLength).toBeLessThan(1000)
  pool.append(bytesOf(2 * BLOCK, 8, false))
  expect(pool.pack(codec)).toBe(false)
  expect(pool.length).toBe(5 * BLOCK + 5)
})

test('what does not get smaller stays as it is', () => {
  const pool = new Pool(64, { inBlocks: true })
  const noise = bytesOf(2 * BLOCK, 9, true)
  pool.append(noise)
  pool.pack(codec)
  expect(pool.heldLength).toBe(noise.length)
  expect(Buffer.compare(pool.bytes(0, noise.length), noise)).toBe(0)
})

test('a block is unpacked once for rows that are read one after the other', () => {
  let unpacked = 0
  const pool = new Pool(64, { inBlocks: true })
  pool.append(bytesOf(4 * BLOCK, 3, false))
  pool.pack({ pack: codec.pack, unpack: (packed, length) => (unpacked++, codec.unpack(packed, length)) })
  for (let at = 0; at < 3 * BLOCK; at += 64) pool.bytes(at, at + 64)
  for (let at = 0; at < 3 * BLOCK; at += 64) pool.bytes(at, at + 64)
  expect(unpacked).toBe(3)
})

test('a recorder’s pool stays in one piece, and begins anew when it is cleared', () => {
  const pool = new Pool(16, { inBlocks: false })
  pool.append(bytesOf(3 * BLOCK, 1, false))
  expect(pool.pack(codec)).toBe(false)
  expect(pool.heldLength).toBe(3 * BLOCK)
  pool.clear()
  pool.append(Uint8Array.of(1, 2, 3))
  expect([...pool.bytes(0, 10)]).toEqual([1, 2, 3])
})

test('a table that was packed has the payloads and the slices that it had', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ length: fc.nat(900), seed: fc.nat(50), noise: fc.boolean() }), { minLength: 100, maxLength: 300 }), (rows) => {
      const [packed, plain] = [new Table(8, { narrow: true }), new Table(8, { narrow: true })]
      for (const { length, seed, noise } of rows) {
        for (const table of [packed, plain]) table.append({ kind: EventKind.print, nr: seed }, bytesOf(length, seed, noise))
        packed.pack(codec, seed & 1)
      }
      packed.pack(codec)
      for (let i = rows.length - 1; i >= 0; i--) expect(Buffer.compare(packed.payload(i), plain.payload(i))).toBe(0)
      const [mine, other] = [packed.slice(rows.length >> 1), plain.slice(rows.length >> 1)]
      expect(Buffer.compare(mine.payload, other.payload)).toBe(0)
      expect(mine.columns).toEqual(other.columns)
      expect(packed.byteLength).toBe(plain.byteLength)
      expect(packed.heldLength).toBeLessThanOrEqual(plain.heldLength)
    }),
    { numRuns: 10 },
  )
})
