import { type Abbreviation, readAbbreviations } from './abbreviation.ts'
import { Cursor, guarded, Malformed } from './cursor.ts'
import { AT, FORM, LIMIT, UT } from './dwarf.ts'
import { type Encoding, type Formed, type FormValue, readForm, readFormed } from './form.ts'
import { lossyText } from '../kernel/text.ts'
import { type DebugSections, textAt, unitLength } from './section.ts'

/** A debugging information entry. Attributes are read by `attribute`. */
export interface Die {
  /** Its offset in the section, which is what refers to it. */
  readonly offset: number
  readonly tag: number
  readonly abbreviation: Abbreviation
  readonly values: readonly FormValue[]
  /** The forms of `values`, where DW_FORM_indirect hides them; otherwise the abbreviation's. */
  readonly forms: readonly number[]
  readonly children: Die[]
}

/** Where the tables begin that a unit's indices are into. */
interface Bases {
  strOffsets: number
  addr: number
  rnglists: number
  loclists: number
  ranges: number
}

/** A unit of .debug_info (or of .debug_types). Its entries are read when they are asked for, and kept. */
export class Unit {
  readonly sections: DebugSections
  readonly encoding: Encoding
  /** The section's bytes, where its header begins, its first entry, and its end. */
  readonly bytes: Uint8Array
  readonly start: number
  readonly at: number
  readonly end: number
  readonly abbreviationsAt: number
  /** Of a type unit: how others name it, and the offset of its type from `start`. */
  readonly signature: bigint | undefined
  readonly typeOffset: number
  readonly bases: Bases = { strOffsets: 0, addr: 0, rnglists: 0, loclists: 0, ranges: 0 }
  /** What an address without another base counts from: DW_AT_low_pc of the unit. */
  base = 0
  #root: Die | undefined
  #rootRead = false
  #tree: ReadonlyMap<number, Die> | undefined
  #abbreviations: ReadonlyMap<number, Abbreviation> | undefined
  readonly #tables: Map<number, ReadonlyMap<number, Abbreviation>>

  constructor(header: UnitHeader, sections: DebugSections, tables: Map<number, ReadonlyMap<number, Abbreviation>>) {
    this.sections = sections
    this.encoding = header.encoding
    this.bytes = header.bytes
    this.start = header.start
    this.at = header.at
    this.end = header.end
    this.abbreviationsAt = header.abbreviationsAt
    this.signature = header.signature
    this.typeOffset = header.typeOffset
    this.#tables = tables
  }

  /** Its first entry, without children; undefined if it cannot be read. */
  get root(): Die | undefined {
    if (this.#rootRead) return this.#root
    this.#rootRead = true
    this.#root = guarded(() => this.#readDie(new Cursor(this.bytes, this.at, this.end)), undefined)
    if (this.#root !== undefined) this.#setBases(this.#root)
    return this.#root
  }

  /** Its entries by offset; those before a mistake if there is one. */
  get dies(): ReadonlyMap<number, Die> {
    if (this.#tree !== undefined) return this.#tree
    const dies = new Map<number, Die>()
    this.#tree = dies
    if (this.root === undefined) return dies
    guarded(() => {
      const cursor = new Cursor(this.bytes, this.at, this.end)
      const open: Die[] = []
      while (cursor.left > 0 && dies.size < LIMIT.dies) {
        const die = this.#readDie(cursor)
        if (die === undefined) {
          open.pop()
          if (open.length === 0) return
          continue
        }
        dies.set(die.offset, die)
        open.at(-1)?.children.push(die)
        if (die.abbreviation.children) open.push(die)
        else if (open.length === 0) return
      }
    }, undefined)
    return dies
  }

  /** Its first entry with all below it. */
  get tree(): Die | undefined {
    return this.dies.get(this.at)
  }

  /** Whether its entries have been read. */
  get isRead(): boolean {
    return this.#tree !== undefined
  }

  forget(): void {
    this.#tree = undefined
  }

  attribute(die: Die, attribute: number): Formed | undefined {
    const index = die.abbreviation.attributes.indexOf(attribute)
    const [form, value] = [die.forms[index], die.values[index]]
    return form === undefined || value === undefined ? undefined : { form, value }
  }

  /** A constant; undefined for what is none. */
  number(die: Die, attribute: number): number | undefined {
    const value = this.attribute(die, attribute)?.value
    return typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : undefined
  }

  flag(die: Die, attribute: number): boolean {
    return this.number(die, attribute) === 1
  }

  /** A text, wherever it stands. */
  text(die: Die, attribute: number): string | undefined {
    const found = this.attribute(die, attribute)
    return found === undefined ? undefined : this.textOf(found)
  }

  textOf({ form, value }: Formed): string | undefined {
    if (value instanceof Uint8Array) return form === FORM.string ? lossyText(value) : undefined
    const { str, lineStr, strOffsets } = this.sections
    const offset = Number(value)
    return guarded(() => {
      switch (form) {
        case FORM.strp: return textAt(str, offset)
        case FORM.line_strp: return textAt(lineStr, offset)
        case FORM.strx: case FORM.strx1: case FORM.strx2: case FORM.strx3: case FORM.strx4: case FORM.GNU_str_index: {
          const { offsetSize } = this.encoding
          return textAt(str, new Cursor(strOffsets, this.bases.strOffsets + offset * offsetSize).fixed(offsetSize))
        }
        default: return undefined
      }
    }, undefined)
  }

  /** An address, direct or from .debug_addr; undefined for what is none. */
  address(found: Formed | undefined): number | undefined {
    if (found === undefined || typeof found.value !== 'number') return undefined
    switch (found.form) {
      case FORM.addr: return found.value
      case FORM.addrx: case FORM.addrx1: case FORM.addrx2: case FORM.addrx3: case FORM.addrx4: case FORM.GNU_addr_index:
        return this.indexedAddress(found.value)
      default: return undefined
    }
  }

  /** An entry of the unit's part of .debug_addr. */
  indexedAddress(index: number): number | undefined {
    const { addressSize } = this.encoding
    return guarded(() => new Cursor(this.sections.addr, this.bases.addr + index * addressSize).fixed(addressSize), undefined)
  }

  /** Reads one entry, or undefined for the null entry that ends a row of siblings. Throws Malformed. */
  #readDie(cursor: Cursor): Die | undefined {
    const offset = cursor.at
    const code = cursor.leb()
    if (code === 0) return undefined
    const abbreviation = this.#table().get(code)
    if (abbreviation === undefined) throw new Malformed('an entry without a shape')
    const values: FormValue[] = []
    let forms: readonly number[] = abbreviation.forms
    for (let i = 0; i < abbreviation.forms.length; i++) {
      const form = abbreviation.forms[i] as number
      if (form === FORM.indirect) {
        const formed = readFormed(cursor, form, this.encoding)
        forms = forms.map((each, k) => (k === i ? formed.form : each))
        values.push(formed.value)
      } else values.push(readForm(cursor, form, this.encoding, form === FORM.implicit_const ? abbreviation.constants.get(i) : undefined))
    }
    return { offset, tag: abbreviation.tag, abbreviation, values, forms, children: [] }
  }

  #table(): ReadonlyMap<number, Abbreviation> {
    let table = this.#abbreviations ?? this.#tables.get(this.abbreviationsAt)
    if (table === undefined) {
      table = readAbbreviations(this.sections.abbrev, this.abbreviationsAt)
      this.#tables.set(this.abbreviationsAt, table)
    }
    this.#abbreviations = table
    return table
  }

  #setBases(root: Die): void {
    // Without an attribute a table begins after its first header (DWARF 5, 7.26 to 7.29).
    const wide = this.encoding.offsetSize === 8
    const five = this.encoding.version >= 5
    this.bases.strOffsets = this.number(root, AT.str_offsets_base) ?? (five ? (wide ? 16 : 8) : 0)
    this.bases.addr = this.number(root, AT.addr_base) ?? this.number(root, AT.GNU_addr_base) ?? (five ? (wide ? 16 : 8) : 0)
    this.bases.rnglists = this.number(root, AT.rnglists_base) ?? (wide ? 20 : 12)
    this.bases.loclists = this.number(root, AT.loclists_base) ?? (wide ? 20 : 12)
    this.bases.ranges = this.number(root, AT.GNU_ranges_base) ?? 0
    this.base = this.address(this.attribute(root, AT.low_pc)) ?? 0
  }
}

interface UnitHeader {
  readonly encoding: Encoding
  readonly bytes: Uint8Array
  readonly start: number
  readonly at: number
  readonly end: number
  readonly abbreviationsAt: number
  readonly signature: bigint | undefined
  readonly typeOffset: number
}

const readHeader = (bytes: Uint8Array, cursor: Cursor, typeUnits: boolean): UnitHeader | undefined => {
  const start = cursor.at
  const { length, offsetSize } = unitLength(cursor)
  const part = cursor.part(length)
  return guarded(() => {
    const version = part.u16()
    if (version < 2 || version > 5) return undefined
    const kind = version >= 5 ? part.u8() : typeUnits ? UT.type : UT.compile
    let addressSize = version >= 5 ? part.u8() : 0
    const abbreviationsAt = part.fixed(offsetSize)
    if (version < 5) addressSize = part.u8()
    if (addressSize !== 4 && addressSize !== 8) return undefined
    const ofType = kind === UT.type || kind === UT.split_type
    const signature = ofType ? part.u64() : undefined
    const typeOffset = ofType ? part.fixed(offsetSize) : 0
    if (kind === UT.skeleton || kind === UT.split_compile) part.skip(8)
    const encoding = { version, addressSize, offsetSize }
    return { encoding, bytes, start, at: part.at, end: part.end, abbreviationsAt, signature, typeOffset }
  }, undefined)
}

/** The units of .debug_info or .debug_types, of which only the headers are read now. */
export const readUnits = (
  sections: DebugSections, which: 'info' | 'types', tables: Map<number, ReadonlyMap<number, Abbreviation>>,
): readonly Unit[] => {
  const units: Unit[] = []
  guarded(() => {
    const cursor = new Cursor(sections[which])
    while (cursor.left > 0 && units.length < LIMIT.units) {
      const header = readHeader(sections[which], cursor, which === 'types')
      if (header !== undefined) units.push(new Unit(header, sections, tables))
    }
  }, undefined)
  return units
}
