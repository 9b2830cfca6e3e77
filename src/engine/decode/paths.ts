import type { Row } from '../syscall/row.ts'
import { decodeArgs } from './arg.ts'
import type { Peek } from './peek.ts'

export const hasPaths = (row: Row | undefined): row is Row =>
  row !== undefined && row.args.some(({ show }) => show.kind === 'pointer' && show.of === 'path')

/** The paths among a call's arguments, in their order. */
export const pathArgs = (row: Row | undefined, args: readonly bigint[], peek: Peek): readonly string[] => {
  if (!hasPaths(row)) return []
  return decodeArgs(row, args, { peek, written: false }).flatMap(({ index, value }) => {
    const show = row.args[index]?.show
    return show?.kind === 'pointer' && show.of === 'path' && typeof value === 'string' ? [value] : []
  })
}
