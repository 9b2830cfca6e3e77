import { SECCOMP_DATA_BYTES } from '../abi/seccomp.ts'

/**
 * `struct seccomp_data` {int nr; u32 arch; u64 instruction_pointer; u64 args[6]} as sixteen words, little endian: what
 * a filter loads from.
 */
export type SeccompData = Int32Array

const ARGS_AT = 4

/**
 * @param nr the call's number, in the table that `arch` says
 * @param pc the offset in the code section, or 0
 * @param halves the call's arguments, low words first (RegisterFile); those beyond six are not shown to filters
 */
export const seccompData = (nr: number, arch: number, pc: number, halves: Int32Array): SeccompData => {
  const words = new Int32Array(SECCOMP_DATA_BYTES / 4)
  words[0] = nr
  words[1] = arch
  words[2] = pc
  for (let at = ARGS_AT; at < words.length; at++) words[at] = halves[at - ARGS_AT] ?? 0
  return words
}
