import type { DecodedCall } from '../decode/call.ts'
import type { PtraceError } from './problem.ts'
import { toBytes } from './stopped-memory.ts'
import type { Bytes } from './stopped-memory.ts'

/** What a stop does for new arguments. */
export interface Placing {
  readonly index: (args: DecodedCall['args'], name: string) => number
  /** Puts bytes where the task has room, and answers their address. */
  readonly place: (bytes: Bytes) => number
  readonly wrong: (why: string, cure: string) => PtraceError
}

/** By the index of the argument: numbers as they are; of a path or a buffer its address and, elsewhere, its length. */
export const argumentChanges = (
  { args, row }: DecodedCall, values: Readonly<Record<string, number | bigint | Bytes>>, { index, place, wrong }: Placing,
): readonly (readonly [number, number | bigint])[] => {
  const changes: [number, number | bigint][] = []
  for (const [name, value] of Object.entries(values)) {
    const at = index(args, name)
    if (typeof value === 'number' || typeof value === 'bigint') {
      changes.push([at, value])
      continue
    }
    const show = row?.args[at]?.show
    if (show?.kind === 'pointer' && show.struct?.of === 'string' && typeof value === 'string') {
      changes.push([at, place(`${value}\0`)])
      continue
    }
    if (show?.kind !== 'pointer' || show.count === undefined) throw wrong(`${name} is no path and no buffer`, 'Give it a number.')
    const bytes = toBytes(value)
    const count = row?.args.findIndex((arg) => arg.name === show.count) ?? -1
    if (show.of === 'ciovec' || show.of === 'iovec') {
      const buf = place(bytes)
      changes.push([at, place(new Uint32Array([buf, bytes.length]))], [count, 1])
    } else changes.push([at, place(bytes)], [count, bytes.length])
  }
  return changes
}
