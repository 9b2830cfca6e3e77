import { expect, test } from 'vitest'
import { runHeadless, type Finished } from '../../cli/headless.ts'
import { ERRNO } from '../../engine/abi/errno.ts'
import { lossyText } from '../../engine/kernel/text.ts'
import { makeRecipe, type Forced, type Recipe } from '../../engine/recipe.ts'
import { preview1ByName } from '../../engine/syscall/preview1.ts'
import { EventKind, Flag } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { fixture } from '../guests/fixture.ts'

const SCRIPT = `import { spawn, trace } from 'ptrace'
for await (const stop of trace(spawn())) stop.kind
`
const SKIPS = `import { EIO, spawn, trace } from 'ptrace'
for await (const stop of trace(spawn())) if (stop.kind === 'syscall-entry' && stop.call.name === 'fd_write') stop.fail(EIO)
`

const run = (change: Partial<Recipe>, argv: readonly string[] = ['www']): Promise<Finished> =>
  runHeadless(makeRecipe({ programs: [{ name: 'calls', hash: 'it', argv }], ...change }), { modules: { it: fixture('calls') } })

const calls = (trace: Trace, call: string): number[] => {
  const { kind, nr } = trace.events.columns
  const wanted = preview1ByName.get(call)?.nr
  return Array.from({ length: trace.length }, (_, i) => i + 1)
    .filter((seq) => (kind[seq - 1] === EventKind.entry || kind[seq - 1] === EventKind.call) && nr[seq - 1] === wanted)
}
const output = (trace: Trace): string => Array.from({ length: trace.outputs.length }, (_, i) => lossyText(trace.output(i).bytes)).join('')
const untracedOf = (trace: Trace, at: number): NonNullable<Forced['untraced']> => {
  const { kind, pid } = trace.events.columns
  let nth = 0
  for (let i = 0; i < at - 1; i++) if (kind[i] === EventKind.call && pid[i] === pid[at - 1]) nth++
  return { pid: pid[at - 1] as number, nth }
}

test('a call that nobody traces is skipped, fails, or answers otherwise, where the recipe forces it', async () => {
  const { trace, digest } = await run({ untraced: true })
  const at = calls(trace, 'fd_write')[1] ?? 0
  const untraced = untracedOf(trace, at)
  const skipped = await run({ untraced: true, forced: [{ at, untraced, fate: 'skip', result: ERRNO.EIO }] })
  expect(output(skipped.trace)).toBe('w\nw\n')
  expect(skipped.trace.event(at)).toMatchObject({ ret: ERRNO.EIO, flags: Flag.skipped | Flag.forced | Flag.error })
  const lied = await run({ untraced: true, forced: [{ at, untraced, fate: 'run', result: ERRNO.EIO }] })
  expect(output(lied.trace)).toBe('w\nw\nw\n')
  expect(lied.trace.event(at)).toMatchObject({ ret: ERRNO.EIO, flags: Flag.forced | Flag.error })
  const moved = await run({ untraced: true, forced: [{ at, untraced, fate: 'run', args: [[0, '2']] }] })
  expect([0, 1, 2].map((i) => moved.trace.output(i).fd)).toEqual([1, 2, 1])
  expect((await run({ untraced: true, forced: [] })).digest).toBe(digest)
  expect((await run({ untraced: true, forced: [{ at, untraced, fate: 'skip', result: ERRNO.EIO }] })).digest).toBe(skipped.digest)
})

test('from a call onwards every one with its number fares likewise', async () => {
  const { trace } = await run({ untraced: true })
  const at = calls(trace, 'fd_write')[1] ?? 0
  const { trace: branch } = await run({ untraced: true, forced: [{ at, untraced: untracedOf(trace, at), fate: 'skip', result: 0, onwards: true }] })
  expect(calls(branch, 'fd_write').map((seq) => (branch.event(seq)?.flags ?? 0) & Flag.forced)).toEqual([0, Flag.forced, Flag.forced])
})

test('a traced call is forced at its entry, whatever the script decides there', async () => {
  const { trace } = await run({ script: SCRIPT })
  const at = calls(trace, 'fd_write')[1] ?? 0
  const branch = await run({ script: SCRIPT, forced: [{ at, fate: 'skip', result: ERRNO.ENOSPC }] })
  expect(output(branch.trace)).toBe('w\nw\n')
  const outcome = branch.trace.outcome(at)
  expect(outcome).toMatchObject({ ret: ERRNO.ENOSPC, flags: expect.any(Number) })
  expect((outcome?.flags ?? 0) & (Flag.forced | Flag.skipped)).toBe(Flag.forced | Flag.skipped)
  const { trace: skips } = await run({ script: SKIPS })
  const first = calls(skips, 'fd_write')[0] ?? 0
  const ran = await run({ script: SKIPS, forced: [{ at: first, fate: 'run' }] })
  expect(output(skips)).toBe('')
  expect(output(ran.trace)).toBe('w\n')
  const moved = await run({ script: SCRIPT, forced: [{ at, fate: 'run', args: [[0, '2']] }] })
  expect(moved.trace.registers(moved.trace.outcome(at)?.exit ?? 0).args[0]).toBe(2n)
  expect(moved.trace.output(1).fd).toBe(2)
})

test('from a stop on, the script is not heard any more and the hand decides', async () => {
  const { trace } = await run({ script: SKIPS })
  const second = calls(trace, 'fd_write')[1] ?? 0
  const usual = await run({ script: SKIPS, handFrom: second, hand: [] })
  expect(usual.end.kind).toBe('exited')
  // The script has skipped the first write; nobody skips those that follow.
  expect(output(usual.trace)).toBe('w\nw\n')
  expect(usual.trace.birthOf(1)?.name).toBe('tracer.ts')
  const skipped = await run({ script: SKIPS, handFrom: second, hand: [{ at: second, request: 'syscall', tags: 4, signal: 0, result: 0 }] })
  expect(output(skipped.trace)).toBe('w\n')
  expect(skipped.trace.event(second)).toEqual(trace.event(second))
})
