import { LINUX_NR, type LinuxName } from '../abi/linux.ts'
import { ARCH_LINUX } from '../abi/ptrace.ts'
import { ioRows } from './linux-io.ts'
import { processRows } from './linux-process.ts'
import { signalRows } from './linux-signal.ts'
import { timeRows } from './linux-time.ts'
import { traceRows } from './linux-trace.ts'
import { nosysOf } from './result.ts'
import type { Row, RowBody } from './row.ts'
import { threadRows } from './wasi-threads.ts'

/**
 * The table `linux`: what preview1 has no words for, by Linux's names, argument orders and numbers (abi.md). A result
 * is the value or −errno.
 */
const groups: readonly Partial<Record<LinuxName, RowBody>>[] = [
  ioRows,
  timeRows,
  processRows,
  signalRows,
  traceRows,
]

const rows: readonly Row[] = groups.flatMap((group) =>
  Object.entries(group).map(([name, body]) => ({
    name, arch: ARCH_LINUX, nr: LINUX_NR[name as LinuxName], nosys: nosysOf(ARCH_LINUX), ...body,
  })),
)

/** The table by number, which are sparse. What wasi-threads has stands in it, too. */
export const linuxByNumber: ReadonlyMap<number, Row> = new Map([...rows, ...threadRows].map((one) => [one.nr, one]))

/** The table by name; undefined for what it does not have. */
export const linuxByName: ReadonlyMap<string, Row> = new Map(rows.map((one) => [one.name, one]))
