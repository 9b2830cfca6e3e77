import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { preview1ByName, preview1ByNumber } from '../syscall/preview1.ts'
import { makeApi } from './api.ts'
import { ENTRY, EXEC, EXIT, EXITED, FakeProcess, fakeTicks, type Answer } from './testing.ts'
import type { CallOutcome, VirtualCall } from './virtual-call.ts'
import type { Ended, Guest, Rules } from './virtualize.ts'

interface Api {
  readonly virtualize: (guest: Guest | readonly Guest[], rules: unknown) => Promise<Ended | readonly Ended[]>
  readonly sleep: (seconds: number) => Promise<number>
}

const nr = (name: string): number => preview1ByName.get(name)?.nr ?? -1
const entry = (name: string, ...args: number[]): Answer => ({ pid: 2, ...ENTRY, nr: nr(name), args })
const exit: Answer = { pid: 2, ...EXIT }

/** Runs these stops of task 2 under rules; answers what was asked of the kernel from the first resume on. */
const run = async (stops: readonly Answer[], rules: (api: Api, process: FakeProcess) => Rules) => {
  const process = new FakeProcess([{ pid: 2, ...EXEC }, ...stops, { pid: 2, ...EXITED }])
  const api = makeApi(process, { ticks: fakeTicks() }).exports as unknown as Api
  const ended = await api.virtualize('cat', rules(api, process))
  return { process, ended, asked: process.asked.slice(3), ret: Number(process.registers.getBigInt64(80, true)) }
}

const READ = entry('fd_read', 4, 0, 0, 0)
const WRITE = entry('fd_write', 1, 0, 0, 0)

describe('umview’s four words', () => {
  test('run silently: nobody asked, one stop, SKIPEXIT', async () => {
    const { asked, ended } = await run([READ, WRITE], () => ({ fd_read: (call: VirtualCall) => call.run() }))
    expect(asked).toEqual(['SYSCALL 2 2 0', 'SYSCALL 2 2 0'])
    expect(ended).toEqual({ pid: 2, task: 'fake', status: 0, code: 0, signal: undefined })
  })

  test('run and tell me: an exit stop, and what came of it', async () => {
    const told: unknown[] = []
    const { asked } = await run([READ, exit, WRITE], () => ({
      fd_read: (call: VirtualCall) => call.run({ then: ({ name, args, ret }) => told.push(name, args['fd'], ret) }),
    }))
    expect(asked).toEqual(['SYSCALL 2 0 0', 'SYSCALL 2 0 0', 'SYSCALL 2 2 0'])
    expect(told).toEqual(['fd_read', 4, 0])
  })

  test('run and report to the trace alone', async () => {
    expect((await run([READ, exit], () => ({ fd_read: (call: VirtualCall) => call.run({ report: true }) }))).asked).toEqual(['SYSCALL 2 0 0', 'SYSCALL 2 0 0'])
  })

  test('run with changed arguments: silently as well', async () => {
    const { asked, process } = await run([READ], () => ({ fd_read: (call: VirtualCall) => call.rewrite({ fd: 9 }) }))
    expect(asked).toEqual(['SETREGS', 'SYSCALL 2 2 0'])
    expect(process.registers.getBigUint64(8, true)).toBe(9n)
  })

  test('virtualise: not run, and the result is the rule’s', async () => {
    const { asked, ret } = await run([READ], () => ({ fd_read: (call: VirtualCall) => call.skip(0) }))
    expect(asked).toEqual(['SETREGS', 'SYSCALL 2 4 0'])
    expect(ret).toBe(0)
    expect((await run([READ], () => ({ fd_read: (call: VirtualCall) => call.fail('ENOSPC') }))).ret).toBe(51)
  })
})

test('an outcome can be changed at the exit stop', async () => {
  const { ret } = await run([READ, exit], () => ({ fd_read: (call: VirtualCall) => call.run({ then: (result: CallOutcome) => result.set(29) }) }))
  expect(ret).toBe(29)
})

test('of several rules the first that decides wins; then the default is asked; then it runs silently', async () => {
  const seen: string[] = []
  const rules = (): Rules => ({
    fd_read: [
      () => void seen.push('looks only'),
      { when: { fd: 3 }, do: () => void seen.push('not about this one') },
      { when: { fd: [3, 4] }, do: (call) => call.skip(8) },
      () => void seen.push('comes too late'),
    ],
    default: (call) => {
      seen.push(`default ${call.name}`)
      if (call.name === 'fd_write') call.skip(1)
    },
  })
  const { asked } = await run([READ, WRITE, entry('fd_close', 4)], rules)
  expect(seen).toEqual(['looks only', 'default fd_write', 'default fd_close'])
  expect(asked).toEqual(['SETREGS', 'SYSCALL 2 4 0', 'SETREGS', 'SYSCALL 2 4 0', 'SYSCALL 2 2 0'])
})

test.for([
  ['a number', { fd: 3 }, true],
  ['another number', { fd: 4 }, false],
  ['a BigInt for a number', { fd: 3n }, true],
  ['a text', { path: 'a.txt' }, true],
  ['a pattern', { path: /\.txt$/ }, true],
  ['a global pattern, again and again', { path: /a/g }, true],
  ['a list', { path: ['b.txt', /^a/] }, true],
  ['a function of the value', { path: (path: string) => path.length === 5 }, true],
  ['all must hold', { path: /a/, fd: 4 }, false],
  ['a name that the call does not have', { iovs: () => true }, false],
  ['a function of the call', (call: VirtualCall) => call.args['fd'] === 3, true],
] as const)('a condition: %s', async ([, when, holds]) => {
  for (let i = 0; i < 2; i++) {
    const { asked } = await run([entry('path_open', 3, 0, 500, 5)], (_, process) => {
      process.task.write(500, new Uint8Array([97, 46, 116, 120, 116]))
      return { path_open: { when, do: (call) => call.fail('EACCES') } }
    })
    expect(asked.at(-1)).toBe(holds ? 'SYSCALL 2 4 0' : 'SYSCALL 2 2 0')
  }
})

test('a handler may sleep; the task waits', async () => {
  const { process } = await run([READ, exit], (api) => ({
    fd_read: async (call) => {
      await api.sleep(0.5)
      call.run({
        then: async () => {
          await api.sleep(1)
        },
      })
    },
  }))
  expect(process.asked.slice(3)).toEqual(['sleep 500000000', 'SYSCALL 2 0 0', 'sleep 1000000000', 'SYSCALL 2 0 0'])
})

test('several guests, by pid, by name and by more, end as a list', async () => {
  const process = new FakeProcess([{ pid: 2, ...EXEC }, { pid: 2, ...EXITED }])
  const api = makeApi(process, { ticks: fakeTicks() }).exports as unknown as Api
  expect(await api.virtualize([{ name: 'cat', argv: ['x'] }], {})).toHaveLength(1)
  expect(process.asked[0]).toBe('spawn cat traceme')
  expect(await api.virtualize([], {})).toEqual([])
})

test.for([
  ['a name that is no call', { fd_wriet: () => {} }, 'there is no call fd_wriet'],
  ['a rule that does nothing', { fd_write: { when: { fd: 1 } } }, 'a rule for fd_write does nothing'],
  ['two decisions', { fd_read: (call: VirtualCall) => (call.run(), call.skip()) }, 'this fd_read is decided already'],
  ['telling without an exit stop', { fd_read: (call: VirtualCall) => call.run({ report: false, then: () => {} }) }, '`report: false` asks for none'],
])('%s is refused with a sentence', async ([, rules, sentence]) => {
  await expect(run([READ], () => rules as Rules)).rejects.toThrow(sentence as string)
})

test('a decision that comes when the task is gone is refused', async () => {
  let late: VirtualCall | undefined
  await run([READ], () => ({
    fd_read: (call) => {
      late = call
    },
  }))
  expect(() => late?.skip()).toThrow('task 2 goes on already: its fd_read was decided without this')
})

test('SIGKILL from a rule is all that is asked', async () => {
  const process = new FakeProcess([{ pid: 2, ...EXEC }, READ, { pid: 2, status: 9 }])
  const api = makeApi(process, { ticks: fakeTicks() }).exports as unknown as Api
  expect(await api.virtualize('cat', { fd_read: (call: VirtualCall) => call.kill() })).toMatchObject({ code: undefined, signal: 9 })
  expect(process.asked).toContain('kill 2 9')
})

test('the declared arguments of each call are those of its row', () => {
  const text = readFileSync(new URL('./api.d.ts', import.meta.url), 'utf8')
  const declared = text.slice(text.indexOf('export interface CallArgs {'))
  for (const { name, args } of preview1ByNumber) {
    const [, type = ''] = new RegExp(`^ {4}${name}: ([^]*?)(?=\\n {4}/\\*\\*|\\n {2}\\})`, 'm').exec(declared) ?? []
    const names = [...type.matchAll(/"(\w+)"|readonly (\w+)/g)].map((match) => match[1] ?? match[2])
    expect([name, names.toSorted()]).toEqual([name, args.map((arg) => arg.name).toSorted()])
  }
})
