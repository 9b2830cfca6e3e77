import { Malformed, type Reader } from './bytes.ts'
import type { Module } from './module.ts'
import { Immediate } from './opcode.ts'
import { Refused } from './problem.ts'

/** Reads the index of a memory, of which there is one. */
export function readMemoryIndex(module: Module, reader: Reader): void {
  const at = reader.at
  if (reader.u32() > 0) throw severalMemories(at)
  if (module.memory === undefined) throw new Malformed('memory 0 does not exist', at)
}

const severalMemories = (at: number): Refused =>
  new Refused('several-memories', 'This module has several memories. A guest has one.', at)

/** Reads an alignment and an offset: the offset. */
export function readOffset(module: Module, reader: Reader, at: number): number {
  if (module.memory === undefined) throw new Malformed('memory 0 does not exist', at)
  // Bit 6 of the alignment says that the index of a memory follows.
  if (reader.u32() >= 0x40) throw severalMemories(at)
  return reader.u32()
}

/** Passes over what follows the opcode of an instruction at `at`. */
export function skipImmediate(immediate: number | undefined, module: Module, reader: Reader, at: number): void {
  switch (immediate) {
    case Immediate.none:
      return
    case Immediate.memarg:
    case Immediate.memargLane:
      readOffset(module, reader, at)
      if (immediate === Immediate.memargLane) reader.u8()
      return
    case Immediate.byte:
      reader.u8()
      return
    case Immediate.bytes16:
      reader.skip(16)
      return
    default: {
      const opcode = [...reader.bytes.subarray(at, reader.at)]
        .map((byte) => byte.toString(16).padStart(2, '0'))
        .join(' ')
      throw new Refused('unsupported', `This module uses an instruction that is not known here (${opcode}).`, at)
    }
  }
}

/** Whether `offset` has a float of `width` 4 or 8 bytes that is a NaN. */
function isNan(bytes: Uint8Array, offset: number, width: number): boolean {
  const high = bytes[offset + width - 1]! & 0x7f
  const next = bytes[offset + width - 2]!
  let rest = next & (width === 4 ? 0x7f : 0x0f)
  if (high !== 0x7f || next - rest !== (width === 4 ? 0x80 : 0xf0)) return false
  for (let at = offset; at < offset + width - 2; at++) rest |= bytes[at]!
  return rest !== 0
}

/** Reads a float constant of `width` 4 or 8 bytes; whether it is a number. */
export function readFloat(width: number, reader: Reader): boolean {
  const start = reader.at
  reader.skip(width)
  return !isNan(reader.bytes, start, width)
}

/** Reads a vector constant; whether it has no NaN, whatever its shape. */
export function readVector(reader: Reader): boolean {
  const start = reader.at
  reader.skip(16)
  for (const width of [4, 8]) {
    for (let lane = start; lane < start + 16; lane += width) if (isNan(reader.bytes, lane, width)) return false
  }
  return true
}
