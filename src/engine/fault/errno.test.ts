import { expect, test } from 'vitest'
import { ERRNO } from '../abi/errno.ts'
import { allRows } from '../decode/table.ts'
import { errnosOf } from './errno.ts'

/** "always successful", or they do not come back. */
const NEVER_FAIL = new Set([
  'proc_exit', 'sched_yield', 'exit', 'exit_group', 'getpid', 'getppid', 'gettid', 'set_tid_address', 'alarm',
])

test('every call of both tables has its errnos, but for those that cannot fail', () => {
  const without = allRows().filter(({ arch, row }) => errnosOf(arch, row.nr).length === 0).map(({ row }) => row.name)
  expect(new Set(without)).toEqual(NEVER_FAIL)
})

test('an errno is named once for a call, and each is one that guests can see', () => {
  for (const { arch, row } of allRows()) {
    const names = errnosOf(arch, row.nr)
    expect(new Set(names).size, row.name).toBe(names.length)
    for (const name of names) expect(ERRNO[name], `${row.name} ${name}`).toBeLessThan(512)
  }
})

test('what only preview1 has stays there', () => {
  for (const { arch, row } of allRows()) if (row.nosys < 0) expect(errnosOf(arch, row.nr), row.name).not.toContain('ENOTCAPABLE')
})
