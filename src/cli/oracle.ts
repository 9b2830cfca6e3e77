import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { makeRecipe } from '../engine/recipe.ts'
import { compileAll, scenarioPath } from '../wasm/sdk/compile.mjs'
import { runHeadless } from './headless.ts'
import { exitCodeOf, failureText, outputOf } from './outcome.ts'

const HELP = `npm run oracle -- DIR [NAME …] [--out DIR]

Compiles DIR/scenarios/*.c with the SDK, runs each as a guest, writes what it printed and its exit status to
DIR/out/NAME.out (or below --out), and compares it with DIR/golden/NAME.out. With names only those.
The last line is "N passed, M failed", and ", K skipped" where there is no golden output.`

/** Virtual nanoseconds of computing: a scenario that runs away is killed. */
const MOST_CPU = 20e9
/** The runner gives each its golden's five seconds, many times over: a machine may be slow. */
const MOST_TIME = 60_000

interface Options {
  readonly directory: string
  readonly names: readonly string[]
  readonly out: string
}

const readOptions = (args: readonly string[]): Options | undefined => {
  const words = [...args]
  const at = words.indexOf('--out')
  const [, given] = at < 0 ? [] : words.splice(at, 2)
  const [directory, ...names] = words
  if (directory === undefined || words.some((word) => word.startsWith('-')) || (at >= 0 && given === undefined)) return undefined
  return { directory: resolve(directory), names, out: resolve(given ?? join(directory, 'out')) }
}

/** What a scenario printed, and how it ended, as the goldens have it. */
const runScenario = async (wasm: Uint8Array): Promise<{ readonly text: string; readonly why: string }> => {
  const hash = createHash('sha256').update(wasm).digest('hex')
  const recipe = makeRecipe({ programs: [{ name: basename(scenarioPath), hash, argv: [] }] })
  const stopped = new AbortController()
  const timer = setTimeout(() => stopped.abort(), MOST_TIME)
  const finished = await runHeadless({ ...recipe, budget: { ...recipe.budget, cpu: MOST_CPU } }, {
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

const main = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2))
  if (options === undefined) {
    console.log(HELP)
    process.exitCode = process.argv.includes('--help') ? 0 : 2
    return
  }
  const { directory, names, out } = options
  const scenarios = join(directory, 'scenarios')
  if (!existsSync(scenarios)) {
    console.error(`There is no ${scenarios}: the oracle stands beside the project, in ../shared/oracle.`)
    process.exitCode = 2
    return
  }
  const header = [join(directory, 'scn.h'), join(scenarios, 'scn.h')].find((path) => existsSync(path))
  const programs = readdirSync(scenarios)
    .filter((file) => file.endsWith('.c'))
    .map((file) => basename(file, '.c'))
    .filter((name) => names.length === 0 || names.includes(name))
    .map((name) => ({ name, source: readFileSync(join(scenarios, `${name}.c`), 'utf8') }))
  const modules = await compileAll(programs, { ...(header === undefined ? {} : { files: { 'scn.h': readFileSync(header, 'utf8') } }), scenario: true })
  mkdirSync(out, { recursive: true })
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const { name } of programs) {
    const { text, why } = await runScenario(modules.get(name) as Uint8Array)
    writeFileSync(join(out, `${name}.out`), text)
    const golden = join(directory, 'golden', `${name}.out`)
    if (!existsSync(golden)) {
      counts.skipped++
      console.log(`skip ${name}: it has no golden output`)
    } else if (readFileSync(golden, 'utf8') === text) counts.passed++
    else {
      counts.failed++
      console.log(`FAIL ${name}: ${firstDifference(text, readFileSync(golden, 'utf8'))}${why === '' ? '' : `\n     ${why}`}`)
    }
  }
  const { passed, failed, skipped } = counts
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
  process.exitCode = failed > 0 ? 1 : 0
}

await main()
