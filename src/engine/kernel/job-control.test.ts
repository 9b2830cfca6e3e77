import { beforeEach, expect, test } from 'vitest'
import { SIGNAL } from '../abi/signal.ts'
import { Descriptors } from './descriptors.ts'
import { leaveJobs } from './job-control.ts'
import type { Kernel } from './kernel.ts'
import { GuestMemory } from './memory.ts'
import { newProcess, newTask, type Image, type Process } from './task.ts'
import { Tty } from './tty.ts'

const { SIGHUP } = SIGNAL
const image: Image = { name: 'guest', hash: '', argv: [], environ: [], rows: [], table: [], log: undefined, threaded: false }
const memory = new GuestMemory({ buffer: () => new ArrayBuffer(0) })

/** The part of a kernel that job control looks at: who there is, and the terminal. */
let kernel: Kernel
let tasks: Kernel['tasks']

beforeEach(() => {
  tasks = new Map()
  kernel = { tasks, tty: new Tty(() => {}, () => {}), sched: { ready: () => {} } } as unknown as Kernel
})

const born = (pid: number, parent: Process | undefined, { pgid = pid, sid = parent?.sid ?? pid } = {}): Process => {
  const process = newProcess(pid, parent, new Descriptors(), image)
  tasks.set(pid, newTask(pid, 'guest', process, memory))
  const whole = process as Process
  whole.pgid = pgid
  whole.sid = sid
  parent?.children.add(whole)
  return whole
}

/** As exit.ts has it: the children have no parent any more when their jobs are looked at, and it is gone itself. */
const leaves = (process: Process): void => {
  const children = [...process.children]
  for (const child of children) child.parent = undefined
  process.leader.state = 'zombie'
  leaveJobs(kernel, process, children)
}

const stop = (process: Process): void => {
  process.groupStop.stopped = true
  process.groupStop.signo = SIGNAL.SIGTSTP
}
const sent = ({ pending }: Process): readonly number[] => pending.map(({ signo }) => signo)

test("with the session's leader goes the terminal: the foreground group is hung up, and nobody else", () => {
  const shell = born(2, undefined)
  const foreground = born(3, shell)
  const background = born(4, shell)
  kernel.tty.session = 2
  kernel.tty.foreground = 3
  leaves(shell)
  expect([sent(foreground), sent(background)]).toEqual([[SIGHUP], []])
  expect([kernel.tty.session, kernel.tty.foreground]).toEqual([0, undefined])
})

test('a group that is orphaned while one of it is stopped is hung up and goes on, all of it', () => {
  const shell = born(2, undefined)
  const stopped = born(3, shell)
  const running = born(4, shell, { pgid: 3 })
  stop(stopped)
  leaves(shell)
  for (const member of [stopped, running]) expect(sent(member)).toEqual([SIGHUP])
  // SIGCONT acts where it is sent: nobody here has a handler for it.
  expect(stopped.groupStop.stopped).toBe(false)
})

test('an orphaned group of which nobody is stopped is left alone', () => {
  const shell = born(2, undefined)
  const running = born(3, shell)
  leaves(shell)
  expect(sent(running)).toEqual([])
})

test('a group that somebody else of the session still looks after is no orphan', () => {
  const shell = born(2, undefined)
  const other = born(3, shell)
  const first = born(4, shell, { pgid: 4 })
  const second = born(5, other, { pgid: 4 })
  stop(first)
  leaves(shell)
  expect([sent(first), sent(second), first.groupStop.stopped]).toEqual([[], [], true])
})

test('children of the same group do not make it an orphan, nor do those of another session', () => {
  const shell = born(2, undefined)
  const parent = born(3, shell)
  const sameGroup = born(4, parent, { pgid: 3 })
  const otherSession = born(5, parent, { sid: 5 })
  stop(sameGroup)
  stop(otherSession)
  leaves(parent)
  // Its own group loses the one whose parent was the shell: that is what orphans it.
  expect([sent(sameGroup), sent(otherSession)]).toEqual([[SIGHUP], []])
  expect([sameGroup.groupStop.stopped, otherSession.groupStop.stopped]).toEqual([false, true])
})

test('who dies in a group that the shell still looks after leaves no orphan', () => {
  const shell = born(2, undefined)
  const left = born(3, shell)
  const right = born(4, shell, { pgid: 3 })
  stop(right)
  leaves(left)
  expect(sent(right)).toEqual([])
})

test("the kernel's init leaves no jobs", () => {
  const init = born(1, undefined)
  const child = born(2, init)
  stop(child)
  leaves(init)
  expect(sent(child)).toEqual([])
})
