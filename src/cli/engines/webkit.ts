import { execFile, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { findOrInstall } from './install.ts'
import { FAILED, SKIPPED, say, type Part } from './part.ts'
import { KEY, freePort, pause, startDriver, type Driven } from './webdriver.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const call = promisify(execFile)

interface Example {
  readonly id: string
  readonly title: string
}
const examples = JSON.parse(readFileSync(`${root}public/examples/index.json`, 'utf8')) as readonly Example[]

/** Without JSPI there are none (design.md, "A stack is never copied, it is rebuilt"). */
const NEEDS_THREADS = new Set(['threads'])

/** The steps of a guest cost the square of their number here. */
const RUN_MILLISECONDS = 120_000
const START_MILLISECONDS = 120_000

const DIGEST = "[...document.querySelectorAll('footer [title]')].map(({ title }) => title).find((title) => /^[0-9a-f]{64}$/.test(title))"
const CURSOR = "Number(document.querySelector('[role=slider][aria-valuetext]').getAttribute('aria-valuenow'))"
const WORDS = "document.querySelector('footer').innerText"

/** A run begins where the digest of the one before goes away: that is short, and is watched for in the page. */
const WATCH = `window.begun = false
new MutationObserver((_, observer) => {
  if (${DIGEST}) return
  window.begun = true
  observer.disconnect()
}).observe(document.querySelector('footer'), { subtree: true, childList: true, attributes: true })`

const digestOf = (browser: Driven): Promise<string | null> => browser.run(`return ${DIGEST} ?? null`)

/** Does what begins a run; answers its digest. */
const runs = async (browser: Driven, act: () => Promise<unknown>): Promise<string | null> => {
  await browser.run(WATCH)
  await act()
  await browser.until('a run begins', 'window.begun')
  await browser.until('the run ends', DIGEST, RUN_MILLISECONDS)
  return digestOf(browser)
}

const chooseExample = async (browser: Driven, title: string): Promise<void> => {
  await browser.click("//header//button[starts-with(@aria-label, 'Example:')]")
  await browser.until('the menu of examples', "document.querySelector('[role=menuitemradio]')")
  await browser.click(`//*[@role='menuitemradio'][contains(., ${JSON.stringify(title)})]`)
}

const headlessDigest = async (id: string): Promise<string> => {
  const { stdout } = await call(process.execPath, ['src/cli/trace.ts', '--digest', '--example', id], { cwd: root })
    .catch((error: { readonly stdout?: string }) => ({ stdout: error.stdout ?? '' }))
  return stdout.trim()
}

/** What a person does in the page. Each answers what is wrong, if anything is. */
const acts: Record<string, (browser: Driven) => Promise<string | undefined>> = {
  'the page says that it cannot suspend': async (browser) => {
    const [suspends, words] = await browser.run<[boolean, string]>(`return ['Suspending' in WebAssembly, ${WORDS}]`)
    return suspends || words.includes('cannot suspend WebAssembly') ? undefined : words
  },
  'Run gives the digest of the recording': async (browser) => {
    const recorded = await digestOf(browser)
    const made = await runs(browser, () => browser.click("//button[starts-with(normalize-space(.), 'Run')]"))
    return made === recorded ? undefined : `${made} is not ${recorded}`
  },
  'the keys step to the next stop and back, and seek': async (browser) => {
    // With the focus on nothing that would take a key for itself.
    const press = async (...keys: readonly string[]): Promise<void> => {
      await browser.run('document.activeElement.blur()')
      await browser.press(...keys)
    }
    await press('g', '1', KEY.enter)
    await browser.until('the first event', `${CURSOR} === 1`)
    await press('s')
    await browser.until('a step', `${CURSOR} > 1`)
    await press('g', '1', '0', KEY.enter)
    await browser.until('event 10', `${CURSOR} === 10`)
    await press('p')
    await browser.until('a step back', `${CURSOR} < 10`)
    return undefined
  },
  'a link opens the same run': async (browser) => {
    const digest = await digestOf(browser)
    await browser.click("//header//button[contains(., 'Share')]")
    const field = "[...document.querySelectorAll('[role=dialog] input, [role=dialog] textarea')].find(({ value }) => value.includes('#1/'))"
    await browser.until('the link', field)
    const link = await browser.run<string>(`return ${field}.value`)
    await browser.open('about:blank')
    await browser.open(link)
    await browser.until('the run of the link', DIGEST, RUN_MILLISECONDS)
    const linked = await digestOf(browser)
    return linked === digest ? undefined : `${linked} is not ${digest}`
  },
}
for (const { id, title } of examples) {
  if (NEEDS_THREADS.has(id)) continue
  acts[`the example “${title}” gives the digest of the headless runner`] = async (browser) => {
    const [here, headless] = await Promise.all([runs(browser, () => chooseExample(browser, title)), headlessDigest(id)])
    return here === headless ? undefined : `${here} is not ${headless}`
  }
}

/** Run, step, seek, link, and every example, in a browser that has no JSPI. WEBKIT_ONLY: acts whose names have this in them. */
export const smokeInWebkit: Part = {
  name: 'a smoke test in WebKitGTK, which has no JSPI',
  run: async () => {
    const driver = findOrInstall(['/usr/bin/WebKitWebDriver'], ['webkit2gtk-driver', 'xvfb', 'xauth'])
    const browserPath = findOrInstall(
      ['4.1', '4.0', '6.0'].flatMap((version) => ['x86_64', 'aarch64'].map((arch) => `/usr/lib/${arch}-linux-gnu/webkit${version === '6.0' ? 'gtk' : '2gtk'}-${version}/MiniBrowser`)), [],
    )
    if (driver === undefined || browserPath === undefined) {
      say('Skipped: there is no WebKitWebDriver, and it cannot be installed here (Debian: apt-get install webkit2gtk-driver xvfb).')
      return SKIPPED
    }
    const port = await freePort()
    const server = spawn(process.execPath, ['src/cli/serve.mjs', '--port', String(port)], { cwd: root, stdio: 'ignore' })
    const address = `http://127.0.0.1:${port}/`
    let browser: Driven | undefined
    const counts = { passed: 0, failed: 0, skipped: NEEDS_THREADS.size }
    try {
      await served(address)
      browser = await startDriver('xvfb-run', ['-a', '-s', '-screen 0 1440x900x24', driver], {
        browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary: browserPath, args: ['--automation'] },
      })
      await browser.open(address)
      await browser.until('the page opens on a finished run', DIGEST)
      for (const [name, act] of Object.entries(acts)) {
        if (!name.includes(process.env['WEBKIT_ONLY'] ?? '')) continue
        const wrong = await act(browser).catch((error: unknown) => String(error))
        if (wrong === undefined) counts.passed++
        else counts.failed++
        if (wrong !== undefined) say(`${name}: ${wrong}`)
      }
    } catch (error) {
      say(String(error))
      return FAILED
    } finally {
      await browser?.close()
      server.kill()
    }
    return counts
  },
}

/** The page is there; it may be built first. */
const served = async (address: string): Promise<void> => {
  const end = Date.now() + START_MILLISECONDS
  while (!(await fetch(address).then(({ ok }) => ok, () => false))) {
    if (Date.now() > end) throw new Error('the page is not served')
    await pause(500)
  }
}
