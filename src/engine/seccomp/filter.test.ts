import { describe, expect, test } from 'vitest'
import { ERRNO } from '../abi/errno.ts'
import { SECCOMP_RET, type SeccompAction } from '../abi/seccomp.ts'
import { isAction } from './action.ts'
import { addFilter, type Chain, type Filter, isAncestor, nthFilter, runFilters } from './filter.ts'
import { decodeProgram, encodeProgram, type Program } from './instruction.ts'
import { always, dataOf, forCall, op } from './testing.ts'

const install = (chain: Chain, program: Program, logs = false): Filter => {
  const added = addFilter(chain, program, logs)
  if (!added.ok) throw new Error(`errno ${added.errno}`)
  return added.chain
}
/** A chain of filters that return these values, the first being the oldest. */
const chainOf = (...values: number[]): Chain =>
  values.reduce<Chain>((chain, value) => install(chain, always(value)), undefined)
const call = dataOf(57)

const BY_STRICTNESS: readonly SeccompAction[] = [
  'SECCOMP_RET_KILL_PROCESS',
  'SECCOMP_RET_KILL_THREAD',
  'SECCOMP_RET_TRAP',
  'SECCOMP_RET_ERRNO',
  'SECCOMP_RET_USER_NOTIF',
  'SECCOMP_RET_TRACE',
  'SECCOMP_RET_LOG',
  'SECCOMP_RET_ALLOW',
]

describe('of several filters', () => {
  test('the strictest counts, wherever it stands', () => {
    for (const [index, strict] of BY_STRICTNESS.entries()) {
      for (const lax of BY_STRICTNESS.slice(index)) {
        expect(runFilters(chainOf(SECCOMP_RET[strict], SECCOMP_RET[lax]), call).action).toBe(strict)
        expect(runFilters(chainOf(SECCOMP_RET[lax], SECCOMP_RET[strict]), call).action).toBe(strict)
      }
    }
  })

  test('the data is that of the winner, and among equals that of the latest', () => {
    const { SECCOMP_RET_TRACE: trace, SECCOMP_RET_ERRNO: errno } = SECCOMP_RET
    expect(runFilters(chainOf(trace | 1, trace | 2), call)).toEqual({ action: 'SECCOMP_RET_TRACE', data: 2 })
    expect(runFilters(chainOf(errno | 9, trace | 2), call)).toEqual({ action: 'SECCOMP_RET_ERRNO', data: 9 })
  })
})

test('without filters, and by filters that allow, a call is allowed without data', () => {
  const allowed = { action: 'SECCOMP_RET_ALLOW', data: 0 }
  expect(runFilters(undefined, call)).toEqual(allowed)
  expect(runFilters(chainOf(SECCOMP_RET.SECCOMP_RET_ALLOW | 5), call)).toEqual(allowed)
})

test('a filter looks at the call', () => {
  const chain = install(undefined, forCall(57, SECCOMP_RET.SECCOMP_RET_TRACE | 77))
  expect(runFilters(chain, call)).toEqual({ action: 'SECCOMP_RET_TRACE', data: 77 })
  expect(runFilters(chain, dataOf(58)).action).toBe('SECCOMP_RET_ALLOW')
})

test('what is no action kills the process, and an errno ends at 4095', () => {
  expect(runFilters(chainOf(0x1234_0005), call)).toEqual({ action: 'SECCOMP_RET_KILL_PROCESS', data: 5 })
  expect(runFilters(chainOf(0x9000_0000), call).action).toBe('SECCOMP_RET_KILL_PROCESS')
  expect(runFilters(chainOf(SECCOMP_RET.SECCOMP_RET_ERRNO | 0xffff), call).data).toBe(4095)
  expect(runFilters(chainOf(SECCOMP_RET.SECCOMP_RET_TRAP | 0xffff), call).data).toBe(0xffff)
})

test('only whole actions are available', () => {
  for (const value of Object.values(SECCOMP_RET)) expect(isAction(value | 0)).toBe(true)
  expect([5, 0x7ff1_0000, SECCOMP_RET.SECCOMP_RET_ALLOW + 1].filter(isAction)).toEqual([])
})

describe('a chain', () => {
  test('counts filters from the oldest, and gives back what was handed in', () => {
    const programs = [always(1), forCall(3, 2), always(3)]
    const chain = programs.reduce<Chain>((chain, program) => install(chain, program), undefined)
    expect([0, 1, 2, 3, -1].map((index) => nthFilter(chain, index)?.program)).toEqual([
      ...programs,
      undefined,
      undefined,
    ])
    expect(decodeProgram(encodeProgram(forCall(3, 0x8000_0000)))).toEqual(forCall(3, 0x8000_0000))
    expect([...encodeProgram([op('jeqK', 0x8765_4321, 1, 255)])]).toEqual([0x15, 0, 1, 255, 0x21, 0x43, 0x65, 0x87])
  })

  test('is shared: what a child adds its parent does not get', () => {
    const parent = install(undefined, always(SECCOMP_RET.SECCOMP_RET_ALLOW))
    const child = install(parent, always(SECCOMP_RET.SECCOMP_RET_ERRNO))
    expect(runFilters(parent, call).action).toBe('SECCOMP_RET_ALLOW')
    expect(isAncestor(parent, child)).toBe(true)
    expect(isAncestor(undefined, child)).toBe(true)
    expect(isAncestor(child, parent)).toBe(false)
    expect(isAncestor(install(undefined, always(SECCOMP_RET.SECCOMP_RET_ALLOW)), child)).toBe(false)
  })

  const repeated = (count: number, ...program: ReturnType<typeof op>[]): Program =>
    Array.from({ length: count }, () => program).flat()
  const end = op('returnK', SECCOMP_RET.SECCOMP_RET_ALLOW)
  const jumps = (count: number, jump: ReturnType<typeof op>): Program => [...repeated(count, jump), ...repeated(8, end)]
  // Each measured on Linux 6.18: how many such filters a thread takes before it gets ENOMEM.
  test.for<[what: string, program: Program, filters: number]>([
    ['a load and eight returns', [op('loadWord'), ...repeated(8, end)], 1365],
    ['92 loads', jumps(92, op('loadWord')), 284],
    ['992 loads', jumps(992, op('loadWord')), 32],
    ['4088 loads', jumps(4088, op('loadWord')), 7],
    ['992 branches if not', jumps(992, op('jeqK', 7, 0, 1)), 32],
    ['992 branches two ways', jumps(992, op('jeqK', 7, 1, 1)), 16],
    ['992 branches by a great constant', jumps(992, op('jeqK', -7, 1, 0)), 16],
    ['992 branches by bits', jumps(992, op('jsetK', 7, 0, 1)), 16],
    [
      'divisions by X',
      [op('loadConstantX', 1), op('store', 3), op('loadConstant'), ...repeated(997, op('divX')), end],
      6,
    ],
  ])('of %s has room for as many as on Linux', ([, program, filters]) => {
    let chain: Chain
    let added = addFilter(chain, program, false)
    let count = 0
    for (; added.ok; count++) added = addFilter((chain = added.chain), program, false)
    expect(count).toBe(filters)
    expect(chain?.count).toBe(filters)
    expect(added.errno).toBe(ERRNO.ENOMEM)
  })
})
