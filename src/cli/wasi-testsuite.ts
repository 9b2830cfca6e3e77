import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { TreeEntry } from '../engine/kernel/tree.ts'
import { readHostTree } from './host-tree.ts'
import { judge, readTestSpec } from './wasi-testcase.ts'
import type { TestOutcome } from './wasi-testcase.ts'

/** What a test asks for: a program, and the folder that it sees as "/". */
export interface TestRun {
  readonly wasm: Uint8Array
  /** argv[0] is the file's name. */
  readonly argv: readonly string[]
  /** NAME=value. */
  readonly env: readonly string[]
  /** Preopened directories and what is in them, paths beginning at '/'; a fresh copy for each test. */
  readonly dirs: readonly { readonly guest: string; readonly entries: readonly TreeEntry[] }[]
  readonly stdin: Uint8Array
}

export type RunGuest = (run: TestRun) => Promise<TestOutcome>

export interface TestResult {
  readonly name: string
  /** Nothing if it has passed. */
  readonly problems: readonly string[]
}

/** The tests below a folder of the suite, for one version of WASI: paths of their modules, by name. */
export const findTests = (folder: string, version = 'wasm32-wasip1'): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.wasm') && basename(dirname(path)) === version)
    .sort()
    .map((path) => join(folder, path))

/** Runs one test. What the guest writes stays in its own file system: the folder is only read. */
export const runTest = async (path: string, runGuest: RunGuest): Promise<TestResult> => {
  const name = `${basename(dirname(dirname(dirname(path))))}/${basename(path, '.wasm')}`
  try {
    const json = path.replace(/\.wasm$/, '.json')
    const spec = readTestSpec(existsSync(json) ? readFileSync(json, 'utf8') : undefined)
    const outcome = await runGuest({
      wasm: readFileSync(path),
      argv: [basename(path), ...spec.args],
      env: Object.entries(spec.env).map(([variable, value]) => `${variable}=${value}`),
      dirs: spec.root === undefined ? [] : [{ guest: '/', entries: readRoot(join(dirname(path), spec.root)) }],
      stdin: new TextEncoder().encode(spec.stdin),
    })
    const problems = judge(spec, outcome)
    if (problems.length === 0) return { name, problems }
    return { name, problems: [...problems, new TextDecoder().decode(outcome.stderr).trim()] }
  } catch (error) {
    return { name, problems: [error instanceof Error ? error.message : String(error)] }
  }
}

/** Files that end in .cleanup are what earlier runs of other runtimes left behind. */
const readRoot = (folder: string): readonly TreeEntry[] =>
  readHostTree(folder).filter((entry) => !entry.path.split('/').some((name) => name.endsWith('.cleanup')))

/** Runs all tests below the folder, one line each; the last one is "N passed, M failed". Returns M. */
export const runSuite = async (
  folder: string, runGuest: RunGuest, print: (line: string) => void,
): Promise<number> => {
  let passed = 0
  let failed = 0
  for (const path of findTests(folder)) {
    const { name, problems } = await runTest(path, runGuest)
    if (problems.length === 0) passed++
    else failed++
    print(problems.length === 0 ? `ok   ${name}` : `FAIL ${name}: ${problems.join('; ')}`)
  }
  print(`${passed} passed, ${failed} failed`)
  return failed
}
