import { readFile } from 'node:fs/promises'
import { isAccessible } from './axe.ts'
import { AuthorDialog } from './pages/author-dialog.ts'
import { ExercisePane } from './pages/exercise-pane.ts'
import { Playground } from './pages/playground.ts'
import { expect, test } from './test.ts'

test.setTimeout(180_000)

const SOLUTION = `import { spawn, trace } from 'ptrace'
let calls = 0
for await (const stop of trace(spawn())) if (stop.kind === 'syscall-entry') calls++
console.log('calls', calls)
`
const WRONG = SOLUTION.replace(" if (stop.kind === 'syscall-entry')", '')

test('a teacher writes an exercise, tries it and shares it; a student elsewhere opens the link and solves it', async ({ page, playground, browser }) => {
  await playground.open()
  const author = new AuthorDialog(page)
  await author.open()
  await author.begin()
  await author.field('Title').fill('How many calls?')
  await expect(author.field('Name')).toHaveValue('how-many-calls')
  await author.field('What one learns, in a sentence').fill('Counting calls rather than stops.')
  await author.field(/^The page of text/).fill('Count them.\n\n## What to do\n\nPrint `calls N`. <img src=x onerror="window.hacked=1"> [here](javascript:window.hacked=1)')
  const preview = author.dialog.getByRole('region', { name: 'Preview of the text' })
  await expect(preview.getByRole('heading', { name: 'What to do' })).toBeVisible()
  await expect(preview).toContainText('<img src=x')
  await expect(preview.locator('img')).toHaveCount(0)
  expect(await preview.getByText('here').getAttribute('href')).not.toContain('javascript')

  await author.tab('Scripts')
  await author.field(/^Model solution/).fill(SOLUTION)

  await author.tab('Checks')
  await author.dialog.getByRole('button', { name: 'Add a check' }).click()
  const check = author.check(1)
  await check.getByRole('combobox', { name: 'Kind' }).selectOption('What the script prints')
  await check.getByRole('textbox', { name: /^Name/ }).fill('total')
  await check.getByRole('textbox', { name: /^What is wanted/ }).fill('It prints `calls` and how many there were.')
  await check.getByRole('combobox', { name: 'The text' }).selectOption('has a line with the words')
  await check.getByRole('textbox', { name: 'Looked for' }).fill('calls {value}')
  await check.getByRole('button', { name: 'Add a {name}' }).click()
  await check.getByRole('combobox', { name: 'In', exact: true }).selectOption('the run without a script')

  // A mistake is said with its place, and the place is a button.
  await check.getByRole('textbox', { name: 'Filter' }).fill('nofield:1')
  await author.dialog.getByRole('region', { name: 'To be corrected' }).getByRole('button', { name: 'checks[0].values.value.count' }).click()
  await expect(check.getByRole('textbox', { name: 'Filter' })).toBeFocused()
  await check.getByRole('textbox', { name: 'Filter' }).fill('call:*')
  await expect(author.dialog.getByRole('region', { name: 'To be corrected' })).toHaveCount(0)

  // The same thing as JSON.
  await author.tab('JSON')
  const json = author.field(/^The exercise as JSON/)
  await json.fill((await json.inputValue()).replace('"hints": []', '"hints": ["Entries are half of the stops."]'))
  await author.tab('Hints')
  await expect(author.field('Hint 1')).toHaveValue('Entries are half of the stops.')

  await author.tries()
  await expect(author.dialog.getByText('The solution passes every check, on every case.')).toBeVisible()
  await expect(author.dialog.getByText('The starter does not pass yet.')).toBeVisible()
  await isAccessible(page)
  const link = await author.link()

  // What was written is kept.
  await page.keyboard.press('Escape')
  await author.open()
  await expect(author.dialog.getByRole('button', { name: 'How many calls?', exact: true })).toBeVisible()

  const context = await browser.newContext()
  const other = await context.newPage()
  await other.goto(link)
  const exercise = new ExercisePane(other)
  const student = new Playground(other)
  await expect(exercise.pane.getByRole('heading', { name: 'How many calls?' })).toBeVisible()
  await exercise.is('total', 'failed')
  await student.editor.write(`// counts stops\n${WRONG}`)
  await exercise.run()
  await exercise.is('total', 'failed')
  await student.editor.write(`// counts calls\n${SOLUTION}`)
  await exercise.checkAnswer('Right')
  expect(await other.evaluate(() => (window as { hacked?: number }).hacked)).toBeUndefined()
  await context.close()
})

test('a file holds the exercise, too: for students, and to be written on', async ({ page, playground }, info) => {
  await page.goto('/#ex=count')
  await new ExercisePane(page).is('ends', 'passed')
  const author = new AuthorDialog(page)
  await author.open()
  await author.dialog.getByRole('button', { name: /^Begin with/ }).click()
  // One of the course gets a name of its own.
  await expect(author.field('Name')).toHaveValue('count-mine')
  await author.tab('Try and share')
  const downloading = page.waitForEvent('download')
  await author.dialog.getByRole('button', { name: 'Save as a file' }).click()
  const file = info.outputPath('count-mine.exercise.json')
  await (await downloading).saveAs(file)
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ id: 'count-mine', guest: 'ls' })

  await author.dialog.getByRole('button', { name: 'All exercises' }).click()
  const choosing = page.waitForEvent('filechooser')
  await author.dialog.getByRole('button', { name: 'Open a file …' }).click()
  await (await choosing).setFiles(file)
  await expect(author.field('Title')).toHaveValue('Count the calls')
  await page.keyboard.press('Escape')

  await playground.press('Control+Shift+P')
  const opening = page.waitForEvent('filechooser')
  await page.getByRole('combobox', { name: 'Command' }).fill('Open a run')
  await page.keyboard.press('Enter')
  await (await opening).setFiles(file)
  await expect(page).toHaveURL(/#ex=count-mine\//)
  await expect(new ExercisePane(page).pane.getByRole('heading', { name: 'Count the calls' })).toBeVisible()
})

for (const [name, size] of [['small', { width: 1024, height: 768 }], ['phone', { width: 390, height: 844 }]] as const) {
  test(`axe finds nothing where exercises are written, and nothing is cut off, ${name}`, async ({ page }) => {
    await page.setViewportSize(size)
    await page.goto('/#ex=count')
    await new ExercisePane(page).is('ends', 'passed')
    const author = new AuthorDialog(page)
    await author.openByPalette()
    await author.dialog.getByRole('button', { name: /^Begin with/ }).click()
    for (const tab of ['Text', 'Scripts', 'Guest and cases', 'Checks', 'Hints', 'JSON', 'Try and share'] as const) {
      await author.tab(tab)
      await isAccessible(page)
      expect(await author.dialog.evaluate((dialog) => dialog.scrollWidth <= dialog.clientWidth), tab).toBe(true)
    }
  })
}
