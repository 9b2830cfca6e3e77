import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { buildFixtures } from '../src/wasm/guests/build.mjs'
import { drop } from './drop.ts'
import { linkTo } from './link.ts'
import { expect, test } from './test.ts'

const lanes = (page: Page): Locator => page.getByRole('list', { name: 'Branches' }).getByRole('listitem')

/** The line, or the instruction, that is marked as where the guest stands. */
const current = (pane: Locator): Locator => pane.locator('[aria-current="location"]')

/** cat reads a byte and writes it, again and again, and neither call is run: the tracer answers for both. */
const LONG = `import { spawn, trace } from "ptrace"

let reads = 0
for await (const stop of trace(spawn("cat"))) {
  if (stop.kind !== "syscall-entry") continue
  const { name, args } = stop.call
  if (name === "fd_read") stop.memory.setU32(args.nread, ++reads <= 170_000 ? 1 : 0)
  else if (name === "fd_write") stop.memory.setU32(args.nwritten, 1)
  else continue
  stop.skip(0)
}
`

test('in a trace of a million events one seeks, goes back to a match, and looks into the memory that was', async ({ page, playground }) => {
  test.setTimeout(240_000)
  await page.goto(`/${linkTo(LONG, 'cat')}`)
  await playground.hasEnded(180_000)
  const length = await playground.timeline.length()
  expect(length).toBeGreaterThan(1_000_000)
  await playground.goTo(777_777)
  await playground.events.isAt(777_777)
  const { inspector } = playground
  await inspector.choose('Memory')
  await inspector.pane.getByRole('radio', { name: 'All of it' }).click()
  await expect(inspector.pane.getByText(/KiB after event 777777/)).toBeVisible({ timeout: 30_000 })
  await inspector.choose('Call')
  await playground.filter.write('path_open')
  await playground.press('End', 'Shift+C')
  await expect(inspector.heading()).toContainText('path_open(')
  expect(await playground.timeline.seq()).toBeLessThan(200)
  await playground.press('c')
  await playground.timeline.isAt(length)
})

test('a C guest is stepped by line and by instruction, its variables change, and it runs to a breakpoint', async ({ playground }) => {
  test.setTimeout(120_000)
  const { pane } = playground.inspector
  await playground.open()
  await playground.runs(() => playground.chooseExample('strace in 15 lines'))
  await playground.chooseGuest('wc')
  await playground.run()
  await playground.filter.write('fd_read stop:exit')
  await playground.press('Home', 'c')
  await playground.inspector.choose('Source')
  await expect(pane.getByText(/^The guest stands at line \d+\.$/)).toBeVisible()
  const bar = pane.getByRole('toolbar', { name: 'Step through the guest’s own code' })
  const variables = pane.getByRole('group', { name: 'Variables', exact: true })
  const over = async (): Promise<void> => {
    await bar.getByRole('button', { name: 'Over' }).click()
    await expect(bar.getByRole('button', { name: 'Over' })).toBeEnabled()
  }
  await over()
  await expect(bar.getByText(/\d+ instructions? behind event \d+/)).toBeVisible()
  await expect(variables).toBeVisible()
  const lines = new Set<string | null>()
  const values = new Set<string | null>()
  for (let i = 0; i < 8; i++) {
    await over()
    lines.add(await current(pane).getAttribute('data-line'))
    values.add(await variables.textContent())
  }
  expect(lines.size).toBeGreaterThan(2)
  expect(values.size).toBeGreaterThan(1)

  await pane.getByRole('switch', { name: `Breakpoint at line ${await current(pane).getAttribute('data-line')}` }).click()
  const line = await current(pane).getAttribute('data-line')
  await bar.getByRole('button', { name: 'To a breakpoint' }).click()
  await expect(bar.getByRole('button', { name: 'To a breakpoint' })).toBeVisible({ timeout: 30_000 })
  await expect(current(pane)).toHaveAttribute('data-line', line ?? '')

  await pane.getByRole('radio', { name: 'Instructions' }).click()
  const before = await current(pane).textContent()
  await bar.getByRole('button', { name: 'Instruction', exact: true }).click()
  await expect(current(pane)).not.toHaveText(before ?? '')
})

test('an endless guest that somebody brought is stopped, and told where it spins, in its instructions', async ({ page, playground }) => {
  test.setTimeout(120_000)
  await buildFixtures()
  await playground.open()
  await drop(page, [{ name: 'spin.wasm', content: readFileSync(new URL('../.cache/fixtures/spin.wasm', import.meta.url)) }])
  const dialog = page.getByRole('dialog', { name: 'Arguments, input and seed' })
  await dialog.getByRole('button', { name: 'Spawn the chosen guest' }).click()
  await playground.begins(() => dialog.getByRole('button', { name: 'Run' }).click())
  await expect(playground.timeline.track('spin').first()).toBeVisible()
  await playground.transport.getByRole('button', { name: 'Stop the run' }).click()
  await playground.hasEnded()
  const { output } = playground.console
  await expect(output.getByText(/^spin \(2\) computes without end/)).toContainText('in function')
  await output.getByRole('button', { name: 'Show it in the source' }).click()
  const { pane } = playground.inspector
  await expect(pane.getByText('Here it was when it was ended, after this event.')).toBeVisible()
  await expect(pane.getByRole('table', { name: /^Instructions of / })).toBeVisible()
  await expect(current(pane)).toBeVisible()
})

test('of a hundred schedules one loses an update: a branch with a lane, a diff and a link', async ({ page, playground, context }) => {
  test.setTimeout(240_000)
  await playground.open()
  await playground.runs(() => playground.chooseExample('A race'))
  await expect(playground.console.line('8 additions, and the counter says 8')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+Shift+P')
  await page.getByRole('combobox', { name: 'Command' }).fill('Try 100 schedules')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Try 100 schedules' })
  await dialog.getByRole('button', { name: 'Try 100' }).click()
  await expect(dialog.getByText('Schedule 25 is the first that comes to another end.')).toBeVisible({ timeout: 150_000 })
  const outcomes = dialog.getByRole('region', { name: 'What came out' })
  await expect(outcomes.getByRole('row').filter({ hasText: 'as this run' })).toContainText('exited with 0')
  await expect(outcomes.getByRole('row').filter({ hasText: 'got lost' }).first()).toContainText('exited with 3')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog.getByText('Cancelled.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Compare with this run' }).click()
  const diff = page.getByRole('dialog', { name: 'Compare two runs' })
  await expect(diff.getByText(/^They part at #\d+ of the run/)).toBeVisible()
  await page.keyboard.press('Escape')

  const lane = lanes(page).filter({ hasText: 'schedule 25' })
  await expect(lane).toContainText('other output')
  await lane.getByRole('button', { name: /schedule 25/ }).first().click()
  await expect(playground.console.line(/stdout.*got lost/)).toBeVisible()
  const [digest, address] = [await playground.digest(), await playground.share.take()]
  const other = await context.newPage()
  await other.goto(address)
  await expect(other.getByRole('contentinfo').getByTitle(digest)).toBeVisible({ timeout: 30_000 })
  await expect(lanes(other)).toHaveCount(2)
})

test('what the terminal shows is followed back to the read that it came from', async ({ playground, page }) => {
  await playground.open()
  await playground.runs(() => playground.chooseExample('strace in 15 lines'))
  const line = playground.console.line(/stdout.*A word is dead/)
  await line.click()
  await line.getByRole('button', { name: 'Where from?' }).click()
  const panel = page.getByRole('region', { name: 'Where this came from' })
  await expect(panel.getByRole('listitem')).toHaveText([/^fd_write #\d+ to stdout$/, /^fd_read #\d+ of \/home\/poem\.txt$/], { timeout: 30_000 })
  await panel.getByRole('button', { name: /^fd_read/ }).click()
  await expect(playground.inspector.heading()).toContainText('fd_read(')
})

test('a branch is renamed in its place, and the timeline has a menu', async ({ playground, page }) => {
  await playground.open()
  await playground.runs(() => playground.chooseExample('strace in 15 lines'))
  await playground.goTo(46)
  await playground.timeline.cursor.focus()
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: /^What if/ }).click()
  const dialog = page.getByRole('dialog', { name: 'What if …' })
  await dialog.getByRole('radio', { name: 'It is skipped' }).check()
  await dialog.getByRole('button', { name: 'Branch' }).click()
  const lane = lanes(page).filter({ hasText: 'fd_write skipped' })
  await expect(lane).toContainText('leaves the run', { timeout: 30_000 })
  await lane.getByRole('button', { name: /^More of/ }).click()
  await page.getByRole('menuitem', { name: /^Rename/ }).click()
  const field = page.getByRole('textbox', { name: 'Name of fd_write skipped' })
  await expect(field).toBeFocused()
  await field.fill('nothing is written')
  await field.press('Enter')
  await expect(lanes(page).filter({ hasText: 'nothing is written' })).toBeVisible()

  const { x, y } = await playground.timeline.placeOf(20)
  await page.mouse.click(x, y, { button: 'right' })
  await page.getByRole('menuitem', { name: 'Show this task alone' }).click()
  await expect(playground.filter.field).toHaveValue(/^pid:\d+$/)
})
