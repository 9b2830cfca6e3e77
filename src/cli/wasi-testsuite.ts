import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TreeEntry } from '../engine/kernel/tree.ts'
import { makeRecipe } from '../engine/recipe.ts'
import { runHeadless } from './headless.ts'
import { readHostTree } from './host-tree.ts'
import { exitCodeOf, failureText, outputOf } from './outcome.ts'
import { judge, readTestSpec } from './wasi-testcase.ts'
import type { TestOutcome } from './wasi-testcase.ts'

/** What a test asks for: a program, and the folder that it sees as "/". */
export interface TestRun {
  readonly wasm: Uint8Array
  /** argv[0] is the file's name. */
  readonly argv: readonly string[]
  /** NAME=value. */
  readonly env: readonly string[]
  /** The preopened directory, if any, and what is in it, paths beginning at '/'; a fresh copy for each test. */
  readonly dirs: readonly { readonly guest: string; readonly entries: readonly TreeEntry[] }[]
  readonly stdin: string
}

export type RunGuest = (run: TestRun) => Promise<TestOutcome>

export interface TestResult {
  readonly name: string
  /** Nothing if it has passed. */
  readonly problems: readonly string[]
  /** Why it cannot be run here at all: it counts neither way. */
  readonly skipped?: string
}

/** All modules below a folder, in the order of their paths; the specification of NAME.wasm is NAME.json. */
export const findTests = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.wasm'))
    .sort()
    .map((path) => join(folder, path))

/** The component model's binaries have layer 1 where a module has version 1: 00 61 73 6d, then u16 version, u16 layer. */
const isComponent = (wasm: Uint8Array): boolean => wasm.length >= 8 && wasm[6] === 1 && wasm[7] === 0

/** Runs one test. What the guest writes stays in its own file system: the folder is only read. */
export const runTest = async (path: string, name: string, runGuest: RunGuest): Promise<TestResult> => {
  try {
    const wasm = readFileSync(path)
    if (isComponent(wasm)) return { name, problems: [], skipped: 'a component, and no module of preview1' }
    const json = path.replace(/\.wasm$/, '.json')
    const spec = readTestSpec(existsSync(json) ? readFileSync(json, 'utf8') : undefined)
    const outcome = await runGuest({
      wasm,
      argv: [basename(path), ...spec.args],
      env: Object.entries(spec.env).map(([variable, value]) => `${variable}=${value}`),
      dirs: spec.root === undefined ? [] : [{ guest: '/', entries: readRoot(join(dirname(path), spec.root)) }],
      stdin: spec.stdin,
    })
    const problems = judge(spec, outcome)
    if (problems.length === 0) return { name, problems }
    return { name, problems: [...problems, new TextDecoder().decode(outcome.stderr).trim()].filter((text) => text !== '') }
  } catch (error) {
    return { name, problems: [error instanceof Error ? error.message : String(error)] }
  }
}

/** Files that end in .cleanup are what earlier runs of other runtimes left behind. */
const readRoot = (folder: string): readonly TreeEntry[] =>
  readHostTree(folder).filter((entry) => !entry.path.split('/').some((name) => name.endsWith('.cleanup')))

/** Runs all tests below the folder, one line each; the last one is "N passed, M failed". Returns both. */
export const runSuite = async (
  folder: string, runGuest: RunGuest, print: (line: string) => void,
): Promise<{ readonly passed: number; readonly failed: number }> => {
  let passed = 0
  let failed = 0
  for (const path of findTests(folder)) {
    const { name, problems, skipped } = await runTest(path, relative(folder, path).replace(/\.wasm$/, ''), runGuest)
    if (skipped !== undefined) print(`skip ${name}: ${skipped}`)
    else if (problems.length === 0) {
      passed++
      print(`ok   ${name}`)
    } else {
      failed++
      print(`FAIL ${name}: ${problems.join('; ')}`)
    }
  }
  print(`${passed} passed, ${failed} failed`)
  return { passed, failed }
}

/** Runs a test's guest on the machine, in this process. Throws the sentence of a run that failed. */
export const runOnMachine: RunGuest = async ({ wasm, argv, env, dirs, stdin }) => {
  const hash = createHash('sha256').update(wasm).digest('hex')
  const [name = '', ...rest] = argv
  const { end, trace } = await runHeadless(makeRecipe({ programs: [{ name, hash, argv: rest }], env, stdin }), {
    modules: { [hash]: wasm },
    tree: dirs.flatMap(({ entries }) => entries),
    preopens: dirs.map(({ guest }) => ({ guest, path: '/' })),
  })
  if (end.kind === 'failed') throw new Error(failureText(end.failure))
  return { exitCode: exitCodeOf(trace), stdout: outputOf(trace, 1), stderr: outputOf(trace, 2) }
}

const USAGE = `Usage: npm run wasi-testsuite -- DIR

Runs every test of the format of WebAssembly/wasi-testsuite below DIR, that is every NAME.wasm with the NAME.json
beside it, and judges exit code, stdout and stderr. The last line is "N passed, M failed"; exits with 1 if any failed.`

const main = async (args: readonly string[]): Promise<number> => {
  const [folder] = args
  if (args.length !== 1 || folder === undefined || folder.startsWith('-')) {
    console.error(USAGE)
    return folder === '--help' || folder === '-h' ? 0 : 2
  }
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    console.error(`${folder} is no folder`)
    return 2
  }
  const { passed, failed } = await runSuite(folder, runOnMachine, (line) => console.log(line))
  // Nothing run is nothing shown: a mistyped folder must not look like success.
  return failed > 0 || passed === 0 ? 1 : 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main(process.argv.slice(2))
