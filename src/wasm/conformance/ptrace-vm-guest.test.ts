import { beforeAll, describe, expect, test } from 'vitest'
import { programs } from './program.ts'
import { untraced, type Ran } from './tracer.ts'

// The conformance list of PTRACE_VM by a tracer in C, which is a guest as its tracees are: programs/vm-list.c.

const plain = 'exit getpid | entry getppid | exit getppid | entry getpid | exit getpid | entry exit_group | exited 0'

/** Each item: what it says, the line of stops, and what its tracees wrote. */
const LIST = [
  ['the probe gives 6', 'entry getpid | entry pipe with 2 | entry getppid with 6'],
  ['addr 0 and 1 behave alike; −7 is 0; −1 is 6',
    `0: | ${plain} 1: | ${plain} -7: | ${plain} -1: | entry getppid | entry getpid | entry exit_group | SIG 4`],
  ['entry + 2: k calls give k stops', 'entry write | entry write | entry getppid | entry exit_group | exited 0', 'w\nw\n'],
  ['entry + 4, and + 6: no side effect, k stops',
    Array(2).fill('entry write | entry write | entry getppid | entry exit_group | SIG 4').join(' || ')],
  ['a skipped call gives ENOSYS unless the tracer set a result', 'ENOSYS and 4711'],
  ['a buffer poked at the entry is what the guest reads', 'entry getppid, it read 4, flag 1'],
  ['exit stop + 4: the next call still stops at entry and runs with 0', 'entry getppid | exit getppid with the parent'],
  ['the same at a signal stop', 'exit getpid | SIG 28 | entry getppid | exit getppid'],
  ['first resume with 4: nothing', 'entry getpid | exit getpid with its pid'],
  ['entry + 2, fork event resumed 0: exit stop',
    'event 1 | child SIG 19 | exit fork | child entry getppid | child exit getppid | child exited 7'],
  ['entry + 0, fork event resumed 2: none',
    'event 1 | child SIG 19 | entry wait4 | child entry getppid | child exit getppid | child exited 7'],
  ['fork event resumed 4: the child exists',
    'event 1 | child SIG 19 | entry wait4 | child entry getppid | child exit getppid | child exited 7'],
  ['bad signal number: EIO, not resumed, old tags kept', 'entry getppid | I/O error | exit getppid | ESRCH | exited 0'],
  ['CONT + 4 at entry: skipped, later calls run unstopped', 'exited 0', 'w\n'],
  ['CONT + 4 elsewhere: nothing is ever skipped', 'exited 0', 'w\nw\n'],
  ['a signal injected with 4 is delivered after the skipped call', "SIG 10 at the call's ENOSYS | entry getppid | SIG 10 | killed 10"],
  ['SYSEMU, entry, SYSCALL: exit stop with ENOSYS', 'entry getpid | exit getpid with ENOSYS'],
  ['SYSEMU, entry, SYSEMU: none', 'entry getpid | entry getppid | entry getpid | entry exit_group | SIG 4'],
  ['SYSEMU_SINGLESTEP, set the result, CONT: the guest sees it', 'entry getpid | entry getppid with 42'],
  ['STEP + 0, 2, 4, 6 as in the table', [
    'SIG 5 with its pid, SIG 5, entry getppid', 'SIG 5 with its pid, SIG 5, entry getppid',
    'SIG 5 with ENOSYS, SIG 5, entry getppid', 'SIG 5 with ENOSYS, SIG 5, entry getppid',
  ].join(' | ')],
  ['detach with tags, attach again: none', 'SIG 19 | entry getppid | exit getppid'],
  ['the child of a traced fork starts with none',
    'event 1 | child SIG 19 | entry wait4 | child entry getppid | child exit getppid | child exited 7'],
  ['exec keeps rule 3', 'event 4 | exit execve | exited 5 || event 4 | entry another | exited 5'],
  ['a skipped exit: rule 9', 'entry exit_group | SIG 4 | killed 4'],
  ['a blocking call interrupted and restarted under 2: two entry stops, no exit', 'SIG 28 | entry read | entry getppid'],
  ['MULTI: the first error ends the vector', '2 ran, copied 0x1234 | exit getpid'],
] as const

describe('PTRACE_VM from C', () => {
  let ran: Ran
  let run: () => Promise<Ran>
  const items = new Map<number, { readonly line: string; readonly wrote: string }>()
  beforeAll(async () => {
    const { 'vm-list': list } = await programs('vm-list')
    run = () => untraced(list, [], { untraced: false, tree: [{ path: '/vm-list', bytes: list }] })
    ran = await run()
    for (const [, wrote = '', item, line = ''] of ran.output.matchAll(/((?:\w\n)*)^(\d+): (.*)\n/gm)) items.set(Number(item), { line, wrote })
  }, 240_000)

  test.for(LIST.map(([name, ...wanted], i) => [i + 1, name, ...wanted] as const))('%d %s', ([item, , line, wrote = '']) => {
    expect(items.get(item)).toEqual({ line, wrote })
  })

  test('leaves nobody behind, and does it again with the same digest', async () => {
    expect(ran).toMatchObject({ end: { kind: 'exited' }, left: 1 })
    expect((await run()).digest).toBe(ran.digest)
  })
})
