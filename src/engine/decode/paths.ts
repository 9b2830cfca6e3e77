import type { Row } from '../syscall/row.ts'
import { decodeArgs } from './arg.ts'
import type { Peek } from './peek.ts'

/** The paths among a call's arguments, in their order. */
export const pathArgs = (row: Row | undefined, args: readonly bigint[], peek: Peek): readonly string[] => {
  if (row === undefined || !row.args.some(({ show }) => show.kind === 'pointer' && show.of === 'path')) return []
  return decodeArgs(row, args, { peek, written: false }).flatMap(({ index, value }) => {
    const show = row.args[index]?.show
    return show?.kind === 'pointer' && show.of === 'path' && typeof value === 'string' ? [value] : []
  })
}
