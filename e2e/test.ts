import { test as base, type Page } from '@playwright/test'
import { passOverMissing, typeAsAPerson } from './firefox.ts'
import { Playground } from './pages/playground.ts'

export { expect } from '@playwright/test'

/**
 * Firefox tells what a policy has blocked as an error of the page. It is none: the machine's lock asks whether there is an
 * `eval`, and Playwright puts a style into the sandbox.
 */
const BLOCKED = /^The page’s settings blocked /

/** Fails if the page itself throws while `act` lasts. */
const unbroken = async (page: Page, act: () => Promise<void>): Promise<void> => {
  const thrown: string[] = []
  page.on('pageerror', ({ message }) => {
    if (!BLOCKED.test(message)) thrown.push(message)
  })
  await act()
  if (thrown.length > 0) throw new Error(`the page has thrown: ${thrown.join('; ')}`)
}

interface PerTest {
  /** The page in a profile of its own. */
  readonly playground: Playground
}
interface PerWorker {
  /** Firefox is made ready before a page is opened in it. */
  readonly readied: void
  /** A page that stays open from test to test, as somebody's who tries one thing after another: only for what does not mind what was before. */
  readonly standing: Playground
}

export const test = base.extend<PerTest, PerWorker>({
  readied: [
    async ({ browser, browserName }, use) => {
      if (browserName === 'firefox') passOverMissing(browser)
      await use()
    },
    { scope: 'worker', auto: true },
  ],
  playground: async ({ page, browserName }, use) => {
    if (browserName === 'firefox') await typeAsAPerson(page)
    await unbroken(page, () => use(new Playground(page)))
  },
  standing: [
    async ({ browser, browserName }, use, { project }) => {
      const { baseURL, viewport, colorScheme, reducedMotion, locale } = project.use
      const page = await browser.newPage({ baseURL, viewport, colorScheme, reducedMotion, locale } as Parameters<typeof browser.newPage>[0])
      if (browserName === 'firefox') await typeAsAPerson(page)
      const playground = new Playground(page)
      await playground.open()
      await unbroken(page, () => use(playground))
      await page.context().close()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
})
