import { Malformed, type Reader } from './bytes.ts'

/**
 * Passes over a constant expression, `end` included; `onReference` is told where the indices of globals and functions
 * are.
 */
export function skipConstant(
  reader: Reader,
  onReference?: (space: 'global' | 'func', index: number, from: number, to: number) => void,
): void {
  for (;;) {
    const at = reader.at
    const opcode = reader.u8()
    if (opcode === 0x0b) return
    if (opcode === 0x41) reader.skipLeb(5)
    else if (opcode === 0x42) reader.skipLeb(10)
    else if (opcode === 0x43) reader.skip(4)
    else if (opcode === 0x44) reader.skip(8)
    else if (opcode === 0x23 || opcode === 0xd2) {
      const from = reader.at
      const index = reader.u32()
      onReference?.(opcode === 0x23 ? 'global' : 'func', index, from, reader.at)
    } else if (opcode === 0xd0) reader.s33()
    else if (opcode === 0xfd && reader.u32() === 12) reader.skip(16)
    else if (
      opcode !== 0x6a &&
      opcode !== 0x6b &&
      opcode !== 0x6c &&
      opcode !== 0x7c &&
      opcode !== 0x7d &&
      opcode !== 0x7e
    ) {
      throw new Malformed('a constant expression has an instruction that is not constant', at)
    }
  }
}
