import type { Browser } from '@playwright/test'
import { pageWith } from './browser.ts'
import { makeFigure, median, type Figure } from './figure.ts'

const PAINT_MILLISECONDS = 8

interface Times {
  readonly events: number
  readonly paint: readonly number[]
  readonly drawn: readonly number[]
  readonly list: readonly number[]
}

/** The timeline and the list of a long trace in Chromium, at 1440 × 900. */
export const pictureFigures = async (browser: Browser, events: number, pans: number): Promise<readonly Figure[]> => {
  const page = await pageWith(browser, 'src/ui/bench/page.ts')
  const times = (await page.evaluate(`pictureBench(${events}, ${pans})`)) as Times
  await page.close()
  const figure = (name: string, values: readonly number[]): Figure =>
    makeFigure({
      name: `${name}, ${times.events} events, Chromium: median of ${values.length}`, unit: 'ms', ours: median(values),
      aim: { below: PAINT_MILLISECONDS }, note: `slowest ${Math.max(...values).toFixed(1)}`,
    })
  return [figure('paint()', times.paint), figure('paint(), drawn', times.drawn), figure('list, scrolled and laid out', times.list)]
}
