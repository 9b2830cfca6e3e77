import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runHeadless, wasmerText, type Finished } from '../cli/headless.ts'
import { straceLines } from '../engine/decode/strace.ts'
import { lossyText } from '../engine/kernel/text.ts'
import { makeRecipe, type HostName, type Recipe } from '../engine/recipe.ts'
import { firstDivergence } from '../engine/trace/divergence.ts'
import { EventKind } from '../engine/trace/format.ts'
import { fixture, guest, guestManifest } from './guests/fixture.ts'

const { guests } = guestManifest()

const run = (name: string, host: HostName, change: Partial<Recipe> = {}, argv?: readonly string[], wasmer?: string): Promise<Finished> => {
  const entry = guests[name]
  if (entry === undefined) throw new Error(`no guest ${name}`)
  const recipe = makeRecipe({
    programs: [{ name, hash: entry.hash, argv: argv ?? entry.argv.slice(1) }],
    files: entry.files, stdin: entry.stdin ?? '', tty: entry.tty ?? false, host, ...change,
  })
  return runHeadless(recipe, { modules: { [entry.hash]: guest(name) }, ...(wasmer === undefined ? {} : { wasmer }) })
}
const output = ({ trace }: Finished): string => {
  let text = ''
  for (let i = 0; i < trace.outputs.length; i++) text += lossyText(trace.output(i).bytes)
  return text
}
const printed = ({ trace }: Finished): string[] => {
  const lines: string[] = []
  for (let seq = 1; seq <= trace.length; seq++) if (trace.event(seq)?.kind === EventKind.print) lines.push(trace.text(seq))
  return lines
}
const fileText = ({ files }: Finished, path: string): string => {
  const found = files.find((file) => file.path === path)
  return found !== undefined && 'bytes' in found ? lossyText(found.bytes) : ''
}

test.for([['hello', undefined], ['cat', undefined], ['wc', undefined], ['cat', ['-']], ['dice', ['5']]] as const)(
  '%s %o says the same on both hosts',
  { timeout: 30_000 },
  async ([name, argv]) => {
    const [ours, theirs] = await Promise.all(
      (['kernel', 'wasmer'] as const).map((host) => run(name, host, argv?.[0] === '-' ? { stdin: 'one\ntwo\n' } : {}, argv)),
    )
    if (ours === undefined || theirs === undefined) throw new Error('no run')
    expect(theirs.end).toEqual({ kind: 'exited' })
    expect(output(theirs)).toBe(output(ours))
    expect(output(theirs)).not.toBe('')
  },
)

test('twice the same recipe on wasmer has one digest; the trace of the kernel has another', { timeout: 30_000 }, async () => {
  const [one, two, ours] = await Promise.all([run('dice', 'wasmer', { untraced: true }), run('dice', 'wasmer', { untraced: true }), run('dice', 'kernel', { untraced: true })])
  expect(two.digest).toBe(one.digest)
  expect(ours.digest).not.toBe(one.digest)
})

test('what the kernel’s disk is changes nothing: MemFS gives the digest of a Map', { timeout: 30_000 }, async () => {
  const [map, memfs] = await Promise.all([run('logd', 'kernel', { untraced: true }), run('logd', 'kernel', { untraced: true }, undefined, wasmerText())])
  expect(memfs.digest).toBe(map.digest)
  expect(memfs.end).toEqual({ kind: 'exited' })
})

test('the example shows where the hosts part: wasmer inserts what the kernel overwrites', { timeout: 30_000 }, async () => {
  const script = readFileSync(new URL('../../public/examples/hosts.ts', import.meta.url), 'utf8')
  const [ours, theirs] = await Promise.all([run('patch', 'kernel', { script }), run('patch', 'wasmer', { script })])
  expect(firstDivergence(printed(ours), printed(theirs))).toEqual({
    after: 4,
    left: 'reads 28 bytes: "Hello, there, and good day.\\n"',
    right: 'reads 33 bytes: "Hello, thereworld, and good day.\\n"',
  })
  expect([fileText(ours, '/home/greeting.txt'), fileText(theirs, '/home/greeting.txt')].map(({ length }) => length)).toEqual([28, 33])
  // As strace has it they part before: the package opens a nameless root besides.
  const untraced = await Promise.all([run('patch', 'kernel', { untraced: true }), run('patch', 'wasmer', { untraced: true })])
  const [left = [], right = []] = untraced.map(({ trace }) => [...straceLines(trace)])
  expect(firstDivergence(left, right)).toMatchObject({ right: 'fd_prestat_get(4, {tag=DIR, pr_name_len=0}) = 0' })
})

test('tags mean the same: a skipped call never reaches the package', { timeout: 30_000 }, async () => {
  const script = `import { spawn, trace } from "ptrace"
for await (const stop of trace(spawn("clock", { argv: ["2"] }))) {
  if (stop.kind === "syscall-entry" && stop.call.name === "poll_oneoff") stop.skip(0)
  if (stop.kind === "exited") console.log("exited with", stop.code)
}`
  const { end } = await run('clock', 'wasmer', { script })
  // clock sleeps, and a sleep is a panic over there.
  expect(end).toEqual({ kind: 'exited' })
})

test('a panic ends the run with a sentence that names the call: sleep', { timeout: 30_000 }, async () => {
  const { end } = await run('clock', 'wasmer')
  expect(end).toMatchObject({ kind: 'failed', failure: { kind: 'machine', title: '@wasmer/wasi broke down', cause: expect.stringContaining('in poll_oneoff') as string } })
})

test('a panic ends the run with a sentence that names the call: unlink of an open file', { timeout: 30_000 }, async () => {
  const hash = 'f'.repeat(64)
  const [theirs, ours] = await Promise.all(
    (['wasmer', 'kernel'] as const).map((host) => runHeadless(makeRecipe({ programs: [{ name: 'unlinked', hash, argv: [] }], host }), { modules: { [hash]: fixture('unlinked') } })),
  )
  expect(ours?.end).toEqual({ kind: 'exited' })
  expect(theirs?.end).toMatchObject({ kind: 'failed', failure: { kind: 'machine', title: '@wasmer/wasi broke down' } })
})

/** A tracer that gives the first such call other arguments, and prints how it and the next ones end. */
const withArguments = (call: string, args: string): string => `import { spawn, trace } from "ptrace"
let done = false
for await (const stop of trace(spawn())) {
  if (stop.kind === "syscall-entry" && !done && stop.call.name === "${call}") { done = true; stop.rewrite(${args}) }
  if (stop.kind === "syscall-exit" && stop.call.name === "${call}") console.log(stop.line)
}`

test('a clock that does not exist, and random bytes outside of memory, are refused before the package sees them', { timeout: 30_000 }, async () => {
  const clock = await run('hello', 'wasmer', { script: withArguments('clock_time_get', '{ id: 9 }') })
  expect(clock.end).toEqual({ kind: 'exited' })
  expect(printed(clock)[0]).toMatch(/= 28 EINVAL/)
  const random = await run('dice', 'wasmer', { script: withArguments('random_get', '{ buf_len: 0xffffffff }') })
  expect(random.end).toEqual({ kind: 'exited' })
  expect(printed(random)[0]).toMatch(/= 21 EFAULT/)
})

test('links, which MemFS cannot be given, are named and kept as they were', { timeout: 30_000 }, async () => {
  const done = await run('ls', 'wasmer')
  expect(printed(done)[0]).toBe('/home/latest is left out: the MemFS of @wasmer/wasi cannot be given symbolic links.')
  expect(done.files.find(({ path }) => path === '/home/latest')).toMatchObject({ link: 'todo.txt' })
})
