import { expect, test } from './test.ts'

const TRACER = `import { spawn, trace } from "ptrace"

for await (const stop of trace(spawn("hello"))) {
  if (stop.kind === "syscall-entry" && stop.call.name === "fd_write") {
    console.log("it writes", stop.call.args.iovs[0]?.text)
  }
}
`
/** The line of TRACER where a skip can go. */
const INSIDE = 5

test('a script is written in the editor and run with Ctrl+Enter', async ({ page, playground }) => {
  await playground.open()
  await playground.editor.write(TRACER)
  await playground.runs(() => page.keyboard.press('Control+Enter'))
  await expect(playground.console.line('it writes hello, world')).toBeVisible()
  await expect(playground.console.line(/^\d+\s*stdout.*hello, world/)).toBeVisible()
})

test('a type error is marked and counted, keeps Run from running, and can be overruled', async ({ page, playground }) => {
  await playground.open()
  await playground.editor.write(`${TRACER}const wrong: number = "text"\n`)
  await expect(playground.editor.problems()).toHaveText('1 problem')
  await expect(playground.editor.pane.locator('.squiggly-error')).toHaveCount(1)

  await page.keyboard.press('Control+Enter')
  const blocked = playground.editor.pane.getByRole('alert')
  await expect(blocked).toContainText('tracer.ts:8')
  await expect(blocked).toContainText("Type 'string' is not assignable to type 'number'.")

  await playground.runs(() => blocked.getByRole('button', { name: 'Run anyway' }).click())
  await expect(playground.console.line('it writes hello, world')).toBeVisible()
})

test('a repaired type error leaves nothing behind', async ({ page, playground }) => {
  await playground.open()
  await playground.editor.write(`${TRACER}wrong\n`)
  await expect(playground.editor.problems()).toBeVisible()
  await playground.editor.write(TRACER)
  await expect(playground.editor.problems()).toHaveCount(0)
  await playground.runs(() => page.keyboard.press('Control+Enter'))
})

test('pointing at a name tells a line of the manual page', async ({ page, playground }) => {
  await playground.open()
  await playground.editor.write('import { PTRACE_VM_SKIPCALL } from "ptrace"\n\nPTRACE_VM_SKIPCALL\n')
  await expect(playground.editor.lines().nth(2)).toContainText('PTRACE_VM_SKIPCALL')
  // The types have to be there before there is anything to tell.
  const hover = page.getByRole('tooltip').or(page.locator('.monaco-hover')).filter({ hasText: 'do not run the call' })
  await expect(async () => {
    await page.mouse.move(700, 20)
    await playground.editor.lines().nth(2).getByText('PTRACE_VM_SKIPCALL').hover()
    await expect(hover.first()).toBeVisible({ timeout: 2000 })
  }).toPass({ timeout: 15_000 })
})

test('the keyboard tells it as well: Ctrl+K Ctrl+I on a name', async ({ page, playground }) => {
  await playground.open()
  await playground.editor.write('import { waitpid } from "ptrace"\n\nwaitpid\n')
  await expect(async () => {
    await playground.editor.goToLine(3)
    await page.keyboard.press('Control+k')
    await page.keyboard.press('Control+i')
    await expect(page.locator('.monaco-hover').filter({ hasText: 'wait' }).first()).toBeVisible({ timeout: 2000 })
  }).toPass({ timeout: 15_000 })
})

test('the keyboard steps through entry and exit stops, and every pane follows', async ({ page, playground }) => {
  await playground.open()
  await playground.runs(() => playground.chooseExample('strace in 15 lines'))
  const { timeline, events, inspector } = playground

  await playground.press('Home', 's', 's')
  const entry = await timeline.seq()
  await expect(inspector.heading()).toContainText('args_sizes_get(')
  await expect(inspector.pane).toContainText('entry stop')
  await timeline.says('It has not run yet')
  await events.isAt(entry)

  await playground.press(']')
  const exit = await timeline.seq()
  expect(exit).toBeGreaterThan(entry)
  await expect(inspector.pane).toContainText('exit stop')
  await timeline.says('Asked how many arguments it has')
  await events.isAt(exit)

  await playground.press('[')
  await timeline.isAt(entry)

  await playground.press('n')
  await timeline.isAt(entry + 1)
  await timeline.says('until its next system call stop')
  await expect(inspector.heading()).toContainText('PTRACE_SYSCALL')
  await expect(playground.editor.markedLine()).toBeVisible()

  await playground.press('p')
  await timeline.isAt(entry)
  await playground.press('s')
  await timeline.isAt(exit)
  await playground.press('Shift+S')
  await timeline.isAt(entry)
  await expect(page.getByRole('textbox', { name: 'Event' })).toHaveValue(String(entry))
})

test('the line that made a request is marked in the editor, and follows the cursor', async ({ playground }) => {
  await playground.open()
  await playground.editor.write(`${TRACER.replace('\n  }\n}', '\n    stop.skip()\n  }\n}')}`)
  await playground.run()
  await playground.filter.write('skipped:yes')
  await playground.press('Home', 'c')
  const entry = await playground.timeline.seq()
  await expect(playground.editor.markedLine()).toHaveCount(1)
  const resumed = playground.inspector.section('What the tracer did then').getByRole('button').last()
  await expect(resumed).toContainText(/line \d+/)
  await resumed.click()
  expect(await playground.timeline.seq()).toBeGreaterThan(entry)
  await expect(playground.inspector.fact('line')).toContainText('tracer.ts:')
})

test('a call that the script skips does not run: no output, no exit stop, and the page says who skipped it', async ({ playground }) => {
  await playground.open()
  await playground.editor.write(TRACER)
  await playground.run()
  await expect(playground.console.line(/stdout/)).toHaveCount(1)

  await playground.editor.append(INSIDE, '\n    stop.skip()')
  await playground.run()
  await expect(playground.console.line(/stdout/)).toHaveCount(0)

  await playground.filter.write('skipped:yes')
  await playground.press('Home', 'c')
  await expect(playground.inspector.heading()).toContainText('fd_write(')
  await expect(playground.inspector.pane).toContainText('not run')
  await playground.timeline.says(/The tracer set the result and skipped it: .* no exit stop follows/)
  await expect(playground.inspector.register('ret')).toContainText(/was\s*52 nosys/)

  // There is no exit to go to.
  const entry = await playground.timeline.seq()
  await playground.press(']')
  await playground.timeline.isAt(entry)
})

test('what a skipped call returns is 52 nosys unless the script sets a result', async ({ playground }) => {
  await playground.open()
  await playground.editor.write(`import {
  PTRACE_O_TRACESYSGOOD, PTRACE_SETOPTIONS, PTRACE_SYSCALL, PTRACE_VM_SKIPCALL, WIFSTOPPED, Int, ptrace, spawn, waitpid,
} from "ptrace"

const pid = spawn("hello")
const status = new Int()
await waitpid(pid, status, 0)
ptrace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACESYSGOOD)
for (;;) {
  ptrace(PTRACE_SYSCALL, pid, PTRACE_VM_SKIPCALL, 0)
  await waitpid(pid, status, 0)
  if (!WIFSTOPPED(status)) break
  if (++stops === 20) break
}
`.replace('for (;;)', 'let stops = 0\nfor (;;)'))
  await playground.run()
  await playground.filter.write('skipped:yes')
  await playground.press('Home', 'c')
  await expect(playground.inspector.fact('result')).toContainText('nosys')
  await expect(playground.inspector.fact('result')).toContainText('What a skipped call returns')
  await playground.timeline.says(/The tracer skipped it, and it returns ENOSYS/)
})
