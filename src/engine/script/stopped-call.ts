import { ARCH_PREVIEW1 } from '../abi/ptrace.ts'
import { decodeCall } from '../decode/call.ts'
import type { DecodedCall } from '../decode/call.ts'
import { u32At, u64At } from '../decode/peek.ts'
import type { Word } from '../decode/word.ts'
import { rowOf } from '../syscall/find.ts'
import { ArchCode } from '../trace/format.ts'
import { ARGS } from '../trace/registers.ts'

/** A register of 64 bits. */
const wordAt = (bytes: Uint8Array, at: number): Word => {
  const high = u32At(bytes, at + 4)
  return high < 0x20_0000 ? high * 2 ** 32 + u32At(bytes, at) : u64At(bytes, at)
}

/**
 * The call that a task is in, from the bytes of its `user_regs_struct`.
 * @param over whether it has been run: its result and what it wrote are there
 */
export const decodeRegisters = (
  image: Uint8Array, over: boolean, peek: (addr: number, length: number) => Uint8Array | undefined,
): DecodedCall => {
  const arch = u32At(image, 0)
  const nr = u32At(image, 4) | 0
  // An unknown call may use all of its registers.
  const count = rowOf(arch, nr)?.args.length ?? ARGS
  const args: Word[] = []
  for (let i = 0; i < count; i++) args.push(wordAt(image, 8 + 8 * i))
  return decodeCall({
    arch: arch === ARCH_PREVIEW1 ? ArchCode.preview1 : ArchCode.linux,
    nr,
    args,
    phase: over ? 'after' : 'before',
    peek,
    ret: over ? (u32At(image, 84) | 0) * 2 ** 32 + u32At(image, 80) : undefined,
  })
}
