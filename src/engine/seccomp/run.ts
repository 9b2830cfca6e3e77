import { BPF_MEMWORDS, SECCOMP_DATA_BYTES } from '../abi/seccomp.ts'
import { KernelBug } from '../kernel/bug.ts'
import type { SeccompData } from './data.ts'
import { CODE, type Instruction, type Program } from './instruction.ts'

const isAbove = (a: number, b: number): boolean => a >>> 0 > b >>> 0

/**
 * What a program that `checkFilter` has accepted returns for a call: 32 bits, unsigned. All its arithmetic is on 32
 * bits without a sign; A and X begin as 0. Each instruction goes forward, so it ends after as many as there are.
 */
export const runFilter = (program: Program, data: SeccompData): number => {
  const memory = new Int32Array(BPF_MEMWORDS)
  let a = 0
  let x = 0
  for (let pc = 0; pc < program.length; pc++) {
    const { code, jt, jf, k } = program[pc] as Instruction
    switch (code) {
      case CODE.loadWord:
        a = data[k >> 2] as number
        break
      case CODE.loadLength:
        a = SECCOMP_DATA_BYTES
        break
      case CODE.loadConstant:
        a = k | 0
        break
      case CODE.loadMemory:
        a = memory[k] as number
        break
      case CODE.loadLengthX:
        x = SECCOMP_DATA_BYTES
        break
      case CODE.loadConstantX:
        x = k | 0
        break
      case CODE.loadMemoryX:
        x = memory[k] as number
        break
      case CODE.store:
        memory[k] = a
        break
      case CODE.storeX:
        memory[k] = x
        break
      case CODE.addK:
        a = (a + k) | 0
        break
      case CODE.addX:
        a = (a + x) | 0
        break
      case CODE.subK:
        a = (a - k) | 0
        break
      case CODE.subX:
        a = (a - x) | 0
        break
      case CODE.mulK:
        a = Math.imul(a, k)
        break
      case CODE.mulX:
        a = Math.imul(a, x)
        break
      case CODE.divK:
        a = ((a >>> 0) / k) | 0
        break
      case CODE.divX:
        // "Error with exception code on div/mod by 0. For cBPF programs, this was always return 0."
        // (bpf_convert_filter())
        if (x === 0) return 0
        a = ((a >>> 0) / (x >>> 0)) | 0
        break
      case CODE.andK:
        a &= k
        break
      case CODE.andX:
        a &= x
        break
      case CODE.orK:
        a |= k
        break
      case CODE.orX:
        a |= x
        break
      case CODE.xorK:
        a ^= k
        break
      case CODE.xorX:
        a ^= x
        break
      // Of a distance that is not a constant the low five bits count, here as in kernel/bpf/core.c.
      case CODE.lshK:
        a <<= k
        break
      case CODE.lshX:
        a <<= x
        break
      case CODE.rshK:
        a = (a >>> k) | 0
        break
      case CODE.rshX:
        a = (a >>> x) | 0
        break
      case CODE.neg:
        a = -a | 0
        break
      case CODE.jump:
        pc += k
        break
      case CODE.jeqK:
        pc += a === (k | 0) ? jt : jf
        break
      case CODE.jeqX:
        pc += a === x ? jt : jf
        break
      case CODE.jgtK:
        pc += isAbove(a, k) ? jt : jf
        break
      case CODE.jgtX:
        pc += isAbove(a, x) ? jt : jf
        break
      case CODE.jgeK:
        pc += isAbove(k, a) ? jf : jt
        break
      case CODE.jgeX:
        pc += isAbove(x, a) ? jf : jt
        break
      case CODE.jsetK:
        pc += (a & k) === 0 ? jf : jt
        break
      case CODE.jsetX:
        pc += (a & x) === 0 ? jf : jt
        break
      case CODE.returnK:
        return k
      case CODE.returnA:
        return a >>> 0
      case CODE.tax:
        x = a
        break
      case CODE.txa:
        a = x
        break
      default:
        throw new KernelBug(`a filter that was accepted has the code ${code}`)
    }
  }
  throw new KernelBug('a filter that was accepted has no end')
}
