// npm test: types, lint, unit tests, both builds, end-to-end tests. The last line counts them all: "N passed, M failed".
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { userInfo } from 'node:os'
import { jspiNode } from './jspi.mjs'

const unitReport = '.cache/unit.json'
const e2eReport = '.cache/e2e.json'
const totals = { passed: 0, failed: 0, skipped: 0 }

const add = ({ passed = 0, failed = 0, skipped = 0 }) => {
  totals.passed += passed
  totals.failed += failed
  totals.skipped += skipped
}

/** Runs a program; its exit code, or 1 if a signal ended it or there is none. */
const run = (command, args, env = {}) => {
  console.log(`\n> ${command === process.execPath ? 'node' : command} ${args.join(' ')}`)
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  return status ?? 1
}

/** A step that is one test itself. */
const check = (command, args) => {
  const ok = run(command, args) === 0
  add(ok ? { passed: 1 } : { failed: 1 })
  return ok
}

/** What a report counts; one failure if there is none, or if the runner failed and the report hides it. */
const count = (file, status, read) => {
  const counted = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : { failed: 1 }
  add(status !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted)
}

/** The Chromium that there is, or one that can be had: Debian's, else Playwright's own (undefined: it knows where). */
const findChromium = () => {
  const known = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => path && existsSync(path))
  if (known !== undefined) return known
  if (existsSync('/etc/debian_version') && userInfo().uid === 0) {
    run('apt-get', ['update', '-qq'])
    if (run('apt-get', ['install', '-y', '-qq', 'chromium']) === 0) return '/usr/bin/chromium'
  }
  run('npx', ['playwright', 'install', 'chromium'])
  return undefined
}

mkdirSync('.cache', { recursive: true })
for (const report of [unitReport, e2eReport]) rmSync(report, { force: true })

check(process.execPath, ['src/cli/types.mjs'])
check('npm', ['run', '--silent', 'lint'])

const node = jspiNode()
if (node === undefined) {
  console.error('No Node with JSPI: run npm ci on Linux x64, or use Node 25 or later.')
  add({ failed: 1 })
} else {
  const status = run(node, [
    '--disable-warning=ExperimentalWarning', 'node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`,
  ])
  count(unitReport, status, ({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) => ({
    passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests,
  }))
}

if (check('npm', ['run', '--silent', 'build'])) {
  const chromium = findChromium()
  const status = run('npx', ['playwright', 'test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: e2eReport, ...(chromium === undefined ? {} : { CHROMIUM: chromium }),
  })
  // A test that passed at its second attempt has passed: the reporter calls it flaky.
  count(e2eReport, status, ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }))
}

const { passed, failed, skipped } = totals
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed > 0 ? 1 : 0
