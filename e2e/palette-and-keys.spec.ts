import { expect, test } from './test.ts'

test.beforeEach(async ({ playground }) => {
  await playground.open()
})

test('the palette finds a command by its words and does it', async ({ page, playground }) => {
  await page.keyboard.press('Control+Shift+P')
  const palette = page.getByRole('dialog')
  await expect(palette).toBeVisible()
  await page.keyboard.type('last event')
  await page.keyboard.press('Enter')
  await expect(palette).toHaveCount(0)
  await playground.timeline.isAt(await playground.timeline.length())
})

test('help lists every key, made from the commands', async ({ page, playground }) => {
  await playground.press('?')
  const help = page.getByRole('dialog', { name: 'Help and keys' })
  await expect(help).toBeVisible()
  for (const title of ['Step to the next stop', 'Next event', 'Entry of this call', 'Exit of this call', 'Filter', 'Go to event', 'Run the script']) {
    await expect(help.getByText(title, { exact: true })).toBeVisible()
  }
  await page.keyboard.press('Escape')
  await expect(help).toHaveCount(0)
})

test('the theme is light, dark, or the system’s', async ({ page, playground }) => {
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await ground()
  await playground.chooseTheme('Dark')
  await expect.poll(ground).not.toBe(light)
  const dark = await ground()
  await playground.chooseTheme('As the system')
  await expect.poll(ground).toBe(light)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(ground).toBe(dark)
  await playground.chooseTheme('Light')
  await expect.poll(ground).toBe(light)
})

test('g goes to an event by its number, and Esc leaves the field as it was', async ({ page, playground }) => {
  await playground.goTo(12)
  await playground.events.isAt(12)
  await playground.press('g')
  await page.keyboard.type('3')
  await page.keyboard.press('Escape')
  await playground.timeline.isAt(12)
  await expect(page.getByRole('textbox', { name: 'Event' })).toHaveValue('12')
})

test('a number beyond the run is refused', async ({ page, playground }) => {
  await playground.press('g')
  await page.keyboard.type('99999')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Event' })).toHaveAttribute('aria-invalid', 'true')
})

test('/ goes to the filter, Esc leaves it', async ({ page, playground }) => {
  await playground.press('/')
  await expect(playground.filter.field).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(playground.filter.field).not.toBeFocused()
})

test('single keys do nothing in fields and in the editor', async ({ page, playground }) => {
  await playground.goTo(6)
  await playground.press('/')
  await page.keyboard.type('snp')
  await playground.timeline.isAt(6)
  await expect(playground.filter.field).toHaveValue('snp')
  await playground.filter.field.fill('')
  await playground.editor.open()
  await page.keyboard.type('nps')
  await playground.timeline.isAt(6)
})

test('single keys can be switched off, named ones stay', async ({ page, playground }) => {
  await playground.goTo(6)
  await playground.press('?')
  await page.getByRole('checkbox', { name: 'Single keys act outside text fields' }).uncheck()
  await page.keyboard.press('Escape')
  await playground.press('n')
  await playground.timeline.isAt(6)
  await playground.press('Home')
  await playground.timeline.isAt(1)
})

test('F6 goes from pane to pane', async ({ page, playground }) => {
  const seen = new Set<string>()
  await playground.press('F6')
  for (let i = 0; i < 5; i++) {
    seen.add(await page.evaluate(() => document.activeElement?.closest('section')?.getAttribute('aria-label') ?? ''))
    await page.keyboard.press('F6')
  }
  expect([...seen].sort()).toEqual(['Console', 'Editor', 'Events', 'Inspector', 'Timeline'])
})

test('z makes a pane fill the work area, and gives the place back', async ({ page, playground }) => {
  await playground.events.grid.focus()
  const width = async (): Promise<number> => (await playground.events.pane.boundingBox())?.width ?? 0
  const before = await width()
  await page.keyboard.press('z')
  await expect.poll(width).toBeGreaterThan(1400)
  await page.keyboard.press('z')
  await expect.poll(width).toBe(before)
})

test('the buttons of the transport step as the keys do', async ({ playground }) => {
  const { transport, timeline } = playground
  await transport.getByRole('button', { name: 'First event' }).click()
  await timeline.isAt(1)
  await transport.getByRole('button', { name: 'Step', exact: false }).filter({ hasText: 'Step' }).click()
  const stop = await timeline.seq()
  expect(stop).toBeGreaterThan(1)
  await transport.getByRole('button', { name: 'Last event' }).click()
  await timeline.isAt(await timeline.length())
  await transport.getByRole('button', { name: 'Step back to the stop before' }).click()
  expect(await timeline.seq()).toBeLessThan(await timeline.length())
})
