import { allowClipboard } from './clipboard.ts'
import { linkTo } from './link.ts'
import { Playground } from './pages/playground.ts'
import { expect, test } from './test.ts'

test('a link opened in a fresh profile gives the same digest, the same cursor and the same view', async ({ browser, playground }) => {
  await playground.open()
  await playground.runs(() => playground.chooseExample('The disk is full'))
  await playground.goTo(50)
  await playground.filter.write('fd_write')
  const [digest, sentence] = [await playground.digest(), await playground.timeline.sentence()]
  const link = await playground.share.take()
  expect(link.length).toBeLessThan(8000)

  const context = await browser.newContext()
  const other = new Playground(await context.newPage())
  await other.page.goto(link)
  await other.hasEnded()
  expect(await other.digest()).toBe(digest)
  await other.timeline.isAt(50)
  expect(await other.timeline.sentence()).toBe(sentence)
  await other.events.isAt(50)
  await expect(other.filter.field).toHaveValue('fd_write')
  await expect(other.editor.listing).toContainText('ENOSPC')
  await expect(other.notice).toHaveCount(0)
  await context.close()
})

test('the dialog says what the link holds and how long it is, leaves the cursor out on request, and copies', async ({ context, page, playground }) => {
  await allowClipboard(context)
  await playground.open()
  await playground.share.open()
  const { dialog } = playground.share
  await expect(dialog).toContainText('The link holds the recipe')
  await expect(dialog).toContainText(/[\d,]+ characters/)
  const link = await playground.share.link()
  await dialog.getByRole('checkbox', { name: /^cursor at/ }).uncheck()
  const shorter = await playground.share.link()
  expect(shorter).not.toBe(link)
  await dialog.getByRole('button', { name: 'Copy link' }).click()
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shorter)
})

test('a run is saved as a file and opened again', async ({ page, playground }) => {
  await playground.open()
  const digest = await playground.digest()
  await playground.share.open()
  const downloading = page.waitForEvent('download')
  await playground.share.dialog.getByRole('button', { name: 'Save as a file' }).click()
  const file = await (await downloading).path()
  await page.keyboard.press('Escape')

  await playground.runs(() => playground.chooseExample('Stop the clocks'))
  expect(await playground.digest()).not.toBe(digest)
  await playground.share.open()
  const choosing = page.waitForEvent('filechooser')
  await playground.share.dialog.getByRole('button', { name: 'Open a file' }).click()
  await (await choosing).setFiles(file)
  await expect(page.getByRole('contentinfo').getByTitle(digest)).toBeVisible()
})

const GOOD = linkTo('import { spawn, trace } from "ptrace"\nfor await (const stop of trace(spawn("hello"))) void stop\n')

for (const { what, fragment, says } of [
  { what: 'cut off', fragment: GOOD.slice(0, -40), says: /This link is cut off: \d+ of its \d+ bytes have arrived\./ },
  { what: 'cut off at its beginning', fragment: GOOD.slice(0, 9), says: /Only the beginning of this link has arrived/ },
  { what: 'bent', fragment: `${GOOD.slice(0, 60)}${GOOD[60] === 'A' ? 'B' : 'A'}${GOOD.slice(61)}`, says: /changed on its way: its checksum does not fit/ },
  { what: 'full of other characters', fragment: `${GOOD.slice(0, 40)}*${GOOD.slice(41)}`, says: /characters that cannot be in it/ },
  { what: 'too new', fragment: GOOD.replace('#1/', '#2/'), says: /made with a newer version of Skipcall.*Reload the page/ },
  { what: 'of a kind that is not known yet', fragment: GOOD.replace('/r/', '/x/'), says: /made with a newer version/ },
]) {
  test(`a link that is ${what} gets a sentence, and the page works`, async ({ playground }) => {
    await playground.page.goto(`/${fragment}`)
    await expect(playground.notice).toContainText(says)
    await expect(playground.notice).toContainText('What you were editing is kept.')
    await playground.hasEnded()
    await playground.notice.getByRole('button', { name: 'Dismiss' }).click()
    await expect(playground.notice).toHaveCount(0)
    await playground.run()
  })
}

test('a link of a guest that the page does not have gets a sentence', async ({ page, playground }) => {
  const fragment = linkTo('console.log(1)\n', 'hello', { programs: [{ name: 'stranger', hash: '0'.repeat(64), argv: [] }] })
  await page.goto(`/${fragment}`)
  await expect(playground.notice).toContainText('This run needs a guest, stranger, that this page does not have.')
})

test('opening a link keeps what was being edited, and gives it back', async ({ page, playground }) => {
  await playground.open()
  await playground.editor.write('console.log("my draft")\n')
  await playground.run()
  await page.goto(`/${GOOD}`)
  await expect(playground.notice).toContainText('You are looking at a run that somebody shared.')
  await playground.hasEnded()
  await expect(playground.editor.pane).toContainText('void stop')
  await playground.runs(() => playground.notice.getByRole('button', { name: 'Back to your draft' }).click())
  await expect(playground.editor.pane).toContainText('my draft')
  await expect(playground.console.line('my draft')).toBeVisible()
  expect(new URL(page.url()).hash).toBe('')
})

test('a shared run that is edited becomes one’s own: the address lets go of the link', async ({ page, playground }) => {
  await page.goto(`/${GOOD}`)
  await playground.hasEnded()
  await playground.editor.write('console.log("mine now")\n')
  await expect.poll(() => new URL(page.url()).hash).toBe('')
  await playground.run()
  await expect(playground.console.line('mine now')).toBeVisible()
})
