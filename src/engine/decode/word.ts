/**
 * An argument register: an unsigned number of 64 bits, as a bigint only where a number would not be exact. Most
 * registers hold little, and every step with a bigint allocates one.
 */
export type Word = number | bigint

const EXACT = BigInt(Number.MAX_SAFE_INTEGER)

/** The same, as a number if one can be exact. */
export const wordOf = (register: Word): Word =>
  typeof register === 'bigint' && register <= EXACT ? Number(register) : register

/** The low 32 bits, which are all that an i32 has. */
export const lowOf = (word: Word): number => (typeof word === 'number' ? word >>> 0 : Number(BigInt.asUintN(32, word)))
