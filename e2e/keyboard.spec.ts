import type { Page } from '@playwright/test'
import { expect, test } from './test.ts'

interface Focused {
  /** Role and name, roughly; the body's is ''. */
  readonly what: string
  /** It is ringed: itself, or what stands for it right around or right inside. */
  readonly ringed: boolean
  /** Its middle, or the part of it that is in view, is not covered by anything else. */
  readonly seen: boolean
}

const focused = (page: Page): Promise<Focused> =>
  page.evaluate(() => {
    const at = document.activeElement
    if (at === null || at === document.body) return { what: '', ringed: true, seen: true }
    const isRinged = (element: Element): boolean => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none'
    }
    const around = [at, at.parentElement, ...at.children].filter((one) => one !== null)
    const { left, right, top, bottom } = at.getBoundingClientRect()
    const [x, y] = [(Math.max(left, 0) + Math.min(right, innerWidth)) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2]
    const hit = document.elementsFromPoint(x, y)
    const role = at.getAttribute('role') ?? at.tagName.toLowerCase()
    return {
      what: `${role} ${at.getAttribute('aria-label') ?? at.textContent?.trim().slice(0, 40) ?? ''}`.trim(),
      ringed: around.some(isRinged),
      // The slider lets the pointer through to the picture below it.
      seen: role === 'slider' || hit.some((one) => one === at || at.contains(one) || one.contains(at)),
    }
  })

/** Presses Tab until the focus has left the page, and tells where it has been. */
const tabThrough = async (page: Page, key: 'Tab' | 'Shift+Tab'): Promise<readonly Focused[]> => {
  const stops: Focused[] = []
  for (let i = 0; i < 150; i++) {
    await page.keyboard.press(key)
    const stop = await focused(page)
    if (stop.what === '') return stops
    stops.push(stop)
  }
  throw new Error(`the focus never left: it was last on ${stops.slice(-6).map(({ what }) => what).join(', ')}`)
}

const begin = (page: Page): Promise<void> => page.evaluate(() => {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
})

test('Tab goes through the whole page in reading order, is always to be seen, and leaves', async ({ page, playground }) => {
  await playground.open()
  await begin(page)
  const stops = await tabThrough(page, 'Tab')
  expect(stops.filter(({ ringed, seen }) => !ringed || !seen)).toEqual([])
  const names = stops.map(({ what }) => what)
  const order = [/Exercises/, /Example:/, /Guest:/, /Host:/, /Share/, /First event/, /^input/, /Filter/, /Output/, /slider/, /grid Events/, /^button Call$|tab Call/, /cost/]
  const places = order.map((one) => names.findIndex((name) => one.test(name)))
  expect(places, names.join('\n')).toEqual([...places].sort((a, b) => a - b))
  expect(places).not.toContain(-1)
})

test('Shift+Tab goes back the same way, and leaves', async ({ page, playground }) => {
  await playground.open()
  await page.getByRole('contentinfo').getByRole('button').last().focus()
  const stops = await tabThrough(page, 'Shift+Tab')
  expect(stops.filter(({ ringed, seen }) => !ringed || !seen)).toEqual([])
  expect(stops.at(-1)?.what).toBe('button Exercises')
})

test('the first example is chosen, run and read with the keyboard alone', async ({ page, playground }) => {
  await playground.open()
  await begin(page)
  for (let i = 0; i < 5 && !(await focused(page)).what.includes('Example:'); i++) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitemradio', { name: /^A first look/ })).toBeVisible()
  await page.keyboard.type('A first')
  await expect(page.getByRole('menuitemradio', { name: /^A first look/ })).toBeFocused()
  await playground.runs(() => page.keyboard.press('Enter'))
  // The focus is where it was, and the chord acts from there.
  expect((await focused(page)).what).toContain('Example:')
  await playground.runs(() => page.keyboard.press('Control+Enter'))

  for (let i = 0; i < 6 && (await focused(page)).what !== 'section Events'; i++) await page.keyboard.press('F6')
  expect(await focused(page)).toMatchObject({ what: 'section Events', ringed: true })
  await page.keyboard.press('Tab')
  await expect(playground.events.grid).toBeFocused()
  await page.keyboard.press('Home')
  await playground.events.isAt(1)
  await page.keyboard.press('ArrowDown')
  await playground.events.isAt(2)
  await page.keyboard.press('c')
  await playground.timeline.isAt(await playground.timeline.length())
  // What is shown is said, once the cursor has come to rest.
  const said = page.locator('[aria-live="polite"][aria-atomic="true"]')
  await expect(said).toContainText(`Event ${await playground.timeline.length()}`)

  await page.keyboard.press('/')
  await page.keyboard.type('fd_write')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(playground.inspector.heading()).toContainText('fd_write(')
  await page.keyboard.press(']')
  await expect(playground.events.current()).toContainText('resumed>')
  await page.keyboard.press('v')
  await expect(playground.inspector.pane.getByRole('tab', { name: 'Memory' })).toHaveAttribute('aria-selected', 'true')
})

test('the slider of the timeline speaks a sentence, and moves by keys', async ({ page, playground }) => {
  await playground.open()
  await playground.timeline.cursor.focus()
  expect(await focused(page)).toMatchObject({ ringed: true })
  await page.keyboard.press('Home')
  await playground.timeline.isAt(1)
  await page.keyboard.press('ArrowRight')
  await playground.timeline.isAt(2)
  expect(await playground.timeline.sentence()).toMatch(/^Event 2 of \d+\. .+\.$/)
  await page.keyboard.press('End')
  await playground.timeline.isAt(await playground.timeline.length())
})

test('the editor says how one leaves it, and lets go; Ctrl+M makes Tab indent until it is pressed again', async ({ page, playground }) => {
  await playground.open()
  await playground.editor.open()
  const hint = playground.editor.pane.getByText('Tab leaves the editor')
  await expect(hint).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(playground.editor.textbox).not.toBeFocused()
  await playground.editor.textbox.focus()
  await page.keyboard.press('Control+m')
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('Tab')
  await expect(playground.editor.textbox).toBeFocused()
  await expect(playground.editor.lines().first()).toHaveText(/^\s{2}\S/)
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+m')
  await page.keyboard.press('Tab')
  await expect(playground.editor.textbox).not.toBeFocused()
})

test('a dialog keeps the focus while it is open, and gives it back', async ({ page, playground }) => {
  await playground.open()
  const share = playground.menuBar.getByRole('button', { name: 'Share' })
  await share.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab')
    expect(await dialog.evaluate((box) => box.contains(document.activeElement))).toBe(true)
    expect((await focused(page)).ringed).toBe(true)
  }
  await page.keyboard.press('Escape')
  await expect(share).toBeFocused()
})
