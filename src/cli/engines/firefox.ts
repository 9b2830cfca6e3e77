import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { findOrInstall } from './install.ts'
import { freePort } from './webdriver.ts'
import { FAILED, SKIPPED, say, type Part } from './part.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const report = '.cache/e2e-firefox.json'

interface Spec {
  readonly title: string
  readonly ok: boolean
}
interface Suite {
  readonly file?: string
  readonly specs?: readonly Spec[]
  readonly suites?: readonly Suite[]
}
interface Report {
  readonly suites: readonly Suite[]
  readonly stats: { readonly expected: number; readonly flaky: number; readonly unexpected: number; readonly skipped: number }
}

const failedIn = ({ file = '', specs = [], suites = [] }: Suite): string[] =>
  [...specs.filter(({ ok }) => !ok).map(({ title }) => `${file}: ${title}`), ...suites.flatMap(failedIn)]

/** The same tests as in Chromium, the digests of all examples and guests among them. FIREFOX_SPECS: only these files. */
export const suiteInFirefox: Part = {
  name: 'the end-to-end tests in Firefox',
  run: async () => {
    const firefox = findOrInstall([process.env['FIREFOX'] ?? '/usr/bin/firefox-esr', '/usr/bin/firefox'], ['firefox-esr'])
    if (firefox === undefined) {
      say('Skipped: there is no Firefox, and it cannot be installed here (Debian: apt-get install firefox-esr).')
      return SKIPPED
    }
    const only = (process.env['FIREFOX_SPECS'] ?? '').split(' ').filter((word) => word !== '')
    rmSync(`${root}${report}`, { force: true })
    spawnSync('npx', ['playwright', 'test', '--config', 'e2e/playwright.config.ts', '--retries=1', '--reporter=json', ...only], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, E2E_BROWSER: 'firefox', FIREFOX: firefox, E2E_PORT: String(await freePort()), PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    })
    if (!existsSync(`${root}${report}`)) {
      say('Playwright has written no report.')
      return FAILED
    }
    const { suites, stats } = JSON.parse(readFileSync(`${root}${report}`, 'utf8')) as Report
    for (const title of suites.flatMap(failedIn)) say(title)
    return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }
  },
}
