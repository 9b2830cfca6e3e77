import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { preview1ByName, preview1ByNumber } from '../syscall/preview1.ts'
import { ascii, word64, words } from '../trace/testing.ts'
import { decodeCall, decodeResult, type DecodedCall } from './call.ts'
import { blind, peekFrom, type Peek } from './peek.ts'
import { phraseOf } from './phrase.ts'

const at = (...parts: (readonly [number, Uint8Array])[]): Peek =>
  peekFrom(parts.map(([addr, bytes]) => ({ addr, bytes, length: bytes.length, origin: 'seen' })))

const before = (name: string, args: readonly (number | bigint)[], peek: Peek = blind): DecodedCall =>
  decodeCall({ arch: 1, nr: preview1ByName.get(name)?.nr ?? -1, args: args.map(BigInt), phase: 'before', peek })
const after = (name: string, args: readonly (number | bigint)[], peek: Peek = blind, ret = 0): DecodedCall =>
  decodeCall({ arch: 1, nr: preview1ByName.get(name)?.nr ?? -1, args: args.map(BigInt), phase: 'after', peek, ret })
const texts = (call: DecodedCall): string => call.args.map(({ text }) => text).join(', ')
const briefs = (call: DecodedCall): string => call.args.map(({ brief }) => brief).join(', ')
const value = (call: DecodedCall, name: string): unknown => call.args.find((arg) => arg.name === name)?.value

const filestat = new Uint8Array(64)
filestat[16] = 4
filestat[32] = 35
const dirent = new Uint8Array([...word64(1n), ...word64(7n), ...words(3), 4, 0, 0, 0, ...ascii('foo')])
const sleep = new Uint8Array([
  ...word64(5n),
  ...word64(0n),
  ...word64(1n),
  ...word64(20_000_000n),
  ...word64(0n),
  ...word64(0n),
])

describe('before it runs, a call shows', () => {
  test('what it writes', () => {
    const call = before(
      'fd_write',
      [1, 0x100, 1, 0x80],
      at([0x100, words(0x400, 6)], [0x400, ascii('hello\n')], [0x80, words(35)]),
    )
    expect(texts(call)).toBe('1, [{iov_base="hello\\n", iov_len=6}], 1, 0x80')
    expect(briefs(call)).toBe('1, [{"hello\\n", 6}], 1, 0x80')
    expect(value(call, 'iovs')).toEqual([{ buf: 0x400, buf_len: 6, text: 'hello\n' }])
    expect(call.args[1]?.regions).toEqual([
      { label: 'iovs', addr: 0x100, length: 8 },
      { label: 'iovs[0].buf', addr: 0x400, length: 6 },
    ])
    expect(call.args[3]).toMatchObject({ dir: 'out', value: 0x80, note: 'holds 35 bytes' })
    expect(call.result).toMatchObject({ kind: 'pending', text: '?' })
  })
  test('where it will read to', () => {
    expect(texts(before('fd_read', [0, 0x100, 1, 0x80], at([0x100, words(0x400, 4096)])))).toBe(
      '0, [{iov_base=0x400, iov_len=4096}], 1, 0x80',
    )
  })
  test('paths, flags and rights', () => {
    const call = before('path_open', [3, 1, 0x100, 8, 9, 0x42n, 0, 0x21, 0x80], at([0x100, ascii('etc/motd')]))
    expect(texts(call)).toBe('3, SYMLINK_FOLLOW, "etc/motd", 8, CREAT|TRUNC, FD_READ|FD_WRITE, 0, APPEND|0x20, 0x80')
    expect(value(call, 'path')).toBe('etc/motd')
  })
  test('what it waits for', () => {
    const call = before('poll_oneoff', [0x100, 0x200, 1, 0x80], at([0x100, sleep]))
    expect(texts(call)).toBe(
      '[{userdata=0x5, tag=CLOCK, id=monotonic, timeout=20000000, precision=0, flags=0}], 0x200, 1, 0x80',
    )
    expect(briefs(call)).toBe('[{monotonic, 20 ms}], 0x200, 1, 0x80')
  })
  test('a pointer where memory is not known', () => {
    expect(texts(before('fd_write', [1, 0x100, 1, 0x80]))).toBe('1, 0x100, 1, 0x80')
    expect(texts(before('path_unlink_file', [3, 0xffff_fff0, 100]))).toBe('3, 0xfffffff0, 100')
  })
  test('odd numbers as they are', () => {
    expect(texts(before('fd_seek', [0xffff_ffffn, -5n & 0xffff_ffff_ffff_ffffn, 7, 0]))).toBe(
      '-1, -5, 0x7 /* WHENCE_??? */, 0x0',
    )
  })
})

describe('after it has run, a call shows', () => {
  test('what it read, as much as there was', () => {
    const peek = at(
      [0x100, words(0x400, 3, 0x500, 4096)],
      [0x400, ascii('abc')],
      [0x500, ascii('de')],
      [0x80, words(5)],
    )
    const call = after('fd_read', [0, 0x100, 2, 0x80], peek)
    expect(texts(call)).toBe('0, [{iov_base="abc", iov_len=3}, {iov_base="de", iov_len=4096}], 2, [5]')
    expect(call.args[3]).toMatchObject({ value: 0x80, out: 5 })
  })
  test('structures', () => {
    expect(texts(after('fd_filestat_get', [4, 0x100], at([0x100, filestat])))).toBe(
      '4, {filetype=REGULAR_FILE, size=35, ...}',
    )
    expect(texts(after('fd_prestat_get', [3, 0x100], at([0x100, words(0, 1)])))).toBe('3, {tag=DIR, pr_name_len=1}')
    expect(
      texts(after('fd_readdir', [3, 0x100, 4096, 0, 0x80], at([0x100, dirent], [0x80, words(dirent.length)]))),
    ).toBe(`3, [{d_next=1, d_ino=7, d_namlen=3, d_type=REGULAR_FILE, d_name="foo"}], 4096, 0, [${dirent.length}]`)
  })
  test('arguments and times', () => {
    expect(texts(after('args_get', [0x100, 0x200], at([0x100, words(0x200, 0x203)], [0x200, ascii('wc\0-l\0')])))).toBe(
      '["wc", "-l"], 0x200',
    )
    const time = at([0x100, word64(2_147_483_647_000_000_000n)])
    expect(briefs(after('clock_time_get', [0, 1, 0x100], time))).toBe('realtime, 1, [2038-01-19T03:14:07Z]')
    expect(briefs(after('clock_time_get', [1, 1, 0x100], time))).toBe('monotonic, 1, [2147483647000000000]')
  })
  test('addresses only, if it failed', () => {
    const call = after('fd_filestat_get', [4, 0x100], at([0x100, filestat]), 8)
    expect(texts(call)).toBe('4, 0x100')
    expect(call.result).toMatchObject({
      kind: 'failure',
      errno: 'EBADF',
      text: '8 EBADF (Bad file descriptor)',
      brief: '8 badf',
    })
  })
})

test.for([
  [1, 0, '0'],
  [1, 51, '51 ENOSPC (No space left on device)'],
  [1, 999, '999'],
  [2, 7, '7'],
  [2, -44, '-1 ENOENT (No such file or directory)'],
  [2, -512, '? ERESTARTSYS (To be restarted if SA_RESTART is set)'],
  [2, -4096, '-4096'],
] as const)('a result of table %i, %i, is %s', ([arch, ret, text]) => {
  expect(decodeResult(arch, ret).text).toBe(text)
})

test('a call that no table has keeps its number and registers', () => {
  const call = decodeCall({ arch: 1, nr: 999, args: [1n, 2n, 0n], phase: 'before', peek: blind })
  expect(call).toMatchObject({ name: 'syscall_0x3e7', row: undefined })
  expect(texts(call)).toBe('0x1, 0x2')
})

test('every call has a sentence, and decodes whatever its registers and memory hold', () => {
  const raw = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.nat(64).map(BigInt), fc.constant(0xffff_ffffn))
  const noise: fc.Arbitrary<Peek> = fc.uint8Array({ minLength: 64, maxLength: 64 }).map(
    (bytes): Peek =>
      (addr, length) =>
        addr >= 0 && length <= 2048
          ? Uint8Array.from({ length }, (_, i) => bytes[(addr + i) % 64] as number)
          : undefined,
  )
  fc.assert(
    fc.property(
      fc.constantFrom(...preview1ByNumber),
      fc.array(raw, { minLength: 9, maxLength: 9 }),
      noise,
      fc.integer({ min: -600, max: 300 }),
      fc.constantFrom(1, 2, 0),
      (row, args, peek, ret, arch) => {
        for (const phase of ['before', 'after'] as const) {
          const call = decodeCall({ arch, nr: row.nr, args, phase, peek, ret })
          for (const arg of call.args) expect(typeof arg.text).toBe('string')
          const { verb, rest, undone } = phraseOf(call)
          expect(`${verb} ${rest}${undone}`).not.toContain('undefined')
          if (arch === 1) expect(verb).not.toBe('call')
        }
      },
    ),
    { numRuns: 300 },
  )
})
