import { Cursor, guarded } from './cursor.ts'
import { FORM, LIMIT } from './dwarf.ts'

/** The shape of entries: a tag, and which attributes follow in which forms (DWARF 5, 7.5.3). */
export interface Abbreviation {
  readonly tag: number
  readonly children: boolean
  readonly attributes: readonly number[]
  readonly forms: readonly number[]
  /** Of DW_FORM_implicit_const, by index. */
  readonly constants: ReadonlyMap<number, bigint>
}

/** Reads the table of a unit; as much of it as is right. */
export const readAbbreviations = (section: Uint8Array, offset: number): ReadonlyMap<number, Abbreviation> => {
  const table = new Map<number, Abbreviation>()
  guarded(() => {
    const cursor = new Cursor(section, offset)
    while (table.size < LIMIT.abbreviations) {
      const code = cursor.leb()
      if (code === 0) return
      const [tag, children] = [cursor.leb(), cursor.u8() !== 0]
      const [attributes, forms, constants]: [number[], number[], Map<number, bigint>] = [[], [], new Map()]
      for (;;) {
        const [attribute, form] = [cursor.leb(), cursor.leb()]
        if (form === FORM.implicit_const) constants.set(forms.length, cursor.signedLeb())
        if (attribute === 0 && form === 0) break
        if (forms.length >= LIMIT.attributes) return
        attributes.push(attribute)
        forms.push(form)
      }
      if (!table.has(code)) table.set(code, { tag, children, attributes, forms, constants })
    }
  }, undefined)
  return table
}
