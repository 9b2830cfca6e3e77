import { readFileSync } from 'node:fs'
import { isAccessible } from './axe.ts'
import { allowClipboard } from './clipboard.ts'
import { ExercisePane } from './pages/exercise-pane.ts'
import { expect, test } from './test.ts'

test.setTimeout(150_000)

const published = (path: string): string => readFileSync(new URL(`../public/exercises/${path}`, import.meta.url), 'utf8')

const COUNTS_STOPS = `import { spawn, trace } from 'ptrace'
const counts = new Map<string, number>()
let total = 0
for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry' && stop.kind !== 'syscall-exit') continue
  counts.set(stop.call.name, (counts.get(stop.call.name) ?? 0) + 1)
  total++
}
for (const [name, count] of counts) console.log(count, name)
console.log(total, 'total')
`
const COUNTS_EXITS = COUNTS_STOPS.replace("stop.kind !== 'syscall-entry' && ", '')

test('a student reads a trace, answers wrongly, then rightly', async ({ page }) => {
  const exercise = new ExercisePane(page)
  await exercise.open('first-call', 'What is a system call?')
  await exercise.is('traced', 'passed')
  await exercise.is('calls', 'failed')

  await exercise.check('calls').getByRole('textbox').fill('9')
  await expect(exercise.check('calls')).toContainText('“9” is not it.')
  await exercise.check('calls').getByRole('textbox').fill('5')
  await exercise.is('calls', 'passed')
  await exercise.check('greeting').getByRole('radio', { name: 'clock_time_get' }).check()
  await exercise.is('greeting', 'failed')
  await exercise.checkAnswer('Not yet')

  await exercise.check('greeting').getByRole('radio', { name: 'fd_write' }).check()
  await exercise.check('length').getByRole('textbox').fill('13')
  await exercise.check('no-return').getByRole('radio', { name: 'proc_exit' }).check()
  await exercise.checkAnswer('Right')
  await exercise.button(/^Next: /).click()
  await expect(exercise.pane.getByRole('heading', { level: 3 }).first()).not.toHaveText('What is a system call?')
})

test('a student counts calls: stops at first, then exits, then right', async ({ page, playground }) => {
  const exercise = new ExercisePane(page)
  await exercise.open('count', 'Count the calls')
  await exercise.is('every-count', 'failed')
  // What broke it is an event, and the cursor goes there.
  await exercise.check('once').getByRole('button', { name: 'Show me' }).click()
  await expect(playground.events.pane.getByRole('row', { selected: true })).toContainText(/goes in|comes back/)

  await playground.editor.write(COUNTS_STOPS)
  await exercise.run()
  await exercise.is('once', 'passed')
  await expect(exercise.check('every-count')).toContainText('Does your script count calls, or stops?')

  // Right on the case that is shown, for ls ends there without proc_exit; wrong on one that is not.
  await playground.editor.write(COUNTS_EXITS)
  await exercise.run()
  await exercise.is('every-count', 'passed')
  await exercise.checkAnswer('Not yet')
  await expect(exercise.check('every-name')).toContainText('which the page does not show')
  await exercise.check('every-name').getByRole('button', { name: 'Show me' }).click()
  await expect(exercise.pane).toContainText('not the exercise’s own')

  await playground.editor.write(published('count/solution.ts'))
  await exercise.checkAnswer('Right')
  await expect(exercise.pane.getByRole('group').getByText('The model solution', { exact: true })).toBeVisible()
})

test('hints come one at a time, and the solution after the last', async ({ page }) => {
  const exercise = new ExercisePane(page)
  await exercise.open('count', 'Count the calls')
  await expect(exercise.pane.getByText('The model solution', { exact: true })).toHaveCount(0)
  await exercise.button(/^Show a hint/).click()
  await expect(exercise.pane.getByRole('listitem').filter({ hasText: 'remembers a number' })).toBeFocused()
  await exercise.button(/^Next hint/).click()
  await exercise.button(/^Next hint/).click()
  await exercise.pane.getByText('The model solution', { exact: true }).click()
  await expect(exercise.pane.getByRole('region').or(exercise.pane.locator('pre')).filter({ hasText: 'Counts at the entries' }).first()).toBeVisible()
})

test('a draft is kept, and so is what was edited before', async ({ page, playground }) => {
  const exercise = new ExercisePane(page)
  await playground.open()
  await playground.editor.write('// mine, before any exercise\n')
  await page.waitForTimeout(600)
  await playground.menuBar.getByRole('button', { name: 'Exercises' }).click()
  await page.getByRole('dialog').getByRole('button', { name: /Count the calls/ }).click()
  await exercise.is('started', 'passed')
  await playground.editor.write('// my draft of the exercise\n')
  await page.waitForTimeout(600)
  await page.reload()
  await expect(exercise.pane).toBeVisible()
  await expect(playground.editor.pane).toContainText('my draft of the exercise')
  await exercise.button('Leave the exercise').click()
  await expect(exercise.pane).toHaveCount(0)
  await expect(playground.editor.pane).toContainText('mine, before any exercise')
  expect(new URL(page.url()).hash).toBe('')
})

test('the link to hand in holds the answer, and whoever opens it does not lose theirs', async ({ page, playground, browser }) => {
  const exercise = new ExercisePane(page)
  await exercise.open('count', 'Count the calls')
  await playground.editor.write(published('count/solution.ts'))
  await exercise.checkAnswer('Right')
  await allowClipboard(page.context())
  await exercise.button('Copy the link to hand in').click()
  await expect(exercise.button('Copied')).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())

  const other = await browser.newPage()
  await other.goto(link.slice(0, link.indexOf('/', link.indexOf('#ex='))))
  await expect(new ExercisePane(other).check('ends')).toHaveAttribute('data-state', 'passed')
  await other.getByRole('radio', { name: 'By hand' }).waitFor()
  await other.goto('about:blank')
  await other.goto(link)
  await new ExercisePane(other).is('total', 'passed')
  await other.context().close()
})

test('the first exercise can be solved with the keyboard alone', async ({ page }) => {
  const exercise = new ExercisePane(page)
  await exercise.open('first-call', 'What is a system call?')
  const type = async (id: string, text: string): Promise<void> => {
    await exercise.check(id).getByRole('textbox').focus()
    await page.keyboard.type(text)
  }
  const choose = async (id: string, times: number): Promise<void> => {
    await exercise.check(id).getByRole('radio').first().focus()
    await page.keyboard.press('Space')
    for (let i = 0; i < times; i++) await page.keyboard.press('ArrowDown')
  }
  await type('calls', '5')
  await page.keyboard.press('Tab')
  await expect(exercise.check('greeting').getByRole('radio').first()).toBeFocused()
  await choose('greeting', 1)
  await type('length', '13')
  await choose('no-return', 3)
  await exercise.button('Check my answer').focus()
  await page.keyboard.press('Enter')
  await expect(exercise.pane.getByRole('status').filter({ hasText: /^Right/ })).toBeVisible({ timeout: 60_000 })
})

for (const [name, size] of [['wide', { width: 1440, height: 900 }], ['small', { width: 1024, height: 768 }], ['phone', { width: 390, height: 844 }]] as const) {
  test(`axe finds nothing in an exercise and in the course, ${name}`, async ({ page }) => {
    await page.setViewportSize(size)
    const exercise = new ExercisePane(page)
    await exercise.open('count', 'Count the calls')
    await exercise.button(/^Show a hint/).click()
    await isAccessible(page)
    expect(await exercise.pane.evaluate((pane) => pane.scrollWidth <= pane.clientWidth)).toBe(true)
    await exercise.button('Course').click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await isAccessible(page)
  })
}
