import type { BrowserContext } from '@playwright/test'

/** Lets the page, and the test in it, use the clipboard. Firefox knows no such permission: a preference says it (playwright.config.ts). */
export const allowClipboard = async (context: BrowserContext): Promise<void> => {
  if (context.browser()?.browserType().name() === 'firefox') return
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
}
