import { Cursor, guarded, Malformed } from './cursor.ts'
import { FORM, LIMIT } from './dwarf.ts'
import { type Encoding, readFormed } from './form.ts'
import { lossyText } from '../kernel/text.ts'
import { type DebugSections, textAt, unitLength } from './section.ts'

/** A row of a line table: from `offset` on, code comes from this line. */
export interface LineRow {
  readonly offset: number
  /** Index into the table's `files`. */
  readonly file: number
  /** From 1; 0 for code of no line. */
  readonly line: number
  readonly column: number
  /** A good place for a breakpoint. */
  readonly isStatement: boolean
}

/** The rows of one stretch of code, in its order; the last code offset belongs to it no more. */
export interface Sequence {
  readonly start: number
  readonly end: number
  readonly rows: readonly LineRow[]
}

export interface LineTable {
  /** Paths by file number; '' where the table has none. */
  readonly files: readonly string[]
  readonly sequences: readonly Sequence[]
}

interface Header {
  readonly files: string[]
  readonly program: Cursor
  readonly encoding: Encoding
  readonly minimum: number
  readonly operations: number
  readonly statement: boolean
  readonly lineBase: number
  readonly lineRange: number
  readonly opcodeBase: number
  readonly lengths: readonly number[]
}

const joined = (folder: string, name: string): string =>
  name.startsWith('/') || folder === '' || /^[A-Za-z]:[\\/]/.test(name) ? name : `${folder.replace(/\/$/, '')}/${name}`

/** `./` and what `../` takes back are left out. */
const tidy = (path: string): string => {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '.' || (part === '' && parts.length > 0)) continue
    if (part === '..' && parts.length > 1 && parts.at(-1) !== '..') parts.pop()
    else parts.push(part)
  }
  return parts.join('/')
}

/** Directories or files of DWARF 5: a format, then entries of it (6.2.4.1). */
const readEntries = (cursor: Cursor, encoding: Encoding, sections: DebugSections, strOffsetsBase: number): { path: string; folder: number }[] => {
  const format: [content: number, form: number][] = []
  for (let left = cursor.u8(); left > 0; left--) format.push([cursor.leb(), cursor.leb()])
  const count = cursor.leb()
  if (count > LIMIT.files || (format.length === 0 && count > 0)) throw new Malformed('a table of too many files')
  return Array.from({ length: count }, () => {
    let path = ''
    let folder = 0
    for (const [content, form] of format) {
      const { form: actual, value } = readFormed(cursor, form, encoding)
      if (content === 1) path = pathOf(actual, value, encoding, sections, strOffsetsBase)
      else if (content === 2 && typeof value !== 'object') folder = Number(value)
    }
    return { path, folder }
  })
}

const pathOf = (form: number, value: number | bigint | Uint8Array, { offsetSize }: Encoding, { str, lineStr, strOffsets }: DebugSections, base: number): string => {
  if (value instanceof Uint8Array) return lossyText(value)
  switch (form) {
    case FORM.strp: return textAt(str, Number(value))
    case FORM.line_strp: return textAt(lineStr, Number(value))
    default: return textAt(str, new Cursor(strOffsets, base + Number(value) * offsetSize).fixed(offsetSize))
  }
}

const readFiles4 = (cursor: Cursor, compiledIn: string): string[] => {
  const folders = [compiledIn]
  for (let text = cursor.text(LIMIT.text); text !== ''; text = cursor.text(LIMIT.text)) folders.push(joined(compiledIn, text))
  const files = ['']
  for (let name = cursor.text(LIMIT.text); name !== ''; name = cursor.text(LIMIT.text)) {
    if (files.length >= LIMIT.files) throw new Malformed('a table of too many files')
    files.push(tidy(joined(folders[cursor.leb()] ?? '', name)))
    cursor.leb()
    cursor.leb()
  }
  return files
}

/** Where a unit's line table is, and what its paths are relative to. */
export interface LinePlace {
  readonly offset: number
  readonly compiledIn: string
  readonly addressSize: number
  readonly strOffsetsBase: number
}

const readHeader = (sections: DebugSections, { offset, compiledIn, addressSize, strOffsetsBase }: LinePlace): Header => {
  const all = new Cursor(sections.line, offset)
  const { length, offsetSize } = unitLength(all)
  const cursor = all.part(length)
  const version = cursor.u16()
  if (version < 2 || version > 5) throw new Malformed('a line table of no known version')
  let ownAddressSize = addressSize
  if (version >= 5) {
    ownAddressSize = cursor.u8()
    cursor.u8()
  }
  const encoding = { version, addressSize: ownAddressSize, offsetSize }
  const headerLength = cursor.fixed(offsetSize)
  const programAt = cursor.at + headerLength
  const minimum = cursor.u8()
  const operations = version >= 4 ? cursor.u8() : 1
  const statement = cursor.u8() !== 0
  const lineBase = (cursor.u8() << 24) >> 24
  const [lineRange, opcodeBase] = [cursor.u8(), cursor.u8()]
  if (lineRange === 0 || opcodeBase === 0) throw new Malformed('a line table that divides by zero')
  const lengths = [0]
  for (let i = 1; i < opcodeBase; i++) lengths.push(cursor.u8())
  let files: string[]
  if (version >= 5) {
    const folders = readEntries(cursor, encoding, sections, strOffsetsBase).map(({ path }) => joined(compiledIn, path))
    files = readEntries(cursor, encoding, sections, strOffsetsBase).map(({ path, folder }) => tidy(joined(folders[folder] ?? '', path)))
  } else files = readFiles4(cursor, compiledIn)
  return {
    files, program: new Cursor(sections.line, programAt, cursor.end), encoding, minimum, operations, statement, lineBase,
    lineRange, opcodeBase, lengths,
  }
}

/** The files of a line table alone, by number. */
export const readLineFiles = (sections: DebugSections, place: LinePlace): readonly string[] =>
  guarded(() => readHeader(sections, place).files, [])

/** Standard opcodes (DWARF 5, 6.2.5.2) and extended ones (6.2.5.3). */
const LNS = {
  extended: 0, copy: 1, advance_pc: 2, advance_line: 3, set_file: 4, set_column: 5, negate_stmt: 6, const_add_pc: 8,
  fixed_advance_pc: 9,
} as const
const LNE = { end_sequence: 1, set_address: 2, define_file: 3 } as const

/**
 * Runs a line number program. Sequences of code that is gone (a linker leaves it at 0 or near 0xffffffff) are dropped:
 * `codeLength` is the length of the code section.
 */
export const readLines = (sections: DebugSections, place: LinePlace, codeLength: number): LineTable => {
  const sequences: Sequence[] = []
  const header = guarded(() => readHeader(sections, place), undefined)
  if (header === undefined) return { files: [], sequences }
  guarded(() => runProgram(header, codeLength, sequences), undefined)
  return { files: header.files, sequences: sequences.sort((a, b) => a.start - b.start) }
}

const runProgram = (header: Header, codeLength: number, sequences: Sequence[]): void => {
  const { program, minimum, lineBase, lineRange, opcodeBase, lengths, statement, operations, files } = header
  let [offset, file, line, column, isStatement, operation] = [0, 1, 1, 0, statement, 0]
  let rows: LineRow[] = []
  let total = 0
  const advance = (by: number): void => {
    if (operations <= 1) offset += minimum * by
    else {
      offset += minimum * Math.floor((operation + by) / operations)
      operation = (operation + by) % operations
    }
  }
  const row = (): void => {
    if (++total > LIMIT.rows) throw new Malformed('a line table without end')
    const last = rows.at(-1)
    const next = { offset, file, line, column, isStatement }
    if (last !== undefined && last.offset === offset && last.line === line && last.file === file && last.isStatement) return
    rows.push(next)
  }
  const endSequence = (): void => {
    const start = rows[0]?.offset ?? 0
    const ordered = rows.every((each, i) => i === 0 || (rows[i - 1] as LineRow).offset <= each.offset)
    if (start > 0 && offset > start && offset <= codeLength && ordered) sequences.push({ start, end: offset, rows })
    rows = []
    ;[offset, file, line, column, isStatement, operation] = [0, 1, 1, 0, statement, 0]
  }
  while (program.left > 0) {
    const opcode = program.u8()
    if (opcode >= opcodeBase) {
      const adjusted = opcode - opcodeBase
      advance(Math.floor(adjusted / lineRange))
      line += lineBase + (adjusted % lineRange)
      row()
      continue
    }
    switch (opcode) {
      case LNS.extended: {
        const part = program.part(program.leb())
        if (part.left === 0) break
        const kind = part.u8()
        if (kind === LNE.end_sequence) endSequence()
        else if (kind === LNE.set_address) offset = part.fixed(part.left)
        else if (kind === LNE.define_file) files.push(part.text(LIMIT.text))
        break
      }
      case LNS.copy: row(); break
      case LNS.advance_pc: advance(program.leb()); break
      case LNS.advance_line: line += Number(program.signedLeb()); break
      case LNS.set_file: file = program.leb(); break
      case LNS.set_column: column = program.leb(); break
      case LNS.negate_stmt: isStatement = !isStatement; break
      case LNS.const_add_pc: advance(Math.floor((255 - opcodeBase) / lineRange)); break
      case LNS.fixed_advance_pc: offset += program.u16(); operation = 0; break
      // Those that only say more about a place (basic block, prologue, ISA), and those that are not known.
      default: for (let left = lengths[opcode] ?? 0; left > 0; left--) program.leb()
    }
  }
}
