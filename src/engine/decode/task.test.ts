import { describe, expect, test } from 'vitest'
import { F, LINUX_NR, O } from '../abi/linux.ts'
import { PTRACE, PTRACE_EVENT } from '../abi/ptrace.ts'
import { SIGNAL } from '../abi/signal.ts'
import { exitedStatus, killedStatus } from '../abi/wait.ts'
import { ArchCode, Flag } from '../trace/format.ts'
import { TraceBuilder, word64, words, type Bytes } from '../trace/testing.ts'
import { signalsText, stateText, taskAt, taskTree, type TaskNode } from './task.ts'

const arch = ArchCode.linux
const bit = (signo: number): bigint => 1n << BigInt(signo - 1)

/** A whole call of the table linux that nobody traces. */
const call = (b: TraceBuilder, pid: number, name: keyof typeof LINUX_NR, args: readonly number[], ret: number, captures: readonly Bytes[] = []): number =>
  b.call(pid, LINUX_NR[name], args, ret, { arch, captures })

const shape = (nodes: readonly TaskNode[]): unknown => nodes.map(({ pid, children }) => (children.length === 0 ? pid : [pid, shape(children)]))

describe('the descriptors of a task', () => {
  const b = new TraceBuilder()
  b.birth(1, 0, 'tracer.ts')
  b.birth(2, 1, 'sh')
  const made = call(b, 2, 'pipe', [0x100], 0, [{ addr: 0x100, bytes: words(4, 5), origin: 'call' }])
  const child = b.birth(3, 2, 'sh')
  call(b, 2, 'fork', [], 3)
  call(b, 3, 'dup2', [5, 1], 1)
  const closed = call(b, 3, 'close', [5], 0)
  call(b, 3, 'fcntl', [4, F.F_SETFD, 1], 0)
  const copied = call(b, 3, 'dup', [1], 5)
  const exec = b.birth(3, 2, 'ls', ['ls', '-l'], Flag.exec)
  const end = b.death(3, exitedStatus(0))
  const trace = b.build()
  const table = (pid: number, seq: number): readonly string[] => (taskAt(trace, pid, seq)?.descriptors ?? []).map(({ fd, text }) => `${fd}: ${text}`)

  test('come from the start, from pipe, and from the parent', () => {
    expect(table(2, child)).toEqual([
      '0: stdin', '1: stdout', '2: stderr', '3: /, preopened', `4: pipe at #${made} (read end)`, `5: pipe at #${made} (write end)`,
    ])
    expect(table(3, child).slice(3)).toEqual([
      '3: /, preopened, inherited from 2', `4: pipe at #${made} (read end), inherited from 2`, `5: pipe at #${made} (write end), inherited from 2`,
    ])
  })
  test('are copied and closed without touching the parent’s', () => {
    expect(table(3, closed).slice(1)).toEqual([
      `1: dup of 5, from pipe at #${made} (write end)`, '2: stderr, inherited from 2', '3: /, preopened, inherited from 2',
      `4: pipe at #${made} (read end), inherited from 2`,
    ])
    expect(table(3, copied).at(-1)).toBe(`5: dup of 1, from pipe at #${made} (write end)`)
    expect(table(2, copied)).toEqual(table(2, child))
  })
  test('share the name of an open file in all processes', () => {
    const files = (pid: number): readonly string[] => (taskAt(trace, pid, copied)?.descriptors ?? []).filter(({ file }) => file === `pipe ${made} write`).map(({ fd }) => `${pid}:${fd}`)
    expect([...files(2), ...files(3)]).toEqual(['2:5', '3:1', '3:5'])
  })
  test('are closed by an exec where they are marked so', () => {
    expect(taskAt(trace, 3, copied)?.descriptors.find(({ fd }) => fd === 4)?.closeOnExec).toBe(true)
    expect(taskAt(trace, 3, exec)?.descriptors.map(({ fd }) => fd)).toEqual([0, 1, 2, 3, 5])
    expect(taskAt(trace, 3, exec)).toMatchObject({ name: 'ls', argv: ['ls', '-l'], image: exec, born: child })
  })
  test('are gone with the task', () => expect(taskAt(trace, 3, end)?.descriptors).toEqual([]))
  test('are not asked of a task before its birth', () => expect(taskAt(trace, 3, child - 1)).toBeUndefined())
})

test('a descriptor that was made close-on-exec survives in the copy that dup made', () => {
  const b = new TraceBuilder()
  b.birth(2, 0, 'sh')
  call(b, 2, 'pipe2', [0x100, O.O_CLOEXEC], 0, [{ addr: 0x100, bytes: words(4, 5), origin: 'call' }])
  call(b, 2, 'dup', [4], 6)
  call(b, 2, 'fcntl', [5, F.F_DUPFD_CLOEXEC, 10], 10)
  b.birth(2, 0, 'cat', ['cat'], Flag.exec)
  expect(taskAt(b.build(), 2, b.seq)?.descriptors.map(({ fd }) => fd)).toEqual([0, 1, 2, 3, 6])
})

describe('what a task does', () => {
  const b = new TraceBuilder()
  b.birth(1, 0, 'tracer.ts')
  b.birth(2, 1, 'parent')
  b.request(2, PTRACE.PTRACE_SEIZE, { link: 0 })
  const seized = b.group(2, SIGNAL.SIGTRAP)
  b.request(2, PTRACE.PTRACE_SYSCALL)
  const wait = b.entry(2, LINUX_NR.wait4, [0xffff_ffff, 0x100, 0, 0], { arch })
  const resumed = b.request(2, PTRACE.PTRACE_SYSCALL)
  b.birth(3, 2, 'child')
  const death = b.death(3, exitedStatus(3))
  const exit = b.exit(wait, 3, { arch, captures: [{ addr: 0x100, bytes: words(0x300) }] })
  const group = b.group(2, SIGNAL.SIGSTOP)
  const listens = b.request(2, PTRACE.PTRACE_LISTEN)
  const let_ = b.request(2, PTRACE.PTRACE_DETACH)
  const over = b.death(2, killedStatus(SIGNAL.SIGKILL, false))
  const trace = b.build()
  test.for([
    [2, seized, 'stopped: PTRACE_EVENT_STOP'],
    [2, wait, 'stopped: entry of wait4'],
    [2, resumed, 'running, in wait4'],
    [3, death, 'zombie, exited with 3'],
    [2, exit, 'stopped: exit of wait4'],
    [3, exit, 'dead, exited with 3'],
    [2, group, 'stopped: group-stop by SIGSTOP'],
    [2, listens, 'listening: group-stop by SIGSTOP'],
    [2, let_, 'running'],
    [2, over, 'dead, killed by SIGKILL'],
  ] as const)('%i at %i: %s', ([pid, seq, text]) => {
    const task = taskAt(trace, pid, seq)
    expect(task && stateText(trace, task.state)).toBe(text)
  })
  test('says who traces it', () => {
    expect([seized - 2, seized, listens, let_].map((seq) => taskAt(trace, 2, seq)?.tracer)).toEqual([0, 1, 1, 0])
  })
})

describe('the tree', () => {
  test('has children below parents and threads below their process; orphans stand at the top', () => {
    const b = new TraceBuilder()
    b.birth(1, 0, 'tracer.ts')
    b.birth(2, 1, 'sh')
    b.birth(3, 2, 'sh')
    const thread = b.birth(4, 2, 'sh', ['sh'], Flag.thread)
    const deep = b.birth(5, 3, 'sh')
    const orphaned = b.death(3, exitedStatus(0))
    const trace = b.build()
    expect(shape(taskTree(trace, thread))).toEqual([[1, [[2, [3, 4]]]]])
    expect(shape(taskTree(trace, deep))).toEqual([[1, [[2, [[3, [5]], 4]]]]])
    expect(shape(taskTree(trace, orphaned))).toEqual([[1, [[2, [3, 4]]]], 5])
    expect(taskAt(trace, 5, orphaned)).toMatchObject({ parent: 1, isOrphan: true })
    expect(taskAt(trace, 4, thread)?.process).toBe(2)
  })
  test('has a thread that called exec no more: its process goes on', () => {
    const b = new TraceBuilder()
    b.birth(2, 0, 'many')
    const thread = b.birth(3, 2, 'many', ['many'], Flag.thread)
    b.death(2, exitedStatus(0))
    b.row({ kind: 1, pid: 2, flags: Flag.exec, link: thread }, (out) => {
      for (const n of [0, 2, 2]) out.number(n)
      out.bytes.set([0x6c, 0x73], out.length)
      out.length += 2
      out.number(0)
    })
    const trace = b.build()
    expect(taskTree(trace, b.seq).flatMap(function flat(node): string[] {
      return [`${node.pid} ${node.name} ${node.state.kind}`, ...node.children.flatMap(flat)]
    })).toEqual(['2 ls running', '3 many dead'])
  })
  test('is the same however far back the latest event of a task lies', () => {
    const b = new TraceBuilder()
    b.birth(1, 0, 'tracer.ts')
    b.birth(2, 1, 'sleeper')
    b.event(2, PTRACE_EVENT.PTRACE_EVENT_STOP)
    b.birth(3, 1, 'busy')
    for (let i = 0; i < 5000; i++) call(b, 3, 'getpid', [], 3)
    const trace = b.build()
    expect(taskTree(trace, b.seq)[0]?.children.map(({ state }) => stateText(trace, state))).toEqual(['stopped: PTRACE_EVENT_STOP', 'running'])
  })
})

describe('signals', () => {
  const set = (addr: number, ...signals: readonly number[]): Bytes => ({ addr, bytes: word64(signals.reduce((all, signo) => all | bit(signo), 0n)) })
  test('that are blocked follow from rt_sigprocmask, and are inherited', () => {
    const b = new TraceBuilder()
    b.birth(2, 0, 'sh')
    const blocked = call(b, 2, 'rt_sigprocmask', [0, 0x100, 0, 8], 0, [set(0x100, SIGNAL.SIGUSR1, SIGNAL.SIGKILL, SIGNAL.SIGCHLD)])
    b.birth(3, 2, 'sh')
    const opened = call(b, 2, 'rt_sigprocmask', [1, 0x100, 0, 8], 0, [set(0x100, SIGNAL.SIGUSR1)])
    call(b, 2, 'rt_sigprocmask', [9, 0x100, 0, 8], -28, [set(0x100, SIGNAL.SIGINT)])
    const trace = b.build()
    const mask = (pid: number, seq: number): string => signalsText(taskAt(trace, pid, seq)?.mask ?? [])
    expect([mask(2, blocked), mask(2, opened), mask(3, b.seq), mask(2, 1)]).toEqual(['USR1 CHLD', 'CHLD', 'USR1 CHLD', ''])
  })
  test('are pending while they are blocked, once each', () => {
    const b = new TraceBuilder()
    b.birth(2, 0, 'sh')
    call(b, 2, 'rt_sigprocmask', [2, 0x100, 0, 8], 0, [set(0x100, SIGNAL.SIGUSR1, 40)])
    const sent = call(b, 2, 'kill', [2, SIGNAL.SIGUSR1], 0)
    call(b, 2, 'kill', [2, SIGNAL.SIGUSR1], 0)
    call(b, 2, 'kill', [2, SIGNAL.SIGUSR2], 0)
    call(b, 2, 'tgkill', [2, 2, 40], 0)
    call(b, 2, 'tgkill', [2, 2, 40], 0)
    const all = b.seq
    b.signal(2, 40, { code: -6, pid: 2 })
    const one = call(b, 2, 'getpid', [], 2)
    const none = call(b, 2, 'rt_sigprocmask', [2, 0x100, 0, 8], 0, [set(0x100)])
    const trace = b.build()
    const pending = (seq: number): readonly number[] => (taskAt(trace, 2, seq)?.pending ?? []).map(({ signo }) => signo)
    expect(pending(all)).toEqual([SIGNAL.SIGUSR1, 40, 40])
    expect(taskAt(trace, 2, all)?.pending[0]).toEqual({ signo: SIGNAL.SIGUSR1, sent, by: 2 })
    expect(pending(one)).toEqual([SIGNAL.SIGUSR1, 40])
    expect(pending(none)).toEqual([])
  })
  test('are pending while their task is stopped, and what rt_sigpending told of', () => {
    const b = new TraceBuilder()
    b.birth(1, 0, 'tracer')
    b.birth(2, 1, 'sh')
    b.birth(3, 1, 'killer')
    call(b, 2, 'rt_sigprocmask', [2, 0x100, 0, 8], 0, [set(0x100, SIGNAL.SIGALRM)])
    call(b, 2, 'rt_sigpending', [0x108, 8], 0, [{ ...set(0x108, SIGNAL.SIGALRM), origin: 'call' }])
    b.event(2, PTRACE_EVENT.PTRACE_EVENT_STOP)
    const sent = call(b, 3, 'kill', [2, SIGNAL.SIGTERM], 0)
    b.request(2, PTRACE.PTRACE_CONT)
    const trace = b.build()
    expect(taskAt(trace, 2, sent)?.pending.map(({ signo }) => signo)).toEqual([SIGNAL.SIGALRM, SIGNAL.SIGTERM])
    expect(taskAt(trace, 2, b.seq)?.pending.map(({ signo }) => signo)).toEqual([SIGNAL.SIGALRM])
  })
})
