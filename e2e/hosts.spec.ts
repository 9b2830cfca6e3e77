import { expect, test } from './test.ts'

const EXAMPLE = 'Two hosts'

test('the same script on two hosts: they part where the package inserts what the kernel overwrites', async ({ page, playground }) => {
  await playground.open()
  await playground.runs(() => playground.chooseExample(EXAMPLE))
  const host = playground.menuBar.getByRole('button', { name: /^Host:/ })
  await expect(host).toHaveAccessibleName('Host: @wasmer/wasi')
  await expect(playground.console.line('is told 5')).toBeVisible()
  await expect(playground.console.line('finds a size of 33')).toBeVisible()
  const onWasmer = await playground.digest()

  await host.click()
  await page.getByRole('menuitemradio', { name: /^TypeScript kernel/ }).click()
  await expect(host).toHaveAccessibleName('Host: TypeScript')
  await playground.run()
  await expect(playground.console.line('is told 5')).toBeVisible()
  await expect(playground.console.line('finds a size of 28')).toBeVisible()
  expect(await playground.digest()).not.toBe(onWasmer)

  await host.click()
  await page.getByRole('menuitemradio', { name: /^@wasmer\/wasi/ }).click()
  await playground.run()
  expect(await playground.digest()).toBe(onWasmer)
})

test('the host goes along with a link, and is there after a reload', async ({ page, playground, context }) => {
  await playground.open()
  await playground.runs(() => playground.chooseExample(EXAMPLE))
  const link = await playground.share.take()
  const digest = await playground.digest()

  const other = await context.newPage()
  await other.goto(link)
  await expect(other.getByRole('button', { name: 'Host: @wasmer/wasi' })).toBeVisible()
  await expect(other.getByTitle(digest)).toBeVisible()

  await page.waitForTimeout(500) // What is edited is kept when nothing more comes.
  await page.reload()
  await expect(playground.menuBar.getByRole('button', { name: 'Host: @wasmer/wasi' })).toBeVisible()
})

test('the package is fetched once, after the first run has begun, and changes no run', async ({ page, playground }) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  const fetched = (): number => asked.filter((path) => /Library\.esm\.min/.test(path)).length
  await playground.open()
  expect(fetched()).toBe(0)
  await playground.run()
  const without = await playground.digest()
  await expect.poll(fetched).toBe(1)
  await page.waitForLoadState('networkidle')
  await playground.run()
  expect(await playground.digest()).toBe(without)
  expect(fetched()).toBe(1)
})
