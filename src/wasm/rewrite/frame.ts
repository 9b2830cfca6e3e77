import type { BodyDecoder } from './body.ts'
import type { FunctionType } from './module.ts'

/** Return address, frame pointer, instance, markers, saved registers, and what a call pushes. */
const BASE = 96

/**
 * An estimate from above of the bytes that a call of a function takes on an engine's stack: all locals and operands in memory (the
 * baseline compilers do that, optimising ones keep part of them in registers).
 */
export function frameBytes(body: BodyDecoder, type: FunctionType): number {
  const operand = body.usesVectors ? 16 : 8
  return BASE + body.localBytes + body.maxHeight * operand + type.params.length * 8
}
