import { linkTo } from './link.ts'
import type { Playground } from './pages/playground.ts'
import { expect, test } from './test.ts'

interface Mistake {
  readonly what: string
  readonly script: string
  readonly title: string | RegExp
  /** Where the card says that it happened; undefined: nowhere in the script. */
  readonly line?: number
  readonly cause: string | RegExp
  readonly cure: string | RegExp
}

const MISTAKES: readonly Mistake[] = [
  {
    what: 'a syntax error',
    script: 'import { spawn } from "ptrace"\n\nspawn("hello"\nconsole.log(1)\n',
    title: /cannot be read/, line: 4, cause: /.+/, cure: 'bracket',
  },
  {
    what: 'an exception',
    script: 'const stop: { call?: { name: string } } = {}\n\nconsole.log("before")\nthrow new RangeError("too far")\n',
    title: 'The script threw a RangeError', line: 4, cause: 'too far', cure: 'catch it with try and catch',
  },
  {
    what: 'an errno of ptrace',
    script: 'import { PTRACE_CONT, ptrace, spawn, waitpid } from "ptrace"\n\nconst pid = spawn("hello")\nawait waitpid(pid)\nptrace(PTRACE_CONT, pid)\n' +
      'const stop = await import_free()\nfunction import_free() { return 1 }\nif (ptrace(PTRACE_CONT, 4711) === -1) throw new Error("refused: " + stop)\n',
    title: 'The script threw an Error', line: 8, cause: 'refused', cure: 'catch it',
  },
  {
    what: 'a stop that does what cannot be done now',
    script: 'import { spawn, trace } from "ptrace"\n\nfor await (const stop of trace(spawn("hello"))) {\n  if (stop.kind !== "exited") continue\n  stop.memory.u32(1024)\n}\n',
    title: /^ptrace failed: E/, line: 5, cause: /.+/, cure: /.+/,
  },
  {
    what: 'a wait for what never comes',
    script: 'import { spawn, waitpid } from "ptrace"\n\nconst pid = spawn("hello")\nawait waitpid(pid)\nawait waitpid(pid)\n',
    title: /.+/, cause: /.+/, cure: /.+/,
  },
  {
    what: 'two conversations at once',
    script: 'import { spawn, waitpid } from "ptrace"\n\nconst one = spawn("hello")\nconst two = spawn("hello")\nawait Promise.all([waitpid(one), waitpid(two)])\n',
    title: 'Two parts of the script talk to the kernel', line: 5, cause: 'Which of them is answered first', cure: 'Await each answer',
  },
  {
    what: 'fetch',
    script: 'console.log("before")\nawait fetch("https://example.org/")\n',
    title: 'There is no fetch here', line: 2, cause: 'the same in every browser', cure: 'files of the recipe',
  },
  {
    what: 'setTimeout',
    script: 'setTimeout(() => {}, 10)\n',
    title: 'There is no setTimeout here', line: 1, cause: 'the same in every browser', cure: 'sleep(seconds)',
  },
  {
    what: 'a loop without end',
    script: 'import { spawn, waitpid } from "ptrace"\n\nawait waitpid(spawn("hello"))\nlet turns = 0\nfor (;;) turns++\n',
    title: 'The script runs without end', line: 5, cause: 'steps without talking to the kernel', cure: 'the condition of the loop',
  },
  {
    what: 'a promise that nobody keeps',
    script: 'await new Promise(() => {})\n',
    title: 'The script waits for nothing', cause: /.+/, cure: /.+/,
  },
]

/** Opens a script as a link, which runs it as it is. */
const openScript = async ({ page }: Playground, script: string, guest?: string): Promise<void> => {
  await page.goto(`/${linkTo(script, guest)}`)
}

for (const { what, script, title, line, cause, cure } of MISTAKES) {
  test(`${what} is told with title, place, cause and cure; script and trace stay`, async ({ playground }) => {
    await openScript(playground, script)
    const card = playground.console.failure(title)
    await expect(card).toBeVisible({ timeout: 20_000 })
    await expect(card).toContainText(cause)
    await expect(card).toContainText(cure)
    if (line !== undefined) {
      await card.getByRole('button', { name: `tracer.ts:${line}` }).click()
      await expect(playground.editor.lines().filter({ hasText: script.split('\n')[line - 1]?.trim() ?? '' }).first()).toBeVisible()
    } else {
      await expect(playground.editor.pane).toContainText(script.split('\n').find((text) => text !== '') ?? '')
    }
    if (script.includes('"before"')) await expect(playground.console.line(/script\s*before/)).toBeVisible()
    if (script.includes('spawn(') && !title.toString().includes('read')) expect(await playground.timeline.length()).toBeGreaterThan(1)
    await expect(playground.mode()).toContainText('Replay')
  })
}

const HANGS = [
  { what: 'a regular expression that backtracks for ever', line: 'console.log(/^(a+)+$/.test("a".repeat(60) + "b"))' },
  { what: 'a number that takes for ever to write', line: 'console.log(String(3n ** 60_000_000n).length)' },
]

for (const { what, line } of HANGS) {
  test(`${what} hangs only the machine: the page ends it, script and trace stay`, async ({ playground }) => {
    test.slow()
    await openScript(playground, `import { spawn, waitpid } from "ptrace"\n\nawait waitpid(spawn("hello"))\nconsole.log("before")\n${line}\n`)
    const card = playground.console.failure()
    // Meanwhile the page answers.
    await expect(playground.editor.pane).toContainText('await waitpid')
    await playground.menuBar.getByRole('button', { name: 'Help and keys' }).click()
    const help = playground.page.getByRole('dialog')
    await expect(help).toBeVisible()
    await playground.page.keyboard.press('Escape')
    await expect(help).toBeHidden()

    await expect(card).toBeVisible({ timeout: 40_000 })
    await expect(card).toContainText('Cure')
    await expect(playground.mode()).toContainText('Replay')
    await expect(playground.console.line(/script\s*before/)).toBeVisible()
    expect(await playground.timeline.length()).toBeGreaterThan(3)
    await expect(playground.editor.pane).toContainText('await waitpid')

    // And the next run is a run like any other.
    await playground.runs(() => playground.chooseExample('The disk is full'))
    await expect(playground.console.failure()).toHaveCount(0)
  })
}

/** cat reads one byte after another of a file that never ends: the tracer sees to it. */
const ENDLESS = `import { spawn, trace } from "ptrace"

for await (const stop of trace(spawn("cat"))) {
  if (stop.kind !== "syscall-entry" || stop.call.name !== "fd_read") continue
  stop.memory.setU32(stop.call.args.nread, 1)
  stop.skip(0)
}
`

test('Stop ends a guest that would run for ever, and keeps its trace and its script', async ({ page, playground }) => {
  test.setTimeout(180_000)
  await openScript(playground, ENDLESS, 'cat')
  await expect(playground.mode()).toContainText('Live')
  await expect.poll(() => playground.timeline.length()).toBeGreaterThan(1000)
  await playground.transport.getByRole('button', { name: 'Stop the run' }).click()

  await playground.hasEnded()
  await expect(playground.console.output).toContainText('stopped by you')
  const length = await playground.timeline.length()
  expect(length).toBeGreaterThan(1000)
  await expect(playground.editor.pane).toContainText('stop.skip(0)')
  // The trace can be read as any other.
  await playground.press('End')
  await playground.timeline.isAt(length)
  await playground.events.isAt(length)
  // Where it was stopped is part of the recipe: its link shows the same.
  const [digest, link] = [await playground.digest(), await playground.share.take()]
  await page.goto('about:blank')
  await page.goto(link)
  // As far as the first run came until somebody pressed Stop, which may be far.
  await playground.hasEnded(90_000)
  expect(await playground.digest()).toBe(digest)
})

test('a guest that runs into what it thought it would never reach is killed by a signal, and the page says so', async ({ playground }) => {
  await openScript(playground, `import { spawn, trace } from "ptrace"

for await (const stop of trace(spawn("hello"))) {
  if (stop.kind === "syscall-entry" && stop.call.name === "proc_exit") stop.skip()
  if (stop.kind === "killed") console.log("its end was", stop.signal)
}
`)
  await playground.hasEnded()
  await expect(playground.console.line('killed by SIGILL')).toBeVisible()
  await expect(playground.console.line('its end was 4')).toBeVisible()
  await expect(playground.timeline.pane.getByTitle(/^2 hello: .*SIGILL/)).toBeVisible()
})

test('a task that is stopped when its tracer ends runs on, and the page says so', async ({ playground }) => {
  await openScript(playground, 'import { spawn, waitpid } from "ptrace"\n\nawait waitpid(spawn("hello"))\n')
  await playground.hasEnded()
  await expect(playground.console.line(/tracer\.ts ended while hello \(2\) was stopped/)).toBeVisible()
  await expect(playground.console.line(/stdout.*hello, world/)).toBeVisible()
})
