import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inspect } from './inspect.ts'
import type { Build } from './rewrite.ts'
import { must, run, type Running } from './testing.ts'

const FOLDER = new URL('../../../public/guests/', import.meta.url)
const guests = readdirSync(FOLDER).filter((name) => name.endsWith('.wasm') && !name.endsWith('.debug.wasm'))

class Ended extends Error {}

const MOST_CALLS = 300
const MOST_STEPS = 30_000

/**
 * Runs a bundled guest in a world that lets it write, has nothing to read and no files, and lists what it asks for:
 * calls with their arguments, the ticks until then, and what it writes. At the end, what its memory holds.
 */
function calls(bytes: Uint8Array<ArrayBuffer>, build: Build, isStepped: boolean): { calls: string[]; steps: number } {
  const list: string[] = []
  const answer = (name: string, args: readonly (number | bigint)[]): number => {
    const { memory } = running
    const view = new DataView(memory.buffer)
    const [fd = 0, iovs = 0, count = 0, result = 0] = args.map(Number)
    let text = ''
    if (name === 'fd_write' || name === 'fd_read') {
      let length = 0
      for (let at = iovs; at < iovs + 8 * count; at += 8) {
        const size = view.getUint32(at + 4, true)
        if (name === 'fd_write') text += Buffer.from(memory.buffer, view.getUint32(at, true), size).toString('latin1')
        length += size
      }
      view.setUint32(result, name === 'fd_write' ? length : 0, true)
    }
    list.push(`${running.ticks()} ${name} ${args.join()} ${text}`)
    if (name === 'proc_exit' || list.length === MOST_CALLS) throw new Ended()
    if (name === 'args_sizes_get' || name === 'environ_sizes_get') {
      for (const at of [fd, iovs]) view.setUint32(at, 0, true)
      return 0
    }
    if (name.startsWith('args') || name.startsWith('environ')) return 0
    return (name === 'fd_read' || name === 'fd_write') && fd < 3 ? 0 : 8
  }
  const imports: WebAssembly.Imports = {}
  for (const { module, name } of must(inspect(bytes)).imports) {
    const functions = (imports[module] ??= {})
    functions[name] = (...args: (number | bigint)[]) => answer(name, args)
  }
  let steps = 0
  const onStep = (): void => {
    if (++steps === MOST_STEPS) running.stepping.value = 0
  }
  const running: Running = run(bytes, build, { imports, quantum: 10_000, ...(isStepped ? { onStep } : {}) })
  try {
    if ('skipcall.start' in running.exports) running.call('skipcall.start')
    running.call('_start')
  } catch (error) {
    if (!(error instanceof Ended || error instanceof WebAssembly.RuntimeError)) throw error
    list.push(error.message)
  }
  list.push(createHash('sha256').update(new Uint8Array(running.memory.buffer)).digest('hex'))
  return { calls: list, steps }
}

test.for(guests)('%s makes the same calls at the same ticks with the same bytes when it is stepped or watched', (name) => {
  const bytes = new Uint8Array(readFileSync(new URL(name, FOLDER)))
  const expected = calls(bytes, 'count', false).calls
  expect(expected.length).toBeGreaterThan(1)
  for (const build of ['step', 'block'] as const) {
    expect(calls(bytes, build, false)).toEqual({ calls: expected, steps: 0 })
    const stepped = calls(bytes, build, true)
    expect(stepped.calls).toEqual(expected)
    expect(stepped.steps).toBeGreaterThan(10)
  }
  expect(calls(bytes, 'watch', false)).toEqual({ calls: expected, steps: 0 })
})
