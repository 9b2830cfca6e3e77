import { existsSync } from 'node:fs'
import { defineConfig, devices } from '@playwright/test'

/** A Chromium of this machine, if there is one; otherwise Playwright's own. */
const installed = process.env['CHROMIUM'] ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path))
/** E2E_BROWSER=firefox: the Firefox of this machine, over WebDriver BiDi; Playwright's own, patched one speaks another protocol. */
const inFirefox = process.env['E2E_BROWSER'] === 'firefox'
const firefox = process.env['FIREFOX'] ?? ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => existsSync(path))
const ci = process.env['CI'] !== undefined
const port = Number(process.env['E2E_PORT'] ?? 4173)

// No default export is the house rule; Playwright's configuration is an exception that Playwright makes.
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  workers: 2,
  fullyParallel: true,
  // A loaded machine is no mistake of the page: what passes at a second attempt has passed.
  retries: ci ? 2 : 0,
  forbidOnly: ci,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: ci ? [['list'], ['json', { outputFile: '../.cache/e2e.json' }]] : [['list']],
  use: {
    ...devices[inFirefox ? 'Desktop Firefox' : 'Desktop Chrome'],
    ...(inFirefox ? { browserName: 'firefox', channel: 'moz-firefox' } : {}),
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    // Each test is a first visit: what would be fetched for a later one is offline.spec.ts's concern.
    serviceWorkers: 'block',
    launchOptions: inFirefox ? {
      ...(firefox === undefined ? {} : { executablePath: firefox }),
      firefoxUserPrefs: { 'dom.events.testing.asyncClipboard': true },
    } : {
      ...(installed === undefined ? {} : { executablePath: installed }),
      args: [
        '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync',
      ],
    },
  },
  webServer: {
    command: `node src/cli/serve.mjs --port ${port}`,
    cwd: '..',
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: !ci,
    timeout: 180_000,
  },
})
