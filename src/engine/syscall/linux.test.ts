import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { errnoName } from '../abi/errno.ts'
import { LINUX_NR, type LinuxName } from '../abi/linux.ts'
import { ARCH_LINUX, ARCH_PREVIEW1 } from '../abi/ptrace.ts'
import { XLAT } from '../abi/xlat.ts'
import { encodeUtf8 } from '../kernel/text.ts'
import { rowOf } from './find.ts'
import { linuxByName } from './linux.ts'
import { isFailure } from './result.ts'
import { FakeProcess } from './testing.ts'

const rows = [...linuxByName.values()]
/** Of the rows that this part of the table has; processes, signals and tracing need a kernel. */
const MINE = [
  'read', 'write', 'close', 'dup', 'dup2', 'dup3', 'pipe', 'pipe2', 'fcntl', 'ioctl', 'poll', 'clock_gettime',
  'clock_nanosleep', 'nanosleep', 'getrandom', 'sched_yield', 'futex',
] as const satisfies readonly LinuxName[]

describe('the table linux', () => {
  test('has no number and no name twice, and says of each row which table it is in', () => {
    expect(new Set(Object.values(LINUX_NR)).size).toBe(Object.keys(LINUX_NR).length)
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length)
    for (const { arch, nosys, name, nr } of rows) {
      expect([arch, nosys, nr]).toEqual([ARCH_LINUX, -52, LINUX_NR[name as LinuxName]])
    }
  })

  test('has the calls on descriptors, time and chance', () => {
    for (const name of MINE) expect(linuxByName.has(name)).toBe(true)
  })

  test('is found by its number, apart from preview1', () => {
    expect(rowOf(ARCH_LINUX, 63)?.name).toBe('read')
    expect(rowOf(ARCH_LINUX, 1040)?.name).toBe('pipe')
    expect(rowOf(ARCH_LINUX, 0)).toBeUndefined()
    expect(rowOf(ARCH_PREVIEW1, 63)).toBeUndefined()
    expect(rowOf(ARCH_PREVIEW1, 0)).toMatchObject({ name: 'args_get', arch: ARCH_PREVIEW1, nosys: 52 })
    expect(rowOf(0, 0)).toBeUndefined()
  })

  test('has only parameters of 32 bits, lists that there are, and counts that are arguments', () => {
    for (const { args } of rows) {
      const names = args.map(({ name }) => name)
      expect(new Set(names).size).toBe(names.length)
      for (const { wasm, show } of args) {
        expect(wasm).toBe('i32')
        if (show.kind === 'enum' || show.kind === 'flags') expect(XLAT).toHaveProperty(show.xlat)
        if (show.kind !== 'pointer') continue
        for (const count of [show.count, show.filled, show.struct?.count]) {
          if (count !== undefined) expect(names).toContain(count)
        }
      }
    }
  })

  test('never throws and never writes outside memory, whatever a guest passes', () => {
    const number = fc.oneof(
      fc.nat(10), fc.nat(70_000),
      fc.constantFrom(0, 3, 0x5413, 1031, 0x7fff_ffff, 0x8000_0000, 0xffff_fff8, 0xffff_ffff),
    )
    const call = fc.tuple(fc.constantFrom(...MINE), fc.array(number, { minLength: 6, maxLength: 6 }))
    fc.assert(
      fc.property(fc.array(call, { maxLength: 16 }), (calls) => {
        const process = new FakeProcess({ stdin: 'typed', files: [{ path: '/file', bytes: encodeUtf8('x') }] })
        process.linux('pipe', 8)
        for (const [name, numbers] of calls) {
          const first = process.beginLinux(name, ...numbers)
          const result = typeof first === 'number' ? first : (first.interrupted?.() ?? 0)
          expect(Number.isInteger(result)).toBe(true)
          if (result < 0) expect(errnoName(-result)).toBeDefined()
        }
      }),
      { numRuns: 400 },
    )
  })
})

test.for<[number, number, boolean]>([
  [ARCH_PREVIEW1, 0, false], [ARCH_PREVIEW1, 8, true], [ARCH_LINUX, 8, false], [ARCH_LINUX, -8, true],
  [ARCH_LINUX, -4095, true], [ARCH_LINUX, -4096, false],
])('in table %i the result %i means failure: %s', ([arch, ret, expected]) => {
  expect(isFailure(arch, ret)).toBe(expected)
})
