import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './test.ts'

const find = async (page: Page, only?: readonly string[]): Promise<readonly string[]> => {
  // The machine's sandbox has nothing to see, and axe is not let in.
  const builder = new AxeBuilder({ page }).exclude('iframe').setLegacyMode()
  const { violations } = await (only === undefined ? builder : builder.withRules([...only])).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id} at ${target.join(' ')}: ${failureSummary.split('\n').slice(1).join(' ').trim()}`))
}

/** Axe finds nothing on the page as it is now, by WCAG 2.2 AA and by what it calls best practice, in either theme. */
export const isAccessible = async (page: Page): Promise<void> => {
  expect(await find(page), 'in the light theme').toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  // Of one theme to the other only colours change.
  expect(await find(page, ['color-contrast']), 'in the dark theme').toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
}
