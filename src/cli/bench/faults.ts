import type { Browser } from '@playwright/test'
import { deflateSync } from 'fflate'
import { toFragment } from '../../engine/link/fragment.ts'
import { readTraceOptions } from '../trace-options.ts'
import { prepare } from '../trace-recipe.ts'
import { makeFigure, type Figure } from './figure.ts'
import { served } from './served.ts'

/** strace's own script over the guest with the planted bug: what the explorer's test does, too. */
const WORDS = ['--script', 'public/examples/strace.ts', 'notes']

const address = (url: string): string => {
  const options = readTraceOptions(WORDS)
  if (options === undefined) throw new Error('help was asked for')
  return `${url}${toFragment({ recipe: prepare(options).recipe }, (bytes) => deflateSync(bytes))}`
}

const DONE = /^([\d,]+) of ([\d,]+) branches/
const LOADED_MILLISECONDS = 60_000

/** Branches a second that the fault explorer runs, as the page does it: machines of their own, with their files looked at. */
export const faultFigures = (browser: Browser, seconds: number): Promise<readonly Figure[]> =>
  served(async (url) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    page.setDefaultTimeout(LOADED_MILLISECONDS)
    await page.goto(address(url))
    await page.getByRole('contentinfo').getByTitle(/^[0-9a-f]{64}$/).waitFor()
    await page.keyboard.press('Control+Shift+P')
    await page.getByRole('combobox', { name: 'Command' }).fill('Fault explorer')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Fault explorer' })
    await dialog.getByRole('button', { name: 'Explore' }).click()
    const told = dialog.getByRole('status').filter({ hasText: DONE })
    const done = async (): Promise<readonly [done: number, all: number]> => {
      const [, count = '0', all = '0'] = DONE.exec((await told.textContent()) ?? '') ?? []
      return [Number(count.replaceAll(',', '')), Number(all.replaceAll(',', ''))]
    }
    // The first ones find nothing compiled yet.
    await dialog.getByRole('status').filter({ hasText: /^[1-9]/ }).waitFor()
    const [first, begun] = [(await done())[0], performance.now()]
    await page.waitForTimeout(1000 * seconds)
    const [[last, all], took] = [await done(), performance.now() - begun]
    await context.close()
    if (last === all) throw new Error(`all ${all} branches were run before ${seconds} s were over: measure for a shorter time`)
    return [makeFigure({
      name: `fault explorer over notes, Chromium: branches a second, for ${seconds} s`, unit: '1/s', ours: (1000 * (last - first)) / took, note: `${last} of ${all}`,
    })]
  })
