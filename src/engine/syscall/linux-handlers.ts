import { handle } from './handled.ts'
import type { Handled } from './handled.ts'
import { linuxByName, type LinuxHandlers } from './linux.ts'
import { ioHandlers } from './linux-io.ts'
import { processHandlers } from './linux-process.ts'
import { signalHandlers } from './linux-signal.ts'
import { timeHandlers } from './linux-time.ts'
import { traceHandlers } from './linux-trace.ts'
import { threadHandled } from './thread-handlers.ts'

/** What the calls of the table linux do. */
const linuxHandlers: LinuxHandlers = {
  ...ioHandlers,
  ...timeHandlers,
  ...processHandlers,
  ...signalHandlers,
  ...traceHandlers,
}

const handled = handle([...linuxByName.values()], linuxHandlers)

/** The table by number, which are sparse, with its handlers. What wasi-threads has stands in it, too. */
export const linuxHandled: ReadonlyMap<number, Handled> = new Map([...handled, ...threadHandled].map((one) => [one.nr, one]))

/** The table by name; undefined for what it does not have. */
export const linuxHandledByName: ReadonlyMap<string, Handled> = new Map(handled.map((one) => [one.name, one]))
