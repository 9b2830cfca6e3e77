import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { preview1ByName, preview1ByNumber } from '../syscall/preview1.ts'
import type { Row } from '../syscall/row.ts'
import { CAPTURE_BYTES } from '../trace/capture.ts'
import { ascii, halvesOf, words } from '../trace/testing.ts'
import { EVENT_BYTES, captureEntry, captureExit } from './capture.ts'
import type { Peek } from './peek.ts'

const row = (name: string): Row => preview1ByName.get(name) as Row
const memory = new Uint8Array(0x2_0000)
const peek: Peek = (addr, length) =>
  addr >= 0 && length >= 0 && addr + length <= memory.length ? memory.subarray(addr, addr + length) : undefined
const poke = (addr: number, bytes: Uint8Array): void => memory.set(bytes, addr)

const collect = (take: (sink: { add(addr: number, length: number): void }) => void): [number, number][] => {
  const found: [number, number][] = []
  take({ add: (addr, length) => found.push([addr, length]) })
  return found
}
const entry = (name: string, ...args: number[]): [number, number][] =>
  collect((sink) => captureEntry(row(name), halvesOf(args), peek, sink))
const exit = (name: string, ...args: number[]): [number, number][] =>
  collect((sink) => captureExit(row(name), halvesOf(args), true, peek, sink))

describe('at its entry a call is about', () => {
  test('what it writes: the vector and every buffer', () => {
    poke(0x100, words(0x400, 5, 0x500, 0, 0x600, 9))
    expect(entry('fd_write', 1, 0x100, 3, 0x80)).toEqual([
      [0x100, 24],
      [0x400, 5],
      [0x600, 9],
    ])
  })
  test('the vector alone of what it reads', () => {
    expect(entry('fd_read', 0, 0x100, 3, 0x80)).toEqual([[0x100, 24]])
  })
  test('its paths and subscriptions', () => {
    expect(entry('path_rename', 3, 0x700, 6, 3, 0x710, 7)).toEqual([
      [0x700, 6],
      [0x710, 7],
    ])
    expect(entry('poll_oneoff', 0x200, 0x300, 2, 0x80)).toEqual([[0x200, 96]])
  })
})

describe('at its exit a call has written', () => {
  test('as much of its buffers as it says', () => {
    poke(0x100, words(0x400, 5, 0x500, 0, 0x600, 9))
    poke(0x80, words(7))
    expect(exit('fd_read', 0, 0x100, 3, 0x80)).toEqual([
      [0x400, 5],
      [0x600, 2],
      [0x80, 4],
    ])
    expect(exit('fd_readdir', 3, 0x1000, 4096, 0, 0x80)).toEqual([
      [0x1000, 7],
      [0x80, 4],
    ])
    poke(0x80, words(1))
    expect(exit('poll_oneoff', 0x200, 0x300, 2, 0x80)).toEqual([
      [0x300, 32],
      [0x80, 4],
    ])
  })
  test('structures whole', () => {
    expect(exit('fd_filestat_get', 3, 0x900)).toEqual([[0x900, 64]])
  })
  test('the strings of its arguments, however many', () => {
    poke(0x1100, words(0x1200, 0x1203))
    poke(0x1200, ascii('wc\0-l\0'))
    expect(exit('args_get', 0x1100, 0x1200)).toEqual([
      [0x1100, 8],
      [0x1200, 6],
    ])
  })
  test('nothing if it failed', () => {
    expect(collect((sink) => captureExit(row('fd_filestat_get'), halvesOf([3, 0x900]), false, peek, sink))).toEqual([])
  })
})

test('whatever the registers hold, captures stay bounded', () => {
  const hostile = fc.oneof(fc.nat(0x2_0000), fc.constantFrom(0xffff_ffff, 0x8000_0000, 0), fc.nat(0xffff_ffff))
  memory.fill(0xff, 0x3000, 0x4000)
  fc.assert(
    fc.property(
      fc.constantFrom(...preview1ByNumber),
      fc.array(hostile, { minLength: 9, maxLength: 9 }),
      (one, args) => {
        const halves = halvesOf(args)
        for (const take of [
          captureEntry,
          (r: Row, h: Int32Array, p: Peek, s: { add(a: number, l: number): void }): void =>
            captureExit(r, h, true, p, s),
        ]) {
          const found = collect((sink) => take(one, halves, peek, sink))
          const kept = found.reduce((sum, [, length]) => sum + Math.min(length, CAPTURE_BYTES), 0)
          expect(kept).toBeLessThan(EVENT_BYTES + CAPTURE_BYTES)
          expect(found.length).toBeLessThanOrEqual(EVENT_BYTES)
        }
      },
    ),
  )
})

test('more vectors than IOV_MAX are not followed', () => {
  for (let i = 0; i < 4000; i++) poke(0x8000 + 8 * i, words(0x400, 1))
  expect(entry('fd_write', 1, 0x8000, 4000, 0x80).length).toBe(1025)
  expect(entry('fd_write', 1, 0x8000, 0xffff_ffff, 0x80).length).toBe(1025)
})
