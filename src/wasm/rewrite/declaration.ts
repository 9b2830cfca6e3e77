import { Malformed, type Reader } from './bytes.ts'
import { MAX_LOCALS } from './limit.ts'

/** What a function body declares. */
export interface Declarations {
  /** How many groups of locals, and where they begin in the file. */
  readonly groups: number
  readonly groupsAt: number
  /** Parameters and locals. */
  readonly count: number
  /** What the locals take when each is kept in memory. */
  readonly bytes: number
}

const V128 = 0x7b

/** Reads the groups of locals before the code of a function with so many parameters. */
export function readDeclarations(reader: Reader, params: number): Declarations {
  const start = reader.at
  const groups = reader.count()
  const groupsAt = reader.at
  let count = params
  let bytes = 0
  for (let index = 0; index < groups; index++) {
    const size = reader.u32()
    const code = reader.u8()
    count += size
    bytes += size * (code === V128 ? 16 : 8)
    if (count > MAX_LOCALS) throw new Malformed(`a function has more than ${MAX_LOCALS} locals`, start)
  }
  return { groups, groupsAt, count, bytes }
}
