import { expect, test } from './test.ts'

test.describe('the past of a finished run', () => {
  test('of a recording, which is run again for it, has all of the guest’s memory, and who wrote a byte', async ({ playground }) => {
    const { inspector } = playground
    await playground.open()
    await inspector.choose('Memory')
    await inspector.pane.getByRole('radio', { name: 'All of it' }).click()
    const dump = inspector.pane.getByRole('group', { name: 'Memory, 16 bytes a row' })
    await expect(dump).toBeVisible({ timeout: 20_000 })
    await expect(inspector.pane.getByText(/KiB after event/)).toBeVisible()
    await inspector.pane.getByRole('searchbox', { name: 'Find bytes or text in the memory' }).fill('hello')
    await inspector.pane.getByRole('button', { name: /^Next of \d/ }).click()
    await inspector.pane.getByRole('button', { name: 'Who wrote it last?' }).click()
    await expect(inspector.pane.getByText(/as the program began|guest’s own code wrote it|Written from outside/)).toBeVisible()
  })

  test('tells of a tracer’s poke, and of the guest’s own store, by whom a byte was written', async ({ playground }) => {
    const { inspector } = playground
    await playground.open()
    await playground.runs(() => playground.chooseExample('Open another file'))
    await playground.filter.write('process_vm_writev')
    await playground.press('Home', 'c')
    const poke = await playground.timeline.seq()
    await inspector.choose('Memory')
    await inspector.pane.locator('[data-addr][title*="by the tracer"]').first().click()
    await inspector.pane.getByRole('button', { name: 'Who wrote it last?' }).click()
    await expect(inspector.pane.getByText('Written from outside at')).toContainText(String(poke))
  })

  test('shows the functions that the guest was in at a stop', async ({ playground }) => {
    const { inspector } = playground
    await playground.open()
    await playground.runs(() => playground.chooseExample('The disk is full'))
    await playground.filter.write('fd_write')
    await playground.press('Home', 'c')
    await inspector.pane.getByRole('button', { name: 'Show the stack' }).click()
    await expect(inspector.section('Stack').getByRole('listitem').last()).toContainText('_start')
  })
})
