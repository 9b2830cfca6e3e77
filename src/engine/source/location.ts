import { Cursor, guarded } from './cursor.ts'
import { FORM, LIMIT } from './dwarf.ts'
import type { Formed } from './form.ts'
import { indexedList, isBase } from './range.ts'
import type { Unit } from './unit.ts'

/** DW_LLE_*: what an entry of .debug_loclists says (DWARF 5, 7.7.3). */
const LLE = {
  end_of_list: 0, base_addressx: 1, startx_endx: 2, startx_length: 3, offset_pair: 4, default_location: 5,
  base_address: 6, start_end: 7, start_length: 8,
} as const

const inLoclist = (unit: Unit, at: number, pc: number): Uint8Array | undefined => {
  const cursor = new Cursor(unit.sections.loclists, at)
  const { addressSize } = unit.encoding
  const indexed = (): number => unit.indexedAddress(cursor.leb()) ?? 0
  let base = unit.base
  let otherwise: Uint8Array | undefined
  for (let left: number = LIMIT.list; left > 0; left--) {
    const kind = cursor.u8()
    let start = 0
    let end = 0
    switch (kind) {
      case LLE.base_addressx: base = indexed(); continue
      case LLE.base_address: base = cursor.fixed(addressSize); continue
      case LLE.default_location: otherwise = cursor.take(cursor.leb()); continue
      case LLE.startx_endx: start = indexed(); end = indexed(); break
      case LLE.startx_length: start = indexed(); end = start + cursor.leb(); break
      case LLE.offset_pair: start = base + cursor.leb(); end = base + cursor.leb(); break
      case LLE.start_end: start = cursor.fixed(addressSize); end = cursor.fixed(addressSize); break
      case LLE.start_length: start = cursor.fixed(addressSize); end = start + cursor.leb(); break
      default: return otherwise
    }
    const expression = cursor.take(cursor.leb())
    if (start <= pc && pc < end) return expression
  }
  return otherwise
}

/** .debug_loc, up to DWARF 4 (2.6.2). */
const inLoc = (unit: Unit, at: number, pc: number): Uint8Array | undefined => {
  const { addressSize } = unit.encoding
  const cursor = new Cursor(unit.sections.loc, at)
  let base = unit.base
  for (let left: number = LIMIT.list; left > 0; left--) {
    if (isBase(unit.sections.loc, cursor.at, addressSize)) {
      cursor.skip(addressSize)
      base = cursor.fixed(addressSize)
      continue
    }
    const [start, end] = [cursor.fixed(addressSize), cursor.fixed(addressSize)]
    if (start === 0 && end === 0) return undefined
    const expression = cursor.take(cursor.u16())
    if (base + start <= pc && pc < base + end) return expression
  }
  return undefined
}

/** The expression that holds at a code offset; undefined where the compiler kept no place for the value. */
export const expressionAt = (unit: Unit, { form, value }: Formed, pc: number): Uint8Array | undefined => {
  if (value instanceof Uint8Array) return value
  const at = Number(value)
  return guarded(() => {
    if (form === FORM.loclistx) {
      return inLoclist(unit, indexedList(unit.sections.loclists, unit.bases.loclists, at, unit.encoding.offsetSize), pc)
    }
    return unit.encoding.version >= 5 ? inLoclist(unit, at, pc) : inLoc(unit, at, pc)
  }, undefined)
}
