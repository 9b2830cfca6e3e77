import { expect, test } from './test.ts'

test('what is being edited survives a reload, and so do the run and the guest', async ({ page, playground }) => {
  await playground.open()
  await playground.chooseGuest('dice')
  await playground.editor.write('import { spawn, trace } from "ptrace"\n\n// kept\nfor await (const stop of trace(spawn())) void stop\n')
  await playground.run()
  const digest = await playground.digest()
  await page.reload()
  await playground.hasEnded()
  expect(await playground.digest()).toBe(digest)
  await expect(playground.editor.listing).toContainText('// kept')
  await expect(playground.menuBar.getByRole('button', { name: 'Guest: dice' })).toBeVisible()
  await expect(playground.console.line(/stdout/).first()).toBeVisible()
})

test('the last words are kept though the tab is closed at once', async ({ page, playground, context }) => {
  await playground.open()
  await playground.editor.write('// the last words\n')
  await page.close({ runBeforeUnload: true })
  const next = await context.newPage()
  await next.goto('/')
  await expect(next.getByRole('region', { name: 'tracer.ts' })).toContainText('// the last words')
})

test('the theme survives a reload, and is there before the first picture', async ({ page, playground }) => {
  await playground.open()
  await playground.chooseTheme('Dark')
  await page.reload()
  await playground.hasEnded()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('switched-off keys and the sizes of panes survive a reload', async ({ page, playground }) => {
  await playground.open()
  await playground.press('?')
  await page.getByRole('checkbox', { name: 'Single keys act outside text fields' }).uncheck()
  await page.keyboard.press('Escape')

  const divider = page.getByRole('separator', { name: 'Size of the editor' })
  await divider.focus()
  const before = Number(await divider.getAttribute('aria-valuenow'))
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight')
  await expect.poll(async () => Number(await divider.getAttribute('aria-valuenow'))).not.toBe(before)
  const moved = Number(await divider.getAttribute('aria-valuenow'))

  await page.reload()
  await playground.hasEnded()
  await expect.poll(async () => Math.abs(Number(await divider.getAttribute('aria-valuenow')) - moved)).toBeLessThan(2)
  const seq = await playground.timeline.seq()
  await playground.press('n')
  await playground.timeline.isAt(seq)
})
