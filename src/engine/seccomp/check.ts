import { ERRNO, type Errno } from '../abi/errno.ts'
import { BPF_MAXINSNS, BPF_MEMWORDS, SECCOMP_DATA_BYTES } from '../abi/seccomp.ts'
import { CODE, type Instruction, type Program } from './instruction.ts'

const CODES: ReadonlySet<number> = new Set(Object.values(CODE))

/** Whether an instruction may stand at `pc` of a program of `length`. */
const isAllowed = ({ code, jt, jf, k }: Instruction, pc: number, length: number): boolean => {
  if (!CODES.has(code)) return false
  switch (code) {
    case CODE.loadWord:
      // "32-bit aligned and not out of bounds."
      return k < SECCOMP_DATA_BYTES && (k & 3) === 0
    case CODE.divK:
      return k !== 0
    case CODE.lshK:
    case CODE.rshK:
      return k < 32
    case CODE.loadMemory:
    case CODE.loadMemoryX:
    case CODE.store:
    case CODE.storeX:
      return k < BPF_MEMWORDS
    case CODE.jump:
      // "Note, the large ftest->k might cause loops."
      return k < length - pc - 1
    default:
      return !isConditional(code) || (pc + jt + 1 < length && pc + jf + 1 < length)
  }
}

const isConditional = (code: number): boolean => code !== CODE.jump && (code & 7) === (CODE.jump & 7)

const ALL = 0xffff

/**
 * Whether no word of the scratch memory is loaded before it was stored on every way there. As in Linux, a return does
 * not end what is known, so that code after it that nothing jumps to is judged by what stood before.
 */
const storesFirst = (program: Program): boolean => {
  const known = new Uint16Array(program.length).fill(ALL)
  let valid = 0
  for (let pc = 0; pc < program.length; pc++) {
    valid &= known[pc] as number
    const { code, jt, jf, k } = program[pc] as Instruction
    if (code === CODE.store || code === CODE.storeX) valid |= 1 << k
    else if (code === CODE.loadMemory || code === CODE.loadMemoryX) {
      if ((valid & (1 << k)) === 0) return false
    } else if (code === CODE.jump) {
      known[pc + 1 + k] = (known[pc + 1 + k] as number) & valid
      valid = ALL
    } else if (isConditional(code)) {
      known[pc + 1 + jt] = (known[pc + 1 + jt] as number) & valid
      known[pc + 1 + jf] = (known[pc + 1 + jf] as number) & valid
      valid = ALL
    }
  }
  return true
}

/**
 * Whether a program may be a filter: 0 or EINVAL. net/core/filter.c: bpf_check_classic(), check_load_and_stores();
 * kernel/seccomp.c: seccomp_check_filter().
 */
export const checkFilter = (program: Program): Errno => {
  const { length } = program
  if (length === 0 || length > BPF_MAXINSNS) return ERRNO.EINVAL
  if (!program.every((instruction, pc) => isAllowed(instruction, pc, length))) return ERRNO.EINVAL
  const last = program[length - 1]?.code
  if (last !== CODE.returnK && last !== CODE.returnA) return ERRNO.EINVAL
  return storesFirst(program) ? 0 : ERRNO.EINVAL
}
