import { linkTo } from './link.ts'
import { expect, test } from './test.ts'

test('the list reaches the last of many rows, and only what is in view is there', async ({ page, playground }) => {
  await page.goto(`/${linkTo('import { spawn, trace } from "ptrace"\nfor await (const stop of trace(spawn("dice", { argv: ["2000"] }))) void stop\n', 'dice')}`)
  await playground.hasEnded(30_000)
  const { events } = playground
  const count = await events.count()
  expect(count).toBeGreaterThan(5000)
  expect(await events.rows().count()).toBeLessThan(200)

  await events.rows().first().click()
  await events.grid.press('End')
  await events.isAt(count)
  await expect(events.current()).toContainText('exited with')
  await events.grid.press('Home')
  await events.isAt(1)
  await events.grid.press('PageDown')
  await events.grid.press('ArrowDown')
  await events.grid.press('ArrowUp')
  const seq = await playground.timeline.seq()
  expect(seq).toBeGreaterThan(5)
  await events.isAt(seq)

  // By wheel, without moving the cursor.
  await events.rows().first().hover()
  for (let i = 0; i < 5; i++) await page.mouse.wheel(0, 100_000)
  await expect(events.rows().last()).toContainText('exited with')
  await playground.timeline.isAt(seq)
})

test.describe('of the first example', () => {
  test.beforeEach(async ({ playground }) => {
    await playground.open()
    await playground.runs(() => playground.chooseExample('strace in 15 lines'))
  })

  test('each event is a line as strace writes it', async ({ playground }) => {
    await playground.press('Home')
    await expect(playground.events.rows().nth(0)).toContainText('+++ born as tracer.ts +++')
    await expect(playground.events.grid).toContainText('ptrace(PTRACE_SYSCALL, 2, 0, 0) = 0')
    await expect(playground.events.grid).toContainText('<... args_sizes_get resumed> [2], [19]) = 0')
  })

  test('a click on a row moves the cursor everywhere, and the list follows the cursor', async ({ playground }) => {
    const row = playground.events.rows().filter({ hasText: 'args_get(' }).first()
    const seq = Number(await row.getByRole('gridcell').first().innerText())
    await row.click()
    await playground.timeline.isAt(seq)
    await expect(playground.inspector.heading()).toContainText('args_get(')
    await playground.press('End')
    await playground.events.isAt(await playground.timeline.length())
    await playground.goTo(20)
    await playground.events.isAt(20)
  })

  test('a filter dims or hides what does not match, and counts calls', async ({ playground }) => {
    const { events, filter } = playground
    const all = await events.count()
    await filter.write('fd_read')
    await expect(filter.count()).toHaveText(/^2 of \d+ calls$/)
    expect(await events.count()).toBe(all)
    await filter.bar.getByRole('radio', { name: 'Hide' }).click()
    await expect.poll(() => events.count()).toBeLessThan(all)
    for (const line of await events.rows().allInnerTexts()) expect(line).toContain('fd_read')
    await filter.bar.getByRole('radio', { name: 'Dim' }).click()
    await expect.poll(() => events.count()).toBe(all)
    await filter.bar.getByRole('button', { name: 'Clear the filter' }).click()
    await expect(filter.field).toHaveValue('')
  })

  test('its language: classes, fields, values, ranges, patterns, and, or, not', async ({ playground }) => {
    for (const [query, count] of [
      ['%file', /^\d+ of \d+ calls$/],
      ['errno:*', /^1 of \d+ calls$/],
      ['fd_read fd:4', /^2 of \d+ calls$/],
      ['fd_read | fd_write', /^3 of \d+ calls$/],
      ['-fd_read fd:4', /^\d+ of \d+ calls$/],
      ['/^fd_pre/', /^3 of \d+ calls$/],
      ['path:*', /^\d+ of \d+ calls$/],
      ['seq:40..50 stop:exit', /(calls|events?)$/],
      ['nothing_like_it', 'no match'],
    ] as const) {
      await playground.filter.write(query)
      await expect(playground.filter.count(), query).toHaveText(count)
    }
  })

  test('a mistake in a filter is shown with its column, what is wrong and what would be right', async ({ playground }) => {
    const { filter } = playground
    await filter.write('fd_read (')
    await expect(filter.count()).toHaveText(/^error at column \d+$/)
    await expect(filter.field).toHaveAttribute('aria-invalid', 'true')
    await filter.field.focus()
    await expect(filter.bar).toContainText(/Column \d+\. \S+/)
    await filter.write('colour:red')
    await expect(filter.count()).toHaveText('error at column 1')
  })

  test('the field suggests names, and takes one with Enter', async ({ page, playground }) => {
    const { filter } = playground
    await playground.press('/')
    await expect(filter.field).toBeFocused()
    await page.keyboard.type('fd_rea')
    await expect(filter.suggestions().first()).toContainText('fd_read')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(filter.field).toHaveValue(/^fd_read/)
  })

  test('Enter and c go to the next match, Shift+C back', async ({ page, playground }) => {
    await playground.press('Home')
    await playground.filter.write('fd_write')
    await playground.filter.field.press('Enter')
    await expect(playground.inspector.heading()).toContainText('fd_write(')
    const seq = await playground.timeline.seq()
    await page.keyboard.press('Escape')
    await playground.press('Home', 'c')
    await playground.timeline.isAt(seq)
    await playground.press('End', 'Shift+C')
    expect(await playground.timeline.seq()).toBeGreaterThanOrEqual(seq)
    await expect(playground.events.current()).toContainText('fd_write')
  })
})
