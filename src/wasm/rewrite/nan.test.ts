import { describe, expect, test } from 'vitest'
import { rewrite } from './rewrite.ts'
import { assemble, must, original, run } from './testing.ts'

const CANONICAL64 = 0x7ff8_0000_0000_0000n
const bits64 = (fields: string, ...args: unknown[]): bigint =>
  BigInt.asUintN(64, run(assemble(fields), 'count').call('f', ...args) as bigint)
const bits32 = (fields: string, ...args: unknown[]): number =>
  (run(assemble(fields), 'count').call('f', ...args) as number) >>> 0
const f64 = (body: string): string =>
  `(memory 1) (func (export "f") (param f64) (result i64) (local $l f64) ${body} i64.reinterpret_f64)`
const f32 = (body: string): string =>
  `(memory 1) (func (export "f") (param f32) (result i32) (local $l f32) ${body} i32.reinterpret_f32)`
const vector = (body: string): string =>
  `(func (export "f") (param f64) (result i64) (local $l v128) ${body} i64x2.extract_lane 0)`

describe('a NaN that arithmetic made is the canonical one', () => {
  const nan = 'local.get 0 f64.neg'
  test.for([
    'f64.const 0 f64.const 0 f64.div',
    'local.get 0 f64.const 1 f64.add',
    'local.get 0 f64.const 1 f64.sub',
    'local.get 0 f64.const -1 f64.mul',
    'local.get 0 f64.const 1 f64.min',
    'local.get 0 f64.const 1 f64.max',
    'local.get 0 f64.sqrt',
    'local.get 0 f64.ceil',
    'local.get 0 f64.floor',
    'local.get 0 f64.trunc',
    'local.get 0 f64.nearest',
    'local.get 0 f32.demote_f64 f64.promote_f32',
    'f64.const -1 f64.sqrt local.tee $l drop local.get $l',
    'f64.const -1 f64.sqrt f64.const 1 i32.const 1 select',
    'block (result f64) f64.const -1 f64.sqrt end',
    'i32.const 0 f64.const -1 f64.sqrt f64.store i32.const 0 f64.load',
    'i32.const 0 local.get 0 f64.const 1 f64.add f64.store i32.const 0 f64.load',
    'f64.const -inf f64.const inf f64.add local.set $l local.get $l local.get $l f64.mul local.set $l local.get $l',
  ])('after %s', (body) => {
    for (const signed of [body, body.replaceAll('local.get 0', nan)]) expect(bits64(f64(signed), NaN)).toBe(CANONICAL64)
  })

  test.for([
    'f32.const 0 f32.const 0 f32.div',
    'local.get 0 f32.neg f32.const 1 f32.add',
    'local.get 0 f64.promote_f32 f32.demote_f64',
  ])('after %s', (body) => expect(bits32(f32(body), NaN)).toBe(0x7fc0_0000))

  test.for([
    'local.get 0 f64x2.splat f64x2.neg local.get 0 f64x2.splat f64x2.add',
    'f64.const -1 f64x2.splat f64x2.sqrt local.set $l local.get $l',
    'f64.const -1 f64.sqrt f64x2.splat',
    'f64.const 0 f64x2.splat f64.const 0 f64x2.splat f64x2.div v128.not v128.not',
  ])('in both lanes after %s', (body) => expect(bits64(vector(body), NaN)).toBe(CANONICAL64))

  test('in four lanes, and in those only that are NaNs', () => {
    const body = 'v128.const f32x4 -1 4 -1 9 f32x4.sqrt'
    expect(bits64(vector(body), 0)).toBe(0x4000_0000_7fc0_0000n)
  })

  test('where vectors of one shape are taken for another', () => {
    const body = 'v128.const f32x4 -1 -1 -1 -1 f32x4.sqrt v128.const f64x2 0 0 f64x2.add'
    // Two canonical f32 NaNs are not a NaN as an f64.
    expect(bits64(vector(body), 0)).toBe(0x7fc0_0000_7fc0_0000n)
  })
})

describe('a NaN that is only moved keeps its bits', () => {
  const payload = 0xfff4_dead_beef_0001n
  const moved = (body: string): string =>
    `(memory 1) (global $g (mut f64) (f64.const 0)) (func $id (param f64) (result f64) local.get 0)
     (func (export "f") (param i64) (result i64) (local $l f64) ${body})`
  test.for([
    'local.get 0 f64.reinterpret_i64 i64.reinterpret_f64',
    'i32.const 0 local.get 0 i64.store i32.const 8 i32.const 0 f64.load f64.store i32.const 8 i64.load',
    'local.get 0 f64.reinterpret_i64 local.set $l local.get $l i64.reinterpret_f64',
    'local.get 0 f64.reinterpret_i64 call $id i64.reinterpret_f64',
    'local.get 0 f64.reinterpret_i64 global.set $g global.get $g i64.reinterpret_f64',
    'local.get 0 f64.reinterpret_i64 f64.neg f64.neg i64.reinterpret_f64',
    'f64.const 1 f64.sqrt local.set $l local.get 0 f64.reinterpret_i64 local.set $l local.get $l f64.neg f64.neg i64.reinterpret_f64',
    'local.get 0 f64.reinterpret_i64 f64.const 1 f64.sqrt i32.const 1 select i64.reinterpret_f64',
    'local.get 0 f64.reinterpret_i64 f64x2.splat f64x2.extract_lane 1 i64.reinterpret_f64',
    'f64.const nan:0x4deadbeef0001 f64.neg i64.reinterpret_f64',
  ])('%s', (body) => {
    expect(bits64(moved(body), payload)).toBe(payload)
  })
})

describe('nothing is done', () => {
  const sum = (
    end: string,
  ): string => `(memory 1) (func (export "f") (param f64) (result ${end === '' ? 'f64' : 'i32'}) (local $s f64) (local $i i32)
    loop $l local.get $s local.get 0 f64.mul local.get 0 f64.add local.set $s
    local.get $i i32.const 1 i32.add local.tee $i i32.const 10 i32.lt_u br_if $l end local.get $s ${end})`

  test.for<[where: string, end: string, times: number]>([
    ['in a loop, for an accumulator that is returned after it', '', 1],
    ['for what is only compared', 'f64.const 1 f64.lt', 0],
    ['for what is only truncated', 'i32.trunc_sat_f64_s', 0],
  ])('%s', ([, end, times]) => {
    const bytes = assemble(sum(end))
    const constant = String.fromCharCode(0x44, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f)
    expect(new TextDecoder('latin1').decode(must(rewrite(bytes, 'count'))).split(constant).length - 1).toBe(times)
    expect(run(bytes, 'count').call('f', 1.5)).toBe(original(bytes)('f', 1.5))
  })
})
