import type { Abbreviation } from './abbreviation.ts'
import { disassemble, type Disassembly } from './disassemble.ts'
import { AT, FORM, LIMIT } from './dwarf.ts'
import type { FrameState } from './expression.ts'
import { type LinePlace, type LineRow, type LineTable, readLineFiles, readLines, type Sequence } from './line.ts'
import { bodyAt, type ModuleLayout, readLayout } from './module.ts'
import { type Names, readNames } from './name.ts'
import { rangesOf } from './range.ts'
import { globalsIn, nameOf, type Scope, scopeAt, type Subprogram, subprogramsOf, type Variable, variablesIn } from './scope.ts'
import { debugSections, type DebugSections } from './section.ts'
import type { Entry, Follow } from './type.ts'
import { type Die, readUnits, type Unit } from './unit.ts'
import { printValue, type Value } from './value.ts'

/** A place in a source text. Lines and columns count from 1; column 0 is not known. */
export interface SourcePlace {
  /** As the compiler was told it, tidied: `/hello.c`. */
  readonly file: string
  readonly line: number
  readonly column: number
}

/** A function of the module. */
export interface FunctionPlace {
  readonly index: number
  readonly name: string
  /** Its body, in code offsets: its locals, then its instructions. */
  readonly start: number
  readonly end: number
}

/** A function on a stack, real or inlined. */
export interface SourceFrame {
  readonly name: string
  readonly inlined: boolean
  /** Where it stands: the instruction, or the call that was inlined. Undefined without line tables. */
  readonly place: SourcePlace | undefined
}

/** Where to stop for a line. */
export interface LinePlaces {
  /** The line that was asked for, or the next one that has code. */
  readonly line: number
  /** Code offsets; several where the compiler made several copies of it. */
  readonly offsets: readonly number[]
}

interface UnitRange {
  readonly start: number
  readonly end: number
  readonly unit: Unit
}

/**
 * What a module and its debugging information say about its source. Everything counts in code offsets: from the
 * payload of the code section on, as DWARF does for wasm. Nothing here throws, whatever the bytes: what cannot be read
 * is not there. What costs is read when it is asked for, one compile unit at a time.
 */
export class Source {
  readonly layout: ModuleLayout
  readonly names: Names
  readonly #sections: DebugSections
  readonly #units: readonly Unit[]
  readonly #typeUnits: readonly Unit[]
  #ranges: readonly UnitRange[] | undefined
  readonly #lines = new Map<number, LineTable>()
  readonly #lineFiles = new Map<number, readonly string[]>()
  readonly #subprograms = new Map<Unit, readonly Subprogram[]>()
  #byFile: ReadonlyMap<string, readonly Unit[]> | undefined

  constructor(layout: ModuleLayout, debug: ReadonlyMap<string, Uint8Array>) {
    this.layout = layout
    this.names = readNames(layout.custom.get('name') ?? debug.get('name'))
    this.#sections = debugSections(debug)
    const tables = new Map<number, ReadonlyMap<number, Abbreviation>>()
    this.#units = readUnits(this.#sections, 'info', tables)
    this.#typeUnits = readUnits(this.#sections, 'types', tables)
  }

  /** Whether it can tell lines. */
  get hasLines(): boolean {
    return this.#sections.line.length > 0 && this.#units.length > 0
  }

  /** The code offset of an offset in the file, as a browser's stack trace has it (`wasm-function[7]:0x1a2`). */
  codeOffset(fileOffset: number): number {
    return fileOffset - this.layout.code.at
  }

  /** The name of a function: its own, that of its export or import, or its index. */
  functionName(index: number): string {
    const { imported, exported } = this.layout
    return this.names.functions.get(index) ?? exported.get(index) ?? imported[index] ?? `func[${index}]`
  }

  /** A function by its index; undefined for one that is imported, or not there. */
  function(index: number): FunctionPlace | undefined {
    const body = this.layout.bodies[index - this.layout.imported.length]
    return body === undefined ? undefined : { index, name: this.functionName(index), ...body }
  }

  functionAt(offset: number): FunctionPlace | undefined {
    const index = bodyAt(this.layout.bodies, offset)
    return index < 0 ? undefined : this.function(index + this.layout.imported.length)
  }

  /** Paths of all sources, in the order of compile units. */
  files(): readonly string[] {
    return [...this.#fileIndex().keys()]
  }

  /** The line that an instruction comes from; undefined for code without one. */
  lineOf(offset: number): SourcePlace | undefined {
    const unit = this.#unitAt(offset)
    const table = unit && this.#tableOf(unit)
    const row = table && rowAt(table.sequences, offset)
    if (table === undefined || row === undefined || row.line === 0) return undefined
    const file = table.files[row.file]
    return file === undefined || file === '' ? undefined : { file, line: row.line, column: row.column }
  }

  /** The stretch of code around an offset that comes from one row of the line table. */
  rowAround(offset: number): { readonly start: number; readonly end: number } | undefined {
    const unit = this.#unitAt(offset)
    const sequence = unit && sequenceAt(this.#tableOf(unit).sequences, offset)
    if (sequence === undefined) return undefined
    const at = rowIndex(sequence.rows, offset)
    const line = sequence.rows[at]
    let [first, next] = [at, at + 1]
    while (first > 0 && sameLine(sequence.rows[first - 1], line)) first--
    while (next < sequence.rows.length && sameLine(sequence.rows[next], line)) next++
    return { start: (sequence.rows[first] as LineRow).offset, end: sequence.rows[next]?.offset ?? sequence.end }
  }

  /** Lines of a file that code comes from, each with the offsets where a breakpoint belongs (is_stmt). */
  linesOf(file: string): ReadonlyMap<number, readonly number[]> {
    const lines = new Map<number, number[]>()
    for (const unit of this.#fileIndex().get(file) ?? []) {
      const { files, sequences } = this.#tableOf(unit)
      for (const { rows } of sequences) {
        rows.forEach((row, i) => {
          if (files[row.file] !== file || row.line === 0 || !row.isStatement || sameLine(rows[i - 1], row)) return
          const offsets = lines.get(row.line)
          if (offsets === undefined) lines.set(row.line, [row.offset])
          else offsets.push(row.offset)
        })
      }
    }
    return lines
  }

  /** Where to stop for a line of a file: as gdb does, at the next line that has code. Undefined after the last. */
  placesOf(file: string, line: number): LinePlaces | undefined {
    const lines = this.linesOf(file)
    let best = Infinity
    for (const each of lines.keys()) if (each >= line && each < best) best = each
    const offsets = lines.get(best)
    return offsets === undefined ? undefined : { line: best, offsets: [...new Set(offsets)].sort((a, b) => a - b) }
  }

  /**
   * The functions that stand at a code offset, the innermost first: those inlined there, then the real one. Empty
   * outside of functions. The offset is that of the call itself, not of what follows it.
   */
  framesAt(offset: number): readonly SourceFrame[] {
    const real = this.functionAt(offset)
    if (real === undefined) return []
    const scope = this.#scopeAt(offset)
    let place = this.lineOf(offset)
    if (scope === undefined) return [{ name: real.name, inlined: false, place }]
    const frames: SourceFrame[] = []
    for (const { entry, file, line, column } of scope.inlined.toReversed()) {
      frames.push({ name: nameOf(entry, this.#follow) ?? '?', inlined: true, place })
      place = this.#placeIn(entry.unit, file, line, column)
    }
    frames.push({ name: nameOf(scope.subprogram, this.#follow) ?? real.name, inlined: false, place })
    return frames
  }

  /** Where the function at a code offset is declared. */
  declarationOf(offset: number): SourcePlace | undefined {
    const subprogram = this.#scopeAt(offset)?.subprogram
    if (subprogram === undefined) return undefined
    const number = (attribute: number): number => subprogram.unit.number(subprogram.die, attribute) ?? 0
    return this.#placeIn(subprogram.unit, number(AT.decl_file), number(AT.decl_line), 0)
  }

  /** Parameters and locals at a code offset, of the innermost function first. Empty without debugging information. */
  variablesAt(offset: number): readonly Variable[] {
    const scope = this.#scopeAt(offset)
    return scope === undefined ? [] : variablesIn(scope, offset, this.#follow)
  }

  /** Variables outside of functions, of the compile unit that the code at an offset is from. */
  globalsAt(offset: number): readonly Variable[] {
    const unit = this.#unitAt(offset)
    if (unit === undefined) return []
    this.#read(unit)
    return globalsIn(unit, this.#follow)
  }

  #unitAt(offset: number): Unit | undefined {
    const ranges = (this.#ranges ??= this.#unitRanges())
    let [low, high] = [0, ranges.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ranges[middle] as UnitRange).start <= offset) low = middle + 1
      else high = middle
    }
    const found = ranges[low - 1]
    return found !== undefined && offset < found.end ? found.unit : undefined
  }

  #unitRanges(): readonly UnitRange[] {
    const { length } = this.layout.code
    const ranges: UnitRange[] = []
    let budget: number = LIMIT.ranges
    for (const unit of this.#units) {
      if (unit.root === undefined || budget <= 0) continue
      const own = rangesOf(unit, unit.root)
      // A unit that doesn't say where its code is has a line table that does.
      const sequences = own.length > 0 ? [] : this.#tableOf(unit).sequences
      const known = own.length > 0 ? own : sequences
      // Units of a damaged file may all have the same long table, with nothing in it that is of use.
      budget -= 1 + known.length + (own.length > 0 ? 0 : rowsOf(sequences) + this.#sections.line.length / 1024)
      for (const { start, end } of known) if (start > 0 && start < end && end <= length) ranges.push({ start, end, unit })
    }
    return ranges.sort((a, b) => a.start - b.start)
  }

  #linePlace(unit: Unit): LinePlace | undefined {
    const { root } = unit
    const offset = root === undefined ? undefined : unit.number(root, AT.stmt_list)
    if (root === undefined || offset === undefined) return undefined
    const { encoding: { addressSize }, bases: { strOffsets } } = unit
    return { offset, compiledIn: unit.text(root, AT.comp_dir) ?? '', addressSize, strOffsetsBase: strOffsets }
  }

  #tableOf(unit: Unit): LineTable {
    const place = this.#linePlace(unit)
    if (place === undefined) return NO_LINES
    const known = this.#lines.get(place.offset)
    if (known !== undefined) return known
    const table = readLines(this.#sections, place, this.layout.code.length)
    if (this.#lines.size >= LIMIT.kept) this.#lines.delete(this.#lines.keys().next().value as number)
    this.#lines.set(place.offset, table)
    return table
  }

  #filesOf(unit: Unit): readonly string[] {
    const place = this.#linePlace(unit)
    if (place === undefined) return []
    const known = this.#lineFiles.get(place.offset) ?? readLineFiles(this.#sections, place)
    this.#lineFiles.set(place.offset, known)
    return known
  }

  #fileIndex(): ReadonlyMap<string, readonly Unit[]> {
    if (this.#byFile !== undefined) return this.#byFile
    const index = new Map<string, Unit[]>()
    let budget: number = LIMIT.abbreviations
    for (const unit of this.#units) {
      for (const file of new Set(this.#filesOf(unit))) {
        if (file === '' || --budget < 0) continue
        const units = index.get(file)
        if (units === undefined) index.set(file, [unit])
        else units.push(unit)
      }
      if (budget < 0) break
    }
    this.#byFile = index
    return index
  }

  #placeIn(unit: Unit, file: number, line: number, column: number): SourcePlace | undefined {
    const path = this.#filesOf(unit)[file]
    return path === undefined || path === '' || line === 0 ? undefined : { file: path, line, column }
  }

  /** Reads the entries of a unit; of units that were read long ago it forgets them. */
  #read(unit: Unit): readonly Subprogram[] {
    const known = this.#subprograms.get(unit)
    if (known !== undefined) return known
    const found = subprogramsOf(unit, this.layout.code.length)
    if (this.#subprograms.size >= LIMIT.kept) {
      const [oldest] = this.#subprograms.keys()
      if (oldest !== undefined) {
        this.#subprograms.delete(oldest)
        oldest.forget()
      }
    }
    this.#subprograms.set(unit, found)
    return found
  }

  #scopeAt(offset: number): Scope | undefined {
    const unit = this.#unitAt(offset)
    if (unit === undefined) return undefined
    const subprogram = this.#read(unit).find(({ ranges }) => ranges.some(({ start, end }) => start <= offset && offset < end))
    return subprogram === undefined ? undefined : scopeAt(subprogram, offset)
  }

  readonly #follow: Follow = ({ unit, die }, attribute) => {
    const found = unit.attribute(die, attribute)
    if (found === undefined || typeof found.value === 'object') return undefined
    switch (found.form) {
      case FORM.ref1: case FORM.ref2: case FORM.ref4: case FORM.ref8: case FORM.ref_udata:
        return entryIn(unit, unit.start + Number(found.value))
      case FORM.ref_addr: return this.#entryAt(Number(found.value))
      case FORM.ref_sig8: return this.#typeBySignature(BigInt(found.value))
      default: return undefined
    }
  }

  #entryAt(offset: number): Entry | undefined {
    let [low, high] = [0, this.#units.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#units[middle] as Unit).end <= offset) low = middle + 1
      else high = middle
    }
    const unit = this.#units[low]
    return unit === undefined ? undefined : entryIn(unit, offset)
  }

  #typeBySignature(signature: bigint): Entry | undefined {
    const unit = this.#typeUnits.find((each) => each.signature === signature) ?? this.#units.find((each) => each.signature === signature)
    return unit === undefined ? undefined : entryIn(unit, unit.start + unit.typeOffset)
  }
}

const NO_LINES: LineTable = { files: [], sequences: [] }

const entryIn = (unit: Unit, offset: number): Entry | undefined => {
  const die: Die | undefined = unit.dies.get(offset)
  return die === undefined ? undefined : { unit, die }
}

const sameLine = (a: LineRow | undefined, b: LineRow | undefined): boolean => a !== undefined && b !== undefined && a.line === b.line && a.file === b.file

const rowsOf = (sequences: readonly Sequence[]): number => sequences.reduce((sum, { rows }) => sum + rows.length, 0)

const sequenceAt = (sequences: readonly Sequence[], offset: number): Sequence | undefined => sequences.find(({ start, end }) => start <= offset && offset < end)

/** The index of the last row at or before an offset. */
const rowIndex = (rows: readonly LineRow[], offset: number): number => {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle] as LineRow).offset <= offset) low = middle + 1
    else high = middle
  }
  return low - 1
}

const rowAt = (sequences: readonly Sequence[], offset: number): LineRow | undefined => {
  const sequence = sequenceAt(sequences, offset)
  return sequence?.rows[rowIndex(sequence.rows, offset)]
}

/**
 * Reads a module for its source. `debug` is its twin with the debugging information, if that is kept apart: its custom
 * sections count where it has them. The code itself need not be in the twin.
 */
export const openSource = (module: Uint8Array, debug?: Uint8Array): Source => {
  const layout = readLayout(module)
  const twin = debug === undefined ? undefined : readLayout(debug).custom
  const has = [...(twin?.keys() ?? [])].some((name) => name.startsWith('.debug_'))
  return new Source(layout, twin !== undefined && has ? twin : layout.custom)
}

/** The value of a variable in a guest at one moment, with what it is made of; printed as gdb prints it. */
export const readVariable = (variable: Variable, state: FrameState): Value =>
  printValue(variable.name, variable.type, variable.locate(state), state)

/** A function of the module as text; undefined if it is imported or not there. */
export const disassemblyOf = ({ layout, names }: Source, index: number): Disassembly | undefined => disassemble(layout, names, index)
