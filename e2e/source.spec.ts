import type { Locator } from '@playwright/test'
import { isAccessible } from './axe.ts'
import { expect, test } from './test.ts'

/** The line that is marked as where the guest stands. */
const current = (pane: Locator): Locator => pane.locator('[aria-current="location"]')

test('a call leads to its line, with its callers; another function of the stack is a click away', async ({ playground }) => {
  const { inspector } = playground
  await playground.open()
  await playground.filter.write('fd_write')
  await playground.press('Home', 'c')
  await inspector.choose('Source')
  await expect(inspector.pane.getByRole('region', { name: 'Source of hello: hello.c' })).toContainText('int main(')
  await expect(inspector.pane.getByText(/^The guest stands at line \d+\.$/)).toBeVisible()
  await expect(current(inspector.pane)).toContainText(/\w+\(/)
  const stack = inspector.pane.getByRole('list', { name: 'Stack, innermost first' })
  await expect(stack).toContainText('_start')
  await expect(stack.getByRole('button', { pressed: true })).toContainText(/:\d+$/)
  await stack.getByRole('button', { name: /^_start/ }).click()
  await expect(inspector.pane.getByText('This function is not of this file')).toBeVisible()
})

test('a line leads to the next event that stands there, and a breakpoint does, by mouse and by keyboard', async ({ playground, page }) => {
  const { inspector } = playground
  await playground.open()
  await playground.press('Home')
  await inspector.choose('Source')
  await playground.filter.write('fd_write')
  await playground.press('Home', 'c')
  const line = await current(inspector.pane).getAttribute('data-line')
  await playground.filter.write('')
  await playground.press('Home')
  const mark = inspector.pane.getByRole('switch', { name: `Breakpoint at line ${line}` })
  await mark.click()
  await expect(mark).toBeChecked()
  await inspector.pane.getByRole('button', { name: 'To a breakpoint' }).click()
  await expect(inspector.pane.getByText(`The guest stands at line ${line}.`)).toBeVisible()
  await expect(current(inspector.pane)).toHaveAttribute('data-line', line ?? '')
  await mark.focus()
  await page.keyboard.press('Enter')
  await expect(mark).not.toBeChecked()
  await page.keyboard.press('ArrowUp')
  await expect(inspector.pane.getByRole('switch').and(page.locator(':focus'))).toBeVisible()
  await expect(mark).not.toBeFocused()
})

test('a guest without a source is shown as instructions, with the one that is at hand', async ({ playground }) => {
  const { inspector } = playground
  await playground.open()
  await playground.filter.write('clock_time_get')
  await playground.press('Home', 'c')
  await inspector.choose('Source')
  await inspector.pane.getByRole('radio', { name: 'Instructions' }).click()
  const listing = inspector.pane.getByRole('table', { name: /^Instructions of / })
  await expect(listing.getByRole('row').first()).toBeVisible()
  await expect(current(inspector.pane)).toContainText('call $')
})

test('steps stand at lines, which lead from one to the next; a step shows variables', async ({ playground }) => {
  const { inspector } = playground
  await playground.open()
  await playground.runs(() => playground.chooseExample('One instruction at a time'))
  await playground.filter.write('signal:SIGTRAP')
  // Each of the two runs begins with the trap of being attached to, before any step.
  await playground.press('Home', 'c', 'c', 'c', 'c')
  await inspector.choose('Source')
  const stack = inspector.pane.getByRole('list', { name: 'Stack, innermost first' })
  await expect(stack).toContainText('_start')
  const events = inspector.pane.getByTitle(/^Go to the next event of line \d+$/).first()
  const line = /\d+$/.exec(await events.getAttribute('title') ?? '')?.[0] ?? ''
  await events.click()
  await expect(current(inspector.pane)).toHaveAttribute('data-line', line)
  await expect(inspector.pane.getByText(`The guest stands at line ${line}.`)).toBeVisible()
})

test('the source tab is accessible, in C and as instructions', async ({ playground, page }) => {
  const { inspector } = playground
  await playground.open()
  await playground.filter.write('fd_write')
  await playground.press('Home', 'c')
  await inspector.choose('Source')
  await expect(current(inspector.pane)).toBeVisible()
  await isAccessible(page)
  await inspector.pane.getByRole('radio', { name: 'Instructions' }).click()
  await expect(inspector.pane.getByRole('table', { name: /^Instructions of / })).toBeVisible()
  await isAccessible(page)
})
