import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Sha256, hex, type Compress } from '../engine/trace/sha256.ts'
import { lateCompress, makeCompress } from './sha256.ts'

const openssl = (pieces: readonly Uint8Array[]): string => {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  return hash.digest('hex')
}
const ours = (pieces: readonly Uint8Array[], compress: Compress): string => {
  const hash = new Sha256(compress)
  for (const piece of pieces) hash.update(piece)
  return hex(hash.digest())
}

describe('SHA-256 by the module', () => {
  const compress = makeCompress()

  test('is what OpenSSL has, however the message is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 6 }), (pieces) => {
        expect(ours(pieces, compress)).toBe(openssl(pieces))
      }),
    )
  })

  test('is so for a message that does not fit into its memory', () => {
    const message = Uint8Array.from({ length: 300_001 }, (_, i) => i * 31)
    expect(ours([message], compress)).toBe(openssl([message]))
  })

  test('goes on where the engine stopped', () => {
    const pieces = Array.from({ length: 9 }, (_, n) => new Uint8Array(200_000 + n).fill(n))
    expect(ours(pieces, lateCompress())).toBe(openssl(pieces))
  })
})
