import { ARCH_LINUX, ARCH_PREVIEW1 } from '../abi/ptrace.ts'
import { linuxByNumber } from './linux.ts'
import { preview1ByNumber } from './preview1.ts'
import type { Row } from './row.ts'

/** The row of a call by its table and number; undefined for a number that the table does not have. */
export const rowOf = (arch: number, nr: number): Row | undefined =>
  arch === ARCH_PREVIEW1 ? preview1ByNumber[nr] : arch === ARCH_LINUX ? linuxByNumber.get(nr) : undefined
