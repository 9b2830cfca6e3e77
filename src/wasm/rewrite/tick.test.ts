import { describe, expect, test } from 'vitest'
import { assemble, run } from './testing.ts'

/** Ticks that `f(argument)` takes, which must be the same whatever the quantum. */
function ticks(fields: string, argument = 0): number {
  const bytes = assemble(fields)
  const counted = [1_000_000, 7, 1, 0].map((quantum) => {
    const running = run(bytes, 'count', { quantum, imports: { env: { call: () => {} } } })
    running.call('f', argument)
    return running.ticks()
  })
  expect(new Set(counted).size).toBe(1)
  return counted[0]!
}

const countdown = (body = ''): string => `loop $l ${body} local.get 0 i32.const 1 i32.sub local.tee 0 br_if $l end`

describe('a tick is taken', () => {
  test.for<[what: string, fields: string, argument: number, ticks: number]>([
    ['not by straight code', '(func (export "f") (param i32))', 0, 0],
    ['at each turn of a loop', `(func (export "f") (param i32) ${countdown()})`, 100, 100],
    ['at the entry of a function that calls', '(func $g) (func (export "f") (param i32) call $g call $g)', 0, 1],
    [
      'at the entry of each function that calls',
      '(func $g) (func $h call $g) (func (export "f") (param i32) call $h call $h)',
      0,
      3,
    ],
    ['before an import is called', '(import "env" "call" (func $c)) (func (export "f") (param i32) call $c)', 0, 1],
    [
      'at the entry of a function that grows memory',
      '(memory 1) (func (export "f") (param i32) i32.const 1 memory.grow drop)',
      0,
      1,
    ],
    ['at each turn of a loop that calls', `(func $g) (func (export "f") (param i32) ${countdown('call $g')})`, 10, 11],
    [
      'not by a loop whose turns each call what pays',
      `(func $g) (func $h call $g) (func (export "f") (param i32) ${countdown('call $h')})`,
      10,
      11,
    ],
    [
      'by recursion',
      '(func $f (export "f") (param i32) local.get 0 if local.get 0 i32.const 1 i32.sub call $f end)',
      10,
      11,
    ],
    [
      'by tail calls',
      '(func $f (export "f") (param i32) local.get 0 if local.get 0 i32.const 1 i32.sub return_call $f end)',
      10,
      11,
    ],
    [
      'for 64 bytes filled',
      '(memory 1) (func (export "f") (param i32) i32.const 0 i32.const 0 i32.const 6400 memory.fill)',
      0,
      100,
    ],
    [
      'for 64 bytes copied',
      '(memory 1) (func (export "f") (param i32) i32.const 0 i32.const 0 i32.const 640 memory.copy)',
      0,
      10,
    ],
    [
      'for eight entries filled',
      '(table 99 funcref) (func (export "f") (param i32) i32.const 0 ref.null func i32.const 80 table.fill)',
      0,
      10,
    ],
  ])('%s', ([, fields, argument, expected]) => {
    expect(ticks(fields, argument)).toBe(expected)
  })

  test('by loops in loops, with and without calls in them', () => {
    const nested = (inner: string): string => `(func $g) (func (export "f") (param i32) (local i32)
      ${countdown(`i32.const 5 local.set 1 loop $m ${inner} local.get 1 i32.const 1 i32.sub local.tee 1 br_if $m end`)})`
    expect(ticks(nested(''), 10)).toBe(60)
    expect(ticks(nested('call $g'), 10)).toBe(61)
  })
})

describe('a loop out of which tick is called', () => {
  test('can be left to every label around it', () => {
    const fields = `(func (export "f") (param i32) (result i32) (local $i i32)
      (block $c (block $b (block $a
        (loop $l
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br_if $l (i32.lt_u (local.get $i) (i32.const 50)))
          (block $inner
            (br_if $inner (i32.ge_u (local.get 0) (i32.const 10)))
            (br_table $a $b $c $l $inner (local.get 0)))
          (br_if $b (i32.eq (local.get 0) (i32.const 20)))
          (return (i32.const 4)))
        (unreachable))
        (return (i32.const 1)))
        (return (i32.const 2)))
      (i32.const 3))`
    const bytes = assemble(fields)
    const { call } = run(bytes, 'count', { quantum: 3 })
    expect([0, 1, 2, 4, 11, 20].map((argument) => call('f', argument))).toEqual([1, 2, 3, 4, 4, 2])
  })

  test('goes on where it was, with what it had', () => {
    const bytes = assemble(`(func (export "f") (param $n i32) (result i32) (local $sum i32)
      (loop $l
        (local.set $sum (i32.add (local.get $sum) (local.get $n)))
        (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.get $sum))`)
    const { call, calls } = run(bytes, 'count', { quantum: 0 })
    expect(call('f', 100)).toBe(5050)
    expect(calls.tick).toBe(100)
  })

  test('may be taken out of operands, and hold exceptions', () => {
    const bytes = assemble(`(tag $e (param i32)) (func (export "f") (param $n i32) (result i32)
      i32.const 1000
      (loop $l
        (try (do (throw $e (local.get $n))) (catch $e (local.set $n) (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))
      local.get $n i32.add)`)
    const { call, ticks: taken } = run(bytes, 'count', { quantum: 2 })
    expect(call('f', 10)).toBe(1000)
    expect(taken()).toBe(10)
  })
})

test('a loop with labels that are not moved is counted too', () => {
  const bytes = assemble(`(tag $e) (func (export "f") (param $n i32) (result i32) (local $caught i32)
    (block $out (loop $l
      (try (do
        (try (do (try (do (throw $e)) (delegate 0)))
          (catch_all (local.set $caught (i32.add (local.get $caught) (i32.const 1))) (rethrow 0))))
        (catch $e (br_if $out (i32.eqz (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))
      (br $l)))
    (local.get $caught))`)
  const { call, ticks: taken } = run(bytes, 'count', { quantum: 2 })
  expect(call('f', 10)).toBe(10)
  expect(taken()).toBe(10)
})

test('exceptions may be caught by try_table, in a loop, and thrown on', () => {
  // (tag $e) (func $f (param $n i32) (result i32)
  //   (loop $l (block $h (result exnref) (try_table (catch_all_ref $h) throw $e) unreachable) drop
  //     (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
  //   (block $i (result exnref) (try_table (catch_ref $e $i) throw $e) unreachable) throw_ref)
  const code = [
    ...[0x03, 0x40, 0x02, 0x69, 0x1f, 0x40, 1, 3, 0, 0x08, 0, 0x0b, 0x00, 0x0b, 0x1a],
    ...[0x20, 0, 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 0x0b],
    ...[0x02, 0x69, 0x1f, 0x40, 1, 1, 0, 0, 0x08, 0, 0x0b, 0x00, 0x0b, 0x0a, 0x0b],
  ]
  const name = (text: string): number[] => [text.length, ...new TextEncoder().encode(text)]
  const section = (id: number, ...content: number[]): number[] => [id, content.length, ...content]
  const bytes = new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 2, 0x60, 0, 0, 0x60, 1, 0x7f, 1, 0x7f),
    ...section(3, 2, 1, 0),
    ...section(13, 1, 0, 0),
    ...section(7, 2, ...name('f'), 0, 0, ...name('_start'), 0, 1),
    ...section(10, 2, code.length + 1, 0, ...code, 2, 0, 0x0b),
  ])
  const { call, ticks: taken } = run(bytes, 'count', { quantum: 1 })
  expect(() => call('f', 10)).toThrow(WebAssembly.Exception)
  expect(taken()).toBe(10)
})

test('tick may change the fuel at will', () => {
  const bytes = assemble(`(func (export "f") (param i32) ${countdown()})`)
  const { call, fuel, calls } = run(bytes, 'count', { quantum: 10 })
  fuel.value = 5
  call('f', 100)
  // 5 taken, the sixth finds nothing left; then eleven each.
  expect(calls.tick).toBe(9)
})
