import { describe, expect, test } from 'vitest'
import { SIGNAL } from '../../engine/abi/signal.ts'
import { DEFAULT_BUDGET } from '../../engine/recipe.ts'
import { fixture } from '../guests/fixture.ts'
import { Programs } from '../programs.ts'
import { assemble } from '../rewrite/testing.ts'
import { traced, untraced, type Ran } from './tracer.ts'

// Guests that go wrong, each in its own way. None of them may take the machine along.

const { SIGILL, SIGSEGV, SIGFPE, SIGKILL, SIGXCPU, SIGSYS, SIGTERM, SIGABRT } = SIGNAL

const statusOf = ({ trace }: Ran): number => trace.event(trace.births.at(-1)?.death ?? 0)?.status ?? -1
const CORE = 0x80

const said = ({ trace }: Ran): string => {
  const kinds = Array.from({ length: trace.length }, (_, i) => trace.event(i + 1))
  return kinds.filter((event) => event?.kind === 10).map((event) => trace.text(event?.seq ?? 0)).join('\n')
}

const raising = assemble(`(import "wasi_snapshot_preview1" "sched_yield" (func (result i32))) (tag)
  (memory (export "memory") 1) (func (export "_start") (throw 0))`)
const nothingness = assemble(`(memory (export "memory") 1) (table 4 funcref)
  (func (export "_start") (call_indirect (i32.const 2)))`)
const rounding = assemble(`(memory (export "memory") 1)
  (func (export "_start") (drop (i32.trunc_f64_s (f64.const 1e300))))`)

describe('a trap is the signal that the same mistake makes on Linux', () => {
  const FAULTS: readonly (readonly [string, string | Uint8Array, number, RegExp])[] = [
    ['unreachable', 'trap', SIGILL, /unreachable/],
    ['an address outside', 'oob', SIGSEGV, /outside of its memory/],
    ['a division by zero', 'divzero', SIGFPE, /divided an integer by zero/],
    ['endless recursion', 'overflow', SIGSEGV, /nest too deeply/],
    ['abort()', 'abortive', SIGILL, /unreachable/],
    ['a null function', nothingness, SIGSEGV, /function pointer/],
    ['a number too large', rounding, SIGFPE, /did not fit/],
    ['an exception that nobody catches', raising, SIGABRT, /exception that nobody caught/],
  ]

  test.for(FAULTS)('%s: it kills with its core, and the trace says why', async ([, guest, signo, sentence]) => {
    const ran = await untraced(guest, [])
    expect(ran.end).toEqual({ kind: 'exited' })
    expect(statusOf(ran)).toBe(signo | CORE)
    expect(said(ran)).toMatch(sentence)
    expect(ran.output).toBe('')
  })

  test.for(FAULTS)('%s: a tracer sees it; suppressed it happens again, substituted it is another', async ([, guest, signo]) => {
    await traced(guest, [], async (tracer) => {
      const pid = await tracer.begin()
      for (let i = 0; i < 3; i++) expect(await tracer.go(pid, 'PTRACE_CONT')).toBe(`SIG ${signo}`)
      expect(await tracer.go(pid, 'PTRACE_CONT', 0, SIGTERM)).toBe(`killed ${SIGTERM}`)
    })
  })

  test.for(FAULTS)('%s: twice the same trace, however deep the engine’s own stack is', async ([, guest]) => {
    expect((await untraced(guest, [])).digest).toBe((await untraced(guest, [])).digest)
  })
})

test('memory that is exhausted is a failed memory.grow, at the same size each time', async () => {
  const first = await untraced('memhog', [])
  expect(first.output).toMatch(/^\d+ pages\n$/)
  expect(statusOf(first)).toBe(0)
  expect((await untraced('memhog', [])).digest).toBe(first.digest)
})

describe('computing for ever', () => {
  const budget = { ...DEFAULT_BUDGET, cpu: 5_000_000 }
  test('ends by SIGXCPU when the budget is used up', async () => {
    const ran = await untraced('spin', [], { budget })
    expect(ran.end).toEqual({ kind: 'exited' })
    expect(statusOf(ran)).toBe(SIGXCPU | CORE)
    expect((await untraced('spin', [], { budget })).digest).toBe(ran.digest)
  })
  test('a tracer may suppress SIGXCPU; a second later comes SIGKILL, which nobody can', async () => {
    await traced('spin', [], async (tracer) => {
      const pid = await tracer.begin()
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe(`SIG ${SIGXCPU}`)
      const then = tracer.process.now()
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe(`killed ${SIGKILL}`)
      expect((tracer.process.now() - then) / 1e9).toBeCloseTo(1, 1)
    }, { budget })
  })
})

test('output without end ends the run, with a sentence', async () => {
  const { end, output } = await untraced('spinwrite', [], { budget: { ...DEFAULT_BUDGET, output: 5_000 } })
  expect(end).toMatchObject({ kind: 'failed', failure: { kind: 'budget', title: 'Too much output' } })
  expect(output.length).toBe(5_001)
})

test('a trace without end is full at its budget', async () => {
  const { end, trace } = await untraced('spinwrite', [], { budget: { ...DEFAULT_BUDGET, events: 300 } })
  expect(end).toMatchObject({ kind: 'failed', failure: { kind: 'budget', title: 'The trace is full' } })
  // And what it failed of.
  expect(trace.length).toBe(301)
})

describe('a guest that catches everything', () => {
  const guest = (body: string): Uint8Array => assemble(`(import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
    (memory (export "memory") 1)
    (func (export "_start") (loop $again (try (do ${body}) (catch_all)) (br $again)))`)

  test('is gone after a SIGKILL at a stop', async () => {
    await traced(guest('(drop (call $yield))'), [], async (tracer) => {
      const pid = await tracer.begin()
      for (let i = 0; i < 3; i++) await tracer.until(pid, 'entry sched_yield')
      tracer.kill(pid, SIGKILL)
      expect(tracer.said(pid, await tracer.wait(pid))).toBe('killed 9')
    })
  })
  test('is gone after a SIGKILL while it runs', async () => {
    await traced(guest('(drop (call $yield))'), [], async (tracer) => {
      const pid = tracer.spawn({ trace: 'none' })
      await tracer.settle()
      tracer.kill(pid, SIGKILL)
      expect(tracer.said(pid, await tracer.wait(pid))).toBe('killed 9')
    })
  })
  test('is gone when its computing time is used up', async () => {
    const ran = await untraced(guest('(drop (call $yield))'), [], { untraced: false, budget: { ...DEFAULT_BUDGET, cpu: 5_000_000 } })
    expect(statusOf(ran)).toBe(SIGXCPU | CORE)
  })
  test('does not catch its own traps', async () => {
    expect(statusOf(await untraced(guest('(unreachable)'), []))).toBe(SIGILL | CORE)
  })
})

describe('a module that is none', () => {
  test('an import that is no call of this machine ends the guest before it starts', async () => {
    const ran = await untraced(assemble('(import "env" "launch" (func $launch)) (memory (export "memory") 1) (func (export "_start") (call $launch))'), [])
    expect(ran.end).toEqual({ kind: 'exited' })
    expect(statusOf(ran)).toBe(SIGSYS | CORE)
    expect(said(ran)).toContain('imports env.launch, which is no call of this machine')
  })

  test('data that does not fit into its memory is a fault of the guest, and no lack of memory', async () => {
    const ran = await untraced(assemble('(memory (export "memory") 1) (data (i32.const 65530) "too long for it")'), [])
    expect(statusOf(ran)).toBe(SIGSEGV | CORE)
  })

  test('mutated bytes are refused with a sentence or run to an end: nothing is thrown, nothing hangs', async () => {
    const good = fixture('calls')
    // A linear congruential generator (Numerical Recipes): the same mutations every time.
    let state = 1
    const chance = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((state / 2 ** 32) * below)
    }
    let refused = 0
    let ran = 0
    for (let i = 0; i < 150; i++) {
      const bytes = good.slice(0, i % 10 === 0 ? chance(good.length) : good.length)
      for (let k = chance(4); k >= 0; k--) bytes[chance(Math.min(bytes.length, i % 2 === 0 ? 300 : bytes.length))] = chance(256)
      const sentence = new Programs().add('it', bytes)
      if (sentence === undefined) {
        const { end } = await untraced(bytes, ['wyn'], { budget: { events: 500, cpu: 2_000_000, output: 10_000, statements: 1 } })
        expect(['exited', 'failed']).toContain(end.kind)
        ran++
      } else {
        expect(sentence).toMatch(/^[A-Z].*\.?$/s)
        refused++
      }
    }
    expect(refused).toBeGreaterThan(20)
    expect(ran).toBeGreaterThan(5)
  })
})
