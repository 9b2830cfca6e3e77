import { describe, expect, test } from 'vitest'
import type { TreeEntry } from '../engine/kernel/tree.ts'
import { programs } from './conformance/program.ts'
import { traced, untraced, type Ran, type Tracer } from './conformance/tracer.ts'

// A processor that gives its stack up where another one suspends it: whatever is run, nobody can tell the difference.

const { forks, signals } = await programs('forks', 'signals')
const tree: readonly TreeEntry[] = [{ path: '/forks', bytes: forks }, { path: '/signals', bytes: signals }]

/** The same run on both. */
const both = async (run: (suspends: boolean) => Promise<Ran>): Promise<readonly [Ran, Ran]> => [await run(true), await run(false)]

const expectSame = ([suspended, rebuilt]: readonly [Ran, Ran]): void => {
  expect(rebuilt.end).toEqual(suspended.end)
  expect(rebuilt.output).toBe(suspended.output)
  expect(rebuilt.digest).toBe(suspended.digest)
  expect(rebuilt.left).toBe(suspended.left)
}

describe('a run has the digest that it has where stacks are suspended', () => {
  test.for([
    ['a child 40 frames deep', 'deep'],
    ['a handler that forks', 'handler'],
    ['a child after long computing', 'busy 1'],
    ['vfork, exec and exit', 'vfork'],
    ['an exec of a script', 'script'],
    ['an orphan', 'orphan'],
    ['waits with all their options', 'wait'],
  ])('of %s', async ([, given]) => {
    expectSame(await both((suspends) => untraced(forks, (given as string).split(' '), { tree, suspends })))
  })

  test('of a guest that reads a terminal and of one that traps', async () => {
    expectSame(await both((suspends) => untraced('echo', [], { tty: true, stdin: 'one\ntwo\n', suspends })))
    expectSame(await both((suspends) => untraced('divzero', [], { suspends })))
    expectSame(await both((suspends) => untraced('overflow', [], { suspends })))
  })

  const everyStop = async (tracer: Tracer): Promise<void> => {
    await tracer.rest(await tracer.begin())
  }
  test('of a guest that is stopped twice at every call', async () => {
    expectSame(await both((suspends) => traced('calls', [], everyStop, { suspends })))
  })

  test('of one whose arguments and results are changed, and whose calls are skipped', async () => {
    const run = (suspends: boolean): Promise<Ran> => traced('calls', [], async (tracer) => {
      const pid = await tracer.begin()
      for (let i = 0; ; i++) {
        const said = await tracer.go(pid, 'PTRACE_SYSCALL', 0, i % 3 === 0 ? 4 : 0)
        if (/^(exited|killed|error)/.test(said)) return
        if (i % 4 === 1) tracer.setRegs(pid, { ret: 28 })
      }
    }, { suspends })
    expectSame(await both(run))
  })

  test('of one that is stepped, by instruction and by block, with pokes in between', async () => {
    const run = (suspends: boolean): Promise<Ran> => traced('compute', [], async (tracer) => {
      const pid = await tracer.begin()
      await tracer.go(pid)
      for (let i = 0; i < 60; i++) {
        await tracer.go(pid, i < 30 ? 'PTRACE_SINGLESTEP' : 'PTRACE_SINGLEBLOCK')
        if (i % 7 === 3) tracer.request('PTRACE_POKEDATA', pid, 64 + 4 * i, 0x100)
      }
      await tracer.rest(pid, 'PTRACE_CONT')
    }, { suspends })
    expectSame(await both(run))
  })
})

test('who spins is interrupted, and goes on where it was', async () => {
  const run = (suspends: boolean): Promise<Ran> => traced('spin', [], async (tracer) => {
    const pid = tracer.spawn()
    await tracer.wait(pid)
    tracer.request('PTRACE_CONT', pid)
    for (let i = 0; i < 3; i++) {
      await tracer.process.sleep(2_000_000)
      tracer.kill(pid, 19)
      expect(tracer.said(pid, await tracer.wait(pid))).toBe('SIG 19')
      tracer.request('PTRACE_CONT', pid)
    }
    tracer.kill(pid, 9)
    expect(tracer.said(pid, await tracer.wait(pid))).toBe('killed 9')
  }, { suspends })
  expectSame(await both(run))
})
