import { BPF } from '../abi/seccomp.ts'
import { CODE, type Instruction, type Program } from './instruction.ts'

/** What stands before every program: A and X are cleared, the context is kept. */
const PROLOGUE = 3

const translated = ({ code, jt, jf, k }: Instruction): number => {
  if (code === CODE.divX) return 5
  if (code === CODE.returnK) return 2
  if ((code & 7) !== BPF.BPF_JMP || code === CODE.jump) return 1
  const constant = (code & BPF.BPF_X) === 0 && k > 0x7fff_ffff ? 1 : 0
  const isInvertible = code !== CODE.jsetK && code !== CODE.jsetX
  return constant + (jf === 0 || (jt === 0 && isInvertible) ? 1 : 2)
}

/**
 * How many instructions Linux makes of a program of classic BPF, whose sum is limited: a guest that piles up filters
 * gets ENOMEM at the same one as there. net/core/filter.c: bpf_convert_filter()
 */
export const translatedLength = (program: Program): number =>
  program.reduce((length, instruction) => length + translated(instruction), PROLOGUE)
