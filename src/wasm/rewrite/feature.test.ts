import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Build } from './rewrite.ts'
import { assemble, run } from './testing.ts'

// What WebAssembly has grown since its first version, on the builds that step: each module tells what it computes by the
// calls that it makes and the bytes that it leaves.

const IMPORT = '(import "wasi_snapshot_preview1" "fd_close" (func $say (param i32) (result i32)))'

const MODULES: Readonly<Record<string, string>> = {
  'several results, of functions, blocks and loops': `
    (func $halves (param i32) (result i32 i32) (i32.div_u (local.get 0) (i32.const 2)) (i32.rem_u (local.get 0) (i32.const 2)))
    (func (export "go") (local $n i32)
      (call $halves (i32.const 27)) (drop (call $say)) (drop (call $say))
      (i32.const 5) (i32.const 1)
      (loop $again (param i32 i32) (result i32)
        (local.set $n (i32.mul)) (local.get $n)
        (i32.const 3)
        (if (param i32 i32) (result i32 i32) (i32.lt_u (local.get $n) (i32.const 300)) (then) (else (drop) (i32.const 1)))
        (br_if $again (i32.lt_u (local.get $n) (i32.const 300)))
        (drop))
      (drop (call $say)))`,
  'bulk memory': `
    (data $text "the quick brown fox")
    (func (export "go")
      (memory.init $text (i32.const 100) (i32.const 4) (i32.const 15))
      (data.drop $text)
      (memory.copy (i32.const 102) (i32.const 100) (i32.const 15))
      (memory.fill (i32.const 4000) (i32.const 0x2a) (i32.const 2000))
      (drop (call $say (i32.load (i32.const 104))))
      (drop (call $say (i32.load8_u (i32.const 5999))))
      (memory.copy (i32.const 65530) (i32.const 0) (i32.const 7)))`,
  'references and tables': `
    (type $op (func (param i32) (result i32)))
    (table $ops 4 funcref)
    (elem $twice_later func $twice)
    (elem declare func $next)
    (func $next (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
    (func $twice (param i32) (result i32) (i32.shl (local.get 0) (i32.const 1)))
    (func (export "go") (local $f funcref)
      (table.set $ops (i32.const 1) (ref.func $next))
      (table.init $ops $twice_later (i32.const 2) (i32.const 0) (i32.const 1))
      (local.set $f (table.get $ops (i32.const 2)))
      (drop (table.grow $ops (local.get $f) (i32.const 3)))
      (drop (call $say (ref.is_null (table.get $ops (i32.const 0)))))
      (drop (call $say (table.size $ops)))
      (drop (call $say (call_indirect $ops (type $op) (i32.const 20) (i32.const 6))))
      (drop (call $say (call_indirect $ops (type $op) (i32.const 20) (i32.const 1))))
      (drop (call_indirect $ops (type $op) (i32.const 0) (i32.const 0))))`,
  'vectors': `
    (func (export "go") (local $v v128) (local $i i32)
      (local.set $v (i32x4.splat (i32.const 3)))
      (loop $l
        (local.set $v (i32x4.add (i32x4.mul (local.get $v) (v128.const i32x4 1 2 3 4)) (v128.const i32x4 7 7 7 7)))
        (v128.store (i32.add (i32.const 256) (i32.mul (local.get $i) (i32.const 16))) (local.get $v))
        (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 9))))
      (drop (call $say (i32x4.extract_lane 2 (local.get $v))))
      (v128.store (i32.const 512) (f32x4.sqrt (f32x4.div (f32x4.splat (f32.const -1)) (f32x4.splat (f32.const 3)))))
      (drop (call $say (v128.any_true (i8x16.shuffle 0 17 2 19 4 21 6 23 8 25 10 27 12 29 14 31 (local.get $v) (v128.load (i32.const 300)))))))`,
  'exceptions': `
    (tag $t (param i32))
    (func $risky (param i32)
      (drop (call $say (local.get 0)))
      (if (i32.and (local.get 0) (i32.const 1)) (then (throw $t (i32.mul (local.get 0) (i32.const 100))))))
    (func $careful (param i32)
      (try (do (call $risky (local.get 0))) (catch $t (drop (call $say))) (catch_all (drop (call $say (i32.const -1))))))
    (func (export "go") (local $i i32)
      (loop $l
        (call $careful (local.get $i))
        (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 6))))
      (try (do (try (do (call $risky (i32.const 9))) (catch $t (drop (call $say)) (rethrow 0)))) (catch $t (i32.store (i32.const 8))))
      (call $risky (i32.const 7)))`,
  'tail calls': `
    (type $step (func (param i32 i32) (result i32)))
    (table funcref (elem $odd))
    (func $even (param $n i32) (param $sum i32) (result i32)
      (if (i32.eqz (local.get $n)) (then (return (local.get $sum))))
      (return_call_indirect (type $step) (i32.sub (local.get $n) (i32.const 1)) (i32.add (local.get $sum) (local.get $n)) (i32.const 0)))
    (func $odd (param $n i32) (param $sum i32) (result i32)
      (if (i32.eqz (i32.rem_u (local.get $n) (i32.const 1001))) (then (drop (call $say (local.get $n)))))
      (return_call $even (i32.sub (local.get $n) (i32.const 1)) (i32.xor (local.get $sum) (i32.const 5))))
    (func (export "go") (drop (call $say (call $even (i32.const 20000) (i32.const 0)))))`,
}

interface Done {
  /** What was said, each with the ticks at which it was. */
  readonly calls: readonly string[]
  readonly memory: string
  readonly ticks: number
  readonly end: string
  readonly steps: number
}

const endOf = (thrown: unknown): string =>
  thrown instanceof WebAssembly.RuntimeError ? 'trap' : thrown instanceof WebAssembly.Exception ? 'exception' : String(thrown)

const done = (bytes: Uint8Array<ArrayBuffer>, build: Build, quantum: number, stepping: boolean): Done => {
  const calls: string[] = []
  let steps = 0
  let end = 'returned'
  const say = (value: number): number => {
    calls.push(`${value} at ${running.ticks()}`)
    return calls.length
  }
  const running = run(bytes, build, {
    quantum, imports: { wasi_snapshot_preview1: { fd_close: say } }, ...(stepping ? { onStep: () => steps++ } : {}),
  })
  try {
    running.call('go')
  } catch (thrown) {
    end = endOf(thrown)
  }
  const memory = createHash('sha256').update(new Uint8Array(running.memory.buffer)).digest('hex')
  return { calls, memory, ticks: running.ticks(), end, steps }
}

const ENDS: Readonly<Record<string, string>> = { 'bulk memory': 'trap', 'references and tables': 'trap', exceptions: 'exception' }

test.for(Object.entries(MODULES))('%s: the same calls at the same ticks with the same bytes, stepped or not', ([name, fields]) => {
  const bytes = assemble(`${IMPORT} (memory (export "memory") 1) ${fields}`)
  for (const quantum of [1, 1_000_000]) {
    const { steps: _, ...expected } = done(bytes, 'count', quantum, false)
    expect(expected.calls.length).toBeGreaterThan(0)
    expect(expected.end).toBe(ENDS[name] ?? 'returned')
    for (const build of ['step', 'block'] as const) {
      for (const stepping of [false, true]) {
        const { steps, ...found } = done(bytes, build, quantum, stepping)
        expect([build, stepping, found]).toEqual([build, stepping, expected])
        expect(steps > 0).toBe(stepping)
      }
    }
  }
})
