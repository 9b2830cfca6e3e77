import { describe, expect, test } from 'vitest'
import { ERRNO } from '../abi/errno.ts'
import { ARCH_LINUX, ARCH_PREVIEW1 } from '../abi/ptrace.ts'
import { SECCOMP_FILTER_FLAG, SECCOMP_MODE } from '../abi/seccomp.ts'
import { preview1ByNumber } from '../syscall/preview1.ts'
import { isStrictCall, NO_SECCOMP, type Seccomp, setFilter, setStrict } from './mode.ts'
import { always } from './testing.ts'

const ALLOW = always(0x7fff_0000)
const must = (changed: ReturnType<typeof setFilter>): Seccomp => {
  if (!changed.ok) throw new Error(`errno ${changed.errno}`)
  return changed.seccomp
}
const refused = { ok: false, errno: ERRNO.EINVAL }

test('a mode once set stays', () => {
  const strict = must(setStrict(NO_SECCOMP))
  const filtered = must(setFilter(NO_SECCOMP, 0, ALLOW))
  expect([strict.mode, filtered.mode]).toEqual([SECCOMP_MODE.SECCOMP_MODE_STRICT, SECCOMP_MODE.SECCOMP_MODE_FILTER])
  expect(setStrict(strict).ok).toBe(true)
  expect(setFilter(strict, 0, ALLOW)).toEqual(refused)
  expect(setStrict(filtered)).toEqual(refused)
  expect(must(setFilter(filtered, 0, ALLOW)).chain?.previous).toBe(filtered.chain)
})

describe('the flag', () => {
  test.for<[flag: keyof typeof SECCOMP_FILTER_FLAG, isTaken: boolean]>([
    ['SECCOMP_FILTER_FLAG_TSYNC', true],
    ['SECCOMP_FILTER_FLAG_LOG', true],
    ['SECCOMP_FILTER_FLAG_SPEC_ALLOW', true],
    ['SECCOMP_FILTER_FLAG_NEW_LISTENER', false],
    ['SECCOMP_FILTER_FLAG_TSYNC_ESRCH', true],
    ['SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV', false],
  ])('%s is taken: %s', ([flag, isTaken]) => {
    expect(setFilter(NO_SECCOMP, SECCOMP_FILTER_FLAG[flag], ALLOW).ok).toBe(isTaken)
  })

  test('that is unknown is refused', () => {
    expect(setFilter(NO_SECCOMP, 0x40, ALLOW)).toEqual(refused)
    expect(setFilter(NO_SECCOMP, 0x8000_0000, ALLOW)).toEqual(refused)
  })

  test('LOG is kept with its filter', () => {
    const { chain } = must(setFilter(must(setFilter(NO_SECCOMP, 2, ALLOW)), 0, ALLOW))
    expect([chain?.logs, chain?.previous?.logs]).toEqual([false, true])
  })
})

test('a program that is none is refused', () => {
  expect(setFilter(NO_SECCOMP, 0, [])).toEqual(refused)
})

test('strict mode leaves reading, writing and the end', () => {
  const names = preview1ByNumber.filter(({ nr }) => isStrictCall(ARCH_PREVIEW1, nr)).map(({ name }) => name)
  expect(names).toEqual(['fd_read', 'fd_write', 'proc_exit'])
  expect(Array.from({ length: 500 }, (_, nr) => nr).filter((nr) => isStrictCall(ARCH_LINUX, nr))).toEqual([
    63, 64, 93, 139,
  ])
})
