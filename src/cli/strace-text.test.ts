import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { straceLines } from '../engine/decode/strace.ts'
import { readPrefix } from '../engine/import/strace-prefix.ts'
import { runHeadless } from './headless.ts'
import { readTraceOptions } from './trace-options.ts'
import { prepare } from './trace-recipe.ts'

/** The calls that a program of the SDK makes as the same program makes them on Linux, and the ends of its tasks. */
const SAME = /^(?:(?:tgkill|wait4|pause|alarm|getpid|gettid)\(|\+\+\+ )/

/** By task: its lines, with pids told by that order, and addresses all alike. */
const byTask = (lines: readonly string[]): readonly (readonly string[])[] => {
  const tasks = new Map<number, string[]>()
  const whole: [number, string][] = []
  const open = new Map<number, string>()
  for (const line of lines) {
    const { pid = 0, at } = readPrefix(line)
    const text = line.slice(at)
    if (!tasks.has(pid)) tasks.set(pid, [])
    const cut = text.indexOf(' <unfinished ...>')
    if (text.startsWith('<... ')) whole.push([pid, `${open.get(pid) ?? ''}${text.slice(text.indexOf('resumed>') + 8)}`])
    else if (cut >= 0) open.set(pid, text.slice(0, cut))
    else whole.push([pid, text])
  }
  // Each is born when its parent makes it, which its number tells.
  const order = [...tasks.keys()].sort((a, b) => a - b)
  for (const [pid, text] of whole) {
    if (!SAME.test(text)) continue
    const known = text.replace(/0x[0-9a-f]{4,}/g, 'ADDRESS').replace(/\b\d+\b/g, (digits) => {
      const at = order.indexOf(Number(digits))
      return at < 0 || Number(digits) < 2 ? digits : `TASK${at}`
    })
    tasks.get(pid)?.push(known.replace(/ +(= )/, ' $1'))
  }
  // Who of several is ready first, and which of two numbers raise(3) asks for first, is up to the machine and the C library.
  return order.map((pid) => (tasks.get(pid) ?? []).sort())
}

const ours = async (guest: string): Promise<readonly string[]> => {
  const options = readTraceOptions([guest])
  if (options === undefined) throw new Error('help was asked for')
  const { recipe, modules, tree, preopens } = prepare(options)
  const { trace } = await runHeadless(recipe, { modules, tree, preopens })
  return [...straceLines(trace, { who: 'file' })]
}
const native = (guest: string): readonly string[] =>
  readFileSync(new URL(`../engine/import/fixtures/native-${guest}.strace`, import.meta.url), 'utf8').trimEnd().split('\n')

// The logs are strace 6.1's of src/wasm/guests/NAME.c, compiled with gcc: strace -f -e trace=… -o FILE ./NAME
test.for(['family', 'alarmed'])('%s makes the same lines as on Linux, where the calls are the same', async (guest) => {
  const [here, there] = [byTask(await ours(guest)), byTask(native(guest))]
  expect(here).toEqual(there)
  expect(here.flat().length).toBeGreaterThan(4)
})
