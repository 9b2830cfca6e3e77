import { expect, test } from './test.ts'

test('the page opens on a finished recording, before Monaco and without the machine', async ({ page, playground }) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await playground.open()
  await expect(playground.mode()).toContainText('Replay')
  await expect(playground.console.output).toContainText('all tasks have exited')
  await expect(playground.editor.listing).toContainText('import')
  await expect(playground.editor.textbox).toHaveCount(0)
  await page.waitForLoadState('networkidle')
  expect(asked.filter((path) => /machine\.js|editor\.api|script-editor|worker|\.wasm$/.test(path))).toEqual([])
})

test('the recording’s cursor is on the first fd_write, and every pane shows it', async ({ playground }) => {
  await playground.open()
  await expect(playground.inspector.heading()).toContainText('fd_write(')
  await expect(playground.events.current()).toContainText('fd_write(')
  await playground.timeline.says(/Is about to write \d+ bytes/)
  await expect(playground.editor.markedLine()).toBeVisible()
})

test('the recording is the run that the machine makes: running it again gives its digest', async ({ playground }) => {
  await playground.open()
  const recorded = await playground.digest()
  await playground.run()
  expect(await playground.digest()).toBe(recorded)
})

test('three notes are dismissed by doing what they say', async ({ page, playground }) => {
  await playground.open()
  const notes = page.getByRole('complementary', { name: 'First steps' }).getByRole('region')
  await expect(notes).toHaveCount(3)

  await playground.press(']')
  await expect(notes).toHaveCount(2)
  await expect(notes.filter({ hasText: 'A stop comes in pairs' })).toHaveCount(0)

  await playground.events.rows().filter({ hasText: 'ptrace(PTRACE_SYSCALL' }).last().click()
  await expect(notes).toHaveCount(1)
  await expect(notes).toContainText('You can go back')

  await playground.press('p')
  await expect(notes).toHaveCount(0)
})

test('a note can be closed, and does not come back', async ({ page, playground }) => {
  await playground.open()
  const notes = page.getByRole('complementary', { name: 'First steps' }).getByRole('region')
  await page.getByRole('button', { name: 'Close: The tracer decides' }).click()
  await expect(notes).toHaveCount(2)
  await page.reload()
  await playground.hasEnded()
  await expect(notes).toHaveCount(2)
})

test('Monaco comes when somebody goes near the script', async ({ playground }) => {
  await playground.open()
  await playground.editor.open()
  await expect(playground.editor.lines().first()).toBeVisible()
})
