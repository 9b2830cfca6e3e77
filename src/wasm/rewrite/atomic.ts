import type { FunctionType, Module } from './module.ts'

/**
 * The instructions that sleep and wake. Without threads of the platform they are nothing but calls: of a module with a
 * shared memory each becomes one, which gets the instruction's operands and the offset that stands in it.
 */
export interface AtomicCall extends FunctionType {
  readonly module: 'skipcall'
  readonly name: string
}

const call = (name: string, params: AtomicCall['params']): AtomicCall => ({ module: 'skipcall', name, params, results: ['i32'] })

/** By the opcode behind 0xfe. */
const ATOMIC_CALLS: readonly AtomicCall[] = [
  call('memory.atomic.notify', ['i32', 'i32', 'i32']),
  call('memory.atomic.wait32', ['i32', 'i32', 'i64', 'i32']),
  call('memory.atomic.wait64', ['i32', 'i64', 'i64', 'i32']),
]

/** Whether the instruction 0xfe `opcode` is to become one. */
export const isAtomicCall = (memory: Module['memory'], opcode: number): boolean => opcode < atomicCalls(memory).length

/** The calls that a module has more than it imports. */
export const atomicCalls = (memory: Module['memory']): readonly AtomicCall[] => (memory?.shared === true ? ATOMIC_CALLS : [])
