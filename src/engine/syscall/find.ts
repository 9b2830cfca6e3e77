import { ARCH_LINUX, ARCH_PREVIEW1 } from '../abi/ptrace.ts'
import type { ImportName } from '../ports.ts'
import { linuxByName, linuxByNumber } from './linux.ts'
import { preview1ByName, preview1ByNumber } from './preview1.ts'
import type { Row } from './row.ts'
import { unstableByName } from './unstable.ts'
import { threadsByName } from './wasi-threads.ts'

/** The row of a call by its table and number; undefined for a number that the table does not have. */
export const rowOf = (arch: number, nr: number): Row | undefined =>
  arch === ARCH_PREVIEW1 ? preview1ByNumber[nr] : arch === ARCH_LINUX ? linuxByNumber.get(nr) : undefined

/** `skipcall`: instructions that the loader made into calls; guests import nothing from there. */
const TABLES: Readonly<Record<string, ReadonlyMap<string, Row>>> = {
  wasi_snapshot_preview1: preview1ByName, wasi_unstable: unstableByName, linux: linuxByName, wasi: threadsByName, skipcall: threadsByName,
}

/** The call that a guest's import stands for; undefined if this machine has none like it. */
export const rowOfImport = ({ module, name }: ImportName): Row | undefined => (Object.hasOwn(TABLES, module) ? TABLES[module]?.get(name) : undefined)
