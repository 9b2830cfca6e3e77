import { type Cursor, Malformed } from './cursor.ts'
import { FORM, LIMIT } from './dwarf.ts'

/** What the sizes of forms depend on. */
export interface Encoding {
  readonly version: number
  readonly addressSize: number
  readonly offsetSize: 4 | 8
}

/**
 * An attribute's value as it stands in the file: a number (also an offset, an index or a reference: the form says
 * which), a bigint for what may be negative or above 2⁵³, bytes of a block, a text or a constant of 16 bytes.
 */
export type FormValue = number | bigint | Uint8Array

/** A value with the form that it has, which DW_FORM_indirect tells only in place. */
export interface Formed {
  readonly form: number
  readonly value: FormValue
}

/** Reads one value; `constant` is that of DW_FORM_implicit_const. Throws Malformed. */
export const readForm = (cursor: Cursor, form: number, encoding: Encoding, constant = 0n): FormValue => {
  switch (form) {
    case FORM.addr: return cursor.fixed(encoding.addressSize)
    case FORM.data1: case FORM.flag: case FORM.ref1: case FORM.strx1: case FORM.addrx1: return cursor.u8()
    case FORM.data2: case FORM.ref2: case FORM.strx2: case FORM.addrx2: return cursor.u16()
    case FORM.strx3: case FORM.addrx3: return cursor.u24()
    case FORM.data4: case FORM.ref4: case FORM.strx4: case FORM.addrx4: case FORM.ref_sup4: return cursor.u32()
    case FORM.data8: case FORM.ref_sig8: return cursor.u64()
    case FORM.ref8: case FORM.ref_sup8: return cursor.fixed(8)
    case FORM.data16: return cursor.take(16)
    case FORM.sdata: return cursor.signedLeb()
    case FORM.udata: return cursor.anyLeb()
    case FORM.ref_udata: case FORM.strx: case FORM.addrx: case FORM.loclistx: case FORM.rnglistx:
    case FORM.GNU_addr_index: case FORM.GNU_str_index: return cursor.leb()
    case FORM.implicit_const: return constant
    case FORM.flag_present: return 1
    case FORM.block1: return cursor.take(cursor.u8())
    case FORM.block2: return cursor.take(cursor.u16())
    case FORM.block4: return cursor.take(cursor.u32())
    case FORM.block: case FORM.exprloc: return cursor.take(cursor.leb())
    case FORM.string: return cursor.textBytes(LIMIT.text)
    // DWARF 2 gave references between units the size of an address.
    case FORM.ref_addr: return cursor.fixed(encoding.version <= 2 ? encoding.addressSize : encoding.offsetSize)
    case FORM.strp: case FORM.line_strp: case FORM.sec_offset: case FORM.strp_sup: case FORM.GNU_ref_alt:
    case FORM.GNU_strp_alt: return cursor.fixed(encoding.offsetSize)
    default: throw new Malformed(`form 0x${form.toString(16)}`)
  }
}

/** Reads a value whose form may stand in front of it. Throws Malformed. */
export const readFormed = (cursor: Cursor, form: number, encoding: Encoding, constant?: bigint): Formed => {
  const actual = form === FORM.indirect ? cursor.leb() : form
  if (actual === FORM.indirect || (form === FORM.indirect && actual === FORM.implicit_const)) {
    throw new Malformed('a form that says nothing')
  }
  return { form: actual, value: readForm(cursor, actual, encoding, constant) }
}
