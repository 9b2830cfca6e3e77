import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import { buildFixtures, fixture } from '../wasm/guests/fixture.ts'
import type { Build } from '../wasm/rewrite/rewrite.ts'
import { pageWith, startChromium } from './bench/browser.ts'
import { callFigures } from './bench/calls.ts'
import { countingFigures, steppingFigures, watchingFigures } from './bench/counting.ts'
import { faultFigures } from './bench/faults.ts'
import type { Figure } from './bench/figure.ts'
import { WORLD_FILE, type WasiHost, type World } from './bench/host.ts'
import { nodeHost } from './bench/host-node.ts'
import { ourHost } from './bench/host-ours.ts'
import { shimHost } from './bench/host-shim.ts'
import { wasmerHost } from './bench/host-wasmer.ts'
import { gradingFigures } from './bench/grading.ts'
import { HELP, readBenchOptions, type BenchOptions } from './bench/options.ts'
import { pastFigures } from './bench/past.ts'
import { pictureFigures } from './bench/picture.ts'
import { processFigures } from './bench/processes.ts'
import { FULL, QUICK } from './bench/repeat.ts'
import { shellFigures } from './bench/shell.ts'
import { benchTable } from './bench/table.ts'
import { tracedFigures } from './bench/traced.ts'

const EVENTS = { full: 1_000_000, quick: 50_000 } as const
const PANS = { full: 200, quick: 20 } as const
const WRITES = { full: 100_000, quick: 3_000 } as const
const REPETITIONS = { full: 3, quick: 1 } as const
const PROCESSES = {
  full: { forks: 500, signals: 50_000, calls: 100_000, rebuilds: 20, steps: 200_000, repetitions: 5 },
  quick: { forks: 20, signals: 1_000, calls: 5_000, rebuilds: 5, steps: 5_000, repetitions: 1 },
} as const
const STOPS = { full: [10_000, 100_000, 1_000_000], quick: [1_000] } as const
const LOOKS = { full: 50, quick: 5 } as const
const LINKS = { full: 100, quick: 4 } as const
const VISITS = { full: 7, quick: 1 } as const
const FAULT_SECONDS = { full: 20, quick: 3 } as const

const worldOf = (name: string): World => ({ module: new Uint8Array(fixture(name)), file: WORLD_FILE })
const macrotask = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })

const inNode = async ({ sections, calls, quick }: BenchOptions): Promise<readonly Figure[]> => {
  const effort = quick ? QUICK : FULL
  const size = quick ? 'quick' : 'full'
  const figures: Figure[] = []
  if (sections.includes('calls')) {
    const world = worldOf('callloop')
    const directory = mkdtempSync(join(tmpdir(), 'skipcall-bench-'))
    const hosts = {
      ours: [ourHost(world, 'count', macrotask), ourHost(world, 'plain', macrotask)],
      theirs: [shimHost(world), await wasmerHost(world), nodeHost(world, directory)],
    }
    figures.push(...(await callFigures(hosts, 'Node', effort, calls)))
    rmSync(directory, { recursive: true })
  }
  if (sections.includes('counting')) {
    const world = worldOf('compute')
    const hosts = { count: ourHost(world, 'count', macrotask), plain: ourHost(world, 'plain', macrotask) }
    figures.push(...(await countingFigures(hosts, 'Node', effort)))
  }
  if (sections.includes('traced')) figures.push(...(await tracedFigures({ calls: WRITES[size], repetitions: REPETITIONS[size] })))
  if (sections.includes('processes')) {
    figures.push(...(await processFigures(PROCESSES[size])))
    const world = worldOf('compute')
    const host = (build: Build): WasiHost => ourHost(world, build, macrotask)
    figures.push(...(await steppingFigures({ count: host('count'), step: host('step'), block: host('block') }, 'Node', effort)))
    figures.push(...(await watchingFigures({ count: host('count'), watch: host('watch') }, 'Node', effort)))
  }
  if (sections.includes('past')) figures.push(...(await pastFigures(STOPS[size], LOOKS[size])))
  return figures
}

const inPage = async (browser: Browser, call: string): Promise<readonly Figure[]> => {
  const page = await pageWith(browser, 'src/cli/bench/calls-page.ts')
  const figures = (await page.evaluate(call)) as readonly Figure[]
  await page.close()
  return figures
}

const inChromium = async ({ sections, calls, quick }: BenchOptions): Promise<readonly Figure[]> => {
  const browser = await startChromium()
  const size = quick ? 'quick' : 'full'
  const effort = JSON.stringify(quick ? QUICK : FULL)
  const text = (name: string): string => JSON.stringify(Buffer.from(fixture(name)).toString('base64'))
  try {
    const figures: Figure[] = []
    if (sections.includes('calls')) figures.push(...(await inPage(browser, `callsBench(${text('callloop')}, ${effort}, ${JSON.stringify(calls)})`)))
    if (sections.includes('counting')) figures.push(...(await inPage(browser, `countingBench(${text('compute')}, ${effort})`)))
    if (sections.includes('picture')) figures.push(...(await pictureFigures(browser, EVENTS[size], PANS[size])))
    if (sections.includes('grading')) figures.push(...(await gradingFigures(LINKS[size])))
    if (sections.includes('faults')) figures.push(...(await faultFigures(browser, FAULT_SECONDS[size])))
    if (sections.includes('shell')) figures.push(...(await shellFigures(browser, VISITS[size])))
    return figures
  } finally {
    await browser.close()
  }
}

const main = async (options: BenchOptions): Promise<void> => {
  await buildFixtures()
  const before = loadavg()[0] ?? 0
  const figures = [
    ...(options.engines.includes('node') ? await inNode(options) : []),
    ...(options.engines.includes('chromium') ? await inChromium(options) : []),
  ]
  if (options.json) {
    process.stdout.write(`${JSON.stringify(figures, undefined, 1)}\n`)
    return
  }
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, Node ${process.version}`
  const load = `load average ${before.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after`
  process.stdout.write(`${benchTable(figures)}\n\n${machine}; ${new Date().toISOString().slice(0, 10)}; ${load}\n`)
}

try {
  const options = readBenchOptions(process.argv.slice(2))
  if (options === undefined) process.stdout.write(`${HELP}\n`)
  else await main(options)
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
