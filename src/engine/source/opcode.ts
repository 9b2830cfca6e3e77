/**
 * Instructions as the text format spells them, with what follows each in the binary format. Sources: the WebAssembly
 * core specification 3.0, "Index of Instructions"; the legacy exception-handling and the threads proposals.
 */

/** What follows an opcode. */
export type Immediate =
  | 'none' | 'block' | 'try-table' | 'label' | 'labels' | 'function' | 'call-indirect' | 'type' | 'local' | 'global'
  | 'table' | 'two-tables' | 'tag' | 'memory' | 'two-memories' | 'memarg' | 'memarg-lane' | 'lane' | 'shuffle' | 'i32'
  | 'i64' | 'f32' | 'f64' | 'v128' | 'heap-type' | 'select' | 'memory-init' | 'data' | 'table-init' | 'element' | 'zero'

export interface Opcode {
  readonly name: string
  readonly immediate: Immediate
  /** Of a memory access: the alignment that it has unless it says another, as a power of two. */
  readonly align: number
}

/** `first: name name …`, where `-` leaves an opcode out. */
const rows = (into: (Opcode | undefined)[], first: number, names: string, immediate: Immediate = 'none', align: (name: string) => number = () => 0): void => {
  names.split(' ').forEach((name, i) => {
    if (name !== '-') into[first + i] = { name, immediate, align: align(name) }
  })
}

const widths: Readonly<Record<string, number>> = { 8: 0, 16: 1, 32: 2, 64: 3 }

/** From the name: `i64.load32_u` reads 4 bytes, `v128.load8x8_s` 8, `i32.store` what its type takes. */
const alignOf = (name: string): number => {
  if (/^v128\.load\d+x\d/.test(name)) return 3
  const narrow = /(?:load|store|rmw|wait)(\d+)/.exec(name)?.[1]
  if (narrow !== undefined) return widths[narrow] ?? 0
  if (name === 'memory.atomic.notify') return 2
  return name.startsWith('v128') ? 4 : name.startsWith('i64') || name.startsWith('f64') ? 3 : 2
}

const plain: (Opcode | undefined)[] = []
rows(plain, 0x00, 'unreachable nop')
rows(plain, 0x02, 'block loop if', 'block')
rows(plain, 0x05, 'else')
rows(plain, 0x06, 'try', 'block')
rows(plain, 0x07, 'catch throw', 'tag')
rows(plain, 0x09, 'rethrow', 'label')
rows(plain, 0x0a, 'throw_ref end')
rows(plain, 0x0c, 'br br_if', 'label')
rows(plain, 0x0e, 'br_table', 'labels')
rows(plain, 0x0f, 'return')
rows(plain, 0x10, 'call', 'function')
rows(plain, 0x11, 'call_indirect', 'call-indirect')
rows(plain, 0x12, 'return_call', 'function')
rows(plain, 0x13, 'return_call_indirect', 'call-indirect')
rows(plain, 0x14, 'call_ref return_call_ref', 'type')
rows(plain, 0x18, 'delegate', 'label')
rows(plain, 0x19, 'catch_all drop select')
rows(plain, 0x1c, 'select', 'select')
rows(plain, 0x1f, 'try_table', 'try-table')
rows(plain, 0x20, 'local.get local.set local.tee', 'local')
rows(plain, 0x23, 'global.get global.set', 'global')
rows(plain, 0x25, 'table.get table.set', 'table')
rows(plain, 0x28, 'i32.load i64.load f32.load f64.load i32.load8_s i32.load8_u i32.load16_s i32.load16_u i64.load8_s i64.load8_u i64.load16_s i64.load16_u i64.load32_s i64.load32_u i32.store i64.store f32.store f64.store i32.store8 i32.store16 i64.store8 i64.store16 i64.store32', 'memarg', alignOf)
rows(plain, 0x3f, 'memory.size memory.grow', 'memory')
rows(plain, 0x41, 'i32.const', 'i32')
rows(plain, 0x42, 'i64.const', 'i64')
rows(plain, 0x43, 'f32.const', 'f32')
rows(plain, 0x44, 'f64.const', 'f64')
const comparisons = (type: string): string => `${type}.eqz ${type}.eq ${type}.ne ${['lt', 'gt', 'le', 'ge'].map((name) => `${type}.${name}_s ${type}.${name}_u`).join(' ')}`
const floatComparisons = (type: string): string => ['eq', 'ne', 'lt', 'gt', 'le', 'ge'].map((name) => `${type}.${name}`).join(' ')
const integers = (type: string): string => 'clz ctz popcnt add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr'.split(' ').map((name) => `${type}.${name}`).join(' ')
const floats = (type: string): string => 'abs neg ceil floor trunc nearest sqrt add sub mul div min max copysign'.split(' ').map((name) => `${type}.${name}`).join(' ')
rows(plain, 0x45, `${comparisons('i32')} ${comparisons('i64')} ${floatComparisons('f32')} ${floatComparisons('f64')} ${integers('i32')} ${integers('i64')} ${floats('f32')} ${floats('f64')}`)
rows(plain, 0xa7, 'i32.wrap_i64 i32.trunc_f32_s i32.trunc_f32_u i32.trunc_f64_s i32.trunc_f64_u i64.extend_i32_s i64.extend_i32_u i64.trunc_f32_s i64.trunc_f32_u i64.trunc_f64_s i64.trunc_f64_u f32.convert_i32_s f32.convert_i32_u f32.convert_i64_s f32.convert_i64_u f32.demote_f64 f64.convert_i32_s f64.convert_i32_u f64.convert_i64_s f64.convert_i64_u f64.promote_f32 i32.reinterpret_f32 i64.reinterpret_f64 f32.reinterpret_i32 f64.reinterpret_i64 i32.extend8_s i32.extend16_s i64.extend8_s i64.extend16_s i64.extend32_s')
rows(plain, 0xd0, 'ref.null', 'heap-type')
rows(plain, 0xd1, 'ref.is_null')
rows(plain, 0xd2, 'ref.func', 'function')
rows(plain, 0xd3, 'ref.eq ref.as_non_null')
rows(plain, 0xd5, 'br_on_null br_on_non_null', 'label')

/** Opcodes of one byte. */
export const PLAIN: readonly (Opcode | undefined)[] = plain

const misc: (Opcode | undefined)[] = []
rows(misc, 0, 'i32.trunc_sat_f32_s i32.trunc_sat_f32_u i32.trunc_sat_f64_s i32.trunc_sat_f64_u i64.trunc_sat_f32_s i64.trunc_sat_f32_u i64.trunc_sat_f64_s i64.trunc_sat_f64_u')
rows(misc, 8, 'memory.init', 'memory-init')
rows(misc, 9, 'data.drop', 'data')
rows(misc, 10, 'memory.copy', 'two-memories')
rows(misc, 11, 'memory.fill', 'memory')
rows(misc, 12, 'table.init', 'table-init')
rows(misc, 13, 'elem.drop', 'element')
rows(misc, 14, 'table.copy', 'two-tables')
rows(misc, 15, 'table.grow table.size table.fill', 'table')

/** After 0xfc. */
export const MISC: readonly (Opcode | undefined)[] = misc

const simd: (Opcode | undefined)[] = []
rows(simd, 0, 'v128.load v128.load8x8_s v128.load8x8_u v128.load16x4_s v128.load16x4_u v128.load32x2_s v128.load32x2_u v128.load8_splat v128.load16_splat v128.load32_splat v128.load64_splat v128.store', 'memarg', alignOf)
rows(simd, 12, 'v128.const', 'v128')
rows(simd, 13, 'i8x16.shuffle', 'shuffle')
rows(simd, 14, 'i8x16.swizzle i8x16.splat i16x8.splat i32x4.splat i64x2.splat f32x4.splat f64x2.splat')
rows(simd, 21, 'i8x16.extract_lane_s i8x16.extract_lane_u i8x16.replace_lane i16x8.extract_lane_s i16x8.extract_lane_u i16x8.replace_lane i32x4.extract_lane i32x4.replace_lane i64x2.extract_lane i64x2.replace_lane f32x4.extract_lane f32x4.replace_lane f64x2.extract_lane f64x2.replace_lane', 'lane')
const vectorComparisons = (type: string): string => `${type}.eq ${type}.ne ${['lt', 'gt', 'le', 'ge'].map((name) => `${type}.${name}_s ${type}.${name}_u`).join(' ')}`
rows(simd, 35, `${vectorComparisons('i8x16')} ${vectorComparisons('i16x8')} ${vectorComparisons('i32x4')} ${floatComparisons('f32x4')} ${floatComparisons('f64x2')} v128.not v128.and v128.andnot v128.or v128.xor v128.bitselect v128.any_true`)
rows(simd, 84, 'v128.load8_lane v128.load16_lane v128.load32_lane v128.load64_lane v128.store8_lane v128.store16_lane v128.store32_lane v128.store64_lane', 'memarg-lane', alignOf)
rows(simd, 92, 'v128.load32_zero v128.load64_zero', 'memarg', alignOf)
rows(simd, 94, 'f32x4.demote_f64x2_zero f64x2.promote_low_f32x4 i8x16.abs i8x16.neg i8x16.popcnt i8x16.all_true i8x16.bitmask i8x16.narrow_i16x8_s i8x16.narrow_i16x8_u f32x4.ceil f32x4.floor f32x4.trunc f32x4.nearest i8x16.shl i8x16.shr_s i8x16.shr_u i8x16.add i8x16.add_sat_s i8x16.add_sat_u i8x16.sub i8x16.sub_sat_s i8x16.sub_sat_u f64x2.ceil f64x2.floor i8x16.min_s i8x16.min_u i8x16.max_s i8x16.max_u f64x2.trunc i8x16.avgr_u i16x8.extadd_pairwise_i8x16_s i16x8.extadd_pairwise_i8x16_u i32x4.extadd_pairwise_i16x8_s i32x4.extadd_pairwise_i16x8_u')
rows(simd, 128, 'i16x8.abs i16x8.neg i16x8.q15mulr_sat_s i16x8.all_true i16x8.bitmask i16x8.narrow_i32x4_s i16x8.narrow_i32x4_u i16x8.extend_low_i8x16_s i16x8.extend_high_i8x16_s i16x8.extend_low_i8x16_u i16x8.extend_high_i8x16_u i16x8.shl i16x8.shr_s i16x8.shr_u i16x8.add i16x8.add_sat_s i16x8.add_sat_u i16x8.sub i16x8.sub_sat_s i16x8.sub_sat_u f64x2.nearest i16x8.mul i16x8.min_s i16x8.min_u i16x8.max_s i16x8.max_u - i16x8.avgr_u i16x8.extmul_low_i8x16_s i16x8.extmul_high_i8x16_s i16x8.extmul_low_i8x16_u i16x8.extmul_high_i8x16_u')
rows(simd, 160, 'i32x4.abs i32x4.neg - i32x4.all_true i32x4.bitmask - - i32x4.extend_low_i16x8_s i32x4.extend_high_i16x8_s i32x4.extend_low_i16x8_u i32x4.extend_high_i16x8_u i32x4.shl i32x4.shr_s i32x4.shr_u i32x4.add - - i32x4.sub - - - i32x4.mul i32x4.min_s i32x4.min_u i32x4.max_s i32x4.max_u i32x4.dot_i16x8_s - i32x4.extmul_low_i16x8_s i32x4.extmul_high_i16x8_s i32x4.extmul_low_i16x8_u i32x4.extmul_high_i16x8_u')
rows(simd, 192, 'i64x2.abs i64x2.neg - i64x2.all_true i64x2.bitmask - - i64x2.extend_low_i32x4_s i64x2.extend_high_i32x4_s i64x2.extend_low_i32x4_u i64x2.extend_high_i32x4_u i64x2.shl i64x2.shr_s i64x2.shr_u i64x2.add - - i64x2.sub - - - i64x2.mul i64x2.eq i64x2.ne i64x2.lt_s i64x2.gt_s i64x2.le_s i64x2.ge_s i64x2.extmul_low_i32x4_s i64x2.extmul_high_i32x4_s i64x2.extmul_low_i32x4_u i64x2.extmul_high_i32x4_u')
rows(simd, 224, 'f32x4.abs f32x4.neg - f32x4.sqrt f32x4.add f32x4.sub f32x4.mul f32x4.div f32x4.min f32x4.max f32x4.pmin f32x4.pmax f64x2.abs f64x2.neg - f64x2.sqrt f64x2.add f64x2.sub f64x2.mul f64x2.div f64x2.min f64x2.max f64x2.pmin f64x2.pmax i32x4.trunc_sat_f32x4_s i32x4.trunc_sat_f32x4_u f32x4.convert_i32x4_s f32x4.convert_i32x4_u i32x4.trunc_sat_f64x2_s_zero i32x4.trunc_sat_f64x2_u_zero f64x2.convert_low_i32x4_s f64x2.convert_low_i32x4_u')
rows(simd, 256, 'i8x16.relaxed_swizzle i32x4.relaxed_trunc_f32x4_s i32x4.relaxed_trunc_f32x4_u i32x4.relaxed_trunc_f64x2_s_zero i32x4.relaxed_trunc_f64x2_u_zero f32x4.relaxed_madd f32x4.relaxed_nmadd f64x2.relaxed_madd f64x2.relaxed_nmadd i8x16.relaxed_laneselect i16x8.relaxed_laneselect i32x4.relaxed_laneselect i64x2.relaxed_laneselect f32x4.relaxed_min f32x4.relaxed_max f64x2.relaxed_min f64x2.relaxed_max i16x8.relaxed_q15mulr_s i16x8.relaxed_dot_i8x16_i7x16_s i32x4.relaxed_dot_i8x16_i7x16_add_s')

/** After 0xfd. */
export const SIMD: readonly (Opcode | undefined)[] = simd

const atomic: (Opcode | undefined)[] = []
rows(atomic, 0x00, 'memory.atomic.notify memory.atomic.wait32 memory.atomic.wait64', 'memarg', alignOf)
rows(atomic, 0x03, 'atomic.fence', 'zero')
rows(atomic, 0x10, 'i32.atomic.load i64.atomic.load i32.atomic.load8_u i32.atomic.load16_u i64.atomic.load8_u i64.atomic.load16_u i64.atomic.load32_u i32.atomic.store i64.atomic.store i32.atomic.store8 i32.atomic.store16 i64.atomic.store8 i64.atomic.store16 i64.atomic.store32', 'memarg', alignOf)
const readModifyWrite = (operation: string): string => `i32.atomic.rmw.${operation} i64.atomic.rmw.${operation} i32.atomic.rmw8.${operation}_u i32.atomic.rmw16.${operation}_u i64.atomic.rmw8.${operation}_u i64.atomic.rmw16.${operation}_u i64.atomic.rmw32.${operation}_u`
rows(atomic, 0x1e, ['add', 'sub', 'and', 'or', 'xor', 'xchg', 'cmpxchg'].map(readModifyWrite).join(' '), 'memarg', alignOf)

/** After 0xfe. */
export const ATOMIC: readonly (Opcode | undefined)[] = atomic
