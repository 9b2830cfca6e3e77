import type { Row, Show } from '../syscall/row.ts'
import { decodeArgs } from './arg.ts'
import type { Peek } from './peek.ts'

/** A path of preview1, with its length, or one of the table linux, which ends with a NUL. */
const isPath = (show: Show | undefined): boolean =>
  show?.kind === 'pointer' && (show.of === 'path' || show.struct?.of === 'string')

export const hasPaths = (row: Row | undefined): row is Row => row !== undefined && row.args.some(({ show }) => isPath(show))

/** The paths among a call's arguments, in their order. */
export const pathArgs = (row: Row | undefined, args: readonly bigint[], peek: Peek): readonly string[] => {
  if (!hasPaths(row)) return []
  return decodeArgs(row, args, { peek, written: false }).flatMap(({ index, value }) => {
    return isPath(row.args[index]?.show) && typeof value === 'string' ? [value] : []
  })
}
