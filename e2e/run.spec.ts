import { headlessDigest } from './headless.ts'
import { examples, guests, linkTo } from './link.ts'
import { expect, test } from './test.ts'

for (const { id, title, guest } of examples) {
  test(`the example “${title}” runs: trace, output, twice one digest, and the headless runner’s`, async ({ playground }) => {
    const headless = headlessDigest('--example', id)
    await playground.open()
    await playground.runs(() => playground.chooseExample(title))
    const digest = await playground.digest()

    await expect(playground.mode()).toContainText('Replay')
    await expect(playground.timeline.track(guest).first()).toBeVisible()
    await expect(playground.events.rows().first()).toBeVisible()
    await expect(playground.console.line('all tasks have exited')).toBeVisible()

    await playground.run()
    expect(await playground.digest()).toBe(digest)
    expect(await headless).toBe(digest)
  })
}

const STRACE = `import { spawn, trace } from "ptrace"

for await (const stop of trace(spawn())) {
  if (stop.kind !== "syscall-entry") console.log(stop.line)
}
`

// What waits for a person is ended by what was typed in advance.
for (const [name, { tty }] of Object.entries(guests)) {
  test(`the guest ${name} gives under strace the digest of the headless runner`, async ({ playground }, info) => {
    const script = info.outputPath('strace.ts')
    await import('node:fs/promises').then(({ writeFile }) => writeFile(script, STRACE))
    const headless = headlessDigest('--script', script, name)
    await playground.page.goto(`/${linkTo(STRACE, name)}`)
    if (tty === true) {
      await expect(playground.console.input()).toBeVisible()
      await expect(playground.mode()).toContainText('Waiting for input')
      await playground.console.input().press('Control+d')
    }
    await playground.hasEnded()
    const digest = await playground.digest()
    if (tty !== true) {
      await playground.run()
      expect(await playground.digest()).toBe(digest)
    }
    expect(await headless).toBe(digest)
  })
}

test('Run says while it runs that it is live, and can be stopped; afterwards it is a replay', async ({ playground }) => {
  await playground.open()
  await playground.begins(() => playground.runButton().click())
  await playground.hasEnded()
  await expect(playground.mode()).toContainText('Replay')
  await expect(playground.transport.getByRole('button', { name: 'Stop the run' })).toHaveCount(0)
})
