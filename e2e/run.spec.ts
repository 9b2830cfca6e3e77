import { writeFileSync } from 'node:fs'
import { headlessDigest } from './headless.ts'
import { examples, guests, linkTo } from './link.ts'
import { expect, test } from './test.ts'

for (const { id, title, guest } of examples) {
  test(`the example “${title}” runs: trace, output, twice one digest, and the headless runner’s`, async ({ standing }) => {
    const headless = headlessDigest('--example', id)
    await standing.runs(() => standing.chooseExample(title))
    const digest = await standing.digest()

    await expect(standing.mode()).toContainText('Replay')
    await expect(standing.timeline.track(guest).first()).toBeVisible()
    await expect(standing.events.rows().first()).toBeVisible()
    await expect(standing.console.line('all tasks have exited')).toBeVisible()

    await standing.run()
    expect(await standing.digest()).toBe(digest)
    expect(await headless).toBe(digest)
  })
}

const STRACE = `import { spawn, trace } from "ptrace"

for await (const stop of trace(spawn())) {
  if (stop.kind !== "syscall-entry") console.log(stop.line)
}
`

/** A guest of the terminal whose patience ends: nobody has to end its input. */
const PATIENCE_ENDS = new Set(['nap'])

for (const [name, { tty }] of Object.entries(guests)) {
  test(`the guest ${name} gives under strace the digest of the headless runner`, async ({ standing }, info) => {
    const script = info.outputPath('strace.ts')
    writeFileSync(script, STRACE)
    const headless = headlessDigest('--script', script, name)
    await standing.begins(() => standing.page.goto(`/${linkTo(STRACE, name)}`))
    const waits = tty === true && !PATIENCE_ENDS.has(name)
    if (waits) {
      await expect(standing.mode()).toContainText('Waiting for input')
      await standing.console.input().press('Control+d')
    }
    await standing.hasEnded()
    const digest = await standing.digest()
    if (!waits) {
      await standing.run()
      expect(await standing.digest()).toBe(digest)
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
