import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Capture } from '../trace/capture.ts'
import { peekFrom } from './peek.ts'

test('captures read like memory: the later wins, what is not covered is not known', () => {
  const capture = fc
    .record({ addr: fc.nat(20), bytes: fc.uint8Array({ maxLength: 8 }) })
    .map(({ addr, bytes }): Capture => ({ addr, bytes, length: bytes.length, origin: 'seen' }))
  fc.assert(
    fc.property(
      fc.array(capture, { maxLength: 5 }),
      fc.nat(24),
      fc.integer({ min: 1, max: 12 }),
      (captures, addr, length) => {
        const memory: (number | undefined)[] = []
        for (const c of captures) c.bytes.forEach((byte, i) => (memory[c.addr + i] = byte))
        const want = Array.from({ length }, (_, i) => memory[addr + i])
        const got = peekFrom(captures)(addr, length)
        expect(got && [...got]).toEqual(want.includes(undefined) ? undefined : want)
      },
    ),
  )
})

test('a hostile range is not known, and allocates nothing', () => {
  const peek = peekFrom([{ addr: 0, bytes: new Uint8Array(4), length: 4, origin: 'seen' }])
  for (const [addr, length] of [
    [0, 2 ** 40],
    [-1, 4],
    [2 ** 32, 1],
    [NaN, 1],
    [0, NaN],
    [0, -1],
  ] as const)
    expect(peek(addr, length)).toBeUndefined()
})
