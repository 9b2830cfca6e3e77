import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Browser } from '@playwright/test'
import { makeFigure, median, type Figure } from './figure.ts'
import { served } from './served.ts'

const root = new URL('../../../', import.meta.url)
const dist = new URL('dist/', root)
const SHELL_KILOBYTES = 250

const gzipped = (file: URL): number => gzipSync(readFileSync(file), { level: 9 }).length / 1e3

/** The page, and all that it names: what must be there before anything is shown. */
const shellFiles = (): readonly URL[] => {
  const page = new URL('index.html', dist)
  const named = [...readFileSync(page, 'utf8').matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g)]
  return [page, ...named.map(([, path]) => new URL(path as string, dist))]
}

/** Notes when the list of events has its first row. */
const WATCH = `new MutationObserver((_, observer) => {
  if (document.querySelector('[role=grid] [role=row][aria-rowindex="2"]') === null) return
  observer.disconnect()
  globalThis.firstRecording = performance.now()
}).observe(document, { childList: true, subtree: true })`

/** Milliseconds from navigation to the first recording on the screen, in a profile of its own. */
const firstRecording = async (browser: Browser, url: string): Promise<number> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.addInitScript(WATCH)
  await page.goto(url)
  // A function, not a text: the page's policy evaluates none.
  const time = await page.waitForFunction(() => (globalThis as { firstRecording?: number }).firstRecording)
  const milliseconds = (await time.jsonValue()) as number
  await context.close()
  return milliseconds
}

/** What a visitor loads, and how long it takes. */
export const shellFigures = (browser: Browser, visits: number): Promise<readonly Figure[]> =>
  served(async (url) => {
    const times: number[] = []
    for (let i = 0; i < visits; i++) times.push(await firstRecording(browser, url))
    const size = shellFiles().reduce((sum, file) => sum + gzipped(file), 0)
    const machine = gzipped(new URL('machine.js', dist))
    return [
      makeFigure({ name: 'shell, gzip', unit: 'kB', ours: size, aim: { below: SHELL_KILOBYTES } }),
      makeFigure({ name: 'machine, gzip: loaded beside it', unit: 'kB', ours: machine }),
      makeFigure({ name: `page opened to its first recording, Chromium: median of ${visits}`, unit: 'ms', ours: median(times) }),
    ]
  })
