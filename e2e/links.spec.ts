import { createHash } from 'node:crypto'
import { deflateSync } from 'fflate'
import { encodeBase64url } from '../src/engine/link/base64url.ts'
import { writeContainer } from '../src/engine/link/container.ts'
import { packFragment } from '../src/engine/link/fragment.ts'
import { makeRecipe } from '../src/engine/recipe.ts'
import { compress } from '../src/ui/share/compress.ts'
import { drop } from './drop.ts'
import { guests, linkTo } from './link.ts'
import { expect, test } from './test.ts'

const SCRIPT = 'import { spawn, trace } from "ptrace"\nfor await (const stop of trace(spawn())) void stop\n'
const hello = { name: 'hello', hash: guests['hello']?.hash ?? '', argv: [] }
const recipe = makeRecipe({ programs: [hello], script: SCRIPT })
const container = writeContainer({ recipe }, compress)
const GOOD = linkTo(SCRIPT)

const linkOf = (value: unknown): string => packFragment(compress(new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))))
const stranger = { name: 'stranger', hash: createHash('sha256').update('the true one').digest('hex'), argv: [] }

/** What may be wrong with a link, and what the page says about it. Each of them leaves a page that works. */
for (const [what, fragment, says] of [
  ['empty', '#1/r/', 'Only the beginning of this link has arrived.'],
  ['in the wrong alphabet', `${GOOD.slice(0, 40)}*${GOOD.slice(41)}`, 'characters that cannot be in it'],
  ['truncated', GOOD.slice(0, -30), 'This link is cut off'],
  ['changed on its way', `${GOOD.slice(0, 60)}${GOOD[60] === 'A' ? 'B' : 'A'}${GOOD.slice(61)}`, 'its checksum does not fit'],
  ['not deflated', packFragment(Uint8Array.of(7, 7, 7, 7)), 'cannot be unpacked'],
  ['a bomb', packFragment(deflateSync(new Uint8Array(64 * 2 ** 20), { level: 9 })), 'unpacks to more than 16 MB'],
  ['not JSON', linkOf('{"version":1,'), 'is not a run'],
  ['of no version', linkOf({ ...container, version: 'one' }), 'does not say which version it is'],
  ['too new', linkOf({ ...container, version: 2 }), 'made with a newer version of Skipcall'],
  ['of a program that nobody has', linkOf({ ...container, recipe: { ...recipe, programs: [stranger] } }), 'needs a guest, stranger, that this page does not have'],
  [
    'of a program that is not what its hash says',
    linkOf({ ...container, recipe: { ...recipe, programs: [stranger] }, modules: [{ hash: stranger.hash, deflated: encodeBase64url(compress(Uint8Array.of(1))) }] }),
    'The program stranger in this link is not the one that its run needs',
  ],
  ['bad in a field', linkOf({ ...container, recipe: { ...recipe, seed: 'seven' } }), 'the link.recipe.seed is not a whole number'],
  ['without a program', linkOf({ ...container, recipe: { ...recipe, programs: [] } }), 'names no program'],
] as const) {
  test(`a link that is ${what} gets a sentence with a way on, and the page works`, async ({ page, playground }) => {
    await page.goto(`/${fragment}`)
    await expect(playground.notice).toContainText(says)
    await expect(playground.notice).toContainText('What you were editing is kept.')
    await playground.hasEnded()
    await playground.run()
  })
}

test('a cursor beyond the end is put on the last event, and that is said', async ({ page, playground }) => {
  await page.goto(`/${linkOf({ ...container, cursor: 100_000 })}`)
  await playground.hasEnded()
  await expect(playground.notice).toContainText('The cursor of this link is at event 100,000')
  expect(await playground.timeline.seq()).toBe(await playground.timeline.length())
})

test('a program that came along and is no guest fails the run with a sentence', async ({ page, playground }) => {
  const bytes = new TextEncoder().encode('no module')
  const hash = createHash('sha256').update(bytes).digest('hex')
  await page.goto(`/${linkOf({ ...container, recipe: { ...recipe, programs: [{ ...stranger, hash }] }, modules: [{ hash, deflated: encodeBase64url(compress(bytes)) }] })}`)
  await expect(playground.console.failure('stranger cannot be run')).toContainText('it is text')
})

test('a missing program is chosen from a file, if it is the right one', async ({ page, playground }) => {
  const { readFileSync } = await import('node:fs')
  const { buildFixtures } = await import('../src/wasm/guests/build.mjs')
  await buildFixtures()
  const bytes = readFileSync(new URL('../.cache/fixtures/exit42.wasm', import.meta.url))
  const missing = { name: 'answer', hash: createHash('sha256').update(bytes).digest('hex'), argv: [] }
  await page.goto(`/${linkOf({ ...container, recipe: { ...recipe, programs: [missing] } })}`)
  const choose = async (buffer: Buffer): Promise<void> => {
    const choosing = page.waitForEvent('filechooser')
    await playground.notice.getByRole('button', { name: 'Choose its file' }).click()
    await (await choosing).setFiles({ name: 'some.wasm', mimeType: 'application/wasm', buffer })
  }
  await choose(bytes)
  await expect(page.getByRole('button', { name: 'Guest: answer' })).toBeVisible()
  await playground.hasEnded()
  await expect(playground.timeline.pane).toContainText('exited 42')
})

test('the window, the axis, the tab and the filter travel', async ({ browser, page, playground }) => {
  await playground.open(linkTo(SCRIPT, 'cat'))
  await playground.timeline.button('Zoom in').click()
  await playground.inspector.choose('Memory')
  await playground.filter.write('%file')
  const crumbs = await playground.timeline.crumbs().first().textContent()
  const link = await playground.share.take()
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  const other = await context.newPage()
  const { Playground } = await import('./pages/playground.ts')
  const there = new Playground(other)
  await other.goto(link)
  await there.hasEnded()
  await expect(there.timeline.crumbs().first()).toHaveText(crumbs ?? '')
  await expect(there.inspector.pane.getByRole('tab', { name: 'Memory' })).toHaveAttribute('aria-selected', 'true')
  await expect(there.filter.field).toHaveValue('%file')
  await context.close()
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('a long run goes into a file, which is opened by dropping it', async ({ page, playground }) => {
  // Incompressible, so that no link can hold it.
  const noise = Array.from({ length: 3000 }, (_, i) => createHash('sha256').update(String(i)).digest('base64')).join('')
  await playground.open(linkTo(`${SCRIPT}// ${noise}\n`))
  const digest = await playground.digest()
  await playground.share.open()
  await expect(playground.share.dialog).toContainText('is too long for some browsers: send the file')
  const downloading = page.waitForEvent('download')
  await playground.share.dialog.getByRole('button', { name: 'Save as a file' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('run.skipcall.json')
  const { readFile } = await import('node:fs/promises')
  const content = await readFile(await download.path())
  await page.keyboard.press('Escape')
  await playground.runs(() => playground.chooseExample('Stop the clocks'))
  await drop(page, [{ name: 'run.skipcall.json', content }])
  await expect(page.getByRole('contentinfo').getByTitle(digest)).toBeVisible()

  await drop(page, [{ name: 'cut.skipcall.json', content: content.subarray(0, 1000) }])
  await expect(playground.notice).toContainText('This file is not a run that Share saved')
  await drop(page, [{ name: 'empty.skipcall.json', content: '' }])
  await expect(playground.notice).toContainText('This file is empty.')
})
