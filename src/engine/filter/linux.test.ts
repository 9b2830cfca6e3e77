import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LINUX_NR } from '../abi/linux.ts'
import { SIGNAL } from '../abi/signal.ts'
import { exitedStatus, killedStatus } from '../abi/wait.ts'
import { describe as say } from '../decode/describe.ts'
import { eventLineText } from '../decode/line.ts'
import { straceLines } from '../decode/strace.ts'
import { taskAt, taskTree } from '../decode/task.ts'
import { ArchCode, Flag } from '../trace/format.ts'
import { TraceBuilder, WASI } from '../trace/testing.ts'
import { compileFilter } from './match.ts'
import { parseFilter } from './parse.ts'
import { suggestFilter } from './suggest.ts'

const arch = ArchCode.linux

describe('a filter on both tables', () => {
  const b = new TraceBuilder()
  b.birth(2, 0, 'sh')
  const kill = b.call(2, LINUX_NR.kill, [3, SIGNAL.SIGUSR1], 0, { arch })
  const exec = b.call(2, LINUX_NR.execve, [0x100, 0, 0], -44, { arch, captures: [{ addr: 0x100, bytes: '/bin/nope\0' }] })
  const write = b.call(2, LINUX_NR.write, [1, 0x100, 9], 9, { arch })
  const wasi = b.call(2, WASI.fd_write, [1, 0x100, 1, 0x200], 0)
  const wait = b.call(2, LINUX_NR.wait4, [-1, 0, 1, 0], 0, { arch })
  const arrives = b.signal(2, SIGNAL.SIGUSR1, { pid: 3 })
  const group = b.group(2, SIGNAL.SIGSTOP)
  const death = b.death(2, killedStatus(SIGNAL.SIGUSR1, false))
  const trace = b.build()
  const matches = (text: string): readonly number[] => {
    const parsed = parseFilter(text)
    if (!parsed.ok) throw new Error(parsed.error.message)
    const match = compileFilter(parsed.query)
    return Array.from({ length: trace.length }, (_, i) => i + 1).filter((seq) => match(trace, seq))
  }
  test.for([
    ['%process', [kill, exec, wait]],
    ['%desc', [write, wasi]],
    ['%file', [exec]],
    ['%signal', [kill]],
    ['write', [write, wasi]],
    ['call:=write', [write]],
    ['errno:ENOENT', [exec]],
    ['path:nope', [exec]],
    ['fd:1', [write, wasi]],
    ['size:9', [write]],
    ['signal:USR1', [kill, arrives, death]],
    ['signal:10', [kill, arrives, death]],
    ['signal:SIGSTOP', [group]],
    ['signal:*', [kill, arrives, group, death]],
    ['arg.pid:-1', [wait]],
    ['arg.options:WNOHANG', [wait]],
    ['stop:signal', [arrives]],
  ] as const)('%s', ([text, found]) => {
    expect(matches(text)).toEqual(found)
  })
})

test('suggestions name a call once, and signals behind signal:', () => {
  expect(suggestFilter('sched', 5).map(({ insert }) => insert)).toEqual(['sched_yield'])
  expect(suggestFilter('signal:usr', 10).map(({ insert }) => insert)).toEqual(['SIGUSR1', 'SIGUSR2'])
  expect(suggestFilter('%sig', 4).map(({ insert }) => insert)).toEqual(['%signal'])
})

test('strace’s text tells of new tasks, not of a task that goes on as another program', () => {
  const b = new TraceBuilder()
  b.birth(1, 0, 'tracer.ts')
  b.birth(2, 1, 'sh')
  b.group(2, SIGNAL.SIGTRAP)
  const fork = b.entry(2, LINUX_NR.fork, [], { arch })
  b.birth(3, 2, 'sh')
  b.exit(fork, 3, { arch })
  b.birth(3, 2, 'ls', ['ls'], Flag.exec)
  b.death(3, exitedStatus(0))
  expect([...straceLines(b.build())]).toEqual([
    'fork(strace: Process 3 attached', ')                                  = 3', '+++ exited with 0 +++',
  ])
})

test('nothing that a stranger’s trace holds makes lines, sentences or the task view throw', () => {
  const calls = Object.values(LINUX_NR)
  const anyRow = fc.record({
    kind: fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 8, 9),
    arch: fc.constant(arch),
    pid: fc.integer({ min: 1, max: 4 }),
    by: fc.nat(3),
    nr: fc.oneof(fc.constantFrom(...calls), fc.integer({ min: -1, max: 70 })),
    ret: fc.integer({ min: -600, max: 600 }),
    link: fc.nat(8),
    flags: fc.nat(2047),
    status: fc.nat(),
  })
  fc.assert(
    fc.property(fc.array(fc.tuple(anyRow, fc.uint8Array({ maxLength: 60 })), { maxLength: 8 }), (rows) => {
      const b = new TraceBuilder()
      for (const [row, payload] of rows) b.trace.events.append(row as never, payload)
      const trace = b.build()
      for (let seq = 1; seq <= trace.length; seq++) {
        eventLineText(trace, seq)
        say(trace, seq)
        taskTree(trace, seq)
        for (let pid = 1; pid <= 4; pid++) taskAt(trace, pid, seq)
      }
      expect([...straceLines(trace)].length).toBeGreaterThanOrEqual(0)
    }),
    { numRuns: 300 },
  )
})
