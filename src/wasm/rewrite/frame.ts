import type { BodyDecoder } from './body.ts'
import { type FunctionType, valueBytes } from './module.ts'

/** Return address, frame pointer, instance, markers, saved registers, and our own locals. */
const BASE = 72
/** One byte for so many bytes of code, as a power of two: what an optimising compiler finds to keep besides. */
const CODE_SHIFT = 4

/**
 * An estimate from above of the bytes that a call of a function takes on an engine's stack: all locals and operands in
 * memory, as baseline compilers have them, its parameters once more, as the caller's arguments, and its results.
 * Optimising compilers keep part of that in registers.
 */
export function frameBytes(body: BodyDecoder, type: FunctionType, codeBytes: number): number {
  const operand = body.usesVectors ? 16 : 8
  const passed = valueBytes(type.params) + valueBytes(type.results)
  return BASE + body.localBytes + body.maxHeight * operand + passed + (codeBytes >> CODE_SHIFT)
}
