import type { GuestAddr, GuestMemory } from '../kernel/memory.ts'
import { flags, oneOf } from './row.ts'
import type { Arg, Struct, StructShow, Word } from './row.ts'

/** Arguments of the table linux, and its idea of an address. All of them are i32. */

const word = (name: string, word: Word, as: 'u32' | 'i32'): Arg<number> => ({
  name, wasm: 'i32', show: { kind: 'u32', word }, as,
})

/** A signed int. */
export const int = (name: string): Arg<number> => word(name, 'int', 'i32')
/** A pid or, negative, what kill(2) and wait4(2) make of it. */
export const pid = (name = 'pid'): Arg<number> => word(name, 'pid', 'i32')
/** An address that the call does not look behind, or a word of ptrace(2). */
export const unsigned = (name: string, of: Word): Arg<number> => word(name, of, 'u32')
export const signal = (name = 'sig'): Arg<number> => oneOf(name, 'linux_signal')
export const ptraceRequest = (name = 'request'): Arg<number> => oneOf(name, 'ptrace_request')
/** Of wait4(2) and waitid(2). */
export const waitOptions = (name = 'options'): Arg<number> => flags(name, 'wait_options')

const pointer = (name: string, dir: 'in' | 'out', struct: StructShow): Arg<number> => ({
  name, wasm: 'i32', show: { kind: 'pointer', dir, of: 'bytes', struct }, as: 'u32',
})
const elements = (count: string | undefined): { readonly count?: string } => (count === undefined ? {} : { count })

/** A structure that the call reads; `count` names the argument with the number of elements. */
export const structIn = (name: string, of: Struct, count?: string): Arg<number> =>
  pointer(name, 'in', { of, ...elements(count) })
/** One that it writes. */
export const structOut = (name: string, of: Struct, count?: string): Arg<number> =>
  pointer(name, 'out', { of, ...elements(count) })
/** One that it reads and writes. */
export const structBoth = (name: string, of: Struct, count?: string): Arg<number> =>
  pointer(name, 'in', { of, ...elements(count), both: true })

/** Room for `count` bytes, of which the call's result says how many it filled. */
export const filledBytes = (name: string, count: string): Arg<number> => ({
  name, wasm: 'i32', show: { kind: 'pointer', dir: 'out', of: 'bytes', count, result: true }, as: 'u32',
})

/**
 * May these bytes be read or written? "Address 0 is NULL for every pointer of this table although linear memory has
 * bytes there" (abi.md).
 */
export const inside = (memory: GuestMemory, addr: GuestAddr, length: number): boolean =>
  addr !== 0 && memory.has(addr, length)
