import type { Page } from '@playwright/test'
import { isAccessible } from './axe.ts'
import { expect, test } from './test.ts'

// 1280 × 2560 at 400 %: WCAG 2.2, 1.4.10.
test.setTimeout(120_000)
test.use({ viewport: { width: 320, height: 640 } })

/** What sticks out of the window sideways and cannot be scrolled to, and words that are cut without a sign. */
const cut = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const found: string[] = []
    const isEllipsis = ({ overflowX, textOverflow }: CSSStyleDeclaration): boolean => overflowX === 'hidden' && textOverflow === 'ellipsis'
    /** It can be scrolled to, or ends in an ellipsis, and the whole of it is elsewhere. */
    const isTold = (element: Element | null): boolean =>
      element !== null && (/auto|scroll/.test(getComputedStyle(element).overflowX) || isEllipsis(getComputedStyle(element)) || isTold(element.parentElement))
    const isSaid = (element: Element): boolean => element.closest('[aria-hidden="true"], iframe, noscript') === null
    for (const element of document.body.querySelectorAll('*')) {
      const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '')
      if (!own && !element.matches('button, input, select, textarea, a, [role="slider"]')) continue
      const { left, right, width, height } = element.getBoundingClientRect()
      // What is only for screen readers is a pixel wide.
      if (width <= 2 || height <= 2 || !isSaid(element) || !element.checkVisibility({ visibilityProperty: true })) continue
      const style = getComputedStyle(element)
      const name = `${element.tagName.toLowerCase()} “${(element.textContent ?? '').trim().slice(0, 30)}” ${Math.round(left)}–${Math.round(right)}`
      const isCutAround = (at: Element | null): boolean => {
        if (at === null || at === document.body) return false
        const style = getComputedStyle(at)
        if (/auto|scroll/.test(style.overflowX) || isEllipsis(style)) return false
        if (style.overflowX !== 'visible' && right > at.getBoundingClientRect().right + 1) return true
        return isCutAround(at.parentElement)
      }
      if ((right > innerWidth + 1 || left < -1) && !isTold(element.parentElement)) found.push(`outside: ${name}`)
      else if (isCutAround(element.parentElement)) found.push(`cut: ${name}`)
      else if (style.overflowX === 'hidden' && !isEllipsis(style) && element.scrollWidth > element.clientWidth + 1) found.push(`short: ${name}`)
    }
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways')
    return found
  })

const PANES = ['Code', 'Timeline', 'Events', 'Call', 'Console'] as const

test.beforeEach(async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('slider')).toBeVisible()
})

for (const pane of PANES) {
  test(`at 400 % nothing of ${pane} is cut`, async ({ page }) => {
    await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: pane }).click()
    expect(await cut(page)).toEqual([])
    await isAccessible(page)
  })
}

for (const [item, title] of [
  ['Share this run', 'Share this run'], ['Arguments, input and seed', 'Arguments, input and seed'], ['What it costs', 'What it costs'],
  ['Files of the guest', /^Files/], ['All commands', 'All commands'], ['Help and keys', 'Help and keys'],
] as const) {
  test(`at 400 % nothing of the dialog “${item}” is cut, and it can be closed`, async ({ page }) => {
    await page.getByRole('button', { name: 'More' }).click()
    expect(await cut(page)).toEqual([])
    await page.getByRole('menuitem', { name: item }).click()
    const dialog = page.getByRole('dialog', { name: title })
    await expect(dialog).toBeVisible()
    expect(await cut(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
  })
}

test('at 400 % a run is stepped through and read', async ({ page, playground }) => {
  const first = await playground.timeline.seq()
  await page.getByRole('toolbar', { name: 'Transport' }).getByRole('button', { name: 'Step to the next stop' }).click()
  expect(await playground.timeline.seq()).toBeGreaterThan(first)
  await expect(playground.inspector.heading()).toBeVisible()
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Code' }).click()
  await expect(playground.editor.listing).toBeVisible()
})
