// What a module asks of its host and offers it, read from its bytes: the JavaScript API tells no signatures.

export interface ModuleImport {
  readonly module: string
  readonly name: string
  /** 'i32 i32 -> i32'; undefined for what is no function */
  readonly signature: string | undefined
}

export interface ModuleInterface {
  readonly imports: readonly ModuleImport[]
  readonly exports: readonly string[]
}

/** A row of include/linux/calls.h. */
export interface LinuxCall {
  readonly number: number
  readonly name: string
  readonly arity: number
}

const VALUE_TYPES: Readonly<Record<number, string>> = {
  0x7f: 'i32', 0x7e: 'i64', 0x7d: 'f32', 0x7c: 'f64', 0x7b: 'v128', 0x70: 'funcref', 0x6f: 'externref',
}
const TYPE_SECTION = 1
const IMPORT_SECTION = 2
const EXPORT_SECTION = 7
const [KIND_FUNCTION, KIND_TABLE, KIND_MEMORY] = [0, 1, 2]
const FUNCTION_TYPE = 0x60
const HEADER_BYTES = 8

class Reader {
  at: number
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes
    this.at = at
  }

  byte(): number {
    const byte = this.bytes[this.at++]
    if (byte === undefined) throw new Error('the module ends in the middle of a section')
    return byte
  }

  /** Unsigned LEB128. */
  count(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte()
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
  }

  name(): string {
    const length = this.count()
    this.at += length
    return new TextDecoder().decode(this.bytes.subarray(this.at - length, this.at))
  }

  vector<T>(item: () => T): T[] {
    return Array.from({ length: this.count() }, item)
  }
}

const readSignature = (reader: Reader): string => {
  const form = reader.byte()
  if (form !== FUNCTION_TYPE) throw new Error(`a type of form 0x${form.toString(16)}`)
  const types = (): string => reader.vector(() => VALUE_TYPES[reader.byte()] ?? '?').join(' ')
  const parameters = types()
  return `${parameters} -> ${types()}`.trim()
}

const skipLimits = (reader: Reader): void => {
  const flags = reader.byte()
  reader.count()
  if ((flags & 1) !== 0) reader.count()
}

const readImport = (reader: Reader, signatures: readonly string[]): ModuleImport => {
  const module = reader.name()
  const name = reader.name()
  const kind = reader.byte()
  if (kind === KIND_FUNCTION) return { module, name, signature: signatures[reader.count()] }
  if (kind === KIND_TABLE) reader.byte()
  if (kind === KIND_TABLE || kind === KIND_MEMORY) skipLimits(reader)
  else reader.at += 2 // a global: its type, and whether it is mutable
  return { module, name, signature: undefined }
}

/** Reads the sections of types, imports and exports. Throws an Error on bytes that are no module of functions. */
export const readInterface = (bytes: Uint8Array): ModuleInterface => {
  let signatures: readonly string[] = []
  let imports: readonly ModuleImport[] = []
  let exports: readonly string[] = []
  const reader = new Reader(bytes, HEADER_BYTES)
  while (reader.at < bytes.length) {
    const section = reader.byte()
    const length = reader.count()
    const end = reader.at + length
    if (section === TYPE_SECTION) signatures = reader.vector(() => readSignature(reader))
    if (section === IMPORT_SECTION) imports = reader.vector(() => readImport(reader, signatures))
    if (section === EXPORT_SECTION) {
      exports = reader.vector(() => {
        const name = reader.name()
        reader.byte()
        reader.count()
        return name
      })
    }
    reader.at = end
  }
  return { imports, exports }
}

/** The table of the import module `linux`, from the text of include/linux/calls.h. */
export const readCalls = (header: string): readonly LinuxCall[] =>
  [...header.matchAll(/^LINUX_CALL\((\d+), (\w+), (\d),/gm)].map(([, number, name, arity]) => ({
    number: Number(number), name: name ?? '', arity: Number(arity),
  }))

/** What is wrong with a program of the SDK, in sentences: an import beside the two tables, or one that is not i32s. */
export const complaintsAbout = (bytes: Uint8Array, calls: readonly LinuxCall[]): readonly string[] => {
  const { imports, exports } = readInterface(bytes)
  const complaints = imports.flatMap(({ module, name, signature }) => {
    if (module === 'wasi_snapshot_preview1') return []
    const call = module === 'linux' ? calls.find((row) => row.name === name) : undefined
    if (call === undefined) return [`${module}.${name} is in no table`]
    const wanted = `${Array.from({ length: call.arity }, () => 'i32').join(' ')} -> i32`.trim()
    return signature === wanted ? [] : [`linux.${name} is ${signature}, not ${wanted}`]
  })
  const handles = imports.some(({ module, name }) => module === 'linux' && name === 'rt_sigaction')
  const enters = exports.includes('__linux_signal')
  if (enters && !handles) return [...complaints, 'exports __linux_signal, but has no handlers']
  return complaints
}
