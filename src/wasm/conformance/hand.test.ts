import { expect, test } from 'vitest'
import { runHeadless } from '../../cli/headless.ts'
import { ERRNO } from '../../engine/abi/errno.ts'
import { lossyText } from '../../engine/kernel/text.ts'
import { makeRecipe, type Decision } from '../../engine/recipe.ts'
import { preview1ByName } from '../../engine/syscall/preview1.ts'
import { EventKind } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { fixture } from '../guests/fixture.ts'

const run = (hand: readonly Decision[], argv: readonly string[] = ['www']) =>
  runHeadless(makeRecipe({ programs: [{ name: 'calls', hash: 'it', argv }], hand }), { modules: { it: fixture('calls') } })

const entries = (trace: Trace, call: string): number[] => {
  const { kind, nr } = trace.events.columns
  const wanted = preview1ByName.get(call)?.nr
  return Array.from({ length: trace.length }, (_, i) => i + 1).filter((seq) => kind[seq - 1] === EventKind.entry && nr[seq - 1] === wanted)
}
const output = (trace: Trace): string => Array.from({ length: trace.outputs.length }, (_, i) => lossyText(trace.output(i).bytes)).join('')

/** The usual decisions of a run as far as that stop, and another one there. */
const upTo = (trace: Trace, seq: number, last: Omit<Decision, 'at'>): Decision[] => {
  const stops = Array.from({ length: seq - 1 }, (_, i) => i + 1).filter((at) => {
    const kind = trace.event(at)?.kind
    return kind === EventKind.entry || kind === EventKind.exit
  })
  return [...stops.map((at): Decision => ({ at, request: 'syscall', tags: 0, signal: 0 })), { at: seq, ...last }]
}

test('a run by hand goes on as usual where nothing was decided', async () => {
  const { end, trace } = await run([])
  expect(end.kind).toBe('exited')
  expect(output(trace)).toBe('w\nw\nw\n')
  expect(trace.birthOf(1)?.name).toBe('you')
})

test('a call that is skipped by hand does not run, and returns what was decided', async () => {
  const { trace } = await run([])
  const second = entries(trace, 'fd_write')[1] ?? 0
  const again = await run(upTo(trace, second, { request: 'syscall', tags: 4, signal: 0, result: ERRNO.ENOSPC }))
  expect(output(again.trace)).toBe('w\nw\n')
  const outcome = again.trace.outcome(second)
  expect(outcome).toMatchObject({ exit: 0, ret: ERRNO.ENOSPC })
})

test('an argument and memory are edited by hand before the call runs', async () => {
  const { trace } = await run([])
  const first = entries(trace, 'fd_write')[0] ?? 0
  const buffer = trace.captures(first).find(({ length }) => length === 2)
  const again = await run(upTo(trace, first, {
    request: 'syscall', tags: 0, signal: 0, memory: [{ addr: buffer?.addr ?? 0, bytes: [0x48] }], args: [[0, '2']],
  }))
  expect(output(again.trace)).toBe('H\nH\nH\n')
  expect(again.trace.output(0).fd).toBe(2)
})

test('a task is let go, or killed, by hand', async () => {
  const { trace } = await run([])
  const first = entries(trace, 'fd_write')[0] ?? 0
  const freed = await run(upTo(trace, first, { request: 'detach', tags: 0, signal: 0 }))
  expect(output(freed.trace)).toBe('w\nw\nw\n')
  const killed = await run(upTo(trace, first, { request: 'kill', tags: 0, signal: 0 }))
  expect(output(killed.trace)).toBe('')
})

test('the same decisions give the same digest, and others another', async () => {
  const { trace, digest } = await run([])
  expect((await run([])).digest).toBe(digest)
  const first = entries(trace, 'fd_write')[0] ?? 0
  const other = upTo(trace, first, { request: 'syscall', tags: 2, signal: 0 })
  const once = await run(other)
  expect(once.digest).not.toBe(digest)
  expect((await run(other)).digest).toBe(once.digest)
})

test('one that was stopped while it waited ends at the same stop again', async () => {
  const { trace } = await run([])
  const first = entries(trace, 'fd_write')[0] ?? 0
  const hand = upTo(trace, first, { request: 'syscall', tags: 0, signal: 0 })
  const stopped = await runHeadless(
    makeRecipe({ programs: [{ name: 'calls', hash: 'it', argv: ['www'] }], hand, stopAt: 1 }), { modules: { it: fixture('calls') } },
  )
  expect(stopped.end).toEqual({ kind: 'stopped', at: 1 })
  expect(stopped.trace.event(stopped.trace.length)?.kind).toBe(EventKind.exit)
  expect(output(stopped.trace)).toBe('w\n')
})
