import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { makeRecipe, type Recipe } from '../engine/recipe.ts'
import { compileAll, scenarioPath } from '../wasm/sdk/compile.mjs'
import { runHeadless } from './headless.ts'
import { exitCodeOf, failureText, outputOf } from './outcome.ts'

/** Virtual nanoseconds of computing: a scenario that runs away is killed. */
const MOST_CPU = 20e9
/** The runner gives each its golden's five seconds, many times over: a machine may be slow. */
const MOST_TIME = 60_000

/** The recipe of a scenario. */
export const scenarioRecipe = (wasm: Uint8Array): { readonly hash: string; readonly recipe: Recipe } => {
  const hash = createHash('sha256').update(wasm).digest('hex')
  const recipe = makeRecipe({ programs: [{ name: basename(scenarioPath), hash, argv: [] }] })
  return { hash, recipe: { ...recipe, budget: { ...recipe.budget, cpu: MOST_CPU } } }
}

/** What a scenario printed, and how it ended, as the goldens have it. */
const runScenario = async (wasm: Uint8Array): Promise<{ readonly text: string; readonly why: string }> => {
  const { hash, recipe } = scenarioRecipe(wasm)
  const stopped = new AbortController()
  const timer = setTimeout(() => stopped.abort(), MOST_TIME)
  const finished = await runHeadless(recipe, {
    modules: { [hash]: wasm }, tree: [{ path: scenarioPath, bytes: wasm }], signal: stopped.signal,
  })
  clearTimeout(timer)
  const { end, trace } = finished
  const printed = new TextDecoder().decode(outputOf(trace, 1)) + new TextDecoder().decode(outputOf(trace, 2))
  const status = end.kind === 'exited' ? `exit status ${exitCodeOf(trace)}\n` : ''
  return { text: printed + status, why: end.kind === 'failed' ? failureText(end.failure) : end.kind === 'stopped' ? 'It was stopped: it takes too long.' : '' }
}

const firstDifference = (is: string, wanted: string): string => {
  const [a, b] = [is.split('\n'), wanted.split('\n')]
  const at = a.findIndex((line, i) => line !== b[i])
  const line = at < 0 ? a.length : at
  return `line ${line + 1}: ${JSON.stringify(a[line] ?? 'nothing')}, and Linux ${JSON.stringify(b[line] ?? 'nothing')}`
}

/** What became of one: nothing wrong, what is wrong, or undefined where there is no golden output. */
export interface ScenarioResult {
  readonly name: string
  readonly problem: string | undefined
  readonly golden: boolean
}

/** Compiles scenarios of a directory (all, or those named); modules by name. */
export const compileScenarios = async (directory: string, names: readonly string[]): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> => {
  const scenarios = join(directory, 'scenarios')
  if (!existsSync(scenarios)) throw new Error(`There is no ${scenarios}: the oracle stands beside the project, in ../shared/oracle.`)
  const header = [join(directory, 'scn.h'), join(scenarios, 'scn.h')].find((path) => existsSync(path))
  const programs = readdirSync(scenarios)
    .filter((file) => file.endsWith('.c'))
    .map((file) => basename(file, '.c'))
    .filter((name) => names.length === 0 || names.includes(name))
    .map((name) => ({ name, source: readFileSync(join(scenarios, `${name}.c`), 'utf8') }))
  return compileAll(programs, { ...(header === undefined ? {} : { files: { 'scn.h': readFileSync(header, 'utf8') } }), scenario: true })
}

/**
 * Compiles scenarios of a directory (all, or those named), runs them one after another, writes what each printed below
 * `out`, and compares it with the golden output. Throws an Error where there are none, or with clang's messages.
 */
export const runOracle = async function* (directory: string, names: readonly string[], out: string): AsyncGenerator<ScenarioResult> {
  const modules = await compileScenarios(directory, names)
  mkdirSync(out, { recursive: true })
  for (const [name, wasm] of modules) {
    const { text, why } = await runScenario(wasm)
    writeFileSync(join(out, `${name}.out`), text)
    const file = join(directory, 'golden', `${name}.out`)
    const golden = existsSync(file)
    const wanted = golden ? readFileSync(file, 'utf8') : text
    const problem = wanted === text ? undefined : `${firstDifference(text, wanted)}${why === '' ? '' : `\n     ${why}`}`
    yield { name, problem, golden }
  }
}
