import { readFile } from 'node:fs/promises'
import { drop, dropFolder } from './drop.ts'
import { linkTo } from './link.ts'
import { FilesDialog } from './pages/files-dialog.ts'
import type { Playground } from './pages/playground.ts'
import { expect, test } from './test.ts'

const TRACE = 'import { spawn, trace } from "ptrace"\nfor await (const stop of trace(spawn())) void stop\n'

const runWith = async (playground: Playground, words: string): Promise<void> => {
  await playground.menuBar.getByRole('button', { name: /^Guest:/ }).click()
  await playground.page.getByRole('menuitem', { name: /^Arguments, input and seed/ }).click()
  const dialog = playground.page.getByRole('dialog', { name: 'Arguments, input and seed' })
  await dialog.getByRole('textbox', { name: 'Arguments' }).fill(words)
  await playground.runs(() => dialog.getByRole('button', { name: 'Run' }).click())
}

test('a dropped file is read by cat, and survives a reload and a link', async ({ browser, page, playground }) => {
  await playground.open(linkTo(TRACE, 'cat'))
  await drop(page, [{ name: 'notes.txt', content: 'zwölf Boxkämpfer\n' }])
  await expect(playground.notice).toContainText('/notes.txt is there for the guest from the next run on.')
  await runWith(playground, '/notes.txt')
  await expect(playground.console.line(/stdout.*zwölf Boxkämpfer/)).toBeVisible()
  const digest = await playground.digest()
  const link = await playground.share.take()

  await page.reload()
  await playground.hasEnded()
  await playground.run()
  expect(await playground.digest()).toBe(digest)

  const context = await browser.newContext()
  const other = await context.newPage()
  await other.goto(link)
  await expect(other.getByRole('contentinfo').getByTitle(digest)).toBeVisible()
  await context.close()
})

test('a dropped folder comes with all that is in it', async ({ page, playground }) => {
  await playground.open(linkTo(TRACE, 'cat'))
  await dropFolder(page, 'proj', { 'a.txt': 'first\n', 'deep/er/b.txt': 'second\n' })
  await expect(playground.notice).toContainText('/proj/a.txt, /proj/deep/er/b.txt are there for the guest')
  await runWith(playground, '/proj/a.txt /proj/deep/er/b.txt')
  await expect(playground.console.line(/stdout.*first/)).toBeVisible()
  await expect(playground.console.line(/stdout.*second/)).toBeVisible()
})

test('files are chosen by button, looked at in text and hex, and taken out again', async ({ page, playground }) => {
  await playground.open(linkTo(TRACE, 'cat'))
  const files = new FilesDialog(page)
  await files.open()
  const choosing = page.waitForEvent('filechooser')
  await files.dialog.getByRole('button', { name: 'Add files' }).click()
  await (await choosing).setFiles([
    { name: 'raw.bin', mimeType: 'application/octet-stream', buffer: Buffer.from([0, 255, 65]) },
    { name: 'plain.txt', mimeType: 'text/plain', buffer: Buffer.from('plain\n') },
  ])
  await files.row('/raw.bin').click()
  await expect(files.content('/raw.bin')).toContainText('00000  00 ff 41')
  await files.row('/plain.txt').click()
  await expect(files.content('/plain.txt')).toHaveText('plain\n')
  await files.dialog.getByRole('radio', { name: 'Hex' }).click()
  await expect(files.content('/plain.txt')).toContainText('70 6c 61 69 6e 0a')
  await files.dialog.getByRole('button', { name: 'Remove' }).click()
  await expect(files.row('/plain.txt')).toHaveCount(0)
  await expect(files.row('/home/poem.txt')).toContainText('81 bytes')
})

test('what a run created, changed and left alone is marked, and can be downloaded', async ({ page, playground }) => {
  await playground.open(linkTo(TRACE, 'cp'))
  await drop(page, [{ name: 'from.txt', content: 'copied\n' }, { name: 'over.txt', content: 'this will be overwritten\n' }])
  await runWith(playground, '/from.txt /new.txt')
  const files = new FilesDialog(page)
  await files.open()
  await expect(files.row('/new.txt')).toContainText('new')
  await expect(files.row('/from.txt')).not.toContainText(/new$|changed|deleted/)
  await files.row('/new.txt').click()
  await expect(files.content('/new.txt')).toHaveText('copied\n')
  const downloading = page.waitForEvent('download')
  await files.dialog.getByRole('button', { name: 'Download' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('new.txt')
  expect(await readFile(await download.path(), 'utf8')).toBe('copied\n')
  await files.close()

  await runWith(playground, '/from.txt /over.txt')
  await files.open()
  await expect(files.row('/over.txt')).toContainText('changed')
  await expect(files.row('/new.txt')).toHaveCount(0)
})

test('of a recording that nobody has run here, the files after the run are not known, and that is said', async ({ page, playground }) => {
  await playground.open()
  const files = new FilesDialog(page)
  await files.open()
  await files.show('After the run')
  await expect(files.dialog).toContainText('This is a recording. Run it, and the files are shown')
})

test('too much is refused with a sentence, and nothing is added', async ({ page, playground }) => {
  await playground.open(linkTo(TRACE, 'cat'))
  await drop(page, [{ name: 'big.bin', content: new Uint8Array(13 * 2 ** 20) }])
  await expect(playground.notice).toContainText('big.bin has 14 MB, and a recipe holds files of 12 MB at most.')
  await playground.run()
})
