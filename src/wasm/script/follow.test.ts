import { readFileSync } from 'node:fs'
import { beforeAll, expect, test, vi } from 'vitest'
import { runHeadless } from '../../cli/headless.ts'
import { makeRecipe } from '../../engine/recipe.ts'
import { EventKind } from '../../engine/trace/format.ts'
import { Sha256, hex } from '../../engine/trace/sha256.ts'
import { compileProgram } from '../sdk/compile.mjs'

let bytes = new Uint8Array()
let hash = ''
beforeAll(async () => {
  const source = readFileSync(new URL('programs/family.c', import.meta.url), 'utf8')
  bytes = await compileProgram({ name: 'family', source, extra: ['-Werror'] })
  hash = hex(new Sha256().update(bytes).digest())
}, 120_000)
// Each is a machine in a thread of its own, which locks its realm first.
vi.setConfig({ testTimeout: 60_000 })

/** Runs a script over the guest; what it printed. */
const run = async (script: string, argv: readonly string[]): Promise<string[]> => {
  const recipe = makeRecipe({
    programs: [{ name: 'family', hash, argv }],
    files: [{ path: '/family', base64: Buffer.from(bytes).toString('base64') }],
    script,
  })
  const { trace, end } = await runHeadless(recipe, { modules: { [hash]: bytes } })
  const printed: string[] = []
  for (let seq = 1; seq <= trace.length; seq++) if (trace.event(seq)?.kind === EventKind.print) printed.push(trace.text(seq))
  return end.kind === 'failed' ? [...printed, `${end.failure.title}: ${end.failure.cause}`] : printed
}

/** A loop that prints each stop but calls'; `body` may do more with those. */
const loop = (options: string, body = '', task = 'spawn()'): string => `
import * as p from "ptrace"
const { spawn, trace } = p
for await (const stop of trace(${task}, ${options})) {
  if (stop.kind === "syscall-entry" || stop.kind === "syscall-exit") continue
  console.log(stop.pid, stop.kind, stop.child ?? stop.message ?? stop.code ?? stop.signal)
  ${body}
}`
const SEIZED = 'spawn(null, { trace: "stopped" })'
/** What SIGCONT makes of a task that waited to be seized. */
const LET_GO = ['2 trap 0', '2 signal 18']
const FORKED = ['2 fork 3', '3 exit 768', '3 exited 3', '2 signal 17', '2 exit 1024', '2 exited 4']

test('a loop that follows has the stops of parent and child, the birth and the ends', async () => {
  expect(await run(loop('{ follow: true }'), ['fork'])).toEqual(FORKED)
})

test('so has one over a task that was seized', async () => {
  expect(await run(loop('{ follow: true, mode: "signals" }', '', SEIZED), ['fork'])).toEqual([...LET_GO, ...FORKED])
})

test('vfork and exec: the child’s program, and the parent that goes on', async () => {
  const printed = await run(loop('{ follow: true }'), ['vfork', '/family'])
  expect(printed).toEqual(['2 vfork 3', '2 vfork-done 3', '3 exec 3', '3 exit 1280', '3 exited 5', '2 signal 17', '2 exit 1280', '2 exited 5'])
})

test('an exec without the option is a stop of that kind, and its SIGTRAP goes no further', async () => {
  expect(await run(loop('{}'), ['exec', '/family'])).toEqual(['2 exec undefined', '2 exited 5'])
})

test('a SIGTRAP of the guest’s own is a signal, and kills it', async () => {
  expect(await run(loop('{}'), ['trap'])).toEqual(['2 signal 5', '2 killed 5'])
})

test('what a signal says of itself can be read and changed', async () => {
  const body = 'if (stop.kind === "signal") { console.log(stop.info.si_code === p.SI_QUEUE, stop.info.si_value); stop.setInfo({ si_value: 7 }) }'
  expect(await run(loop('{}', body), ['signal'])).toEqual(['2 signal 10', 'true 1', '2 exited 7'])
})

test('a seized task stays in its group-stop until SIGCONT', async () => {
  const body = 'if (stop.kind === "group") { stop.listen(); stop.resume(); p.kill(stop.pid, p.SIGCONT) }'
  const printed = await run(loop('{ mode: "signals" }', body, SEIZED), ['stop'])
  expect(printed).toEqual([...LET_GO, '2 signal 19', '2 group 19', '2 trap 0', '2 signal 18', '2 exited 9'])
})

test('one that called TRACEME cannot be left in it', async () => {
  const body = 'if (stop.kind === "group") { try { stop.listen() } catch (error) { console.log(error.code) } }'
  expect(await run(loop('{ mode: "signals" }', body), ['stop'])).toEqual(['2 signal 19', '2 group 19', 'EINVAL', '2 exited 9'])
})

test('steps go instruction by instruction, and say where', async () => {
  const script = `
import { spawn, trace } from "ptrace"
let steps = 0
const seen = new Set()
for await (const stop of trace(spawn())) {
  if (stop.kind === "syscall-exit" && stop.call.name === "getpid") stop.step()
  else if (stop.kind === "step") {
    if (stop.pc > 0) seen.add(stop.function)
    if (++steps < 20) stop.step()
  } else if (stop.kind === "exited") console.log(stop.code, steps, [...seen].includes("main"))
}`
  expect(await run(script, ['sum'])).toEqual(['10 20 true'])
})
