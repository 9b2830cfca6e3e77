import { join, resolve } from 'node:path'
import { runOracle } from './oracle-run.ts'

const HELP = `npm run oracle -- DIR [NAME …] [--out DIR]

Compiles DIR/scenarios/*.c with the SDK, runs each as a guest, writes what it printed and its exit status to
DIR/out/NAME.out (or below --out), and compares it with DIR/golden/NAME.out. With names only those.
The last line is "N passed, M failed", and ", K skipped" where there is no golden output.`

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

const main = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2))
  if (options === undefined) {
    console.log(HELP)
    process.exitCode = process.argv.includes('--help') ? 0 : 2
    return
  }
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for await (const { name, problem, golden } of runOracle(options.directory, options.names, options.out)) {
    if (!golden) {
      counts.skipped++
      console.log(`skip ${name}: it has no golden output`)
    } else if (problem === undefined) counts.passed++
    else {
      counts.failed++
      console.log(`FAIL ${name}: ${problem}`)
    }
  }
  const { passed, failed, skipped } = counts
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
  process.exitCode = failed > 0 ? 1 : 0
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
