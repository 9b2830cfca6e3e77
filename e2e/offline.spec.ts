import { isAccessible } from './axe.ts'
import { serveFolder, type FolderServer } from './folder-server.ts'
import { examples } from './link.ts'
import { ExercisePane } from './pages/exercise-pane.ts'
import { YoursDialog } from './pages/yours-dialog.ts'
import { expect, test } from './test.ts'

test.use({ serviceWorkers: 'allow' })
test.setTimeout(180_000)

let server: FolderServer
test.beforeEach(async () => {
  server = await serveFolder()
})
test.afterEach(() => server.close())

test('after the first visit everything works without a network, in any folder of a server', async ({ page, playground, context }) => {
  await page.goto(server.url)
  await playground.hasEnded()
  await new YoursDialog(page).isWhole()
  // Nobody is there any more, whatever the browser may believe.
  await context.setOffline(true)
  server.close()

  await page.reload()
  await playground.hasEnded()
  await playground.runs(() => playground.chooseExample(examples[1]?.title ?? ''))
  // Monaco and its workers.
  await playground.editor.open()
  await playground.editor.append(1, ' // without a network')
  await expect(playground.editor.lines().filter({ hasText: 'without a network' })).toBeVisible()

  await page.goto(`${server.url}#ex=count`)
  await page.reload()
  const exercise = new ExercisePane(page)
  await exercise.is('ends', 'passed')
  await expect(exercise.pane.getByRole('heading', { name: 'Count the calls' })).toBeVisible()
  await page.goto(`${server.url}api.html`)
  await expect(page.getByRole('heading').first()).toBeVisible()
})

test('the page can be installed', async ({ page }) => {
  await page.goto(server.url)
  const href = await page.locator('link[rel="manifest"]').getAttribute('href')
  const url = new URL(href ?? '', server.url).href
  const manifest = await (await page.request.get(url)).json() as { start_url: string; scope: string; icons: readonly { src: string }[] }
  expect(new URL(manifest.start_url, url).href).toBe(server.url)
  expect(new URL(manifest.scope, url).href).toBe(server.url)
  for (const { src } of manifest.icons) expect((await page.request.get(new URL(src, url).href)).ok(), src).toBe(true)
})

test('a new version waits until it is asked for, and loses nothing', async ({ page, playground }) => {
  await page.goto(server.url)
  await playground.hasEnded()
  await new YoursDialog(page).isWhole()
  server.replace('index.html', (html) => html.replace('<title>', '<meta name="test-version" content="2"><title>'))
  server.replace('sw.js', (text) => text.replace(/\{"revision":"[0-9a-f]{32}","url":"index\.html"\}/, '{"revision":"new","url":"index.html"}'))
  await page.reload()
  await playground.hasEnded()
  await expect(playground.notice).toContainText('A new version is ready.')
  await expect(page.locator('meta[name="test-version"]')).toHaveCount(0)

  await playground.editor.write('// written just before the update\n')
  await playground.notice.getByRole('button', { name: 'Reload' }).click()
  await expect(page.locator('meta[name="test-version"]')).toHaveCount(1)
  await expect(playground.editor.pane).toContainText('// written just before the update')
})

test('what is kept can be taken along, forgotten, and brought back', async ({ page, playground }, info) => {
  await page.goto(server.url)
  await playground.hasEnded()
  await playground.editor.write('// mine\n')
  await page.waitForTimeout(600)
  const yours = new YoursDialog(page)
  await yours.open()
  await expect(yours.dialog.getByRole('row', { name: /^Your script/ })).toBeVisible()
  await isAccessible(page)
  const downloading = page.waitForEvent('download')
  await yours.dialog.getByRole('button', { name: 'Export everything' }).click()
  const file = info.outputPath('skipcall.zip')
  await (await downloading).saveAs(file)

  await yours.dialog.getByRole('button', { name: 'Forget everything …' }).click()
  await expect(yours.dialog.getByRole('button', { name: 'Keep it' })).toBeFocused()
  await yours.dialog.getByRole('button', { name: 'Yes, forget everything' }).click()
  await expect(yours.dialog).toBeHidden()
  await playground.hasEnded()
  await expect(playground.editor.pane).not.toContainText('// mine')
  const left = await page.evaluate(async () => (await indexedDB.databases()).length)
  expect(left).toBeLessThanOrEqual(1)

  await yours.open()
  const choosing = page.waitForEvent('filechooser')
  await yours.dialog.getByRole('button', { name: 'Import …' }).click()
  await (await choosing).setFiles(file)
  await expect(yours.dialog).toBeHidden()
  await expect(playground.editor.pane).toContainText('// mine')
})
