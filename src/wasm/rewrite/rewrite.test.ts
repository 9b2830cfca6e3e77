import { describe, expect, test } from 'vitest'
import { inspect } from './inspect.ts'
import { MAX_PAGES, MAX_TABLE_ENTRIES } from './limit.ts'
import { movedFunction, originalFunction, rewrite } from './rewrite.ts'
import { assemble, must, run } from './testing.ts'

const BUILDS = ['count', 'plain', 'step', 'block'] as const

describe.for(BUILDS)('the %s build', (build) => {
  test('keeps imports, exports, tables, globals and data at their work', () => {
    const bytes = assemble(`
      (import "env" "add" (func $add (param i32 i32) (result i32)))
      (memory (export "memory") 1)
      (table (export "table") 3 funcref)
      (elem (i32.const 0) $one $two $add)
      (elem declare func $two)
      (global $a (mut i32) (i32.const 5))
      (global $f funcref (ref.func $two))
      (global $sum i32 (i32.add (i32.const 40) (i32.const 2)))
      (data (i32.const 8) "\\2a")
      (func $one (result i32) i32.const 1)
      (func $two (export "two") (result i32) global.get $a i32.const 8 i32.load8_u call $add)
      (func (export "at") (param i32) (result i32) local.get 0 call_indirect (result i32))
      (func (export "set") (param i32) local.get 0 global.set $a)
      (func (export "sum") (result i32) global.get $sum)
      (func (export "kept") (result i32) i32.const 2 global.get $f table.set 0 i32.const 2 call_indirect (result i32))
      (func (export "refer") (result i32) i32.const 0 ref.func $two table.set 0 i32.const 0 call_indirect (result i32))`)
    const { call, exports, memory } = run(bytes, build, { imports: { env: { add: (a: number, b: number) => a + b } } })
    expect(call('two')).toBe(47)
    call('set', 10)
    expect(call('at', 1)).toBe(52)
    expect(call('kept')).toBe(52)
    expect(call('sum')).toBe(42)
    expect(call('refer')).toBe(52)
    expect(exports['memory']).toBe(memory)
    expect(exports['skipcall.table']).toBe(exports['table'])
  })

  test('lets the machine grow the memory', () => {
    const bytes = assemble(
      '(memory 1 3) (func (export "grow") (param i32) (result i32) local.get 0 memory.grow memory.size i32.const 16 i32.shl i32.or)',
    )
    const { call, calls } = run(bytes, build)
    expect(call('grow', 2)).toBe((3 << 16) | 1)
    expect(call('grow', 1)).toBe(-1)
    expect(calls.grow).toBe(2)
  })

  test('hands the start section over as an export', () => {
    const bytes = assemble('(memory (export "memory") 1) (func $init i32.const 0 i32.const 7 i32.store) (start $init)')
    const { call, memory } = run(bytes, build)
    expect(new Uint8Array(memory.buffer)[0]).toBe(0)
    call('skipcall.start')
    expect(new Uint8Array(memory.buffer)[0]).toBe(7)
    expect(must(inspect(bytes)).hasStart).toBe(true)
  })

  test('exports the stack pointer, found by name or as the first global', () => {
    const named = assemble(
      '(global $x (mut i32) (i32.const 1)) (global $__stack_pointer (mut i32) (i32.const 2))',
      true,
    )
    const unnamed = assemble('(global (mut i32) (i32.const 3)) (global (mut i32) (i32.const 2))')
    const constant = assemble('(global i32 (i32.const 3))')
    const sp = (bytes: Uint8Array<ArrayBuffer>): unknown =>
      (run(bytes, build).exports['skipcall.sp'] as WebAssembly.Global | undefined)?.value
    expect([named, unnamed, constant].map(sp)).toEqual([2, 3, undefined])
  })

  test('names functions as before in stack traces', () => {
    const bytes = assemble(
      '(import "env" "now" (func $now)) (func $victim unreachable) (func (export "go") call $victim)',
      true,
    )
    const { call } = run(bytes, build, { imports: { env: { now: () => {} } } })
    let stack = ''
    try {
      call('go')
    } catch (error) {
      stack = (error as Error).stack ?? ''
    }
    expect(stack).toMatch(/at victim /)
    expect(must(inspect(bytes)).names.get(1)).toBe('victim')
  })

  test('drops what speaks of offsets in the code, and keeps other custom sections', () => {
    const custom = (name: string): number[] => [0, name.length + 2, name.length, ...new TextEncoder().encode(name), 1]
    const module = assemble('(func nop)')
    const bytes = new Uint8Array([
      ...module,
      ...custom('.debug_line'),
      ...custom('producers'),
      ...custom('sourceMappingURL'),
    ])
    const rewritten = new WebAssembly.Module(must(rewrite(bytes, build)))
    const has = (name: string): number => WebAssembly.Module.customSections(rewritten, name).length
    expect(['.debug_line', 'producers', 'sourceMappingURL'].map(has)).toEqual([0, 1, 0])
  })

  test('lets tables grow alike everywhere', () => {
    const bytes = assemble(
      '(table 1 funcref) (func (export "grow") (param i32) (result i32) ref.null func local.get 0 table.grow)',
    )
    const { call } = run(bytes, build)
    expect(call('grow', MAX_TABLE_ENTRIES)).toBe(-1)
    expect(call('grow', MAX_TABLE_ENTRIES - 1)).toBe(1)
  })

  test('takes a module without memory, functions or sections of its own', () => {
    const { exports } = run(assemble(''), build)
    expect(Object.keys(exports)).toContain('_start')
    const reexport = run(assemble('(import "env" "f" (func $f)) (export "_start" (func $f))'), build, {
      imports: { env: { f: () => {} } },
    })
    expect(reexport.call('_start')).toBe(undefined)
  })

  test('is the same bytes each time', () => {
    const bytes = assemble(
      '(memory 1) (func (export "f") (param f64) (result f64) loop local.get 0 local.get 0 f64.mul local.set 0 end local.get 0)',
    )
    expect(must(rewrite(bytes, build))).toEqual(must(rewrite(bytes, build)))
  })
})

test('a memory without a maximum, or a high one, is kept below the fixed one', () => {
  for (const memory of ['(memory 1)', '(memory 1 65536)']) {
    const bytes = assemble(`${memory} (func (export "size") (result i32) memory.size)`)
    const { call, memory: given } = run(bytes, 'count')
    expect(call('size')).toBe(1)
    expect(() => given.grow(MAX_PAGES)).toThrow(RangeError)
  }
})

test('a function index can be told back and forth', () => {
  const info = must(inspect(assemble('(import "env" "call" (func)) (func) (func)')))
  expect([0, 1, 3].map((index) => movedFunction(index, 1))).toEqual([0, 4, 6])
  expect([0, 1, 3, 4, 6, 7, 8].map((index) => originalFunction(index, info))).toEqual([
    0,
    undefined,
    undefined,
    1,
    3,
    undefined,
    undefined,
  ])
})
