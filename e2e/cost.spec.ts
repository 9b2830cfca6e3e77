import { expect, test } from './test.ts'

test('the cost meter counts the run, and its guest in six ways beside it', async ({ page, playground }) => {
  test.setTimeout(90_000)
  await playground.open()
  await playground.runs(() => playground.chooseExample('strace in 15 lines'))
  const digest = await playground.digest()
  await playground.goTo(9)
  await playground.statusBar.getByRole('button', { name: /^cost/ }).click()
  const dialog = page.getByRole('dialog', { name: 'What it costs' })
  await expect(dialog.getByText('Measuring, 1 of 6.')).toBeVisible()
  await expect(dialog.getByText('All are measured.')).toBeVisible({ timeout: 60_000 })

  const cells = async (way: RegExp): Promise<readonly number[]> =>
    (await dialog.getByRole('row').filter({ has: page.getByRole('rowheader', { name: way }) }).getByRole('cell').allInnerTexts())
      .slice(0, 5).map((text) => Number(text.replaceAll(',', '')))
  const [native, plain, multi, exits, sysemu, skipped] = await Promise.all(
    [/^native/, /^SYSCALL two/, /^SYSCALL, MULTI/, /^MULTI, SKIPEXIT/, /^SYSEMU/, /^SKIPCALL/].map(cells),
  )
  const calls = native?.[2] ?? 0
  expect(native?.slice(0, 2)).toEqual([0, 0])
  expect([plain?.[2], multi?.[2], exits?.[2]]).toEqual([calls, calls, calls])
  expect(multi?.[0]).toBe(plain?.[0])
  expect(multi?.[1]).toBeLessThan(plain?.[1] ?? 0)
  expect(exits?.[0]).toBeLessThan(multi?.[0] ?? 0)
  expect(skipped).toEqual(sysemu)
  await expect(dialog.getByText(/^SKIPEXIT saves \d+ stops of \d+/)).toBeVisible()
  await expect(dialog.getByText('In 2006 it was 53× and 2.9×.')).toBeVisible()

  // The run that is shown has not noticed.
  await page.keyboard.press('Escape')
  await playground.timeline.isAt(9)
  expect(await playground.digest()).toBe(digest)
  await playground.statusBar.getByRole('button', { name: /^cost/ }).click()
  await expect(dialog.getByText('All are measured.')).toBeVisible()
})

test('measuring can be cancelled, and begun again', async ({ page, playground }) => {
  await playground.open()
  await playground.statusBar.getByRole('button', { name: /^cost/ }).click()
  const dialog = page.getByRole('dialog', { name: 'What it costs' })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog.getByText('Cancelled.')).toBeVisible()
  await expect(page.locator('iframe')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Measure again' }).click()
  await expect(dialog.getByText(/^Measuring, \d of 6\.$/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator('iframe')).toHaveCount(0)
})
