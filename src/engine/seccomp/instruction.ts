import { BPF, SOCK_FILTER_BYTES } from '../abi/seccomp.ts'

/** `struct sock_filter`: u16 code, u8 jt, u8 jf, u32 k. Jumps count from the next instruction on. */
export interface Instruction {
  readonly code: number
  readonly jt: number
  readonly jf: number
  readonly k: number
}

export type Program = readonly Instruction[]

const { BPF_LD, BPF_LDX, BPF_ST, BPF_STX, BPF_ALU, BPF_JMP, BPF_RET, BPF_MISC } = BPF
const { BPF_K, BPF_X } = BPF

/**
 * The codes that a seccomp filter may have: kernel/seccomp.c: seccomp_check_filter(). Packets' own (halfwords, BPF_IND,
 * BPF_MSH) are not among them, nor is BPF_MOD.
 */
export const CODE = {
  loadWord: BPF_LD | BPF.BPF_W | BPF.BPF_ABS,
  loadLength: BPF_LD | BPF.BPF_W | BPF.BPF_LEN,
  loadConstant: BPF_LD | BPF.BPF_IMM,
  loadMemory: BPF_LD | BPF.BPF_MEM,
  loadLengthX: BPF_LDX | BPF.BPF_W | BPF.BPF_LEN,
  loadConstantX: BPF_LDX | BPF.BPF_IMM,
  loadMemoryX: BPF_LDX | BPF.BPF_MEM,
  store: BPF_ST,
  storeX: BPF_STX,
  addK: BPF_ALU | BPF.BPF_ADD | BPF_K,
  addX: BPF_ALU | BPF.BPF_ADD | BPF_X,
  subK: BPF_ALU | BPF.BPF_SUB | BPF_K,
  subX: BPF_ALU | BPF.BPF_SUB | BPF_X,
  mulK: BPF_ALU | BPF.BPF_MUL | BPF_K,
  mulX: BPF_ALU | BPF.BPF_MUL | BPF_X,
  divK: BPF_ALU | BPF.BPF_DIV | BPF_K,
  divX: BPF_ALU | BPF.BPF_DIV | BPF_X,
  andK: BPF_ALU | BPF.BPF_AND | BPF_K,
  andX: BPF_ALU | BPF.BPF_AND | BPF_X,
  orK: BPF_ALU | BPF.BPF_OR | BPF_K,
  orX: BPF_ALU | BPF.BPF_OR | BPF_X,
  xorK: BPF_ALU | BPF.BPF_XOR | BPF_K,
  xorX: BPF_ALU | BPF.BPF_XOR | BPF_X,
  lshK: BPF_ALU | BPF.BPF_LSH | BPF_K,
  lshX: BPF_ALU | BPF.BPF_LSH | BPF_X,
  rshK: BPF_ALU | BPF.BPF_RSH | BPF_K,
  rshX: BPF_ALU | BPF.BPF_RSH | BPF_X,
  neg: BPF_ALU | BPF.BPF_NEG,
  jump: BPF_JMP | BPF.BPF_JA,
  jeqK: BPF_JMP | BPF.BPF_JEQ | BPF_K,
  jeqX: BPF_JMP | BPF.BPF_JEQ | BPF_X,
  jgtK: BPF_JMP | BPF.BPF_JGT | BPF_K,
  jgtX: BPF_JMP | BPF.BPF_JGT | BPF_X,
  jgeK: BPF_JMP | BPF.BPF_JGE | BPF_K,
  jgeX: BPF_JMP | BPF.BPF_JGE | BPF_X,
  jsetK: BPF_JMP | BPF.BPF_JSET | BPF_K,
  jsetX: BPF_JMP | BPF.BPF_JSET | BPF_X,
  returnK: BPF_RET | BPF_K,
  returnA: BPF_RET | BPF.BPF_A,
  tax: BPF_MISC | BPF.BPF_TAX,
  txa: BPF_MISC | BPF.BPF_TXA,
} as const

/** The program that these bytes are, little endian. Bytes after the last whole instruction are none. */
export const decodeProgram = (bytes: Uint8Array): Program => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const program: Instruction[] = []
  for (let at = 0; at + SOCK_FILTER_BYTES <= bytes.length; at += SOCK_FILTER_BYTES) {
    program.push({
      code: view.getUint16(at, true),
      jt: view.getUint8(at + 2),
      jf: view.getUint8(at + 3),
      k: view.getUint32(at + 4, true),
    })
  }
  return program
}

/** The reverse: what PTRACE_SECCOMP_GET_FILTER stores, which is the program as it was handed in. */
export const encodeProgram = (program: Program): Uint8Array => {
  const bytes = new Uint8Array(program.length * SOCK_FILTER_BYTES)
  const view = new DataView(bytes.buffer)
  program.forEach(({ code, jt, jf, k }, index) => {
    const at = index * SOCK_FILTER_BYTES
    view.setUint16(at, code, true)
    view.setUint8(at + 2, jt)
    view.setUint8(at + 3, jf)
    view.setUint32(at + 4, k, true)
  })
  return bytes
}
