import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fromFragment, toFragment } from '../src/engine/link/fragment.ts'
import type { LinkContent } from '../src/engine/link/container.ts'
import { compress } from '../src/ui/share/compress.ts'
import { inflate } from '../src/ui/share/inflate.ts'
import { isAccessible } from './axe.ts'
import { allowClipboard } from './clipboard.ts'
import { linkTo } from './link.ts'
import { Playground } from './pages/playground.ts'
import { expect, test } from './test.ts'

const SCRIPT = 'import { spawn, trace } from "ptrace"\nfor await (const stop of trace(spawn())) void stop\n'

const contentOf = (fragment: string): LinkContent => {
  const read = fromFragment(fragment, inflate)
  if (!read.ok) throw new Error(read.problem.cause)
  return read.value
}

/** The link of the run of `SCRIPT` with something else in it. */
const linkWith = (change: Partial<LinkContent>): string => toFragment({ ...contentOf(linkTo(SCRIPT)), ...change }, compress)

const LECTURE = linkWith({
  cursor: 3,
  notes: [
    { at: 3, text: '## The first stop\n\nIt is an *entry*. <img src=x onerror="parent.document.title=1"> [away](javascript:alert(1))' },
    { at: 7, text: 'And here is another' },
  ],
})

interface Foreign {
  readonly server: Server
  readonly url: string
}

/** A page of another origin, with a run in a frame below so many pixels of nothing. Messages of the frame are kept in `heard`. */
const foreignPage = async (frame: string, above = 0): Promise<Foreign> => {
  const html = `<!doctype html><html lang="en"><title>A lecture</title><h1>A lecture</h1><a href="#before">before</a><div style="height:${above}px"></div>
<iframe id="run" src="${frame}" title="Skipcall: a run" width="1000" height="640"></iframe><a href="#behind">behind</a><div style="height:4000px"></div>
<script>heard = []; addEventListener('message', (event) => { if (event.data?.from === 'skipcall') heard.push(event.data) })</script></html>`
  const server = createServer((_request, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end(html))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

test('a lecture is stepped through, played, changed and shared', async ({ page, playground }) => {
  await playground.open(LECTURE)
  const bar = page.getByRole('region', { name: 'Notes' })
  await expect(bar).toContainText('Note 1 of 2')
  await expect(bar.getByRole('heading', { name: 'The first stop' })).toBeVisible()
  // A stranger's words are words.
  await expect(bar.locator('img, script')).toHaveCount(0)
  await expect(bar.locator('a[href^="javascript"]')).toHaveCount(0)
  await playground.press('.')
  await playground.timeline.isAt(7)
  await expect(bar).toContainText('And here is another')
  await playground.press(',')
  await playground.timeline.isAt(3)
  await bar.getByRole('button', { name: 'Play' }).click()
  await expect(bar.getByRole('button', { name: 'Stop playing' })).toHaveAttribute('aria-pressed', 'true')
  await playground.timeline.isAt(7)
  await expect(bar.getByRole('button', { name: 'Play' })).toBeVisible()

  await playground.goTo(9)
  await playground.press('m')
  const dialog = page.getByRole('dialog', { name: 'Write a note' })
  await dialog.getByRole('textbox').fill('The **third** note')
  await expect(dialog.getByRole('group', { name: 'How it will be read' })).toContainText('The third note')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(bar).toContainText('Note 3 of 3')
  const link = await playground.share.take()
  expect(contentOf(new URL(link).hash).notes?.map(({ at }) => at)).toEqual([3, 7, 9])

  await page.reload()
  await playground.hasEnded()
  await playground.goTo(9)
  await expect(bar).toContainText('The third note')
})

test('a recording opens as it was recorded, though the engine is another one; a recipe says where it parts', async ({ page, playground, browser }) => {
  await playground.open(linkTo(SCRIPT))
  const [digest, length] = [await playground.digest(), await playground.timeline.length()]
  await playground.share.open()
  const { dialog } = playground.share
  await dialog.getByRole('radio', { name: 'Recording' }).click()
  await expect(dialog).toContainText('sees exactly what you see')
  await expect(dialog.getByRole('textbox', { name: 'Link' })).toHaveValue(/#1\/t\//)
  const recording = contentOf(new URL(await dialog.getByRole('textbox', { name: 'Link' }).inputValue()).hash)
  await dialog.getByRole('radio', { name: 'Recipe' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Link' })).toHaveValue(/#1\/r\//)
  const recipe = contentOf(new URL(await dialog.getByRole('textbox', { name: 'Link' }).inputValue()).hash)
  await page.keyboard.press('Escape')

  // Another engine's rules, and a program that nobody has: what was recorded needs neither.
  const other = { ...recording.recipe, engine: 2, programs: recording.recipe.programs.map((one) => ({ ...one, hash: '0'.repeat(64) })) }
  const context = await browser.newContext()
  const there = new Playground(await context.newPage())
  const machines: string[] = []
  there.page.on('worker', (worker) => machines.push(worker.url()))
  await there.page.goto(`/${toFragment({ ...recording, recipe: other }, compress)}`)
  await there.hasEnded()
  expect(await there.digest()).toBe(digest)
  expect(await there.timeline.length()).toBe(length)
  await expect(there.notice).toContainText('version 2 of the engine’s rules')
  expect(machines).toEqual([])
  await context.close()

  // Of another seed's rules the first sums fit, and the last do not.
  const { checkpoints } = recipe
  if (checkpoints === undefined) throw new Error('a recipe of a run that is over has checkpoints')
  const sums = `${checkpoints.sums.slice(0, 32)}${'A'.repeat(checkpoints.sums.length - 32)}`
  await page.goto(`/${toFragment({ ...recipe, digest: '0123456789abcdef', checkpoints: { ...checkpoints, sums } }, compress)}`)
  await expect(playground.notice).toContainText(/This run is not the sender’s.*The first difference is (event|between events) \d/)
})

test('a page of another origin drives an embed and hears of it; it sleeps off screen, and never changes its address', async ({ page, baseURL }) => {
  const { server, url } = await foreignPage(`${baseURL}?embed${LECTURE}`)
  try {
    await page.goto(url)
    const frame = page.frameLocator('#run')
    const slider = frame.getByRole('slider', { name: 'Event at the cursor' })
    await expect(slider).toHaveAttribute('aria-valuenow', '3')
    await expect(frame.getByRole('region', { name: 'Notes' })).toContainText('The first stop')
    await expect(frame.getByRole('region', { name: 'Source', exact: true })).toBeVisible()
    await expect(frame.getByRole('region', { name: /tracer\.ts|Console|Events/ })).toHaveCount(0)

    const send = (message: unknown): Promise<void> =>
      page.evaluate((what) => (document.querySelector('iframe') as HTMLIFrameElement).contentWindow?.postMessage(what, '*'), message)
    await send({ seek: 5 })
    await expect(slider).toHaveAttribute('aria-valuenow', '5')
    await send({ note: 'next' })
    await expect(slider).toHaveAttribute('aria-valuenow', '7')
    for (const nonsense of [{ seek: -1 }, { seek: '9' }, null, 'seek', { note: {} }]) await send(nonsense)
    await send({ note: 'previous' })
    await expect(slider).toHaveAttribute('aria-valuenow', '3')
    const heard = (): Promise<{ height: number; cursor: number; length: number }> =>
      page.evaluate(() => (globalThis as unknown as { heard: { height: number; cursor: number; length: number }[] }).heard.at(-1) ?? { height: 0, cursor: 0, length: 0 })
    await expect.poll(async () => (await heard()).cursor).toBe(3)
    expect((await heard()).length).toBe(Number(await slider.getAttribute('aria-valuemax')))
    expect((await heard()).height).toBeGreaterThan(300)

    // Its keys act in it alone.
    await page.locator('a').first().focus()
    await page.keyboard.press('n')
    await expect(slider).toHaveAttribute('aria-valuenow', '3')
    await page.keyboard.press('Tab')
    await expect(frame.getByRole('button', { name: 'Skip this trace' })).toBeFocused()
    await page.keyboard.press('n')
    await expect(slider).toHaveAttribute('aria-valuenow', '4')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await expect(page.locator('a').nth(1)).toBeFocused()

    const copy = frame.getByRole('link', { name: /^Edit a copy/ })
    await expect(copy).toHaveAttribute('href', `${baseURL}${LECTURE}`)
    await expect(copy).toHaveAttribute('target', '_blank')

    const machines = (): number => page.workers().length
    await expect.poll(machines).toBeGreaterThan(0)
    await page.evaluate(() => scrollTo(0, 3000))
    await expect.poll(machines).toBe(0)
    await page.evaluate(() => scrollTo(0, 0))
    await expect(slider).toHaveAttribute('aria-valuenow', '4')
    const address = page.frames().find((one) => one.url().includes('?embed'))?.url()
    expect(address).toBe(`${baseURL}?embed${LECTURE}`)
  } finally {
    server.close()
  }
})

test('an embed below the fold starts no machine before it is seen', async ({ page, baseURL }) => {
  const { server, url } = await foreignPage(`${baseURL}?embed${LECTURE}`, 3000)
  try {
    await page.goto(url)
    // That nothing happens can only be waited for.
    await page.waitForTimeout(2500)
    expect(page.workers()).toEqual([])
    await page.locator('#run').scrollIntoViewIfNeeded()
    await expect(page.frameLocator('#run').getByRole('slider', { name: 'Event at the cursor' })).toHaveAttribute('aria-valuenow', '3')
  } finally {
    server.close()
  }
})

test('the dialog makes a frame with a title, and a link to a file on a host', async ({ context, playground }) => {
  await allowClipboard(context)
  await playground.open(LECTURE)
  await playground.share.open()
  const { dialog } = playground.share
  await dialog.getByText('Embed it in a page').click()
  await dialog.getByLabel('Title of the frame').fill('Stops "in pairs" <b>')
  const snippet = dialog.getByRole('textbox', { name: 'Frame for a page' })
  await expect(snippet).toHaveValue(/^<iframe src="http[^"]+\?embed#1\/r\/[^"]+" title="Stops &quot;in pairs&quot; &lt;b&gt;"/)
  const file = dialog.getByLabel('Address of the saved file')
  await file.fill('http://files.example/run.skipcall.json')
  await expect(dialog).toContainText('It has to be an https address')
  await file.fill('https://files.example/run.skipcall.json')
  await expect(dialog.getByRole('textbox', { name: 'Link to the hosted file' })).toHaveValue(/\?src=https%3A%2F%2Ffiles\.example%2Frun\.skipcall\.json$/)
  await expect(snippet).toHaveValue(/\?src=https%3A%2F%2Ffiles\.example%2Frun\.skipcall\.json&amp;embed"/)
})

test('a file on a host is fetched after its name was told, and not before', async ({ page, playground }) => {
  await playground.open(linkTo(SCRIPT))
  const digest = await playground.digest()
  await playground.share.open()
  const downloading = page.waitForEvent('download')
  await playground.share.dialog.getByRole('button', { name: 'Save as a file' }).click()
  const path = await (await downloading).path()
  await page.keyboard.press('Escape')

  const asked: string[] = []
  await page.context().route('https://files.example/**', async (route) => {
    asked.push(route.request().url())
    if (route.request().url().endsWith('gone')) await route.fulfill({ status: 404, headers: { 'Access-Control-Allow-Origin': '*' } })
    else await route.fulfill({ path, headers: { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'application/json' } })
  })
  await page.goto('/?src=https%3A%2F%2Ffiles.example%2Frun.json')
  const dialog = page.getByRole('dialog', { name: 'Fetch a run from files.example?' })
  await expect(dialog).toContainText('files.example')
  expect(asked).toEqual([])
  await playground.runs(() => dialog.getByRole('button', { name: 'Fetch from files.example' }).click())
  expect(asked).toHaveLength(1)
  expect(await playground.digest()).toBe(digest)

  await page.goto('/?src=https%3A%2F%2Ffiles.example%2Fgone')
  await dialog.getByRole('button', { name: 'Fetch from files.example' }).click()
  await expect(playground.notice).toContainText('files.example answered 404 instead of sending the file.')
  await page.goto('/?src=http%3A%2F%2Ffiles.example%2Frun.json')
  await expect(playground.notice).toContainText('has to be at an https address')
  expect(asked).toHaveLength(2)
})

test('on a projector type is large, a clicker steps, B blanks; it is kept', async ({ page, playground }) => {
  await playground.open(LECTURE)
  const size = (): Promise<number> => page.getByRole('grid', { name: 'Events' }).evaluate((grid) => Number.parseFloat(getComputedStyle(grid.querySelector('[role=row]') as Element).fontSize))
  const before = await size()
  await playground.menuBar.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitem', { name: /^Projector mode/ }).click()
  await expect.poll(size).toBeGreaterThan(before * 1.25)
  await playground.events.grid.focus()
  await page.keyboard.press('PageDown')
  await playground.timeline.isAt(7)
  await page.keyboard.press('PageUp')
  await playground.timeline.isAt(3)
  await playground.press('b')
  const blank = page.getByRole('button', { name: /The screen is blank/ })
  await expect(blank).toBeVisible()
  await page.keyboard.press('b')
  await expect(blank).toHaveCount(0)
  await isAccessible(page)
  await page.reload()
  await expect.poll(size).toBeGreaterThan(before * 1.25)
})

for (const width of [390, 1024, 1440]) {
  test(`axe finds nothing in an embed ${width} pixels wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 700 })
    await page.goto(`/?embed${LECTURE}`)
    await expect(page.getByRole('slider', { name: 'Event at the cursor' })).toHaveAttribute('aria-valuenow', '3')
    await expect(page.getByRole('region', { name: 'Notes' })).toContainText('The first stop')
    await isAccessible(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  })
}
