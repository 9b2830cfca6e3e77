import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeUtf8, lossyText, strictText } from './text.ts'

test('bytes always become the text that TextDecoder makes of them', () => {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const byte = fc.oneof(fc.nat(255), fc.constantFrom(0xe0, 0xed, 0xf0, 0xf4, 0x80, 0x9f, 0xa0, 0xbf, 0xc2))
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 40 }), (list) => {
      const bytes = Uint8Array.from(list)
      const text = decoder.decode(bytes)
      expect(lossyText(bytes)).toBe(text)
      const isWellFormed = Buffer.compare(new TextEncoder().encode(text), bytes) === 0
      expect(strictText(bytes)).toBe(isWellFormed ? text : undefined)
    }),
    { numRuns: 2000 },
  )
})

test('text always becomes the bytes that TextEncoder makes of it', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }), (units) => {
      const text = String.fromCharCode(...units)
      expect([...encodeUtf8(text)]).toEqual([...new TextEncoder().encode(text)])
    }),
    { numRuns: 1000 },
  )
})
