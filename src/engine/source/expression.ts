import { Cursor, guarded, Malformed } from './cursor.ts'
import { AT, ATE, LIMIT } from './dwarf.ts'
import type { Unit } from './unit.ts'

/**
 * A guest at one moment, for one frame of its stack. Locals, globals and operands are raw bits: an f64 is the bigint
 * of its bytes, an i32 or f32 the lower half of one.
 */
export interface FrameState {
  /** Bytes of the guest's memory; undefined where it has none. */
  readonly memory: (address: number, length: number) => Uint8Array | undefined
  readonly locals: readonly (bigint | undefined)[]
  readonly globals: readonly (bigint | undefined)[]
  /** The operands of the function, the lowest first. */
  readonly stack?: readonly (bigint | undefined)[]
  /** What DW_OP_fbreg counts from, where the caller knows better than the function's own expression. */
  readonly frameBase?: number
}

/** Where a variable is, or what it is if it is nowhere. */
export type Place =
  | { readonly kind: 'memory'; readonly address: number }
  | { readonly kind: 'bits'; readonly bits: bigint }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'pieces'; readonly pieces: readonly Piece[] }

interface Piece {
  /** Undefined: this part has been optimised away. */
  readonly place: Place | undefined
  /** In bytes. */
  readonly size: number
}

/** DW_OP_* (DWARF 5, 7.7.1), DW_OP_WASM_location (LLVM; tool-conventions, Dwarf.md) and GNU's. */
const OP = {
  addr: 0x03, deref: 0x06, const1u: 0x08, const1s: 0x09, const2u: 0x0a, const2s: 0x0b, const4u: 0x0c, const4s: 0x0d,
  const8u: 0x0e, const8s: 0x0f, constu: 0x10, consts: 0x11, dup: 0x12, drop: 0x13, over: 0x14, pick: 0x15, swap: 0x16,
  rot: 0x17, abs: 0x19, and: 0x1a, div: 0x1b, minus: 0x1c, mod: 0x1d, mul: 0x1e, neg: 0x1f, not: 0x20, or: 0x21,
  plus: 0x22, plus_uconst: 0x23, shl: 0x24, shr: 0x25, shra: 0x26, xor: 0x27, bra: 0x28, eq: 0x29, ge: 0x2a, gt: 0x2b,
  le: 0x2c, lt: 0x2d, ne: 0x2e, skip: 0x2f, lit0: 0x30, lit31: 0x4f, fbreg: 0x91, piece: 0x93, deref_size: 0x94,
  nop: 0x96, implicit_value: 0x9e, stack_value: 0x9f, addrx: 0xa1, constx: 0xa2, convert: 0xa8, WASM_location: 0xed,
  GNU_addr_index: 0xfb, GNU_const_index: 0xfc,
} as const

const WASM_LOCAL = 0
const WASM_GLOBAL = 1
const WASM_STACK = 2
/** The index of a global as four bytes, which a linker can move. */
const WASM_GLOBAL_FIXED = 3

const signed = (value: bigint): bigint => BigInt.asIntN(64, value)

interface Evaluation {
  readonly unit: Unit
  readonly state: FrameState
  /** The frame base, where DW_OP_fbreg may be used. */
  readonly frameBase?: (() => bigint | undefined) | undefined
  /** What lies on the stack at the beginning. */
  readonly initial?: bigint
}

/** Where an expression leads; undefined if it says nothing here (optimised away, or a place that wasm has not). */
export const evaluate = (expression: Uint8Array, evaluation: Evaluation): Place | undefined =>
  expression.length === 0 ? undefined : guarded(() => run(expression, evaluation), undefined)

/** An expression's bare result: an address, an offset or a frame base. */
export const evaluateNumber = (expression: Uint8Array, evaluation: Evaluation): bigint | undefined => {
  const place = evaluate(expression, evaluation)
  return place?.kind === 'memory' ? BigInt(place.address) : place?.kind === 'bits' ? place.bits : undefined
}

const littleEndian = (bytes: Uint8Array | undefined): bigint => {
  if (bytes === undefined) throw new Malformed('no memory there')
  let value = 0n
  for (let i = Math.min(bytes.length, 8) - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] as number)
  return value
}

const wasmValue = (cursor: Cursor, { locals, globals, stack }: FrameState): bigint => {
  const kind = cursor.u8()
  const index = kind === WASM_GLOBAL_FIXED ? cursor.u32() : cursor.leb()
  const from = kind === WASM_LOCAL ? locals : kind === WASM_GLOBAL || kind === WASM_GLOBAL_FIXED ? globals : kind === WASM_STACK ? stack : undefined
  const value = from?.[index]
  if (value === undefined) throw new Malformed('a value that is not here')
  return BigInt.asUintN(64, value)
}

const binary = (opcode: number, a: bigint, b: bigint): bigint | undefined => {
  const shift = b & 63n
  const nonZero = (): bigint => {
    if (b === 0n) throw new Malformed('a division by zero')
    return b
  }
  switch (opcode) {
    case OP.and: return a & b
    case OP.div: return signed(a) / signed(nonZero())
    case OP.minus: return a - b
    case OP.mod: return a % nonZero()
    case OP.mul: return a * b
    case OP.or: return a | b
    case OP.plus: return a + b
    case OP.shl: return b > 63n ? 0n : a << shift
    case OP.shr: return b > 63n ? 0n : a >> shift
    case OP.shra: return signed(a) >> (b > 63n ? 63n : shift)
    case OP.xor: return a ^ b
    case OP.eq: return BigInt(a === b)
    case OP.ge: return BigInt(signed(a) >= signed(b))
    case OP.gt: return BigInt(signed(a) > signed(b))
    case OP.le: return BigInt(signed(a) <= signed(b))
    case OP.lt: return BigInt(signed(a) < signed(b))
    case OP.ne: return BigInt(a !== b)
    default: return undefined
  }
}

/** DW_OP_convert: to a base type of the unit; 0 is the generic type. LLVM widens small numbers so. */
const converted = (value: bigint, unit: Unit, offset: number): bigint => {
  const die = unit.dies.get(unit.start + offset)
  if (offset === 0 || die === undefined) return value
  const bits = Math.min((unit.number(die, AT.byte_size) ?? 8) * 8, 64)
  const encoding = unit.number(die, AT.encoding)
  const isSigned = encoding === ATE.signed || encoding === ATE.signed_char
  return BigInt.asUintN(64, isSigned ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value))
}

const run = (expression: Uint8Array, { unit, state, frameBase, initial }: Evaluation): Place | undefined => {
  const cursor = new Cursor(expression)
  const stack: bigint[] = initial === undefined ? [] : [initial]
  const pieces: Piece[] = []
  let isValue: boolean = false
  let bytes: Uint8Array | undefined
  const push = (value: bigint): void => {
    if (stack.length >= LIMIT.depth) throw new Malformed('a stack that grows')
    stack.push(BigInt.asUintN(64, value))
  }
  const pop = (): bigint => {
    const value = stack.pop()
    if (value === undefined) throw new Malformed('an empty stack')
    return value
  }
  const pick = (depth: number): bigint => {
    const value = stack.at(-1 - depth)
    if (value === undefined || depth >= stack.length) throw new Malformed('an empty stack')
    return value
  }
  const jump = (): number => (cursor.u16() << 16) >> 16
  const leap = (by: number): void => {
    if (cursor.at + by < 0 || by > cursor.left) throw new Malformed('a jump out of the expression')
    cursor.at += by
  }
  const load = (size: number): void => push(littleEndian(state.memory(Number(BigInt.asUintN(32, pop())), size)))
  const found = (): Place | undefined => {
    if (bytes !== undefined) return { kind: 'bytes', bytes }
    const top = stack.pop()
    if (top === undefined) return undefined
    return isValue ? { kind: 'bits', bits: top } : { kind: 'memory', address: Number(BigInt.asUintN(32, top)) }
  }
  for (let left: number = LIMIT.operations; cursor.left > 0; left--) {
    if (left === 0) throw new Malformed('an expression without end')
    const opcode = cursor.u8()
    const wasValue: boolean = isValue
    isValue = false
    if (opcode >= OP.lit0 && opcode <= OP.lit31) {
      push(BigInt(opcode - OP.lit0))
      continue
    }
    switch (opcode) {
      case OP.addr: push(BigInt(cursor.fixed(unit.encoding.addressSize))); break
      case OP.addrx: case OP.constx: case OP.GNU_addr_index: case OP.GNU_const_index: {
        const address = unit.indexedAddress(cursor.leb())
        if (address === undefined) throw new Malformed('an address that is not there')
        push(BigInt(address))
        break
      }
      case OP.deref: load(unit.encoding.addressSize); break
      case OP.deref_size: load(cursor.u8()); break
      case OP.const1u: push(BigInt(cursor.u8())); break
      case OP.const1s: push(BigInt.asIntN(8, BigInt(cursor.u8()))); break
      case OP.const2u: push(BigInt(cursor.u16())); break
      case OP.const2s: push(BigInt.asIntN(16, BigInt(cursor.u16()))); break
      case OP.const4u: push(BigInt(cursor.u32())); break
      case OP.const4s: push(BigInt.asIntN(32, BigInt(cursor.u32()))); break
      case OP.const8u: case OP.const8s: push(cursor.u64()); break
      case OP.constu: push(cursor.bigLeb()); break
      case OP.consts: push(cursor.signedLeb()); break
      case OP.dup: push(pick(0)); break
      case OP.drop: pop(); break
      case OP.over: push(pick(1)); break
      case OP.pick: push(pick(cursor.u8())); break
      case OP.swap: { const [b, a] = [pop(), pop()]; push(b); push(a); break }
      case OP.rot: { const [c, b, a] = [pop(), pop(), pop()]; push(c); push(a); push(b); break }
      case OP.abs: { const value = signed(pop()); push(value < 0n ? -value : value); break }
      case OP.neg: push(-pop()); break
      case OP.not: push(~pop()); break
      case OP.plus_uconst: push(pop() + cursor.bigLeb()); break
      case OP.bra: { const by = jump(); if (pop() !== 0n) leap(by); break }
      case OP.skip: leap(jump()); break
      case OP.fbreg: {
        const base = frameBase?.()
        const by = cursor.signedLeb()
        if (base === undefined) return undefined
        push(base + by)
        break
      }
      case OP.piece: {
        isValue = wasValue
        const place = found()
        pieces.push({ place, size: cursor.leb() })
        isValue = false
        bytes = undefined
        break
      }
      case OP.nop: isValue = wasValue; break
      case OP.implicit_value: bytes = cursor.take(cursor.leb()); break
      case OP.stack_value: isValue = true; break
      case OP.convert: push(converted(pop(), unit, cursor.leb())); break
      // Without DW_OP_stack_value, as older compilers wrote it, the variable lives in the local itself.
      case OP.WASM_location: push(wasmValue(cursor, state)); isValue = true; break
      default: {
        const [b, a] = [pop(), pop()]
        const result = binary(opcode, a, b)
        // Registers, thread-local storage, entry values: nothing that a wasm guest has.
        if (result === undefined) return undefined
        push(result)
      }
    }
  }
  if (pieces.length > 0) return { kind: 'pieces', pieces }
  if (!isValue && bytes === undefined && stack.length === 0) return undefined
  return found()
}

/** More than this is asked for by damaged files alone. */
const MAX_BYTES = 1 << 16

/** The bytes of what an expression leads to, or undefined where a part of them cannot be had. */
export const bytesAt = (place: Place, size: number, state: FrameState): Uint8Array | undefined => {
  if (!(size >= 0 && size <= MAX_BYTES)) return undefined
  switch (place.kind) {
    case 'memory': return state.memory(place.address, size)
    case 'bytes': return place.bytes.length < size ? undefined : place.bytes.subarray(0, size)
    case 'bits': {
      if (size > 8) return undefined
      return Uint8Array.from({ length: size }, (_, i) => Number((place.bits >> BigInt(8 * i)) & 0xffn))
    }
    case 'pieces': {
      const bytes = new Uint8Array(size)
      let at = 0
      for (const piece of place.pieces) {
        if (at >= size) break
        const length = Math.min(piece.size, size - at)
        const part = piece.place === undefined ? undefined : bytesAt(piece.place, length, state)
        if (part === undefined) return undefined
        bytes.set(part.subarray(0, length), at)
        at += length
      }
      return at < size ? undefined : bytes
    }
    default: return undefined
  }
}
