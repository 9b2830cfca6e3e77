import { readFileSync } from 'node:fs'
import type { Download, Locator, Page } from '@playwright/test'
import { drop } from './drop.ts'
import type { Playground } from './pages/playground.ts'
import { expect, test } from './test.ts'

const LOG = readFileSync(new URL('../src/engine/import/fixtures/file-f-ttt-T.strace', import.meta.url), 'utf8')

const openDialog = async (playground: Playground): Promise<Locator> => {
  await playground.press('Control+Shift+P')
  await playground.page.getByRole('combobox', { name: 'Command' }).fill('Export or print')
  await playground.page.keyboard.press('Enter')
  const dialog = playground.page.getByRole('dialog', { name: 'Export' })
  await expect(dialog).toBeVisible()
  return dialog
}

const textOf = async (download: Download): Promise<string> => readFileSync(await download.path(), 'utf8')

const save = async (page: Page, dialog: Locator, format: string): Promise<{ readonly name: string; readonly text: string }> => {
  await dialog.getByRole('radio', { name: format }).check()
  const downloading = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save as a file' }).click()
  const download = await downloading
  return { name: download.suggestedFilename(), text: await textOf(download) }
}

test('every format is saved, and is what it says', async ({ page, playground }) => {
  await playground.open()
  // Behind a dialog nothing has a role.
  const digest = await playground.digest()
  const dialog = await openDialog(playground)

  const strace = await save(page, dialog, 'strace text')
  expect(strace.name).toMatch(/\.strace$/)
  expect(strace.text).toMatch(/^fd_write\(1, .*\) += 0/m)
  await expect(dialog.getByRole('region').or(dialog.locator('pre'))).toContainText(strace.text.split('\n')[0] ?? '')

  const json = await save(page, dialog, 'JSON lines')
  const lines = json.text.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines[0]).toMatchObject({ format: 'skipcall-trace', version: 1 })
  expect(lines.at(-1)).toMatchObject({ kind: 'end', digest })

  const perfetto = JSON.parse((await save(page, dialog, 'Chrome trace')).text) as { traceEvents: { ph: string; ts?: number }[] }
  expect(perfetto.traceEvents.some(({ ph }) => ph === 'X')).toBe(true)
  expect(perfetto.traceEvents.every(({ ph, ts }) => ph === 'M' || Number.isFinite(ts))).toBe(true)

  const csv = await save(page, dialog, 'CSV')
  expect(csv.text.split('\r\n')[0]).toBe('seq,time_ns,pid,by,kind,name,arguments,result,errno,duration_ns,text')
})

test('the page of HTML stands alone: it shows everything without a script, and loads nothing', async ({ browser, page, playground }) => {
  await playground.open()
  const dialog = await openDialog(playground)
  const { text } = await save(page, dialog, 'Page or handout')
  const context = await browser.newContext({ javaScriptEnabled: false })
  const other = await context.newPage()
  const asked: string[] = []
  other.on('request', (request) => asked.push(request.url()))
  await other.setContent(text)
  await expect(other.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(other.getByRole('img', { name: /^Events 1 to/ })).toBeVisible()
  await expect(other.getByRole('cell', { name: /^fd_write\(/ }).first()).toBeVisible()
  expect(asked).toEqual([])
  await context.close()
})

test('what was exported as JSON lines is opened again, event for event', async ({ page, playground }) => {
  await playground.open()
  const dialog = await openDialog(playground)
  const { text } = await save(page, dialog, 'JSON lines')
  const csv = (await save(page, dialog, 'CSV')).text
  await page.keyboard.press('Escape')
  await drop(page, [{ name: 'run.jsonl', content: text }])
  await expect(playground.notice).toContainText('You are looking at run.jsonl')
  const again = await openDialog(playground)
  expect((await save(page, again, 'CSV')).text).toBe(csv)
})

test('a log made with the real strace is dropped, and shows in timeline, list and filter; it is exported as it was', async ({ page, playground }) => {
  await playground.open()
  await drop(page, [{ name: 'record.log', content: LOG }])
  await expect(playground.notice).toContainText('You are looking at record.log: 58 lines')
  await expect(page.getByRole('contentinfo')).not.toContainText('digest')
  await expect(playground.events.grid).toContainText('execve')
  await playground.filter.write('call:wait4')
  await playground.press('Home', 'c')
  await expect(playground.events.grid).toContainText('wait4(-1')
  expect(await playground.timeline.sentence()).toContain('wait4')

  const dialog = await openDialog(playground)
  await dialog.getByLabel('Tasks').selectOption('file')
  await dialog.getByLabel('Times').selectOption('ttt')
  await dialog.getByRole('checkbox', { name: /-T/ }).check()
  expect((await save(page, dialog, 'strace text')).text).toBe(LOG)
})

test('a log is opened by the Open button, and one that is none is refused with its line and a cure', async ({ page, playground }) => {
  await playground.open()
  const digest = await playground.digest()
  const dialog = await openDialog(playground)
  const choosing = page.waitForEvent('filechooser')
  await dialog.getByRole('button', { name: 'Open a file' }).click()
  await (await choosing).setFiles({ name: 'poem.strace', mimeType: 'text/plain', buffer: Buffer.from('read(0, "", 1) = 0\nA word is dead\n') })
  await expect(playground.notice).toContainText('Line 2, column 1')
  await expect(playground.notice).toContainText('strace -f -ttt -T -o FILE')
  expect(await playground.digest()).toBe(digest)
})

test('a log of fifty megabytes is read while the page stays alive', async ({ page, playground }) => {
  test.slow()
  await playground.open()
  await page.evaluate(() => {
    const line = '1234  1700000000.000001 write(1</dev/pts/0>, "' + 'x'.repeat(1900) + '", 4096) = 4096 <0.000001>\n'
    const data = new DataTransfer()
    data.items.add(new File([line.repeat(26_000)], 'huge.strace'))
    const late: number[] = []
    let before = performance.now()
    const beat = setInterval(() => {
      late.push(performance.now() - before)
      before = performance.now()
    }, 20)
    Object.assign(globalThis, { beats: () => { clearInterval(beat); return Math.max(...late) } })
    document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }))
  })
  await expect(playground.notice).toContainText('26,000 lines', { timeout: 60_000 })
  const longest = await page.evaluate(() => (globalThis as unknown as { beats(): number }).beats())
  expect(longest).toBeLessThan(2000)
})
