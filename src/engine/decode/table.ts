import { ARCH_LINUX, ARCH_PREVIEW1 } from '../abi/ptrace.ts'
import { rowOf } from '../syscall/find.ts'
import type { CallClass, Row } from '../syscall/row.ts'
import { foreignName } from '../trace/foreign.ts'
import { ArchCode } from '../trace/format.ts'
import { linuxClass } from './foreign-class.ts'

/** The table that a byte of the trace's column `arch` names. */
export const archName = (code: number): string =>
  code === ArchCode.preview1 ? 'wasi_snapshot_preview1' : code === ArchCode.linux ? 'linux' : code === ArchCode.foreign ? 'strace log' : 'no table'

const archOf = (code: number): number =>
  code === ArchCode.preview1 ? ARCH_PREVIEW1 : code === ArchCode.linux ? ARCH_LINUX : 0

/** The row of a call in the trace; undefined for a number that its table does not have. */
export const rowFor = (code: number, nr: number): Row | undefined => rowOf(archOf(code), nr)

/** A call's name; as strace names a number that it does not know, if there is none. */
export const callName = (code: number, nr: number): string =>
  (code === ArchCode.foreign ? foreignName(nr) : rowFor(code, nr)?.name) ?? `syscall_${nr < 0 ? nr : `0x${nr.toString(16)}`}`

/** What a call is about; undefined for one that nobody has heard of. */
export const classFor = (code: number, nr: number): CallClass | undefined =>
  code === ArchCode.foreign ? linuxClass(foreignName(nr) ?? '') : rowFor(code, nr)?.class

/** The numbers that tables have: asm-generic's with the former ones end below this. */
const NUMBERS = 1200

/** Every row of both tables with the code of its table. */
export const allRows = (): readonly { readonly arch: number; readonly row: Row }[] => {
  const rows: { arch: number; row: Row }[] = []
  for (const arch of [ArchCode.preview1, ArchCode.linux]) {
    for (let nr = 0; nr < NUMBERS; nr++) {
      const row = rowFor(arch, nr)
      if (row !== undefined) rows.push({ arch, row })
    }
  }
  return rows
}
