import { Cursor, Malformed } from './cursor.ts'
import { LIMIT } from './dwarf.ts'

const NOTHING = new Uint8Array(0)

/** The custom sections that hold DWARF, by the names that toolchains for wasm give them. */
export interface DebugSections {
  readonly info: Uint8Array
  readonly types: Uint8Array
  readonly abbrev: Uint8Array
  readonly line: Uint8Array
  readonly str: Uint8Array
  readonly lineStr: Uint8Array
  readonly strOffsets: Uint8Array
  readonly addr: Uint8Array
  readonly ranges: Uint8Array
  readonly rnglists: Uint8Array
  readonly loc: Uint8Array
  readonly loclists: Uint8Array
}

export const debugSections = (custom: ReadonlyMap<string, Uint8Array>): DebugSections => {
  const named = (name: string): Uint8Array => custom.get(`.debug_${name}`) ?? NOTHING
  return {
    info: named('info'), types: named('types'), abbrev: named('abbrev'), line: named('line'), str: named('str'),
    lineStr: named('line_str'), strOffsets: named('str_offsets'), addr: named('addr'), ranges: named('ranges'),
    rnglists: named('rnglists'), loc: named('loc'), loclists: named('loclists'),
  }
}

/** The text at an offset in .debug_str or .debug_line_str. Throws Malformed. */
export const textAt = (section: Uint8Array, offset: number): string =>
  new Cursor(section, offset).text(LIMIT.text)

/** Reads the length in front of a unit, and whether offsets in it take 4 or 8 bytes. Throws Malformed. */
export const unitLength = (cursor: Cursor): { readonly length: number; readonly offsetSize: 4 | 8 } => {
  const length = cursor.u32()
  if (length === 0xffff_ffff) return { length: cursor.fixed(8), offsetSize: 8 }
  if (length >= 0xffff_fff0) throw new Malformed('a reserved length')
  return { length, offsetSize: 4 }
}
