import { type Module, type ExportKind, type FunctionType, type Limits, readModule, type ValType } from './module.ts'
import { readFunctionNames } from './name.ts'
import { guarded, Refused, type Problem, type Result } from './problem.ts'
import { refuseToolchain } from './toolchain.ts'

/** What the loader must know of a guest. Indices and names are the original module's. */
export interface ModuleInfo {
  /** Functions only, in order. */
  readonly imports: readonly GuestImport[]
  readonly exports: ReadonlyMap<string, ExportKind>
  /** Pages of 64 KiB, as the module declares them; 0 and 0 if it has no memory. */
  readonly memory: Limits
  /** Whether the original has a start section. */
  readonly hasStart: boolean
  /** How many functions it defines besides those that it imports. */
  readonly functions: number
  /** Names of functions by index, from the name section. */
  readonly names: ReadonlyMap<number, string>
}

export interface GuestImport extends FunctionType {
  readonly module: string
  readonly name: string
}

const NO_MEMORY: Limits = { initial: 0, maximum: 0 }
/** What a system call can be given, and what it can give. */
const CALL_PARAMS: readonly ValType[] = ['i32', 'i64', 'f32', 'f64']

function checkImports(imports: readonly GuestImport[]): void {
  for (const { module, name, params, results } of imports) {
    if (
      params.every((type) => CALL_PARAMS.includes(type)) &&
      (results.length === 0 || (results.length === 1 && results[0] === 'i32'))
    )
      continue
    const type = `(${params.join(', ')}) → (${results.join(', ')})`
    throw new Refused(
      'import-type',
      `This module imports ${module}.${name} with the type ${type}; no system call is like that.`,
    )
  }
}

function checkCommand(module: Module): void {
  if (module.sections.some(({ name }) => name === 'linking')) {
    throw new Refused('object-file', 'This is an object file (.o): link it first.')
  }
  if (module.sections.some(({ name }) => name === 'dylink.0')) {
    throw new Refused('object-file', 'This is a shared library, to be loaded by another program, not a program.')
  }
  refuseToolchain(module.imports)
  const start = module.exports.find(({ name }) => name === '_start')
  if (start === undefined) {
    if (module.exports.some(({ name }) => name === '_initialize')) {
      throw new Refused(
        'reactor',
        'This module is a WASI reactor (it exports _initialize, but no _start): a library, not a program.',
      )
    }
    throw new Refused('no-start', 'This module exports no _start, so it is not a WASI program.')
  }
  const type = start.kind === 'func' ? module.types[module.functions[start.index]!] : undefined
  if (type === undefined || type.params.length > 0 || type.results.length > 0) {
    throw new Refused('no-start', 'This module exports a _start that is not a function without parameters and results.')
  }
}

/** Reads a module and refuses what cannot run here as a command. Throws Malformed or Refused. */
export function readCommand(bytes: Uint8Array): { readonly module: Module; readonly imports: readonly GuestImport[] } {
  const module = readModule(bytes)
  checkCommand(module)
  const imports = module.imports.map(({ module: from, name, type }) => ({ module: from, name, ...module.types[type]! }))
  checkImports(imports)
  return { module, imports }
}

/**
 * Reads a module without looking into its functions: a fast answer to whether it may be a guest, and what it asks for.
 * What only the functions show (relaxed SIMD, say) is found by `rewrite`. Never throws, whatever the bytes.
 */
export function inspect(bytes: Uint8Array): Result<ModuleInfo, Problem> {
  return guarded(() => {
    const { module, imports } = readCommand(bytes)
    return {
      imports,
      exports: new Map(module.exports.map(({ name, kind }) => [name, kind])),
      memory: module.memory ?? NO_MEMORY,
      hasStart: module.start !== undefined,
      functions: module.functions.length - module.imports.length,
      names: readFunctionNames(module),
    }
  })
}
