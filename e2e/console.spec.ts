import { linkTo } from './link.ts'
import { expect, test } from './test.ts'

const TALK = `import { spawn, trace } from "ptrace"

for await (const stop of trace(spawn())) {
  if (stop.kind === "exited") console.log("exited with", stop.code)
}
`

test('a guest that reads its terminal waits for a line, answers it, and ends with ^D', async ({ page, playground }) => {
  await page.goto(`/${linkTo(TALK, 'calc', { stdin: '' })}`)
  const { console: pane } = playground
  await expect(playground.mode()).toContainText('Waiting for input')
  await expect(pane.input()).toHaveAccessibleName('calc is waiting for a line')
  await pane.input().fill('6 * 7')
  await pane.input().press('Enter')
  await expect(pane.line(/stdout.*42/)).toBeVisible()
  await expect(pane.line(/echo.*6 \* 7/).or(pane.line(/6 \* 7/)).first()).toBeVisible()

  await pane.input().fill('7 / 0')
  await pane.pane.getByRole('button', { name: 'Send' }).click()
  await expect(pane.line(/calc: .*division|divid|zero/i)).toBeVisible()

  await pane.input().press('Control+d')
  await playground.hasEnded()
  await expect(pane.line('exited with')).toBeVisible()
  await expect(pane.input()).toHaveCount(0)
})

test('what was typed is part of the recipe: the link replays it without anybody typing', async ({ page, playground, browser }) => {
  await page.goto(`/${linkTo(TALK, 'calc', { stdin: '' })}`)
  await expect(playground.mode()).toContainText('Waiting for input')
  await playground.console.input().fill('1 + 2')
  await playground.console.input().press('Enter')
  await expect(playground.console.line(/stdout.*3/)).toBeVisible()
  await playground.console.pane.getByRole('button', { name: 'End of input' }).click()
  await playground.hasEnded()
  const [digest, link] = [await playground.digest(), await playground.share.take()]

  const context = await browser.newContext()
  const other = await context.newPage()
  await other.goto(link)
  await expect(other.getByRole('contentinfo').getByTitle(digest)).toBeVisible()
  await expect(other.getByRole('log', { name: 'Output' })).toContainText('1 + 2')
  await context.close()
})

test('while the guest waits one may look back, is told so, and returns', async ({ page, playground }) => {
  await page.goto(`/${linkTo(TALK, 'calc', { stdin: '' })}`)
  await expect(playground.mode()).toContainText('Waiting for input')
  await playground.press('Home')
  await expect(page.getByText(/^Looking at 1 of \d+: the guest waits at \d+\.$/)).toBeVisible()
  await page.getByRole('button', { name: 'Return' }).click()
  await expect(page.getByText(/^Looking at/)).toHaveCount(0)
})

test('what was typed in advance is read first', async ({ playground }) => {
  await playground.page.goto(`/${linkTo(TALK, 'calc')}`)
  await expect(playground.console.line(/stdout.*14/)).toBeVisible()
  await playground.console.input().press('Control+d')
  await playground.hasEnded()
})

test('a line of output leads to the call that wrote it', async ({ playground }) => {
  await playground.open()
  await playground.runs(() => playground.chooseExample('strace in 15 lines'))
  await playground.console.line(/stdout.*A word is dead/).click()
  await expect(playground.inspector.heading()).toContainText('fd_write(')
})

test('arguments, input and seed are chosen in a dialog, and run', async ({ page, playground }) => {
  await playground.open()
  await playground.editor.write(TALK)
  await playground.chooseGuest('wc')
  await page.getByRole('button', { name: 'Guest: wc' }).click()
  await page.getByRole('menuitem', { name: /Arguments, input and seed/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Arguments, input and seed' })
  await dialog.getByRole('textbox', { name: 'Arguments' }).fill('')
  await dialog.getByRole('textbox', { name: 'Standard input' }).fill('one two\nthree\n')
  await playground.runs(() => dialog.getByRole('button', { name: 'Run' }).click())
  await expect(playground.console.line(/stdout\D*\d*\s*2\s+3\s+14/)).toBeVisible()
})

test('another seed gives another throw of the dice, the same seed the same', async ({ page, playground }) => {
  const throwDice = async (seed: number): Promise<string> => {
    await page.goto('about:blank')
    await page.goto(`/${linkTo(TALK, 'dice', { seed })}`)
    await playground.hasEnded()
    return playground.digest()
  }
  const [one, other, again] = [await throwDice(1), await throwDice(2), await throwDice(1)]
  expect(other).not.toBe(one)
  expect(again).toBe(one)
})
