import { deflateSync } from 'fflate'
import { expect, test } from 'vitest'
import { compress } from './compress.ts'
import { inflate } from './inflate.ts'

test('inflates what it compressed', () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) >> 5)
  expect(inflate(compress(bytes), 1_000_000)).toEqual(bytes)
  expect(inflate(compress(new Uint8Array()), 10)).toEqual(new Uint8Array())
})

test('stops a bomb soon after the limit', () => {
  const bomb = deflateSync(new Uint8Array(64 * 2 ** 20), { level: 9 })
  expect(bomb.length).toBeLessThan(100_000)
  expect(inflate(bomb, 2 ** 20)).toBe('too-big')
})

test('calls broken what is cut or is no deflate', () => {
  const whole = compress(new TextEncoder().encode('skip the call, skip the call'))
  expect(inflate(whole.subarray(0, whole.length - 3), 1000)).toBe('broken')
  expect(inflate(Uint8Array.of(7, 7, 7, 7), 1000)).toBe('broken')
  expect(inflate(new Uint8Array(), 1000)).toBe('broken')
})
