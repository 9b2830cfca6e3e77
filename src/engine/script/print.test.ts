import { expect, test } from 'vitest'
import { format, inspect } from './print.ts'
import { Int, user_regs_struct } from './struct.ts'

class Point {
  x = 1
  #hidden = 2
  get sum(): number {
    return this.x + this.#hidden
  }
}

test.for([
  [undefined, 'undefined'], [null, 'null'], [-0, '-0'], [12n, '12n'], ["it's", String.raw`'it\'s'`], ['\x1b[0m', String.raw`'\x1b[0m'`],
  [[1, 'a', [2]], "[ 1, 'a', [ 2 ] ]"], [[], '[]'], [{}, '{}'], [{ a: 1, 'b c': { d: [] } }, "{ a: 1, 'b c': { d: [] } }"],
  [[1, , 3], '[ 1, <1 empty item>, 3 ]'], [new Uint8Array([1, 2]), 'Uint8Array(2) [ 1, 2 ]'],
  [new Map([['a', { b: 1 }]]), "Map(1) { 'a' => { b: 1 } }"], [new Set([1]), 'Set(1) { 1 }'],
  [new Error('m'), 'Error: m'], [Object.assign(new TypeError('m'), { code: 'E' }), "TypeError: m { code: 'E' }"],
  [() => 1, '[Function (anonymous)]'], [class A {}, '[class A]'], [Math.max, '[Function: max]'], [new Point(), 'Point { x: 1 }'],
  [Object.create(null), '[Object: null prototype] {}'], [Symbol('s'), 'Symbol(s)'], [/a/g, '/a/g'], [new Date(0), '1970-01-01T00:00:00.000Z'],
  [{ get a() { return 1 } }, '{ a: [Getter] }'], [new Int({ value: 3 }), 'Int { value: 3 }'], [new Promise(() => {}), 'Promise {}'],
] as const)('%o prints as %s', ([value, text]) => {
  expect(inspect(value)).toBe(text)
})

test('what is long stands on lines of its own', () => {
  expect(inspect({ a: 'x'.repeat(40), b: 'y'.repeat(40) })).toBe(`{\n  a: '${'x'.repeat(40)}',\n  b: '${'y'.repeat(40)}'\n}`)
})

test('cycles, depth and length are bounded', () => {
  const cycle: { self?: unknown } = {}
  cycle.self = cycle
  expect(inspect(cycle)).toBe('{ self: [Circular] }')
  expect(inspect([[[[[[1]]]]]])).toBe('[ [ [ [ [ [Array] ] ] ] ] ]')
  expect(inspect(Array.from({ length: 150 }, () => 1))).toMatch(/\.\.\. 50 more items/)
  expect(inspect(new Array(4_000_000_000)).length).toBeLessThan(200)
  expect(format(['x'.repeat(20_000)])).toMatch(/… 3616 more characters$/)
})

test('registers print by name', () => {
  expect(inspect(new user_regs_struct({ nr: 5 }))).toMatch(/^user_regs_struct \{\n {2}arch: 0,\n {2}nr: 5,/)
})

test('directives are replaced as in Node', () => {
  expect(format(['%s is %d (0x%x), %j %% %s', 'a', 5, 255, { b: 1 }, 'end', 'more'])).toBe('a is 5 (0xff), {"b":1} % end more')
  expect(format(['%d'])).toBe('%d')
  expect(format(['100 %%'])).toBe('100 %%')
  expect(format(['a', 1, 'b', { c: 'd' }])).toBe("a 1 b { c: 'd' }")
})
