import { Cursor, guarded, Malformed } from './cursor.ts'

/** A value type as the text format spells it; an index for a reference to a type of the module. */
export interface FunctionType {
  readonly params: readonly string[]
  readonly results: readonly string[]
}

/** The body of a function: its locals and instructions. Offsets count from the code section's payload, as DWARF's do. */
export interface Body {
  readonly start: number
  readonly end: number
}

/** What of a module can be read without looking into its functions. Nothing is missing from a module that is valid. */
export interface ModuleLayout {
  readonly bytes: Uint8Array
  /** File offset and length of the code section's payload; 0 and 0 if there is none. */
  readonly code: { readonly at: number; readonly length: number }
  readonly types: readonly FunctionType[]
  /** `module.name` of each imported function, by index. */
  readonly imported: readonly string[]
  /** The type of each function by index, imported ones first. */
  readonly functionTypes: readonly number[]
  /** Exported names by function index, the first of several. */
  readonly exported: ReadonlyMap<number, string>
  readonly bodies: readonly Body[]
  /** Payloads of custom sections, the last of several of one name. */
  readonly custom: ReadonlyMap<string, Uint8Array>
}

const VALUE_TYPES: Readonly<Record<number, string>> = {
  0x7f: 'i32', 0x7e: 'i64', 0x7d: 'f32', 0x7c: 'f64', 0x7b: 'v128', 0x70: 'funcref', 0x6f: 'externref', 0x69: 'exnref',
  0x74: 'nullexnref', 0x73: 'nullfuncref', 0x72: 'nullexternref', 0x71: 'nullref', 0x6e: 'anyref', 0x6d: 'eqref',
  0x6c: 'i31ref', 0x6b: 'structref', 0x6a: 'arrayref',
}

const HEAP_TYPES: Readonly<Record<number, string>> = {
  0x70: 'func', 0x6f: 'extern', 0x69: 'exn', 0x74: 'noexn', 0x73: 'nofunc', 0x72: 'noextern', 0x71: 'none',
  0x6e: 'any', 0x6d: 'eq', 0x6c: 'i31', 0x6b: 'struct', 0x6a: 'array',
}

/** A heap type: an abstract one by name, or the index of a type. */
export const readHeapType = (cursor: Cursor): string => {
  const value = cursor.signedLeb()
  return value >= 0n ? `${value}` : HEAP_TYPES[Number(value & 0x7fn)] ?? `(;${value};)`
}

export const readValueType = (cursor: Cursor): string => {
  const byte = cursor.u8()
  if (byte === 0x64) return `(ref ${readHeapType(cursor)})`
  if (byte === 0x63) return `(ref null ${readHeapType(cursor)})`
  const type = VALUE_TYPES[byte]
  if (type === undefined) throw new Malformed('a type is unknown')
  return type
}

const MAX_ARITY = 1000

const readTypes = (cursor: Cursor, types: FunctionType[]): void => {
  const list = (): string[] => {
    const count = cursor.count()
    if (count > MAX_ARITY) throw new Malformed('more parameters than engines allow')
    return Array.from({ length: count }, () => readValueType(cursor))
  }
  for (let left = cursor.count(); left > 0; left--) {
    if (cursor.u8() !== 0x60) throw new Malformed('a type that is no function type')
    types.push({ params: list(), results: list() })
  }
}

const skipLimits = (cursor: Cursor): void => {
  const flags = cursor.u8()
  cursor.bigLeb()
  if (flags & 1) cursor.bigLeb()
  if (flags & 8) cursor.leb()
}

const readImports = (cursor: Cursor, imported: string[], functionTypes: number[]): void => {
  for (let left = cursor.count(); left > 0; left--) {
    const [module, name, kind] = [cursor.name(), cursor.name(), cursor.u8()]
    switch (kind) {
      case 0:
        imported.push(`${module}.${name}`)
        functionTypes.push(cursor.leb())
        break
      case 1:
        readValueType(cursor)
        skipLimits(cursor)
        break
      case 2:
        skipLimits(cursor)
        break
      case 3:
        readValueType(cursor)
        cursor.u8()
        break
      case 4:
        cursor.u8()
        cursor.leb()
        break
      default:
        throw new Malformed('an import of no known kind')
    }
  }
}

const readExports = (cursor: Cursor, exported: Map<number, string>): void => {
  for (let left = cursor.count(); left > 0; left--) {
    const [name, kind, index] = [cursor.name(), cursor.u8(), cursor.leb()]
    if (kind === 0 && !exported.has(index)) exported.set(index, name)
  }
}

const readBodies = (cursor: Cursor, bodies: Body[]): void => {
  const payload = cursor.at
  for (let left = cursor.count(); left > 0; left--) {
    const body = cursor.part(cursor.leb())
    bodies.push({ start: body.at - payload, end: body.end - payload })
  }
}

const MAGIC = 0x6d736100
const HEADER_BYTES = 8

/**
 * Reads what stands around the functions. Of a file that is damaged, or no module at all, it has what could be read.
 * Source: the WebAssembly core specification, "Binary Format".
 */
export const readLayout = (bytes: Uint8Array): ModuleLayout => {
  const [types, imported, functionTypes, bodies]: [FunctionType[], string[], number[], Body[]] = [[], [], [], []]
  const [exported, custom] = [new Map<number, string>(), new Map<string, Uint8Array>()]
  let code = { at: 0, length: 0 }
  guarded(() => {
    const file = new Cursor(bytes)
    if (file.u32() !== MAGIC) return
    file.at = HEADER_BYTES
    while (file.left > 0) {
      const id = file.u8()
      // Of a file that is cut, what is there counts.
      const length = file.leb()
      const section = file.part(Math.min(length, file.left))
      // A section that is wrong costs its own rest, not what follows it.
      guarded(() => {
        if (id === 0) {
          const name = section.name()
          custom.set(name, section.take(section.left))
        } else if (id === 1) readTypes(section, types)
        else if (id === 2) readImports(section, imported, functionTypes)
        else if (id === 3) for (let left = section.count(); left > 0; left--) functionTypes.push(section.leb())
        else if (id === 7) readExports(section, exported)
        else if (id === 10) {
          code = { at: section.at, length: section.left }
          readBodies(section, bodies)
        }
      }, undefined)
    }
  }, undefined)
  return { bytes, code, types, imported, functionTypes, exported, bodies, custom }
}

/** The index among `bodies` of the function whose body contains a code offset, or −1. */
export const bodyAt = (bodies: readonly Body[], offset: number): number => {
  let [low, high] = [0, bodies.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((bodies[middle] as Body).end <= offset) low = middle + 1
    else high = middle
  }
  const body = bodies[low]
  return body !== undefined && body.start <= offset ? low : -1
}
