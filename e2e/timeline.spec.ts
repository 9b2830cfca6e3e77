import { linkTo } from './link.ts'
import { expect, test } from './test.ts'

const MANY = `import { spawn, trace } from "ptrace"

let calls = 0
for await (const stop of trace(spawn("dice", { argv: ["4000"] }))) if (stop.kind === "syscall-entry") calls++
console.log(calls, "calls")
`

/** The entry of an fd_read of cat in the first example. */
const FD_READ = 41

test.beforeEach(async ({ playground }, info) => {
  if (info.title.includes('ten thousand')) return
  await playground.open()
  await playground.runs(() => playground.chooseExample('strace in 15 lines'))
})

test('the cursor is a slider whose value is a sentence, and arrows, Home and End move it', async ({ page, playground }) => {
  const { cursor } = playground.timeline
  const length = await playground.timeline.length()
  await cursor.focus()
  await page.keyboard.press('Home')
  await playground.timeline.isAt(1)
  await page.keyboard.press('ArrowRight')
  await playground.timeline.isAt(2)
  await playground.timeline.says(`Event 2 of ${length}. Task 2, cat. Begins as cat, a child of task 1.`)
  await page.keyboard.press('End')
  await playground.timeline.isAt(length)
  await page.keyboard.press('ArrowLeft')
  await playground.timeline.isAt(length - 1)
  await page.keyboard.press('PageDown')
  expect(await playground.timeline.seq()).toBeLessThan(length - 1)
})

test('a click on the picture selects what is there', async ({ page, playground }) => {
  const { x, y } = await playground.timeline.placeOf(FD_READ)
  await page.mouse.click(x, y)
  expect(Math.abs((await playground.timeline.seq()) - FD_READ)).toBeLessThanOrEqual(2)
  await expect(playground.inspector.pane).toContainText('task 2 cat')
})

test('buttons zoom and pan, Fit all shows everything again', async ({ playground }) => {
  const { timeline } = playground
  const length = await timeline.length()
  await expect(timeline.crumbs().first()).toHaveText(`All ${length}`)
  for (const name of ['Pan left', 'Pan right', 'Zoom out', 'Fit all'] as const) {
    await expect(timeline.button(name)).toHaveAttribute('aria-disabled', 'true')
  }
  await playground.goTo(30)
  await timeline.button('Zoom in').click()
  await timeline.button('Zoom in').click()
  const zoomed = await timeline.pane.getByRole('heading', { name: 'Timeline' }).locator('..').innerText()
  expect(zoomed).toMatch(/\d+–\d+/)
  await timeline.button('Pan right').click()
  expect(await timeline.pane.getByRole('heading', { name: 'Timeline' }).locator('..').innerText()).not.toBe(zoomed)
  await timeline.button('Fit all').click()
  await expect(timeline.button('Fit all')).toHaveAttribute('aria-disabled', 'true')
})

test('keys zoom and fit, and the cursor stays in view', async ({ playground }) => {
  const { timeline } = playground
  await playground.goTo(60)
  await playground.press('+', '+')
  await expect(timeline.button('Fit all')).toHaveAttribute('aria-disabled', 'false')
  await expect(timeline.pane).toContainText(/\d+–6\d/)
  await playground.press('Home')
  await expect(timeline.pane).toContainText(/\b1–\d+/)
  await playground.press('0')
  await expect(timeline.button('Fit all')).toHaveAttribute('aria-disabled', 'true')
})

test('a drag selects a range, which can be zoomed to and cleared', async ({ page, playground }) => {
  const { timeline } = playground
  await timeline.select(20, 40)
  const commit = timeline.pane.getByRole('button', { name: /^Zoom to \d+–\d+$/ })
  await expect(commit).toBeVisible()
  await playground.press('Escape')
  await expect(commit).toHaveCount(0)

  await timeline.select(20, 40)
  await commit.click()
  await expect(timeline.pane).toContainText(/(19|20|21)–(39|40|41)/)
  await page.getByRole('button', { name: /^All \d+$/ }).click()
  await expect(timeline.button('Fit all')).toHaveAttribute('aria-disabled', 'true')
})

test('a double click zooms to the call', async ({ page, playground }) => {
  const { timeline } = playground
  const { x, y } = await timeline.placeOf(FD_READ)
  await page.mouse.dblclick(x, y)
  await expect(timeline.button('Fit all')).toHaveAttribute('aria-disabled', 'false')
  await expect(timeline.pane).toContainText(/(3|4)\d–(4|5)\d/)
})

test('Ctrl and wheel zoom at the pointer, Shift and wheel pan', async ({ page, playground }) => {
  const { timeline } = playground
  const { x, y } = await timeline.placeOf(32)
  await page.mouse.move(x, y)
  await page.keyboard.down('Control')
  for (let i = 0; i < 6; i++) await page.mouse.wheel(0, -100)
  await page.keyboard.up('Control')
  await expect(timeline.button('Fit all')).toHaveAttribute('aria-disabled', 'false')
  const head = timeline.pane.getByRole('heading', { name: 'Timeline' }).locator('..')
  await expect(head).toContainText(/\d+–\d+/)
  const before = await head.innerText()
  await page.keyboard.down('Shift')
  await page.mouse.wheel(0, 200)
  await page.keyboard.up('Shift')
  await expect(head).not.toHaveText(before)
})

test('the minimap moves the window', async ({ page, playground }) => {
  const { timeline } = playground
  await playground.goTo(5)
  await playground.press('+', '+', '+')
  const { x, y } = await timeline.minimapAt(0.9)
  await page.mouse.click(x, y)
  await expect(timeline.pane).toContainText(/5\d–6\d/)
})

test('the axis is events, or virtual time', async ({ page, playground }) => {
  const { pane } = playground.timeline
  await pane.getByRole('radio', { name: 'Time' }).click()
  await expect(pane.getByText('time', { exact: true }).last()).toBeVisible()
  await expect(pane.getByRole('radio', { name: 'Time' })).toBeChecked()
  await playground.press('t')
  await expect(pane.getByRole('radio', { name: 'Events' })).toBeChecked()
  await expect(page.getByTitle('Virtual time')).toHaveText(/^[\d. ]+s$/)
})

test('every task has a track with its name and its state', async ({ playground }) => {
  const { pane } = playground.timeline
  await expect(pane).toContainText('tracer.ts')
  await expect(pane.getByTitle('2 cat: exited 0')).toBeVisible()
})

test('more than ten thousand events can be walked through as few can', async ({ page, playground }) => {
  test.slow()
  await page.goto(`/${linkTo(MANY, 'dice')}`)
  await playground.hasEnded(60_000)
  const { timeline } = playground
  const length = await timeline.length()
  expect(length).toBeGreaterThan(10_000)

  await playground.press('End')
  await timeline.isAt(length)
  await playground.press('p', 'p', 'p')
  await timeline.isAt(length - 3)
  await playground.goTo(5000)
  for (let i = 0; i < 6; i++) await timeline.button('Zoom in').click()
  const { x, y, width } = await timeline.picture()
  await page.mouse.move(x + width / 2, y + 80)
  await page.keyboard.down('Control')
  for (let i = 0; i < 10; i++) await page.mouse.wheel(0, -100)
  for (let i = 0; i < 25; i++) await page.mouse.wheel(0, 100)
  await page.keyboard.up('Control')
  await playground.press('0', 'n')
  await timeline.isAt(5001)
})
