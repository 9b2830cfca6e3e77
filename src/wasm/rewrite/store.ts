import { Reader } from './bytes.ts'
import { EDIT, type EditList } from './edit.ts'
import { readOffset } from './immediate.ts'
import type { Module } from './module.ts'

/** The types of what is stored, as they are written. */
export const VALUE = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const
type Value = (typeof VALUE)[keyof typeof VALUE]

/**
 * How an instruction stores. `store`: the address, then what is stored. `exchange`: between them what must stand there,
 * and only if it does, something is stored. `bulk`: the address, something, and a length.
 */
type Way = 'store' | 'exchange' | 'bulk'

interface Form {
  readonly way: Way
  readonly value: Value
  /** Bytes; of a bulk instruction 0, since its operand says it. */
  readonly length: number
}

/** A store of the function that is being decoded. */
export interface Store extends Form {
  /** Where its instruction lies in the file. */
  readonly at: number
  /** What it adds to its address. */
  readonly offset: number
}

const form = (value: Value, length: number, way: Way = 'store'): Form => ({ way, value, length })

const { i32, i64, f32, f64, v128 } = VALUE

/** From i32.store, 0x36, to i64.store32. */
const PLAIN = [form(i32, 4), form(i64, 8), form(f32, 4), form(f64, 8), form(i32, 1), form(i32, 2), form(i64, 1), form(i64, 2), form(i64, 4)]
const FIRST_PLAIN = 0x36
const LAST_PLAIN = 0x3e

/** Behind 0xfe: seven widths each of store, add, sub, and, or, xor, xchg, cmpxchg. */
const WIDTHS = [form(i32, 4), form(i64, 8), form(i32, 1), form(i32, 2), form(i64, 1), form(i64, 2), form(i64, 4)]
const FIRST_ATOMIC = 0x17
const FIRST_EXCHANGE = 0x48
const LAST_ATOMIC = 0x4e

/** Behind 0xfc: memory.init, copy, fill. */
const BULK = new Set([8, 10, 11])

const prefixed = (prefix: number, opcode: number): Form | undefined => {
  if (prefix === 0xfc) return BULK.has(opcode) ? form(i32, 0, 'bulk') : undefined
  if (prefix === 0xfd) {
    if (opcode === 11) return form(v128, 16)
    return opcode >= 88 && opcode <= 91 ? form(v128, 1 << (opcode - 88)) : undefined
  }
  if (prefix !== 0xfe || opcode < FIRST_ATOMIC || opcode > LAST_ATOMIC) return undefined
  const width = WIDTHS[(opcode - FIRST_ATOMIC) % WIDTHS.length]!
  return opcode < FIRST_EXCHANGE ? width : { ...width, way: 'exchange' }
}

/** The stores of a function that is being decoded, with an edit before and after each. */
export class Stores {
  private readonly edits: EditList
  private readonly module: Module
  readonly list: Store[] = []

  constructor(edits: EditList, module: Module) {
    this.edits = edits
    this.module = module
  }

  /** Begins a function. */
  begin(): void {
    this.list.length = 0
  }

  /** The instruction that begins with the byte `first` and lies from `at` to `end` has been decoded. */
  after(first: number, bytes: Uint8Array, at: number, end: number): void {
    if (first < FIRST_PLAIN || (first > LAST_PLAIN && first < 0xfc)) return
    const reader = new Reader(bytes, at + 1, end)
    const found = first <= LAST_PLAIN ? PLAIN[first - FIRST_PLAIN] : prefixed(first, reader.u32())
    if (found === undefined) return
    const index = this.list.length
    const offset = found.way === 'bulk' ? 0 : readOffset(this.module, reader, at)
    this.list.push({ ...found, at, offset })
    this.edits.add(at, EDIT.store, index, 0)
    this.edits.add(end, EDIT.stored, index, 0)
  }
}
