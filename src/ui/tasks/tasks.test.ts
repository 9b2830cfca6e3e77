import { describe, expect, test } from 'vitest'
import { LINUX_NR } from '../../engine/abi/linux.ts'
import { taskAt, taskTree, type TaskNode } from '../../engine/decode/task.ts'
import { ArchCode } from '../../engine/trace/format.ts'
import { TraceBuilder, WASI, words } from '../../engine/trace/testing.ts'
import { followFilter } from './follow.ts'
import { seccompOf } from './seccomp.ts'
import { taskRows } from './task-rows.ts'

const OPENED = 0x10f04
const PROGRAM = 0x2000
const linux = { arch: ArchCode.linux }

describe('following an open file', () => {
  const b = new TraceBuilder()
  b.birth(1, 0, 'tracer.ts')
  b.birth(2, 1, 'logd')
  const open = (): number => {
    const entry = b.entry(2, WASI.path_open, [3, 1, 0x400, 5, 0, 0, 0, 0, OPENED], { captures: [{ addr: 0x400, bytes: 'a.txt' }] })
    b.exit(entry, 0, { captures: [{ addr: OPENED, bytes: words(4) }] })
    return entry
  }
  const on = (pid: number, nr: number, fd: number): number => {
    const entry = b.entry(pid, nr, [fd])
    b.exit(entry, 0)
    return entry
  }
  const first = open()
  const write = on(2, WASI.fd_write, 4)
  b.birth(3, 2, 'logd')
  const inherited = on(3, WASI.fd_read, 4)
  const other = on(3, WASI.fd_write, 1)
  const close = on(2, WASI.fd_close, 4)
  const second = open()
  const again = on(2, WASI.fd_read, 4)
  const still = on(3, WASI.fd_read, 4)
  const trace = b.build()
  const fileOf = (pid: number, seq: number): string =>
    taskAt(trace, pid, seq)?.descriptors.find(({ fd }) => fd === 4)?.file ?? ''

  test('finds its descriptors in every task, from where it was opened to where it is another one', () => {
    expect(other).toBeGreaterThan(inherited)
    expect(followFilter(trace, fileOf(2, write))).toBe(
      `pid:2 seq:${first}..${first + 1} | pid:2 fd:4 seq:${write}..${close + 1} | pid:3 fd:4 seq:${inherited}..${still + 1}`,
    )
  })
  test('tells the file that was opened later under the same number from it', () => {
    expect(followFilter(trace, fileOf(2, again))).toBe(`pid:2 seq:${second}..${second + 1} | pid:2 fd:4 seq:${again}..${again + 1}`)
  })
})

test('filters are those that a task installed and those that its parent had before', () => {
  const b = new TraceBuilder()
  b.birth(1, 0, 'tracer.ts')
  b.birth(2, 1, 'jail')
  const install = (pid: number, ret: number): number => {
    const entry = b.entry(pid, LINUX_NR.seccomp, [1, 0, PROGRAM], { ...linux, captures: [{ addr: PROGRAM, bytes: [6, 0, 0, 0] }] })
    b.exit(entry, ret)
    return entry
  }
  const first = install(2, 0)
  b.birth(3, 2, 'jail')
  const later = install(2, 0)
  install(3, -22)
  const own = install(3, 0)
  const trace = b.build()
  const at = (pid: number, seq: number): readonly number[] => seccompOf(trace).at(pid, seq).map(({ call }) => call)
  expect(at(2, first)).toEqual([])
  expect(at(2, trace.length)).toEqual([first, later])
  expect(at(3, trace.length)).toEqual([first, own])
  expect(seccompOf(trace).at(2, trace.length)[0]).toMatchObject({ pid: 2, length: 6 })
})

describe('the lines of the tree', () => {
  test('have every task below its parent', () => {
    const b = new TraceBuilder()
    b.birth(1, 0, 'tracer.ts')
    b.birth(2, 1, 'sh')
    b.birth(3, 2, 'ls')
    b.birth(4, 1, 'cat')
    b.birth(5, 2, 'wc')
    const { rows, more } = taskRows(taskTree(b.build(), 5), 2)
    expect(rows.map(({ node, depth }) => [node.pid, depth])).toEqual([[1, 0], [2, 1], [3, 2], [5, 2], [4, 1]])
    expect(more).toBe(0)
  })
  test('leave out who has ended long ago, but never the chosen one', () => {
    const leaf = (pid: number): TaskNode => ({
      pid, process: pid, name: 'x', parent: 1, isOrphan: false, tracer: 0, born: pid, children: [],
      state: pid % 1000 === 0 ? { kind: 'running', call: 0 } : { kind: 'dead', status: 0, since: pid + 1 },
    })
    const { rows, more } = taskRows(Array.from({ length: 2500 }, (_, i) => leaf(i + 1)), 7)
    const pids = rows.map(({ node }) => node.pid)
    expect([rows.length, more]).toEqual([200, 2300])
    expect([7, 1000, 2000, 2500].every((pid) => pids.includes(pid))).toBe(true)
  })
})
