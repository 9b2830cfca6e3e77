import { test as base } from '@playwright/test'
import { Playground } from './pages/playground.ts'

export { expect } from '@playwright/test'

/** Every test has the page in a profile of its own, and fails when the page itself has thrown. */
export const test = base.extend<{ playground: Playground }>({
  playground: async ({ page }, use) => {
    const thrown: string[] = []
    page.on('pageerror', (error) => thrown.push(error.message))
    await use(new Playground(page))
    if (thrown.length > 0) throw new Error(`the page has thrown: ${thrown.join('; ')}`)
  },
})
