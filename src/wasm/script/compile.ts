import { parse } from 'acorn'
import type { Token } from 'acorn'
import { transform } from 'sucrase'
import type { Failure } from '../../engine/protocol.ts'
import { check, problem, tooDeep } from './check.ts'
import { HOOKS } from './hook.ts'
import type { Hook } from './hook.ts'
import { instrument } from './instrument.ts'
import { asNode } from './node.ts'
import type { Node } from './node.ts'

/** A script ready to be run, but for the addresses of the two modules that it imports. */
export interface Compiled {
  readonly ok: true
  /** JavaScript, line for line the source, in which two placeholders stand for module addresses. */
  readonly code: string
  readonly api: string
  readonly hooks: string
}

/** Longer sources are refused: a person writes less, and a link carries less. */
export const SOURCE_LIMIT = 1 << 20

/** What to do about a parser's complaint. */
const CURES: readonly (readonly [RegExp, string])[] = [
  [/already (been )?declared|duplicate/i, 'Rename one of the two.'],
  [/unterminated/i, 'Close it on the line where it begins.'],
  [/'return' outside/i, 'Put it into a function; to end the script, let it run to its last line.'],
  [/await/i, 'Make the function around it `async`.'],
  [/reserved|keyword/i, 'Choose another name.'],
]
const LOOK_AROUND = 'Look at the marked place and what stands just before it: a bracket, a quote or a comma may be missing.'

const syntax = (line: number | undefined, column: number | undefined, cause: string): Failure => ({
  kind: 'syntax',
  title: line === undefined ? 'The script cannot be read' : `Line ${line} cannot be read`,
  ...(line === undefined ? {} : { line }),
  ...(column === undefined ? {} : { column }),
  cause,
  cure: CURES.find(([words]) => words.test(cause))?.[1] ?? LOOK_AROUND,
})

interface Thrown {
  readonly name?: unknown
  readonly message?: unknown
  readonly loc?: { readonly line: number; readonly column: number }
}

/** The engine's stack ran out, at a depth that differs from engine to engine and is always beyond `NESTING`. */
const ranOut = (thrown: unknown): boolean => {
  const { name } = thrown as Thrown
  return name === 'RangeError' || name === 'InternalError'
}

/** What a parser threw, in words. */
const parserFailure = (thrown: unknown, sameLine: (line: number) => boolean, columnFrom: number): Failure => {
  if (ranOut(thrown)) return tooDeep
  const { message, loc } = thrown as Thrown
  if (loc === undefined) return syntax(undefined, undefined, 'Something in it is no TypeScript.')
  const text = String(message).replace(/^Error transforming [^:]*: /, '').replace(/ ?\(\d+:\d+\)$/, '')
  const cause = /[.!?]$/.test(text) ? text : `${text}.`
  return syntax(loc.line, sameLine(loc.line) ? loc.column + columnFrom : undefined, cause)
}

/** A prefix for names that occurs nowhere in the script, not even spelt with escapes. */
const freshPrefix = (source: string, names: ReadonlySet<string>): string => {
  for (let n = 0; ; n++) {
    const prefix = `$${n}_`
    if (source.includes(prefix)) continue
    if (![...names].some((name) => name.startsWith(prefix))) return prefix
  }
}

interface Parsed {
  readonly code: string
  readonly program: Node
  readonly tokens: readonly Token[]
}

const parseModule = (code: string): Parsed => {
  const tokens: Token[] = []
  const options = { ecmaVersion: 2024, sourceType: 'module', locations: true, onToken: tokens } as const
  return { code, program: asNode(parse(code, options)), tokens }
}

const stripAndParse = (source: string): Parsed | Failure => {
  let code: string
  try {
    code = transform(source, { transforms: ['typescript'], disableESTransforms: true, preserveDynamicImport: true }).code
  } catch (thrown) {
    if (ranOut(thrown)) return tooDeep
    // The stripper does not know all of JavaScript (a `yield` before a bracket), nor the place of every error.
    try {
      return parseModule(source)
    } catch (second) {
      const placed = (thrown as Thrown).loc !== undefined
      return placed ? parserFailure(thrown, () => true, 0) : parserFailure(second, () => true, 1)
    }
  }
  try {
    return parseModule(code)
  } catch (thrown) {
    const before = source.split('\n')
    const after = code.split('\n')
    return parserFailure(thrown, (line) => before[line - 1] === after[line - 1], 1)
  }
}

/**
 * Compiles a tracer script: strips its types, inserts ticks (instrument.ts) and leaves room for the addresses
 * of its modules. A pure function: the same code in the page, headless and in the grader.
 * @param exported the names that the module "ptrace" exports
 */
export const compile = (source: string, exported: ReadonlySet<string>): Compiled | { readonly ok: false; readonly failure: Failure } => {
  const refuse = (failure: Failure): { readonly ok: false; readonly failure: Failure } => ({ ok: false, failure })
  if (source.length > SOURCE_LIMIT) {
    return refuse(problem(
      undefined,
      'The script is too long',
      `It has ${source.length} characters; ${SOURCE_LIMIT} are the limit.`,
      'Shorten it: data can go into a file of the recipe.',
    ))
  }
  const parsed = stripAndParse(source)
  if (!('program' in parsed)) return refuse(parsed)
  const { program, tokens } = parsed
  const found = check(program, exported)
  if (!('imports' in found)) return refuse(found)
  const prefix = freshPrefix(parsed.code, found.names)
  const name = (hook: Hook): string => `${prefix}${hook}`
  const api = `${prefix}api`
  const hooks = `${prefix}hooks`
  const code = instrument(parsed.code, program, tokens, name, `${prefix}d`, found.imports, JSON.stringify(api))
  const imports = HOOKS.map((hook) => `${hook} as ${name(hook)}`).join(',')
  return { ok: true, code: `${code}\nimport{${imports}}from${JSON.stringify(hooks)};\n`, api, hooks }
}

/** Puts the addresses of the modules into compiled code. */
export const link = (compiled: Compiled, apiUrl: string, hooksUrl: string): string =>
  compiled.code
    .replaceAll(JSON.stringify(compiled.api), () => JSON.stringify(apiUrl))
    .replaceAll(JSON.stringify(compiled.hooks), () => JSON.stringify(hooksUrl))

/** Text of the module of hooks; it takes them from a global and removes that. */
export const hooksModuleSource = (global: string): string =>
  `const h=globalThis[${JSON.stringify(global)}];delete globalThis[${JSON.stringify(global)}];\n` +
  HOOKS.map((hook) => `export const ${hook}=h.${hook};\n`).join('')
