import { expect, test as base } from './test.ts'
import { DecisionBar } from './pages/decision-bar.ts'

const test = base.extend<{ hand: DecisionBar }>({
  hand: async ({ page, playground }, use) => {
    await playground.open()
    await playground.chooseGuest('cat')
    await use(new DecisionBar(page))
  },
})

test('a newcomer steps cat by hand, skips a write, fakes a result, undoes it, and writes it as a tracer', async ({ page, playground, hand }) => {
  await hand.begin()
  await hand.waitsAt('args_sizes_get of cat')
  await expect(playground.mode()).toContainText('Live')
  await expect(playground.inspector.pane).toContainText('waiting for you')

  await hand.until('fd_write')
  const at = await playground.timeline.seq()
  // Nothing after the present is known.
  expect(at).toBe(await playground.timeline.length())
  await expect(playground.inspector.fact('result')).toContainText('Not decided yet')

  // What would happen, before it does.
  await hand.button('Skip exit').focus()
  await expect(hand.consequence()).toContainText('ptrace(PTRACE_SYSCALL, 2, PTRACE_VM_SKIPEXIT, 0): fd_write runs, no exit stop follows')
  await playground.press('r')
  await page.keyboard.type('nospc')
  await page.keyboard.press('Escape')
  await expect(hand.consequence()).toContainText('Skip call sets ret to 51 and sends ptrace(PTRACE_SYSCALL, 2, PTRACE_VM_SKIPCALL, 0)')
  await expect(hand.consequence()).toContainText('cat reads 51 nospc, no exit stop follows')

  await hand.decide('x')
  await hand.waitsAt('fd_write of cat')
  await expect(hand.cell()).toContainText('SYSCALL 4, 6 at an entry stop → not run; next stop is the next entry')
  await expect(hand.cell()).toContainText('rule 2')
  await expect(playground.console.output.getByText('stdout')).toHaveCount(0)
  // cat complains about the disk: that is its next write.
  await expect(playground.inspector.heading()).toContainText('fd_write(2')

  // Looking back, and deciding otherwise.
  await playground.goTo(at)
  await expect(page.getByText(/^Looking at \d+ of \d+: the guest waits at \d+\.$/)).toBeVisible()
  await expect(hand.bar).toContainText('you chose: Skip call')
  await playground.press('a')
  await hand.waitsAt('fd_write of cat')
  await playground.timeline.isAt(at)
  await hand.decide('c')
  await hand.waitsAt('its exit stop')
  await expect(playground.console.output.getByText('stdout').first()).toBeVisible()

  // Again as before, and to its end.
  await playground.press('p', 'p')
  await playground.press('a')
  await hand.waitsAt('its entry stop')
  await playground.press('r')
  await page.keyboard.type('51')
  await page.keyboard.press('Escape')
  await hand.decide('x')
  await hand.decide('o')
  await playground.hasEnded()
  const lines = await playground.console.output.textContent()

  await hand.bar.getByRole('button', { name: 'Write this as a tracer' }).click()
  await expect(hand.tracer('Script')).toBeChecked()
  await expect(playground.editor.pane).toContainText('stop.fail(ENOSPC)')
  await expect(playground.editor.pane).toContainText('stop.resume(PTRACE_CONT)')
  await playground.runs(() => playground.press('Control+Enter'))
  await expect(playground.editor.problems()).toHaveCount(0)
  await expect(playground.console.output).toContainText('No space left on device')
  expect(lines).toContain('No space left on device')
})

test('arguments and memory are edited before the call runs', async ({ page, playground, hand }) => {
  await hand.begin()
  await hand.until('fd_write')
  await playground.press('i')
  const args = hand.bar.getByRole('group', { name: 'Arguments' })
  await expect(args.getByRole('textbox', { name: /^fd/ })).toBeFocused()
  await page.keyboard.type('2')
  await page.keyboard.press('Escape')
  await playground.press('w')
  const bytes = hand.bar.getByRole('textbox', { name: 'Bytes at iovs[0].buf' })
  await expect(bytes).toBeFocused()
  await bytes.fill('BY HAND')
  await page.keyboard.press('Escape')
  await expect(hand.consequence()).toContainText('sets fd to 2, writes 7 bytes to 0x')
  await playground.press('c')
  await hand.waitsAt('exit stop')
  await expect(playground.console.line(/stderr.*BY HAND/)).toBeVisible()
})

test('a signal is given, stops by itself, and is suppressed', async ({ page, playground, hand }) => {
  await hand.begin()
  await playground.press('l')
  await hand.bar.getByRole('combobox', { name: 'Signal' }).selectOption({ label: '10 SIGUSR1: ends it' })
  await page.keyboard.press('Escape')
  await playground.press('x')
  await hand.waitsAt('a signal stop')
  await expect(hand.consequence()).toContainText('SIGUSR1 is delivered, and ends cat.')
  await expect(hand.button('Skip call')).toHaveCount(0)
  await hand.decide('u')
  await expect(hand.cell()).toContainText('SYSCALL 0 at a signal stop → next entry stop')
})

test('the quiz asks first, and tells the rule', async ({ page, playground, hand }) => {
  await hand.begin()
  await hand.until('fd_write')
  await playground.press('q')
  await playground.press('e')
  await expect(hand.bar.getByText('what is the next stop?')).toBeVisible()
  await page.keyboard.press('1')
  await expect(hand.bar.getByRole('status')).toContainText('Not so')
  await expect(hand.bar.getByRole('status')).toContainText('rule 3: Skip-exit is read when the call has finished')
  await expect(hand.bar.getByRole('status')).toContainText('0 of 1 right')
  await playground.press('c')
  await page.keyboard.press('1')
  await expect(hand.bar.getByRole('status')).toContainText('Right')
  await expect(hand.bar.getByRole('status')).toContainText('1 of 2 right')
  // Whoever decides otherwise has not been asked.
  await playground.press('c', 'Escape')
  await expect(hand.question()).toBeVisible()
})

test('the link opens at the same stop, with the same decisions, on a phone', async ({ browser, playground, hand }) => {
  await hand.begin()
  await hand.until('fd_write')
  await hand.decide('x')
  const [stop, made] = [await playground.timeline.seq(), await hand.decisions().count()]
  const link = await playground.share.take()

  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true })
  const phone = await context.newPage()
  await phone.goto(link)
  const other = new DecisionBar(phone)
  await other.waitsAt('fd_write of cat')
  await expect(phone.getByText(`${stop} of ${stop}`, { exact: true })).toBeVisible()
  await phone.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Code' }).click()
  await expect(other.decisions()).toHaveCount(made)
  await expect(other.decisions().last()).toContainText('Skip call')
  for (const button of await other.bar.getByRole('button').all()) {
    const box = await button.boundingBox()
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44)
  }
  await other.button('Continue').click()
  await other.waitsAt('exit stop')
  await context.close()
})

test('a run by hand has the digest of its recipe: its link runs to the same end', async ({ page, playground, hand }) => {
  await hand.begin()
  await hand.until('fd_write')
  await hand.decide('x')
  await hand.decide('o')
  await playground.hasEnded()
  const digest = await playground.digest()
  const link = await playground.share.take()
  await page.goto('about:blank')
  await page.goto(link)
  await playground.hasEnded()
  expect(await playground.digest()).toBe(digest)
  await expect(page.getByText('This run is not the sender’s')).toHaveCount(0)
})

test('a reload waits where it waited', async ({ page, playground, hand }) => {
  await hand.begin()
  await hand.until('path_open')
  const stop = await playground.timeline.seq()
  await page.waitForTimeout(600) // Decisions are kept a moment after the last of them.
  await page.reload()
  await hand.waitsAt('path_open of cat')
  await playground.timeline.isAt(stop)
})

test('a script that somebody wrote is not replaced without asking', async ({ page, playground, hand }) => {
  await playground.editor.write('// mine\n')
  await hand.begin()
  await hand.decide('x')
  await hand.pane.getByRole('button', { name: 'Make it a script' }).click()
  const asks = page.getByRole('dialog', { name: 'Replace tracer.ts?' })
  await asks.getByRole('button', { name: 'Keep my script' }).click()
  await hand.tracer('Script').click()
  await expect(playground.editor.pane).toContainText('// mine')
  await hand.tracer('By hand').click()
  await hand.pane.getByRole('button', { name: 'Make it a script' }).click()
  await asks.getByRole('button', { name: 'Replace it' }).click()
  await expect(playground.editor.pane).toContainText('stop.fail(ENOSYS)')
})

test('by keyboard only: the focus stays in the bar from stop to stop, and every stop is said', async ({ page, playground, hand }) => {
  await hand.begin()
  await hand.button('Continue').focus()
  await page.keyboard.press('Enter')
  await hand.waitsAt('exit stop')
  await expect(hand.button('Continue')).toBeFocused()
  await page.keyboard.press('Enter')
  await hand.waitsAt('entry stop')
  await page.keyboard.press('Tab')
  await expect(hand.button('Skip call')).toBeFocused()
  await expect(hand.button('Skip call')).toHaveAccessibleDescription(/does not run/)
  await page.keyboard.press('Enter')
  await hand.waitsAt('entry stop')
  await expect(page.locator('[aria-live="polite"]').filter({ hasText: 'It waits for your decision.' })).toBeAttached()
  // Keys of decisions do nothing where nothing waits: c continues the walk through what has been.
  await playground.press('Home')
  await playground.press('x')
  await playground.timeline.isAt(1)
})
