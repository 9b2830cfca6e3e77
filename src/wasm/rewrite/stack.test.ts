import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { STACK_BYTES } from './limit.ts'
import type { Build } from './rewrite.ts'
import { assemble, run } from './testing.ts'

const times = (count: number, each: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => each(index)).join(' ')

/** What testing-depth.ts prints, in a process of its own: V8 chooses its compilers at its start. */
async function depths(flag: string, build: Build): Promise<Record<string, { deepest: number; ended: string }>> {
  const program = fileURLToPath(new URL('testing-depth.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    flag,
    program,
    build,
  ])
  return JSON.parse(stdout) as Record<string, { deepest: number; ended: string }>
}

test(
  'our limit comes before the engine’s, and at the same depth with every compiler and where steps are wanted',
  { timeout: 60_000 },
  async () => {
    const [baseline, optimised, stepped] = await Promise.all([
      depths('--liftoff-only', 'count'),
      depths('--no-liftoff', 'count'),
      depths('--liftoff-only', 'step'),
    ])
    expect(Object.keys(baseline).length).toBeGreaterThan(36)
    expect(Object.entries(baseline).filter(([, { ended }]) => ended !== 'overflow')).toEqual([])
    expect(optimised).toEqual(baseline)
    expect(stepped).toEqual(baseline)
  },
)

describe('the stack that is used is counted', () => {
  const depthOf = (body: string, extra = ''): { go: (depth: number) => unknown; overflows: () => number } => {
    const { call, calls, stack } = run(assemble(`${extra} ${body}`), 'count')
    const go = (depth: number): unknown => {
      stack.value = STACK_BYTES
      return call('f', depth)
    }
    return { go, overflows: () => calls.overflow }
  }

  test('anew after every way of returning', () => {
    const { go, overflows } = depthOf(
      `(func $deep (param i32) (param $way i32) (result i32)
         (block $out (result i32)
           (if (i32.eqz (local.get 0)) (then
             (br_if $out (i32.const 1) (i32.eq (local.get $way) (i32.const 0))) drop
             (if (i32.eq (local.get $way) (i32.const 1)) (then (return (i32.const 2))))
             (br_table 1 2 1 (i32.const 3) (i32.const 0))))
           (call $deep (i32.sub (local.get 0) (i32.const 1)) (local.get $way))))
       (func (export "f") (param i32) (result i32) (local $sum i32)
         (loop $l
           (local.set $sum (i32.add (local.get $sum) (call $deep (i32.const 50) (i32.rem_u (local.get 0) (i32.const 3)))))
           (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
         (local.get $sum))`,
    )
    expect(go(30_000)).toBe(30_000 * 2)
    expect(overflows()).toBe(0)
  })

  test('anew after an exception', () => {
    const { go, overflows } = depthOf(
      `(func $deep (param i32) (if (i32.eqz (local.get 0)) (then (throw $e))) (call $deep (i32.sub (local.get 0) (i32.const 1))))
       (func (export "f") (param i32) (result i32) (local $caught i32)
         (loop $l
           (try (do (call $deep (i32.const 50))) (catch $e (local.set $caught (i32.add (local.get $caught) (i32.const 1)))))
           (try (do (call $deep (i32.const 20))) (catch_all (local.set $caught (i32.add (local.get $caught) (i32.const 1)))))
           (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
         (local.get $caught))`,
      '(tag $e)',
    )
    expect(go(5000)).toBe(10_000)
    expect(overflows()).toBe(0)
  })

  test('not at all by tail calls', () => {
    const { go, overflows } = depthOf(
      `(table funcref (elem $f)) (type $t (func (param i32) (result i32)))
       (func $f (export "f") (param i32) (result i32)
         (if (i32.eqz (local.get 0)) (then (return (i32.const 7))))
         (if (i32.and (local.get 0) (i32.const 1)) (then (return_call $f (i32.sub (local.get 0) (i32.const 1)))))
         (return_call_indirect (type $t) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0)))`,
    )
    expect(go(300_000)).toBe(7)
    expect(overflows()).toBe(0)
  })

  test('by indirect and mutual recursion', () => {
    const { go, overflows } = depthOf(
      `(table funcref (elem $f $g))
       (func $f (export "f") (param i32) (result i32) local.get 0 if (result i32) local.get 0 i32.const 1 i32.sub i32.const 1 call_indirect (param i32) (result i32) else i32.const 7 end)
       (func $g (param i32) (result i32) local.get 0 if (result i32) local.get 0 i32.const 1 i32.sub call $f else i32.const 8 end)`,
    )
    expect(go(1000)).toBe(7)
    expect(() => go(1_000_000)).toThrow(WebAssembly.RuntimeError)
    expect(overflows()).toBe(1)
  })

  test('by a leaf function only if its frame is large', () => {
    const leaf = (locals: number): string =>
      `(func $f (export "f") (param i32) (result i32) (local ${times(locals, () => 'i64')}) local.get 0)`
    const small = run(assemble(leaf(10)), 'count')
    const large = run(assemble(leaf(1000)), 'count')
    for (const { stack } of [small, large]) stack.value = 100
    expect(small.call('f', 1)).toBe(1)
    expect(() => large.call('f', 1)).toThrow(WebAssembly.RuntimeError)
    expect(large.calls.overflow).toBe(1)
  })
})

test('what tick calls gets the stack that is left there', () => {
  const countdown = 'loop $l local.get 0 i32.const 1 i32.sub local.tee 0 br_if $l end'
  const bytes = assemble(`(func $leaf (param i32) ${countdown})
    (func (export "f") (param i32) local.get 0 call $leaf local.get 0 call $leaf ${countdown})`)
  const left: number[] = []
  const running = run(bytes, 'count', { quantum: 0, onTick: () => left.push(running.stack.value) })
  running.call('f', 2)
  // At the entry of f, twice two turns in the leaf, and two in f.
  const [entry, ...rest] = left
  expect(entry).toBeLessThan(STACK_BYTES)
  const leaf = rest[0]!
  expect(leaf).toBeLessThan(entry!)
  expect(rest).toEqual([leaf, leaf, leaf, leaf, entry, entry])
})
