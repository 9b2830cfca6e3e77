import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixture } from '../wasm/guests/fixture.ts'
import { UsageError, readTraceOptions } from './trace-options.ts'

const program = fileURLToPath(new URL('trace.ts', import.meta.url))

interface Spoken {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}
const trace = (words: readonly string[], stdin = ''): Promise<Spoken> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...words], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
    child.stdin?.end(stdin)
  })

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trace-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})
const put = (name: string): string => {
  const path = join(folder, `${name}.wasm`)
  writeFileSync(path, fixture(name))
  return path
}

test('a guest’s output goes to stdout, its calls as strace writes them to stderr, and its exit code is the program’s', async () => {
  const { code, stdout, stderr } = await trace(['--stdin', '-', put('echo')], 'one\ntwo\n')
  expect(code).toBe(0)
  expect(stdout).toBe('one\ntwo\n')
  expect(stderr).toMatch(/^fd_read\(0, \[\{iov_base="one\\ntwo\\n", iov_len=\d+\}\], 1, \[8\]\) += 0$/m)
  expect(stderr.trimEnd().split('\n').at(-1)).toBe('+++ exited with 0 +++')
  const [answer, trapped] = await Promise.all([trace(['--quiet', put('exit42')]), trace(['--quiet', put('trap')])])
  expect(answer).toEqual({ code: 42, stdout: '', stderr: '' })
  expect(trapped.code).toBe(128 + 4)
})

test('the same recipe has the same digest, another seed another one', async () => {
  const digests = await Promise.all([[], ['--seed', '7'], ['--seed', '8']].map((seed) => trace(['--digest', ...seed, 'dice'])))
  const [one, same, other] = digests.map(({ stdout }) => stdout)
  expect(one).toMatch(/^[0-9a-f]{64}\n$/)
  expect(same).toBe(one)
  expect(other).not.toBe(one)
})

test('--json is one object a line, from the birth to the end', async () => {
  const { stdout, stderr } = await trace(['--json', 'hello'])
  const lines = stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(stderr).toBe('')
  expect(lines[0]).toMatchObject({ kind: 'head', format: 'skipcall-trace', version: 1, title: 'hello' })
  expect(lines[1]).toMatchObject({ kind: 'birth', seq: 1, name: 'hello', argv: ['hello'] })
  expect(lines.find(({ kind }) => kind === 'output')).toMatchObject({ fd: 1, text: 'hello, world\n' })
  expect(lines.find(({ call }) => call === 'fd_write')).toMatchObject({ kind: 'call', args: { fd: '1' }, ret: 0 })
  expect(lines.at(-1)).toMatchObject({ kind: 'end', end: { kind: 'exited' } })
})

test('--format writes the whole trace to stdout, and nothing else', async () => {
  const [strace, perfetto, csv, html] = await Promise.all([
    ['--format', 'strace', '--times', 'ttt', '--durations'], ['--format', 'perfetto'], ['--format', 'csv'], ['--format', 'html'],
  ].map((words) => trace([...words, 'hello'])))
  expect(strace?.stdout).toMatch(/^1767225600\.\d{6} fd_write\(1, .* = 0$/m)
  expect(strace?.stdout).toMatch(/^\S+ proc_exit\(0\) += \?$/m)
  expect((JSON.parse(perfetto?.stdout ?? '') as { traceEvents: unknown[] }).traceEvents.length).toBeGreaterThan(3)
  expect(csv?.stdout).toMatch(/^seq,time_ns,.*\r\n1,0,/)
  expect(html?.stdout).toMatch(/^<!doctype html>/)
  expect([strace, perfetto, csv, html].map((one) => one?.stderr)).toEqual(['', '', '', ''])
})

test('a folder’s changes come back, and nothing of it is touched when the run fails', async () => {
  mkdirSync(join(folder, 'data'))
  writeFileSync(join(folder, 'data/poem.txt'), 'Begins to live\nThat day.\n')
  const data = join(folder, 'data')
  const copied = await trace(['--quiet', '--dir', `/data=${data}`, 'cp', '/data/poem.txt', '/data/copy.txt'])
  expect(copied).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(readFileSync(join(data, 'copy.txt'), 'utf8')).toBe('Begins to live\nThat day.\n')
  const failed = await trace(['--quiet', '--budget', 'events=5', '--dir', `/data=${data}`, 'cp', '/data/poem.txt', '/data/more.txt'])
  expect(failed.code).toBe(1)
  expect(failed.stderr).toBe(
    'The trace is full\nThis run has made 5 events, which is all that its budget allows.\n' +
      'Raise the budget, or record fewer calls.\n',
  )
  expect(readdirSync(data).sort()).toEqual(['copy.txt', 'poem.txt'])
  // Exhausting its computing time kills the guest: that is an end, not a failure.
  expect((await trace(['--quiet', '--budget', 'cpu=1ms', put('spin')])).code).toBe(128 + 24)
})

test('a script traces; what it prints goes to stderr, and what it throws is told with its place', async () => {
  const script = join(folder, 'tracer.ts')
  writeFileSync(script, "const one = 1\nconsole.log('begun', one)\nthrow new TypeError('oh')\n")
  const { code, stderr } = await trace(['--script', script, 'hello'])
  expect(code).toBe(1)
  expect(stderr).toMatch(/^begun 1\n.*tracer\.ts:3/s)
  const example = await trace(['--example', 'strace'])
  expect(example.stdout).toContain('A word is dead')
  expect(example.stderr).toContain('fd_write(1, ')
})

test('a mistake in the arguments is told with a hint, and exits with 2', async () => {
  const { code, stdout, stderr } = await trace(['nowhere.wasm'])
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toMatch(/^trace: ENOENT.*\nTry: npm run trace -- --help\n$/)
  expect(existsSync('nowhere.wasm')).toBe(false)
})

describe('the command line', () => {
  test('ends at the guest: what follows is the guest’s own', () => {
    const options = readTraceOptions(['--seed', '9', '--env', 'A=b=c', 'ls', '--json', '-l'])
    expect(options).toMatchObject({ guest: 'ls', args: ['--json', '-l'], seed: 9, env: ['A=b=c'], show: 'strace' })
    expect(readTraceOptions(['--quiet', '--', '-odd'])).toMatchObject({ guest: '-odd', args: [], show: 'quiet' })
  })

  test('reads amounts with their suffixes', () => {
    const options = readTraceOptions(['--budget', 'events=2k,cpu=1.5ms', '--budget', 'output=1M', 'ls'])
    expect(options?.budget).toMatchObject({ events: 2000, cpu: 1_500_000, output: 1_000_000 })
  })

  test.for([
    [[]], [['--seed', '-1', 'ls']], [['--seed', '4294967296', 'ls']], [['--budget', 'time=1', 'ls']], [['--budget', 'cpu=1k', 'ls']],
    [['--budget', 'events', 'ls']], [['--json', '--quiet', 'ls']], [['--dir', 'x', 'ls']], [['--env', '=x', 'ls']], [['--nonsense', 'ls']],
    [['--format', 'xml', 'ls']], [['--format', 'csv', '--json', 'ls']], [['--times', 'u', 'ls']],
    [['--script', 'a', '--example', 'b']], [['--example', 'strace', 'ls']],
  ] as [string[]][])('refuses %j', ([words]) => {
    expect(() => readTraceOptions(words)).toThrow(UsageError)
  })
})
