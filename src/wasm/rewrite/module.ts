import { Malformed, Reader } from './bytes.ts'
import { skipConstant } from './constant.ts'
import { MAX_ARITY, MAX_MODULE_BYTES, MAX_PAGES } from './limit.ts'
import { Refused } from './problem.ts'
import { refuseForeign } from './foreign.ts'

export type ValType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128' | 'funcref' | 'externref' | 'exnref'

export interface FunctionType {
  readonly params: readonly ValType[]
  readonly results: readonly ValType[]
}

export type ExportKind = 'func' | 'table' | 'memory' | 'global' | 'tag'

export interface Export {
  readonly name: string
  readonly kind: ExportKind
  readonly index: number
}

export interface Limits {
  readonly initial: number
  readonly maximum?: number
  /** Of a memory: it was declared shared, for wasi-threads. Here it is not. */
  readonly shared?: true
}

/** A section: its id, where it starts (with its id), and where its payload lies. Offsets in the file. */
export interface Section {
  readonly id: number
  /** Of a custom section. */
  readonly name?: string
  readonly start: number
  readonly payload: number
  readonly end: number
}

/** All of a module that lies outside function bodies. */
export interface Module {
  readonly bytes: Uint8Array
  readonly sections: Section[]
  readonly types: FunctionType[]
  readonly imports: { readonly module: string; readonly name: string; readonly type: number }[]
  /** The type of each function, imported ones first. */
  readonly functions: number[]
  readonly tables: { readonly type: ValType; readonly limits: Limits }[]
  memory: Limits | undefined
  /** Where the import of the memory lies, of a module that has its memory from outside. Offsets in the file. */
  memoryImport: { readonly start: number; readonly end: number } | undefined
  readonly globals: { readonly type: ValType; readonly mutable: boolean }[]
  /** The type of each tag. */
  readonly tags: number[]
  readonly exports: Export[]
  start: number | undefined
}

export const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
  tag: 13,
} as const

/** Ids in the order in which a module must have them. */
export const SECTION_ORDER = [1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11] as const

const VALUE_TYPES: Readonly<Record<number, ValType>> = {
  0x7f: 'i32',
  0x7e: 'i64',
  0x7d: 'f32',
  0x7c: 'f64',
  0x7b: 'v128',
  0x70: 'funcref',
  0x6f: 'externref',
  0x69: 'exnref',
}

/** What values of these types take in memory, in bytes, where none takes less than eight. */
export function valueBytes(types: readonly ValType[]): number {
  let bytes = 0
  for (const type of types) bytes += type === 'v128' ? 16 : 8
  return bytes
}

export function readValType(reader: Reader): ValType {
  const at = reader.at
  const byte = reader.u8()
  const type = VALUE_TYPES[byte]
  if (type !== undefined) return type
  if (byte >= 0x63 && byte <= 0x78) {
    throw new Refused(
      'unsupported',
      'This module uses garbage-collected or typed references, which are not supported here.',
      at,
    )
  }
  throw new Malformed('a type is unknown', at)
}

function readType(reader: Reader): FunctionType {
  const at = reader.at
  const form = reader.u8()
  if (form !== 0x60) {
    if (form >= 0x4e && form <= 0x5f) {
      throw new Refused(
        'unsupported',
        'This module declares garbage-collected types, which are not supported here.',
        at,
      )
    }
    throw new Malformed('a type is not a function type', at)
  }
  const list = (): ValType[] => {
    const start = reader.at
    const count = reader.count()
    if (count > MAX_ARITY)
      throw new Malformed(`a function type has more than ${MAX_ARITY} parameters or results`, start)
    return Array.from({ length: count }, () => readValType(reader))
  }
  return { params: list(), results: list() }
}

/** Limits of a table (`what` 'table') or a memory, with the flags that only memories have. */
function readLimits(reader: Reader, what: 'table' | 'memory'): Limits {
  const at = reader.at
  const flags = reader.u8()
  if (flags & 4) {
    throw new Refused('memory64', `This module has a 64-bit ${what} (memory64). Guests have 32-bit memories here.`, at)
  }
  if (flags & 8)
    throw new Refused(
      'unsupported',
      'This module asks for memory pages of its own size, which is not supported here.',
      at,
    )
  const shared = what === 'memory' && flags === 3
  if (flags > 1 && !shared) throw new Malformed('limits have unknown flags', at)
  const initial = reader.u32()
  if (shared) return { initial, maximum: reader.u32(), shared: true }
  return flags & 1 ? { initial, maximum: reader.u32() } : { initial }
}

const IMPORT_KINDS = ['functions', 'a table', 'a memory', 'a global variable', 'an exception tag'] as const

function readImport(module: Module, reader: Reader): void {
  const at = reader.at
  const from = reader.name()
  const name = reader.name()
  const kind = reader.u8()
  if (kind === 0) {
    if (from === 'skipcall')
      throw new Refused('reserved-name', `This module imports ${from}.${name}, a name that is kept for the engine.`, at)
    const type = reader.u32()
    checkIndex(type, module.types.length, 'type', at)
    module.imports.push({ module: from, name, type })
    module.functions.push(type)
    return
  }
  // wasi-threads: each thread's instance gets the memory from outside.
  if (kind === 2 && isShared(reader)) {
    setMemory(module, reader)
    module.memoryImport = { start: at, end: reader.at }
    return
  }
  const what = IMPORT_KINDS[kind]
  if (what === undefined) throw new Malformed('an import is of no known kind', at)
  throw new Refused(
    'import-kind',
    `This module imports ${what} (${from}.${name}). A WASI command imports functions only.`,
    at,
  )
}

export function checkIndex(index: number, count: number, what: string, offset: number): void {
  if (index >= count) throw new Malformed(`${what} ${index} does not exist`, offset)
}

function readTable(module: Module, reader: Reader): void {
  if (reader.bytes[reader.at] === 0x40) {
    reader.skip(2)
    const type = readValType(reader)
    module.tables.push({ type, limits: readLimits(reader, 'table') })
    skipConstant(reader)
    return
  }
  const type = readValType(reader)
  module.tables.push({ type, limits: readLimits(reader, 'table') })
}

const isShared = (reader: Reader): boolean => ((reader.bytes[reader.at] ?? 0) & 2) !== 0

function setMemory(module: Module, reader: Reader): void {
  const at = reader.at
  const limits = readLimits(reader, 'memory')
  if (module.memory !== undefined)
    throw new Refused('several-memories', 'This module has several memories. A guest has one.', at)
  if (limits.initial > MAX_PAGES) {
    const sentence = `This module starts with ${limits.initial} pages of memory; a guest may have ${MAX_PAGES} (1 GiB).`
    throw new Refused('memory-size', sentence, at)
  }
  module.memory = limits
}

function readGlobal(module: Module, reader: Reader): void {
  const type = readValType(reader)
  const at = reader.at
  const mutable = reader.u8()
  if (mutable > 1) throw new Malformed('a global is neither constant nor mutable', at)
  module.globals.push({ type, mutable: mutable === 1 })
  skipConstant(reader)
}

const EXPORT_KINDS: readonly ExportKind[] = ['func', 'table', 'memory', 'global', 'tag']

function readExport(module: Module, reader: Reader): void {
  const at = reader.at
  const name = reader.name()
  const kind = EXPORT_KINDS[reader.u8()]
  if (kind === undefined) throw new Malformed('an export is of no known kind', at)
  if (name.startsWith('skipcall.'))
    throw new Refused('reserved-name', `This module exports ${name}, a name that is kept for the engine.`, at)
  const index = reader.u32()
  const counts = {
    func: module.functions.length,
    table: module.tables.length,
    memory: module.memory === undefined ? 0 : 1,
    global: module.globals.length,
    tag: module.tags.length,
  }
  checkIndex(index, counts[kind], kind, at)
  module.exports.push({ name, kind, index })
}

const READERS: Readonly<Record<number, (module: Module, reader: Reader) => void>> = {
  [SECTION.type]: (module, reader) => module.types.push(readType(reader)),
  [SECTION.import]: readImport,
  [SECTION.function]: (module, reader) => {
    const at = reader.at
    const type = reader.u32()
    checkIndex(type, module.types.length, 'type', at)
    module.functions.push(type)
  },
  [SECTION.table]: readTable,
  [SECTION.memory]: setMemory,
  [SECTION.tag]: (module, reader) => {
    const at = reader.at
    if (reader.u8() !== 0) throw new Malformed('a tag is not an exception', at)
    const type = reader.u32()
    checkIndex(type, module.types.length, 'type', at)
    module.tags.push(type)
  },
  [SECTION.global]: readGlobal,
  [SECTION.export]: readExport,
}

function readSection(module: Module, section: Section): void {
  const reader = new Reader(module.bytes, section.payload, section.end)
  if (section.id === SECTION.start) {
    module.start = reader.u32()
    checkIndex(module.start, module.functions.length, 'function', section.payload)
    const { params, results } = module.types[module.functions[module.start]!]!
    if (params.length + results.length > 0)
      throw new Malformed('the start function has parameters or results', section.payload)
  } else {
    const read = READERS[section.id]
    if (read === undefined) return
    const count = reader.count()
    for (let index = 0; index < count; index++) read(module, reader)
  }
  if (!reader.done()) throw new Malformed('a section holds more than it declares', reader.at)
}

/** Reads everything outside function bodies, and refuses what cannot be a guest. Throws Malformed or Refused. */
export function readModule(bytes: Uint8Array): Module {
  if (bytes.length > MAX_MODULE_BYTES) {
    throw new Refused(
      'too-large',
      `This file has ${Math.ceil(bytes.length / 2 ** 20)} MiB; modules over 128 MiB are refused.`,
    )
  }
  refuseForeign(bytes)
  const module: Module = {
    bytes,
    sections: [],
    types: [],
    imports: [],
    functions: [],
    tables: [],
    memory: undefined,
    memoryImport: undefined,
    globals: [],
    tags: [],
    exports: [],
    start: undefined,
  }
  const reader = new Reader(bytes, 8, bytes.length)
  let order = -1
  while (!reader.done()) {
    const start = reader.at
    const id = reader.u8()
    const part = reader.part(reader.u32())
    if (id === SECTION.custom) {
      module.sections.push({ id, name: part.name(), start, payload: part.at, end: part.end })
      continue
    }
    const place = (SECTION_ORDER as readonly number[]).indexOf(id)
    if (place < 0) throw new Malformed(`a section has the unknown number ${id}`, start)
    if (place <= order) throw new Malformed(`section ${id} is out of order`, start)
    order = place
    const section = { id, start, payload: part.at, end: part.end }
    module.sections.push(section)
    readSection(module, section)
  }
  return module
}
