import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ascii } from '../trace/testing.ts'
import { durationText, enumText, flagsText, isoTime, quote, quoteBriefly } from './text.ts'

describe('a string', () => {
  test.for([
    ['hello\n', '"hello\\n"'],
    ['a"b\\c', '"a\\"b\\\\c"'],
    ['\0', '"\\0"'],
    ['\x001', '"\\0001"'],
    ['\x008', '"\\08"'],
    ['\x1b[0m', '"\\33[0m"'],
    ['\xff7', '"\\3777"'],
    ['\t\r\v\f', '"\\t\\r\\v\\f"'],
    ['x'.repeat(32), `"${'x'.repeat(32)}"`],
    ['x'.repeat(33), `"${'x'.repeat(32)}"...`],
  ] as const)('is quoted as by strace (%#)', ([text, want]) => {
    expect(quote(ascii(text))).toBe(want)
  })
  test('of which only the beginning is known says so', () => {
    expect(quote(ascii('abc'), 5)).toBe('"abc"...')
  })
  test('stays readable for people, and cannot turn the line around', () => {
    expect(quoteBriefly(new Uint8Array([0xc3, 0xa9, 0x0a]))).toBe('"é\\n"')
    expect(quoteBriefly(new Uint8Array([0xc3, 0xa9, 0xc3, 0xa9]), 4, 3)).toBe('"é"…')
    expect(quoteBriefly(new Uint8Array([0xff]))).toBe('"\\377"')
    expect(quoteBriefly(new Uint8Array([0xe2, 0x80, 0xae]))).toBe('"\\u{202e}"')
    expect(quoteBriefly(new Uint8Array([0x07]))).toBe('"\\u{7}"')
  })
})

test('constants have names, and unknown ones say of which list', () => {
  expect(enumText('clockid', 1)).toBe('monotonic')
  expect(enumText('clockid', 99)).toBe('0x63 /* CLOCKID_??? */')
  expect(flagsText('oflags', 0)).toBe('0')
  expect(flagsText('oflags', 9)).toBe('CREAT|TRUNC')
  expect(flagsText('oflags', 0x101)).toBe('CREAT|0x100')
  expect(flagsText('oflags', 0x100)).toBe('0x100 /* OFLAGS_??? */')
})

test('a time is the date that Date has for it', () => {
  expect(isoTime(2_147_483_647_000_000_000n)).toBe('2038-01-19T03:14:07Z')
  expect(isoTime(1_500_000_000n)).toBe('1970-01-01T00:00:01.5Z')
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (ns) => {
      const milliseconds = ns / 1_000_000n
      expect(isoTime(milliseconds * 1_000_000n)).toBe(
        new Date(Number(milliseconds))
          .toISOString()
          .replace(/(\.\d*?)0*Z$/, '$1Z')
          .replace('.Z', 'Z'),
      )
    }),
  )
})

test('a length of time is in its largest unit, exactly', () => {
  expect([0n, 1n, 1500n, 20_000_000n, 1_000_000_001n].map(durationText)).toEqual([
    '0 ns',
    '1 ns',
    '1.5 µs',
    '20 ms',
    '1.000000001 s',
  ])
})
