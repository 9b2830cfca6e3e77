import { seccompData, type SeccompData } from './data.ts'
import { CODE, type Instruction, type Program } from './instruction.ts'

// What the tests of this folder share: programs, and calls for them to judge.

/** One instruction; `k` may be given with a sign. */
export const op = (code: keyof typeof CODE, k = 0, jt = 0, jf = 0): Instruction => ({
  code: CODE[code],
  jt,
  jf,
  k: k >>> 0,
})

/** A program that returns one value for all calls. */
export const always = (value: number): Program => [op('returnK', value)]

/** BPF_LD nr; BPF_JEQ nr; RET value; RET ALLOW: the filter of the oracle's scn.h. */
export const forCall = (nr: number, value: number): Program => [
  op('loadWord', 0),
  op('jeqK', nr, 0, 1),
  op('returnK', value),
  op('returnK', 0x7fff_0000),
]

export const dataOf = (nr: number, ...args: number[]): SeccompData =>
  seccompData(nr, 0x5741_0002, 0, Int32Array.from(args.flatMap((arg) => [arg, arg < 0 ? -1 : 0])))
