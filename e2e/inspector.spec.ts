import { expect, test } from './test.ts'

test.describe('of a write that the script makes fail', () => {
  test.beforeEach(async ({ playground }) => {
    await playground.open()
    await playground.runs(() => playground.chooseExample('The disk is full'))
    await playground.filter.write('skipped:yes')
    await playground.press('Home', 'c')
  })

  test('the call is told by name, with its arguments taken apart', async ({ playground }) => {
    const { inspector } = playground
    await expect(inspector.heading()).toContainText('fd_write(')
    await expect(inspector.heading()).toContainText('nospc')
    await expect(inspector.fact('fd')).toContainText(/\d/)
    await expect(inspector.fact('iovs_len')).toContainText('1')
    await expect(inspector.fact('result')).toContainText('No space left on device')
    await expect(inspector.fact('result')).toContainText('Set by the tracer at')
    await inspector.fact('fd').getByRole('button').click()
    await expect(inspector.fact('fd').getByRole('button')).toContainText(/^0x/)
    await expect(inspector.pane.getByRole('link', { name: /fd_write in WASI preview1/ })).toHaveAttribute('href', /fd_write$/)
  })

  test('registers are shown at the stop and at the resume, what was changed with what it was', async ({ playground }) => {
    const { inspector } = playground
    await expect(inspector.register('nr')).toContainText('fd_write')
    await expect(inspector.register('ret')).toContainText('was')
    await expect(inspector.register('ret')).toContainText('52 nosys')
    await expect(inspector.register('ret')).toContainText('51 nospc')
    await inspector.choose('Registers')
    await expect(inspector.pane.getByRole('tabpanel')).toContainText('what the tracer changed before it resumed the task')
  })

  test('the wait status is taken apart, with the request that led there', async ({ playground }) => {
    const why = playground.inspector.section('Why stopped')
    await expect(why.getByRole('img', { name: /^wait status 0x/ })).toHaveAccessibleName('wait status 0x00857f')
    await expect(why).toContainText('stopped (WIFSTOPPED)')
    await expect(why).toContainText('SIGTRAP | 0x80')
    await expect(why).toContainText('no PTRACE_EVENT')
    await expect(why).toContainText('SYSCALL_INFO_ENTRY')
    await expect(why).toContainText('led here: PTRACE_SYSCALL')
    await why.getByRole('button').last().click()
    await expect(playground.inspector.heading()).toContainText('PTRACE_SYSCALL')
  })

  test('what the tracer did then is a list that leads to its requests', async ({ playground }) => {
    const did = playground.inspector.section('What the tracer did then')
    const resume = did.getByRole('button').last()
    await expect(resume).toContainText('PTRACE_VM_SKIPCALL')
    await expect(resume).toContainText(/line \d+/)
    await resume.click()
    await playground.timeline.says('the call at hand is not run and has no exit stop')
    await expect(playground.inspector.fact('addr')).toContainText('PTRACE_VM_SKIPCALL')
    await expect(playground.inspector.fact('answers')).toContainText('fd_write')
  })
})

test.describe('of memory', () => {
  test('shows what the tracer wrote, marked, and leads to the write', async ({ playground }) => {
    const { inspector } = playground
    await playground.open()
    await playground.runs(() => playground.chooseExample('Stop the clocks'))
    await playground.filter.write('clock_time_get')
    await playground.press('Home', 'c', 'v')
    const panel = playground.inspector.pane.getByRole('tabpanel')
    await panel.getByRole('radio', { name: 'After the call' }).click()
    const dump = panel.getByRole('group', { name: 'Memory, 16 bytes a row' })
    await expect(dump).toContainText('time, 8 bytes')
    const poked = dump.getByTitle(/written by the tracer/).first()
    await expect(poked).toBeVisible()
    await poked.click()
    await panel.getByRole('button', { name: /Go to its last write/ }).click()
    await playground.timeline.says(/The tracer writes 8 bytes/)
    await playground.press('v')
    await expect(inspector.heading()).toContainText('process_vm_writev(')
  })

  test('finds bytes and text', async ({ playground }) => {
    await playground.open()
    await playground.runs(() => playground.chooseExample('strace in 15 lines'))
    await playground.filter.write('fd_write')
    await playground.press('Home', 'c', 'v')
    const panel = playground.inspector.pane.getByRole('tabpanel')
    await panel.getByRole('searchbox', { name: 'Find bytes or text in the memory' }).fill('poem')
    await expect(panel.getByText(/^\d+ found$/)).toBeVisible()
    await panel.getByRole('searchbox').fill('no such text')
    await expect(panel.getByText('not found')).toBeVisible()
  })
})

test('the source of the guest can be read beside its trace', async ({ playground }) => {
  await playground.open()
  await playground.inspector.choose('Source')
  await expect(playground.inspector.pane).toContainText('int main(')
  await playground.editor.pane.getByRole('tab', { name: 'hello.c' }).click()
  await expect(playground.editor.pane).toContainText('int main(')
})

test('how a task ended is taken apart as well', async ({ playground }) => {
  await playground.open()
  await playground.press('End')
  await playground.events.rows().filter({ hasText: 'exited with 0' }).first().click()
  const ended = playground.inspector.section('How it ended')
  await expect(ended).toContainText('WIFEXITED')
  await expect(ended.getByRole('img')).toHaveAccessibleName('wait status 0x0000')
})
