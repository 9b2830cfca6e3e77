import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import wabt from 'wabt'
import { runHeadless } from '../../cli/headless.ts'
import { localBytes } from '../../engine/ptrace/locals.ts'
import { makeRecipe } from '../../engine/recipe.ts'
import { localsIn } from '../../engine/script/local.ts'
import type { Session } from '../../engine/session.ts'
import { EventKind } from '../../engine/trace/format.ts'
import { lossyText } from '../../engine/kernel/text.ts'
import { Sha256, hex } from '../../engine/trace/sha256.ts'
import { answerPast } from '../answer.ts'
import { traced } from '../conformance/tracer.ts'
import { compileProgram } from '../sdk/compile.mjs'

// The locals of a function that is stepped through, as scripts and tracers in C read them.

vi.setConfig({ testTimeout: 60_000 })

/** Every type that a local may have: two parameters, and after a call the rest is set, one by one. */
const TYPES = `(module
  (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
  (memory (export "memory") 1)
  (func $work (param $a i32) (param $b i64) (local $c f32) (local $d f64) (local $v v128) (local $f funcref) (local $n i32)
    (drop (call $yield))
    (local.set $c (f32.const 1.5))
    (local.set $d (f64.const -0.25))
    (local.set $v (v128.const i64x2 0x1122334455667788 -2))
    (local.set $f (ref.func $work))
    (local.set $n (i32.const -7))
    (nop))
  (elem declare func $work)
  (func (export "_start") (call $work (i32.const -3) (i64.const 0x7fffffffffffffff))))`

const hashOf = (bytes: Uint8Array): string => hex(new Sha256().update(bytes).digest())
const assemble = async (text: string): Promise<Uint8Array> => {
  const { parseWat } = await wabt()
  const module = parseWat('locals.wat', text, { simd: true, reference_types: true })
  return new Uint8Array(module.toBinary({ write_debug_names: true }).buffer)
}

interface Guest {
  readonly name: string
  readonly bytes: Uint8Array
  readonly argv?: readonly string[]
}

/** Runs guests, under a script if there is one; what script and guests printed. */
const run = async (guests: readonly Guest[], script?: string) => {
  const recipe = makeRecipe({
    programs: guests.map(({ name, bytes, argv }) => ({ name, hash: hashOf(bytes), argv: argv ?? [] })),
    ...(script === undefined ? { untraced: true } : { script }),
  })
  const { trace, end } = await runHeadless(recipe, { modules: Object.fromEntries(guests.map(({ bytes }) => [hashOf(bytes), bytes])) })
  const printed: string[] = []
  for (let seq = 1; seq <= trace.length; seq++) if (trace.event(seq)?.kind === EventKind.print) printed.push(trace.text(seq))
  if (end.kind === 'failed') printed.push(end.failure.cause)
  return { printed, output: Array.from({ length: trace.outputs.length }, (_, i) => lossyText(trace.output(i).bytes)).join('') }
}

let types = new Uint8Array()
beforeAll(async () => {
  types = new Uint8Array(await assemble(TYPES))
})

describe('a script', () => {
  test('reads the locals of every type, parameters first, as they are before the instruction', async () => {
    const { printed } = await run([{ name: 'types', bytes: types }], `
      import { spawn, trace } from "ptrace"
      let last = ""
      for await (const stop of trace(spawn())) {
        if (stop.kind === "syscall-exit") stop.step()
        if (stop.kind !== "step" || stop.function !== "work") continue
        const line = stop.locals.map(({ type, value }) => type + " " + value).join(", ")
        if (line !== last) console.log(line)
        last = line
        stop.step()
      }`)
    const given = ['i32 -3', 'i64 9223372036854775807']
    const set = ['f32 1.5', 'f64 -0.25', `v128 ${(0xffff_ffff_ffff_fffen << 64n) | 0x1122_3344_5566_7788n}`, 'funcref 1', 'i32 -7']
    const unset = ['f32 0', 'f64 0', 'v128 0', 'funcref 0', 'i32 0']
    expect(printed).toEqual(Array.from({ length: 6 }, (_, i) => [...given, ...set.slice(0, i), ...unset.slice(i)].join(', ')))
  })

  test('finds none at a call, where the raw request says ENODEV, and cannot set any', async () => {
    const { printed } = await run([{ name: 'types', bytes: types }], `
      import * as p from "ptrace"
      const bytes = new Uint8Array(24 * 64)
      const vector = (length) => new p.iovec({ iov_base: bytes, iov_len: length })
      const ask = (request, length, pid) => p.ptrace(request, pid, p.NT_WASM_LOCALS, vector(length)) === 0 ? "0" : p.errnoName(p.errno)
      for await (const stop of p.trace(p.spawn())) {
        if (stop.kind === "syscall-entry") console.log(stop.locals.length, ask(p.PTRACE_GETREGSET, 24, stop.pid), ask(p.PTRACE_SETREGSET, 24, stop.pid))
        if (stop.kind === "syscall-exit") stop.step()
        if (stop.kind !== "step" || stop.function !== "work") continue
        console.log(ask(p.PTRACE_GETREGSET, 48, stop.pid), ask(p.PTRACE_GETREGSET, 25, stop.pid), ask(p.PTRACE_SETREGSET, 24, stop.pid))
        const whole = vector(bytes.length)
        p.ptrace(p.PTRACE_GETREGSET, stop.pid, p.NT_WASM_LOCALS, whole)
        console.log(whole.iov_len / 24, bytes[0] === 0x7f, bytes[24] === 0x7e, bytes[28])
        break
      }`)
    expect(printed.slice(0, 3)).toEqual(['0 ENODEV ENOTSUP', '0 EINVAL ENOTSUP', '7 true true 1'])
  })

  test('sees what a compiled function computes with: the sides of a die', async () => {
    const { guests } = JSON.parse(readFileSync(new URL('../../../public/guests/manifest.json', import.meta.url), 'utf8')) as {
      readonly guests: Readonly<Record<string, { readonly hash: string }>>
    }
    const bytes = new Uint8Array(readFileSync(new URL(`../../../public/guests/${guests['dice']?.hash}.wasm`, import.meta.url)))
    const { printed } = await run([{ name: 'dice', bytes, argv: ['1'] }], `
      import { spawn, trace } from "ptrace"
      for await (const stop of trace(spawn())) {
        if (stop.kind === "syscall-exit" && stop.call.name === "random_get") stop.step()
        if (stop.kind !== "step") continue
        if (stop.function === "printf") { console.log(stop.locals.every(({ type }) => type === "i32"), stop.locals.length > 1); continue }
        stop.step()
      }`)
    expect(printed).toEqual(['true true'])
  })
})

test('a tracer in C reads them by the same request', async () => {
  const source = readFileSync(new URL('programs/locals.c', import.meta.url), 'utf8')
  const bytes = new Uint8Array(await compileProgram({ name: 'locals', source, extra: ['-Werror'] }))
  expect((await run([{ name: 'locals', bytes }])).output).toBe('at the call: ENODEV\ni32 42 seen, i64 -5 seen\nSETREGSET: EOPNOTSUPP\n')
}, 120_000)

test.for(['PTRACE_SINGLESTEP', 'PTRACE_SINGLEBLOCK'] as const)('a step of the past (%s) is looked at with its locals and its memory', async (request) => {
  let session: Session | undefined
  let given: { readonly seq: number; readonly pc: number; readonly bytes: Uint8Array | undefined }[] = []
  await traced(types, [], async (tracer) => {
    const pid = await tracer.begin()
    await tracer.until(pid, 'exit sched_yield')
    for (let i = 0; i < 12; i++) {
      await tracer.go(pid, request)
      const task = session?.kernel.tasks.get(pid)
      if (session !== undefined && task?.standing === 'step') given.push({ seq: task.tracing?.stopSeq ?? 0, pc: task.pc, bytes: localBytes(session.kernel.host, task) })
    }
    await tracer.go(pid, 'PTRACE_CONT')
  }, { watch: (made) => {
    session = made
  } })
  given = given.filter(({ bytes }) => bytes !== undefined)
  expect(given.length).toBeGreaterThan(request === 'PTRACE_SINGLESTEP' ? 8 : 0)
  for (const { seq, pc, bytes } of given) {
    const answer = answerPast(session as Session, { type: 'look', look: { seq, ranges: [] } })
    expect(answer).toMatchObject({ type: 'sight', sight: { seq, locals: localsIn(bytes as Uint8Array), frames: [{ codeOffset: pc }, ...answer.type === 'sight' && 'frames' in answer.sight ? answer.sight.frames.slice(1) : []] } })
  }
})
