import { Cursor, guarded } from './cursor.ts'
import { AT, FORM, LIMIT } from './dwarf.ts'
import type { Formed } from './form.ts'
import type { Die, Unit } from './unit.ts'

/** Code offsets from `start` up to, and without, `end`. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** DW_RLE_*: what an entry of .debug_rnglists says (DWARF 5, 7.25). */
const RLE = {
  end_of_list: 0, base_addressx: 1, startx_endx: 2, startx_length: 3, offset_pair: 4, base_address: 5, start_end: 6,
  start_length: 7,
} as const

/** Where list `index` of a table is, whose offsets begin at `base`. Throws Malformed. */
export const indexedList = (section: Uint8Array, base: number, index: number, offsetSize: 4 | 8): number =>
  base + new Cursor(section, base + index * offsetSize).fixed(offsetSize)

const readRnglist = (unit: Unit, offset: number, ranges: Range[]): void => {
  const cursor = new Cursor(unit.sections.rnglists, offset)
  const { addressSize } = unit.encoding
  const indexed = (): number => unit.indexedAddress(cursor.leb()) ?? 0
  let base = unit.base
  for (let left: number = LIMIT.list; left > 0; left--) {
    const kind = cursor.u8()
    let start = 0
    let end = 0
    switch (kind) {
      case RLE.base_addressx: base = indexed(); continue
      case RLE.base_address: base = cursor.fixed(addressSize); continue
      case RLE.startx_endx: start = indexed(); end = indexed(); break
      case RLE.startx_length: start = indexed(); end = start + cursor.leb(); break
      case RLE.offset_pair: start = base + cursor.leb(); end = base + cursor.leb(); break
      case RLE.start_end: start = cursor.fixed(addressSize); end = cursor.fixed(addressSize); break
      case RLE.start_length: start = cursor.fixed(addressSize); end = start + cursor.leb(); break
      default: return
    }
    if (start < end) ranges.push({ start, end })
  }
}

/** .debug_ranges, up to DWARF 4 (2.17.3): pairs of addresses, with a base where the first is the greatest there is. */
const readRanges = (unit: Unit, offset: number, ranges: Range[]): void => {
  const { addressSize } = unit.encoding
  const cursor = new Cursor(unit.sections.ranges, offset)
  let base = unit.base
  for (let left: number = LIMIT.list; left > 0; left--) {
    const at = cursor.at
    if (isBase(unit.sections.ranges, at, addressSize)) {
      cursor.skip(addressSize)
      base = cursor.fixed(addressSize)
      continue
    }
    const [start, end] = [cursor.fixed(addressSize), cursor.fixed(addressSize)]
    if (start === 0 && end === 0) return
    if (start < end) ranges.push({ start: base + start, end: base + end })
  }
}

/** Whether the word at `at` is the greatest address there is, which says that a base follows. */
export const isBase = (section: Uint8Array, at: number, addressSize: number): boolean => {
  for (let i = 0; i < addressSize; i++) if (section[at + i] !== 0xff) return false
  return true
}

/**
 * The code of an entry (a unit, a function, a block), dead code as well: a linker leaves that at 0 or near
 * 0xffffffff, and the caller knows how long the code is.
 */
export const rangesOf = (unit: Unit, die: Die): readonly Range[] => {
  const ranges: Range[] = []
  const listed = unit.attribute(die, AT.ranges)
  if (listed !== undefined && typeof listed.value !== 'object') {
    guarded(() => readListed(unit, listed, ranges), undefined)
    return ranges
  }
  const start = unit.address(unit.attribute(die, AT.low_pc))
  const high = unit.attribute(die, AT.high_pc)
  if (start === undefined || high === undefined) return ranges
  // DWARF 4 on: a constant is a length.
  const end = unit.address(high) ?? (typeof high.value === 'object' ? start : start + Number(high.value))
  if (start < end) ranges.push({ start, end })
  return ranges
}

const readListed = (unit: Unit, { form, value }: Formed, ranges: Range[]): void => {
  const { rnglists } = unit.sections
  if (form === FORM.rnglistx) readRnglist(unit, indexedList(rnglists, unit.bases.rnglists, Number(value), unit.encoding.offsetSize), ranges)
  else if (unit.encoding.version >= 5) readRnglist(unit, Number(value), ranges)
  else readRanges(unit, unit.bases.ranges + Number(value), ranges)
}

/** Whether one of the ranges has the offset. */
export const covers = (ranges: readonly Range[], offset: number): boolean =>
  ranges.some(({ start, end }) => start <= offset && offset < end)
