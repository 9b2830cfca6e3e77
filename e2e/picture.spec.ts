import { fileURLToPath } from 'node:url'
import { expect, test } from './test.ts'

const PANES = ['Editor', 'Console', 'Timeline', 'Events', 'Inspector'] as const

/** Wide enough to read, and within the window. */
const isWhole = async (box: { x: number; y: number; width: number; height: number } | null, width: number, height: number): Promise<void> => {
  expect(box).not.toBeNull()
  if (box === null) return
  expect(box.width).toBeGreaterThan(200)
  expect(box.height).toBeGreaterThan(60)
  expect(box.x).toBeGreaterThanOrEqual(0)
  expect(box.y).toBeGreaterThanOrEqual(0)
  expect(box.x + box.width).toBeLessThanOrEqual(width + 1)
  expect(box.y + box.height).toBeLessThanOrEqual(height + 1)
}

for (const [width, height] of [[1440, 900], [1024, 768]] as const) {
  for (const scheme of ['light', 'dark'] as const) {
    test(`at ${width} × ${height} in ${scheme} all panes are there, and nothing has to be scrolled sideways`, async ({ page, playground }) => {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme: scheme })
      await playground.open()
      for (const name of PANES) await isWhole(await page.getByRole('region', { name, exact: true }).first().boundingBox(), width, height)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(height)
    })
  }
}

test('on a phone one pane is shown at a time, with a bar to choose', async ({ page, playground }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/')
  await expect(page.getByRole('slider', { name: 'Event at the cursor' })).toBeVisible()
  const panes = page.getByRole('navigation', { name: 'Panes' })
  await panes.getByRole('button', { name: 'Code' }).click()
  await expect(playground.editor.pane).toBeVisible()
  await panes.getByRole('button', { name: 'Events' }).click()
  await expect(playground.events.grid).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})

test('the picture of the README shows the page as it is', async ({ page, playground }) => {
  await playground.open()
  await expect(playground.inspector.heading()).toBeVisible()
  await page.mouse.move(0, 0)
  // PICTURE=1 npm run test:e2e -- picture
  if (process.env['PICTURE'] === '1') {
    await page.screenshot({ path: fileURLToPath(new URL('picture/page.png', import.meta.url)), animations: 'disabled' })
  }
})
