import { expect, test } from './test.ts'

test.describe('in forced colours', () => {
  test.use({ forcedColors: 'active' })

  test('the cursor, the chosen tab and the focus are told by lines', async ({ page, playground }) => {
    await playground.open()
    await expect(playground.events.current()).toHaveCSS('outline-style', 'solid')
    const edge = (name: string): Promise<string> =>
      playground.inspector.pane.getByRole('tab', { name }).evaluate((tab) => getComputedStyle(tab).borderBottomColor)
    expect(await edge('Call')).not.toBe(await edge('Memory'))
    await playground.press('F6')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle)).toBe('solid')
  })

  test('in the picture what never ran is hatched, and what ran is not', async ({ playground }) => {
    await playground.open()
    /** How often ink and ground follow one another along a call's body, from one event to another. */
    const changes = async (from: number, to: number): Promise<number> => {
      const [a, b, { x, y }] = await Promise.all([playground.timeline.placeOf(from), playground.timeline.placeOf(to), playground.timeline.picture()])
      return playground.timeline.pane.locator('canvas').nth(1).evaluate((element, line) => {
        const canvas = element as HTMLCanvasElement
        const ratio = canvas.width / canvas.clientWidth
        const { data } = (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(line.from * ratio, line.y * ratio, (line.to - line.from) * ratio, 1)
        let count = 0
        for (let i = 4; i < data.length; i += 4) if (((data[i] as number) > 127) !== ((data[i - 4] as number) > 127)) count++
        return count
      }, { from: a.x - x, to: b.x - x, y: a.y - y - 2 })
    }
    // The cursor of the first run is on its fd_write.
    const write = await playground.timeline.seq()
    await playground.press('Home')
    await playground.filter.write('skipped:yes')
    await playground.press('c')
    const skipped = await playground.timeline.seq()
    await playground.timeline.says('skipped it')
    expect(await changes(skipped + 0.5, skipped + 2.5)).toBeGreaterThan(6)
    expect(await changes(write + 0.5, write + 1)).toBeLessThan(4)
  })
})

test('with reduced motion nothing moves by itself', async ({ page, playground }) => {
  await playground.open()
  for (const key of [']', 's', 'n', '+', 'f', 'z']) {
    await playground.press(key)
    expect(await page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length)).toBe(0)
  }
})
