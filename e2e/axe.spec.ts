import type { Page } from '@playwright/test'
import { isAccessible } from './axe.ts'
import { linkTo } from './link.ts'
import type { Playground } from './pages/playground.ts'
import { expect, test } from './test.ts'

// Axe reads every element and its colours, twice: on a busy machine that takes its time.
test.setTimeout(120_000)

interface View {
  readonly name: string
  /** From the first run to the view. */
  readonly show: (playground: Playground, page: Page) => Promise<unknown>
  readonly size?: { readonly width: number; readonly height: number }
  /** What the page is opened with. */
  readonly fragment?: string
}

const PHONE = { width: 390, height: 844 }
const TABLET = { width: 834, height: 1112 }

/** What a command of the palette opens. */
const commandDialog = (command: string): View['show'] => async (playground, page) => {
  await playground.press('Control+Shift+P')
  await expect(page.getByRole('dialog', { name: 'All commands' })).toBeVisible()
  await page.keyboard.type(command)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'All commands' })).toHaveCount(0)
  await expect(page.getByRole('dialog')).toBeVisible()
}
const tab = (name: 'Memory' | 'Registers' | 'Source'): View['show'] => (playground) => playground.inspector.choose(name)
const front = (name: string): View['show'] => (_playground, page) => page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name }).click()

const VIEWS: readonly View[] = [
  { name: 'the first run', show: () => Promise.resolve() },
  { name: 'a run', show: (playground) => playground.runs(() => playground.chooseExample('The disk is full')) },
  {
    name: 'a failure', fragment: linkTo('import { ptrace } from "ptrace"\nthrow new Error("no")\n'),
    show: (playground) => expect(playground.console.failure()).toBeVisible(),
  },
  { name: 'a filter', show: (playground) => playground.filter.write('fd_write') },
  {
    name: 'suggestions of the filter',
    show: async (playground) => {
      await playground.filter.field.fill('fd')
      await expect(playground.filter.suggestions().first()).toBeVisible()
    },
  },
  { name: 'the memory', show: tab('Memory') },
  { name: 'the registers', show: tab('Registers') },
  { name: 'the source', show: tab('Source') },
  { name: 'the editor', show: (playground) => playground.editor.open() },
  {
    name: 'the palette',
    show: async (playground, page) => {
      await playground.press('Control+Shift+P')
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  },
  { name: 'help', show: commandDialog('help') },
  { name: 'the share dialog', show: commandDialog('share') },
  { name: 'the guest dialog', show: commandDialog('arguments') },
  { name: 'the files dialog', show: commandDialog('files of') },
  {
    name: 'the cost meter',
    show: async (playground, page) => {
      await commandDialog('costs')(playground, page)
      await page.getByRole('button', { name: 'Cancel' }).click()
    },
  },
  { name: 'the menu of hosts', show: (playground) => playground.menuBar.getByRole('button', { name: /^Host:/ }).click() },
  { name: 'the menu of guests', show: (playground) => playground.menuBar.getByRole('button', { name: /^Guest:/ }).click() },
  {
    name: 'stepping by hand',
    show: async (playground, page) => {
      await playground.menuBar.getByRole('radio', { name: 'By hand' }).click()
      await expect(page.getByRole('region', { name: 'Decision' })).toBeVisible()
    },
  },
  { name: 'a tablet', size: TABLET, show: () => Promise.resolve() },
  { name: 'a phone', size: PHONE, show: () => Promise.resolve() },
  { name: 'the code on a phone', size: PHONE, show: front('Code') },
  { name: 'the events on a phone', size: PHONE, show: front('Events') },
  { name: 'the call on a phone', size: PHONE, show: front('Call') },
  { name: 'the console on a phone', size: PHONE, show: front('Console') },
  {
    name: 'the menu of a phone', size: PHONE,
    show: (_playground, page) => page.getByRole('button', { name: 'More' }).click(),
  },
]

for (const { name, show, size, fragment = '' } of VIEWS) {
  test(`axe finds nothing in ${name}`, async ({ page, playground }) => {
    if (size !== undefined) await page.setViewportSize(size)
    await page.goto(`/${fragment}`)
    await expect(page.getByRole('slider')).toBeVisible()
    await show(playground, page)
    await isAccessible(page)
  })
}
