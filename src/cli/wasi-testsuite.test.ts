import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixture } from '../wasm/guests/fixture.ts'
import { runOnMachine, runSuite } from './wasi-testsuite.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'suite-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const put = (name: string, module: string | Uint8Array, spec?: object): void => {
  writeFileSync(join(folder, `${name}.wasm`), typeof module === 'string' ? fixture(module) : module)
  if (spec !== undefined) writeFileSync(join(folder, `${name}.json`), JSON.stringify(spec))
}

const run = async (): Promise<string[]> => {
  const lines: string[] = []
  await runSuite(folder, runOnMachine, (line) => lines.push(line))
  return lines
}

test('a suite judges exit code, output and files of each guest, and counts at the end', async () => {
  mkdirSync(join(folder, 'deep/er'), { recursive: true })
  put('deep/er/answer', 'exit42', { exit_code: 42 })
  put('echo', 'echo', { stdin: 'one\ntwo\n', stdout: 'one\ntwo\n' })
  put('words', 'manywrites', { args: ['1'], stdout: '000000000000000\n' })
  expect(await run()).toEqual(['ok   deep/er/answer', 'ok   echo', 'ok   words', '3 passed, 0 failed'])
})

test('a guest that does something else than its specification says fails, and so does one without a specification', async () => {
  put('answer', 'exit42', { exit_code: 41 })
  put('bare', 'exit42')
  put('quiet', 'manywrites', { args: ['1'], stdout: '' })
  put('strange', 'echo', { universe: true })
  expect(await run()).toEqual([
    'FAIL answer: exit code 42, not 41',
    'FAIL bare: exit code 42, not 0',
    'FAIL quiet: stdout "000000000000000\\n", not ""',
    'FAIL strange: universe: not understood',
    '0 passed, 4 failed',
  ])
})

test('a module that traps exits with 128 and its signal, as in a shell; one that cannot be loaded fails with a sentence', async () => {
  put('junk', Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0x7f), {})
  put('trap', 'trap', { exit_code: 132 })
  const [junk, ...others] = await run()
  expect(junk).toMatch(/^FAIL junk: junk\.wasm cannot be run/)
  expect(others).toEqual(['ok   trap', '1 passed, 1 failed'])
})

test('a component is no module of preview1: it is skipped, and says so', async () => {
  put('part', Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0))
  expect(await run()).toEqual(['skip part: a component, and no module of preview1', '0 passed, 0 failed'])
})
