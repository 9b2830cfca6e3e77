import { describe, expect, test } from 'vitest'
import { guest } from '../guests/fixture.ts'
import { mapCode } from './code-map.ts'
import { inspect } from './inspect.ts'
import type { Build } from './rewrite.ts'
import { movedFunction } from './rewrite.ts'
import { assemble, must, run } from './testing.ts'

const BUILDS: readonly Build[] = ['plain', 'count', 'step', 'block', 'watch']

/** Where the wasm frames of this stack stand, innermost first: index and offset in the rewritten file. */
const framesOf = (stack: string): (readonly [index: number, offset: number])[] =>
  [...stack.matchAll(/wasm-function\[(\d+)\]:0x([0-9a-f]+)/g)].map(([, index, offset]) => [Number(index), parseInt(offset!, 16)])

/** Where the contents of the code section begin. */
function codeStart(bytes: Uint8Array): number {
  const size = (at: number): [value: number, next: number] => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return [value, at]
    }
  }
  for (let at = 8; ; ) {
    const [length, start] = size(at + 1)
    if (bytes[at] === 10) return start
    at = start + length
  }
}

/** Every frame of every call of `env.call` that `f` makes: by the engine, in the original module. */
function expected(bytes: Uint8Array<ArrayBuffer>, argument: number): string[] {
  const stacks: string[] = []
  const call = (): number => stacks.push(new Error('here').stack!)
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { call } })
  ;(exports['f'] as (argument: number) => void)(argument)
  return stacks.map((stack) => framesOf(stack).map(([index, offset]) => `${index}:${offset - codeStart(bytes)}`).join(' '))
}

function mapped(bytes: Uint8Array<ArrayBuffer>, build: Build, argument: number): string[] {
  const map = must(mapCode(bytes, build))
  const stacks: string[] = []
  const call = (): number => stacks.push(new Error('here').stack!)
  run(bytes, build, { imports: { env: { call } } }).call('f', argument)
  const shift = movedFunction(1, 1, build) - 1
  return stacks.map((stack) => framesOf(stack).map(([index, offset]) => `${index - shift}:${map(index - shift, offset)}`).join(' '))
}

const NEST = `(import "env" "call" (func $call (result i32))) (memory 1 4) (table funcref (elem $indirect)) (type $t (func (param i32)))
  (func $leaf (param i32) (local f64)
    (local.set 1 (f64.div (local.get 1) (f64.const 0)))
    (f64.store (i32.const 8) (local.get 1))
    (loop $l (i32.store (i32.const 0) (local.get 0)) (drop (call $call))
      (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
  (func $indirect (param i32)
    (drop (memory.grow (i32.const 0)))
    (memory.fill (i32.const 0) (i32.const 1) (i32.const 100))
    (block (loop $spin (br_if 1 (i32.lt_s (local.tee 0 (i32.sub (local.get 0) (i32.const 1))) (i32.const 0))) (br $spin)))
    (call $leaf (i32.const 2)))
  (func $f (export "f") (param i32)
    (if (local.get 0)
      (then (call $f (i32.sub (local.get 0) (i32.const 1))) (drop (call $call)))
      (else (call_indirect (type $t) (i32.const 7) (i32.const 0)))))`

describe.for(BUILDS)('on the %s build', (build) => {
  test('each frame of a call is where the engine has it in the original', () => {
    const bytes = assemble(NEST)
    const frames = expected(bytes, 5)
    expect(frames.length).toBe(7)
    expect(frames[0]!.split(' ').length).toBe(8)
    expect(mapped(bytes, build, 5)).toEqual(frames)
  })

  test.for(['hello', 'ls', 'sh'])('each frame of each call of %s is where the engine has it in the original', (name) => {
    const bytes = new Uint8Array(guest(name))
    const start = codeStart(bytes)
    const { imports } = must(inspect(bytes))
    const stackAt = (instantiate: (world: WebAssembly.Imports) => () => unknown): (readonly [number, number])[][] => {
      const stacks: (readonly [number, number])[][] = []
      const call = (): number => {
        if (stacks.push(framesOf(new Error('here').stack!)) === 50) throw new Error('enough')
        return 8
      }
      const world: Record<string, Record<string, () => number>> = {}
      for (const { module, name: called } of imports) (world[module] ??= {})[called] = call
      try {
        instantiate(world)()
      } catch {
        // It ends as it likes: what it does until then is the same.
      }
      return stacks
    }
    const expected = stackAt((world) => new WebAssembly.Instance(new WebAssembly.Module(bytes), world).exports['_start'] as () => unknown)
    const found = stackAt((world) => () => run(bytes, build, { imports: world }).call('_start'))
    const map = must(mapCode(bytes, build))
    const shift = movedFunction(imports.length, imports.length, build) - imports.length
    expect(found.length).toBeGreaterThan(0)
    expect(found.map((frames) => frames.map(([index, offset]) => [index - shift, map(index - shift, offset)])))
      .toEqual(expected.map((frames) => frames.map(([index, offset]) => [index, offset - start])))
  })
})

describe('a guest that spins', () => {
  test.for(['count', 'step', 'block', 'watch'] as const)('is in its loop at each tick, on the %s build', (build) => {
    const bytes = assemble(`(func $busy (param i32) (loop $l
        (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
      (func (export "f") nop (call $busy (i32.const 5)))`)
    const map = must(mapCode(bytes, build))
    const ticks: string[] = []
    const shift = movedFunction(0, 0, build)
    const running = run(bytes, build, {
      quantum: 0,
      onTick: () => {
        const frames = framesOf(new Error('here').stack!).map(([index, offset]) => [index - shift, map(index - shift, offset)])
        ticks.push(frames.filter(([, place]) => place !== undefined).join(' '))
      },
    })
    running.call('f')
    const start = codeStart(bytes)
    const head = bytes.indexOf(0x03, start + 1) + 2 - start
    const call = bytes.indexOf(0x10, start) - start
    const entry = bytes.lastIndexOf(0x01, bytes.indexOf(0x10, start)) - start
    expect(ticks).toEqual([`1,${entry}`, ...Array<string>(5).fill(`0,${head} 1,${call}`)])
  })
})

test('what is no module has no map', () => {
  expect(mapCode(new Uint8Array([0, 1, 2, 3]), 'count').ok).toBe(false)
})

test('an offset outside of the function has no place', () => {
  const map = must(mapCode(assemble('(func nop)'), 'count'))
  expect(map(0, 0)).toBeUndefined()
  expect(map(99, 50)).toBeUndefined()
  expect(map(-1, 50)).toBeUndefined()
})
