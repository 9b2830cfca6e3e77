import type { ImportName } from '../ports.ts'
import type { Handled } from './handled.ts'
import { linuxHandledByName } from './linux-handlers.ts'
import { preview1Handled } from './preview1-handlers.ts'
import { threadHandled } from './thread-handlers.ts'
import { unstableHandled } from './unstable.ts'

const byName = (rows: readonly Handled[]): ReadonlyMap<string, Handled> => new Map(rows.map((one) => [one.name, one]))

const threads = byName(threadHandled)

/** `skipcall`: instructions that the loader made into calls; guests import nothing from there. */
const TABLES: Readonly<Record<string, ReadonlyMap<string, Handled>>> = {
  wasi_snapshot_preview1: byName(preview1Handled),
  // sock_accept came with preview1.
  wasi_unstable: byName(unstableHandled.filter(({ name }) => name !== 'sock_accept')),
  linux: linuxHandledByName,
  wasi: threads,
  skipcall: threads,
}

/** The call that a guest's import stands for; undefined if this machine has none like it. */
export const callOfImport = ({ module, name }: ImportName): Handled | undefined => (Object.hasOwn(TABLES, module) ? TABLES[module]?.get(name) : undefined)
