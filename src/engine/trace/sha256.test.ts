import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Sha256, hex } from './sha256.ts'
import { ascii } from './testing.ts'

describe('SHA-256', () => {
  test.for([
    // FIPS 180-4 examples (csrc.nist.gov, "SHA256.pdf") and the empty message.
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
  ] as const)('of a published message is the published one (%#)', ([message, want]) => {
    expect(hex(new Sha256().update(ascii(message)).digest())).toBe(want)
  })

  test('is the same however the message is cut, and as OpenSSL has it', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }), (pieces) => {
        const hash = new Sha256()
        const theirs = createHash('sha256')
        for (const piece of pieces) {
          hash.update(piece)
          theirs.update(piece)
        }
        hash.digest()
        expect(hex(hash.digest())).toBe(theirs.digest('hex'))
      }),
    )
  })
})
