import { BULK_BYTES_SHIFT, BULK_ENTRIES_SHIFT } from './limit.ts'

/**
 * The instructions, as tables indexed by opcode. Sources: the WebAssembly core specification 3.0, "Index of
 * Instructions"; the legacy exception-handling proposal; the threads proposal. An instruction that is in no row is
 * malformed, or refused by name in body.ts.
 */

/** What follows an opcode. `control`: body.ts knows it by name. */
export const Immediate = { none: 0, control: 1, memarg: 2, memargLane: 3, byte: 4, bytes16: 5, unknown: 255 } as const

/** How a float, or a vector of them, is looked at. A NaN of one shape means nothing in another. */
export const Shape = { none: 0, f32: 1, f64: 2, f32x4: 3, f64x2: 4 } as const

/**
 * What an instruction does to NaNs. `shows`: its operands' bits matter. `reads`: they don't (comparisons, truncations).
 * `arithmetic`: nor here, and the result may be a NaN whose bits the engine chooses. `moves`: bits pass through.
 * `number`: never a NaN.
 */
export const Nan = { shows: 0, reads: 1, arithmetic: 2, moves: 3, number: 4 } as const

/** One space of opcodes: the plain one, or what follows a prefix. */
export interface Opcodes {
  readonly immediate: Uint8Array
  readonly pops: Uint8Array
  readonly pushes: Uint8Array
  readonly nan: Uint8Array
  readonly reads: Uint8Array
  readonly makes: Uint8Array
}

type Row = readonly [
  from: number,
  to: number,
  pops: number,
  pushes: number,
  immediate?: keyof typeof Immediate,
  nan?: keyof typeof Nan,
  reads?: keyof typeof Shape,
  makes?: keyof typeof Shape,
]

function table(size: number, rows: readonly Row[]): Opcodes {
  const opcodes: Opcodes = {
    immediate: new Uint8Array(size).fill(Immediate.unknown),
    pops: new Uint8Array(size),
    pushes: new Uint8Array(size),
    nan: new Uint8Array(size),
    reads: new Uint8Array(size),
    makes: new Uint8Array(size),
  }
  for (const [from, to, pops, pushes, immediate = 'none', nan = 'shows', reads = 'none', makes = 'none'] of rows) {
    opcodes.immediate.fill(Immediate[immediate], from, to + 1)
    opcodes.pops.fill(pops, from, to + 1)
    opcodes.pushes.fill(pushes, from, to + 1)
    opcodes.nan.fill(Nan[nan], from, to + 1)
    opcodes.reads.fill(Shape[reads], from, to + 1)
    opcodes.makes.fill(Shape[makes], from, to + 1)
  }
  return opcodes
}

/** Opcodes of one byte. */
export const PLAIN = table(256, [
  [0x00, 0x00, 0, 0, 'control'], // unreachable
  [0x01, 0x01, 0, 0], // nop
  [0x02, 0x15, 0, 0, 'control'], // block … return_call_ref
  [0x18, 0x19, 0, 0, 'control'], // delegate, catch_all
  [0x1a, 0x1a, 0, 0, 'control'], // drop
  [0x1b, 0x1c, 0, 0, 'control'], // select
  [0x1f, 0x26, 0, 0, 'control'], // try_table, locals, globals, table.get, table.set
  [0x28, 0x35, 1, 1, 'memarg'], // loads
  [0x36, 0x3e, 2, 0, 'memarg'], // stores
  [0x3f, 0x44, 0, 0, 'control'], // memory.size, memory.grow, constants
  [0x45, 0x45, 1, 1], // i32.eqz
  [0x46, 0x4f, 2, 1], // i32 comparisons
  [0x50, 0x50, 1, 1], // i64.eqz
  [0x51, 0x5a, 2, 1], // i64 comparisons
  [0x5b, 0x60, 2, 1, 'none', 'reads', 'f32'], // f32 comparisons
  [0x61, 0x66, 2, 1, 'none', 'reads', 'f64'], // f64 comparisons
  [0x67, 0x69, 1, 1], // i32.clz … popcnt
  [0x6a, 0x78, 2, 1], // i32.add … rotr
  [0x79, 0x7b, 1, 1], // i64.clz … popcnt
  [0x7c, 0x8a, 2, 1], // i64.add … rotr
  [0x8b, 0x8c, 1, 1, 'none', 'moves', 'f32', 'f32'], // f32.abs, neg
  [0x8d, 0x91, 1, 1, 'none', 'arithmetic', 'f32', 'f32'], // f32.ceil floor trunc nearest sqrt
  [0x92, 0x97, 2, 1, 'none', 'arithmetic', 'f32', 'f32'], // f32.add sub mul div min max
  [0x98, 0x98, 2, 1], // f32.copysign
  [0x99, 0x9a, 1, 1, 'none', 'moves', 'f64', 'f64'],
  [0x9b, 0x9f, 1, 1, 'none', 'arithmetic', 'f64', 'f64'],
  [0xa0, 0xa5, 2, 1, 'none', 'arithmetic', 'f64', 'f64'],
  [0xa6, 0xa6, 2, 1],
  [0xa7, 0xa7, 1, 1], // i32.wrap_i64
  [0xa8, 0xa9, 1, 1, 'none', 'reads', 'f32'], // i32.trunc_f32
  [0xaa, 0xab, 1, 1, 'none', 'reads', 'f64'], // i32.trunc_f64
  [0xac, 0xad, 1, 1], // i64.extend_i32
  [0xae, 0xaf, 1, 1, 'none', 'reads', 'f32'], // i64.trunc_f32
  [0xb0, 0xb1, 1, 1, 'none', 'reads', 'f64'], // i64.trunc_f64
  [0xb2, 0xb5, 1, 1, 'none', 'number'], // f32.convert
  [0xb6, 0xb6, 1, 1, 'none', 'arithmetic', 'f64', 'f32'], // f32.demote_f64
  [0xb7, 0xba, 1, 1, 'none', 'number'], // f64.convert
  [0xbb, 0xbb, 1, 1, 'none', 'arithmetic', 'f32', 'f64'], // f64.promote_f32
  [0xbc, 0xc4, 1, 1], // reinterpret, sign extension
  [0xd0, 0xd0, 0, 0, 'control'], // ref.null
  [0xd1, 0xd1, 1, 1], // ref.is_null
  [0xd2, 0xd2, 0, 0, 'control'], // ref.func
  [0xfb, 0xfe, 0, 0, 'control'], // prefixes
])

/** After 0xfc: saturating truncation, bulk memory, tables. */
export const MISC = table(18, [
  [0, 1, 1, 1, 'none', 'reads', 'f32'],
  [2, 3, 1, 1, 'none', 'reads', 'f64'],
  [4, 5, 1, 1, 'none', 'reads', 'f32'],
  [6, 7, 1, 1, 'none', 'reads', 'f64'],
  [8, 17, 0, 0, 'control'],
])

/**
 * After 0xfc 8: how many indices of segments and tables follow, then of memories; the operands; ticks per length, or
 * −1.
 */
const bulk = (indices: number, memories: number, pops: number, pushes: number, shift: number) => ({
  indices,
  memories,
  pops,
  pushes,
  shift,
})
export const BULK: Readonly<Record<number, ReturnType<typeof bulk>>> = {
  8: bulk(1, 1, 3, 0, BULK_BYTES_SHIFT), // memory.init
  9: bulk(1, 0, 0, 0, -1), // data.drop
  10: bulk(0, 2, 3, 0, BULK_BYTES_SHIFT), // memory.copy
  11: bulk(0, 1, 3, 0, BULK_BYTES_SHIFT), // memory.fill
  12: bulk(2, 0, 3, 0, BULK_ENTRIES_SHIFT), // table.init
  13: bulk(1, 0, 0, 0, -1), // elem.drop
  14: bulk(2, 0, 3, 0, BULK_ENTRIES_SHIFT), // table.copy
  15: bulk(1, 0, 2, 1, BULK_ENTRIES_SHIFT), // table.grow
  16: bulk(1, 0, 0, 1, -1), // table.size
  17: bulk(1, 0, 3, 0, BULK_ENTRIES_SHIFT), // table.fill
}

/** After 0xfd: SIMD. */
export const SIMD = table(256, [
  [0, 10, 1, 1, 'memarg'], // loads
  [11, 11, 2, 0, 'memarg'], // v128.store
  [12, 12, 0, 1, 'control'], // v128.const
  [13, 13, 2, 1, 'bytes16'], // shuffle
  [14, 14, 2, 1], // swizzle
  [15, 18, 1, 1], // integer splats
  [19, 19, 1, 1, 'none', 'moves', 'f32', 'f32x4'],
  [20, 20, 1, 1, 'none', 'moves', 'f64', 'f64x2'],
  [21, 22, 1, 1, 'byte'], // i8x16.extract_lane
  [23, 23, 2, 1, 'byte'],
  [24, 25, 1, 1, 'byte'],
  [26, 26, 2, 1, 'byte'],
  [27, 27, 1, 1, 'byte'],
  [28, 28, 2, 1, 'byte'],
  [29, 29, 1, 1, 'byte'],
  [30, 30, 2, 1, 'byte'],
  [31, 31, 1, 1, 'byte', 'moves', 'f32x4', 'f32'],
  [32, 32, 2, 1, 'byte'],
  [33, 33, 1, 1, 'byte', 'moves', 'f64x2', 'f64'],
  [34, 34, 2, 1, 'byte'],
  [35, 64, 2, 1], // integer comparisons
  [65, 70, 2, 1, 'none', 'reads', 'f32x4'],
  [71, 76, 2, 1, 'none', 'reads', 'f64x2'],
  [77, 77, 1, 1], // v128.not
  [78, 81, 2, 1], // and andnot or xor
  [82, 82, 3, 1], // bitselect
  [83, 83, 1, 1], // any_true
  [84, 87, 2, 1, 'memargLane'], // load_lane
  [88, 91, 2, 0, 'memargLane'], // store_lane
  [92, 93, 1, 1, 'memarg'], // load_zero
  [94, 94, 1, 1, 'none', 'arithmetic', 'f64x2', 'f32x4'], // demote_f64x2_zero
  [95, 95, 1, 1, 'none', 'arithmetic', 'f32x4', 'f64x2'], // promote_low_f32x4
  [96, 100, 1, 1], // i8x16.abs neg popcnt all_true bitmask
  [101, 102, 2, 1], // narrow
  [103, 106, 1, 1, 'none', 'arithmetic', 'f32x4', 'f32x4'], // ceil floor trunc nearest
  [107, 115, 2, 1], // shifts, add, sub
  [116, 117, 1, 1, 'none', 'arithmetic', 'f64x2', 'f64x2'], // ceil floor
  [118, 121, 2, 1],
  [122, 122, 1, 1, 'none', 'arithmetic', 'f64x2', 'f64x2'], // trunc
  [123, 123, 2, 1],
  [124, 129, 1, 1],
  [130, 130, 2, 1],
  [131, 132, 1, 1],
  [133, 134, 2, 1],
  [135, 138, 1, 1],
  [139, 147, 2, 1],
  [148, 148, 1, 1, 'none', 'arithmetic', 'f64x2', 'f64x2'], // nearest
  [149, 153, 2, 1],
  [155, 159, 2, 1],
  [160, 161, 1, 1],
  [163, 164, 1, 1],
  [167, 170, 1, 1],
  [171, 174, 2, 1],
  [177, 177, 2, 1],
  [181, 186, 2, 1],
  [188, 191, 2, 1],
  [192, 193, 1, 1],
  [195, 196, 1, 1],
  [199, 202, 1, 1],
  [203, 206, 2, 1],
  [209, 209, 2, 1],
  [213, 223, 2, 1],
  [224, 225, 1, 1, 'none', 'moves', 'f32x4', 'f32x4'], // abs neg
  [227, 227, 1, 1, 'none', 'arithmetic', 'f32x4', 'f32x4'], // sqrt
  [228, 233, 2, 1, 'none', 'arithmetic', 'f32x4', 'f32x4'], // add sub mul div min max
  [234, 235, 2, 1], // pmin pmax: they choose one operand, bit for bit
  [236, 237, 1, 1, 'none', 'moves', 'f64x2', 'f64x2'],
  [239, 239, 1, 1, 'none', 'arithmetic', 'f64x2', 'f64x2'],
  [240, 245, 2, 1, 'none', 'arithmetic', 'f64x2', 'f64x2'],
  [246, 247, 2, 1],
  [248, 249, 1, 1, 'none', 'reads', 'f32x4'], // i32x4.trunc_sat_f32x4
  [250, 251, 1, 1, 'none', 'number'], // f32x4.convert_i32x4
  [252, 253, 1, 1, 'none', 'reads', 'f64x2'], // i32x4.trunc_sat_f64x2_zero
  [254, 255, 1, 1, 'none', 'number'], // f64x2.convert_low_i32x4
])

/** After 0xfe: atomics, which are valid on ordinary memory too. */
export const ATOMIC = table(0x4f, [
  [0x00, 0x00, 2, 1, 'memarg'], // memory.atomic.notify
  [0x01, 0x02, 3, 1, 'memarg'], // wait32, wait64
  [0x03, 0x03, 0, 0, 'byte'], // atomic.fence
  [0x10, 0x16, 1, 1, 'memarg'],
  [0x17, 0x1d, 2, 0, 'memarg'],
  [0x1e, 0x47, 2, 1, 'memarg'],
  [0x48, 0x4e, 3, 1, 'memarg'],
])

/** `else`, `catch`, `end`, `delegate`, `catch_all`: they divide, and do nothing. */
export const DIVIDERS: readonly number[] = [0x05, 0x07, 0x0b, 0x18, 0x19]
