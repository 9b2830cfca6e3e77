import makeWabt from 'wabt'
import { expect, test } from 'vitest'
import { runHeadless } from '../cli/headless.ts'
import { lossyText } from '../engine/kernel/text.ts'
import { makeRecipe } from '../engine/recipe.ts'
import { EventKind } from '../engine/trace/format.ts'
import { Sha256, hex } from '../engine/trace/sha256.ts'
import { load } from './load.ts'

const wabt = await makeWabt()
const assemble = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(wabt.parseWat('guest.wat', text, { threads: true, bulk_memory: true }).toBinary({ write_debug_names: true }).buffer)

const IMPORTED = '(import "env" "memory" (memory 1 4 shared))'
const DEFINED = '(memory (export "memory") 1 4 shared)'
const MAIN = '(func (export "_start") (call $main) (call $exit (i32.const 0)))'

/** A program that prints one letter: 48 + what `main` leaves at 0; its thread runs `thread`, with the words at 8 and 16 for both. */
const program = (memory: string, main: string, thread: string): Uint8Array<ArrayBuffer> => assemble(`(module
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  ${memory}
  (data (i32.const 32) "x")
  (func $print (param i32)
    (i32.store8 (i32.const 100) (i32.add (i32.const 48) (local.get 0)))
    (i32.store (i32.const 104) (i32.const 100))
    (i32.store (i32.const 108) (i32.const 1))
    (drop (call $write (i32.const 1) (i32.const 104) (i32.const 1) (i32.const 112))))
  (func $main ${main})
  (func (export "wasi_thread_start") (param $tid i32) (param $arg i32) ${thread})
  ${MAIN})`)

const run = async (bytes: Uint8Array<ArrayBuffer>, script?: string) => {
  const hash = hex(new Sha256().update(bytes).digest())
  const recipe = makeRecipe({ programs: [{ name: 'threads', hash, argv: [] }], files: [], ...(script === undefined ? {} : { script }) })
  const { trace, digest } = await runHeadless(recipe, { modules: { [hash]: bytes } })
  const lines: string[] = []
  for (let seq = 1; seq <= trace.length; seq++) if (trace.event(seq)?.kind === EventKind.print) lines.push(trace.text(seq))
  const written = Array.from({ length: trace.outputs.length }, (_, i) => lossyText(trace.output(i).bytes)).join('')
  return { written, lines, digest }
}

/** Waits at 8 for the thread to say that it is there, and takes what it left at 16. */
const WAIT_MAIN = `
  (drop (call $spawn (i32.const 7)))
  (call $print (i32.add
    (memory.atomic.wait32 offset=4 (i32.const 4) (i32.const 0) (i64.const -1))
    (i32.atomic.load (i32.const 16))))`
const WAKING = `
  (i32.atomic.store (i32.const 16) (local.get $arg))
  (i32.atomic.store (i32.const 8) (local.get $tid))
  (drop (memory.atomic.notify (i32.const 8) (i32.const 1)))`

test.for([['imported', IMPORTED], ['defined', DEFINED]] as const)('a thread on %s shared memory wakes who waits for it', async ([, memory]) => {
  const bytes = program(memory, WAIT_MAIN, WAKING)
  const once = await run(bytes)
  expect(once).toMatchObject({ written: '7', lines: [] })
  expect((await run(bytes)).digest).toBe(once.digest)
})

test.for([
  ['equal, and nobody comes', '(memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const 5000000))', '2'],
  ['not equal', '(memory.atomic.wait32 (i32.const 8) (i32.const 1) (i64.const -1))', '1'],
  ['64 bits, not equal in the upper half', '(memory.atomic.wait64 (i32.const 8) (i64.const 0x100000000) (i64.const -1))', '1'],
  ['64 bits, and nobody comes', '(memory.atomic.wait64 (i32.const 8) (i64.const 0) (i64.const 0))', '2'],
  ['nobody to wake', '(memory.atomic.notify (i32.const 8) (i32.const -1))', '0'],
] as const)('a wait alone answers as the proposal says: %s', async ([, instruction, answer]) => {
  expect((await run(program(DEFINED, `(call $print ${instruction})`, ''))).written).toBe(answer)
})

test('a wait outside of the memory ends the process, as the trap would', async () => {
  const main = '(call $print (memory.atomic.wait32 (i32.const -8) (i32.const 0) (i64.const -1)))'
  expect((await run(program(DEFINED, main, ''))).written).toBe('')
})

test('a thread that returns ends alone; its data is not written a second time', async () => {
  const main = `
    (i32.store8 (i32.const 32) (i32.const 3))
    (drop (call $spawn (i32.const 0)))
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const 9000000)))
    (call $print (i32.load8_u (i32.const 32)))`
  expect((await run(program(DEFINED, main, ''))).written).toBe('3')
})

test('a tracer that follows sees the threads and their waits as calls', { timeout: 60_000 }, async () => {
  const script = `
import { spawn, trace } from "ptrace"
for await (const stop of trace(spawn(), { follow: true })) {
  if (stop.kind === "syscall-exit" && stop.call.arch === "linux") console.log(stop.pid, stop.call.name, stop.call.ret)
  if (stop.kind === "clone" || stop.kind === "exited") console.log(stop.pid, stop.kind, stop.child ?? stop.code)
}`
  const { lines } = await run(program(IMPORTED, WAIT_MAIN, WAKING), script)
  expect(lines).toEqual([
    // Stopped at each call, the thread is done before the other comes to wait.
    '2 clone 3', '2 thread-spawn 3', '3 memory.atomic.notify 0', '2 memory.atomic.wait32 1', '3 exited 0', '2 exited 0',
  ])
})

test.for(['count', 'plain', 'step', 'block'] as const)('the build %s is a valid module', (build) => {
  expect(load(program(IMPORTED, WAIT_MAIN, WAKING), build)).toMatchObject({ ok: true })
})
