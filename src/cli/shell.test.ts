import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const call = promisify(execFile)

/** What a bundled guest prints under `npm run trace`, and how it ends. */
const run = async (...args: readonly string[]): Promise<{ readonly text: string; readonly code: number }> =>
  call(process.execPath, ['src/cli/jspi.mjs', 'src/cli/trace.ts', '--quiet', ...args], { cwd: root }).then(
    ({ stdout, stderr }) => ({ text: stdout + stderr, code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => ({ text: error.stdout + error.stderr, code: error.code }),
  )

const typed = (...lines: readonly string[]): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'typed-')), 'lines')
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''))
  return file
}

test('the shell runs pipelines, redirects, keeps jobs and says what it does not find', async () => {
  const { text, code } = await run('--stdin', typed(
    'ls /home | wc', 'cat < /home/todo.txt > /b', 'cat /b', 'sleep 100 &', 'jobs', 'fg', 'hello && echo yes || echo no', 'nosuch', 'exit 5',
  ), 'sh')
  expect(text).toMatch(/^\s+4\s+4\s+32\n/)
  expect(text).toContain('trace something\nskip a call\nread ptrace(2)\n[1] Running  sleep 100 &\nsleep 100 &\nhello, world\nyes\n')
  expect(text).toContain('sh: nosuch: not found')
  expect(code).toBe(5)
})

test('a strace written in C follows a shell and both sides of its pipe', async () => {
  const { text, code } = await run('strace')
  expect(text).toContain('execve("/bin/sh", ["sh", "-c", "ls /home | wc"], ["PATH=/bin"]) = 0')
  expect(text).toMatch(/\[pid \d+\] fork\(\) = \d+/)
  expect(text).toContain('execve("/bin/ls", ["ls", "/home"], ["PATH=/bin"]) = 0')
  expect(text).toContain('execve("/bin/wc", ["wc"], ["PATH=/bin"]) = 0')
  expect(text.match(/\+\+\+ exited with 0 \+\+\+/g)).toHaveLength(3)
  expect(code).toBe(0)
})

test('children, handlers, filters and threads do what their programs say', async () => {
  expect((await run('family')).text).toContain('family: the sleeper has exited with 7')
  expect((await run('alarmed')).text).toContain("alarmed: with SA_RESTART: read '!', as if nothing had happened")
  expect((await run('crew')).text).toBe('crew: 3 hands, 4 turns each: 12\n')
  const jailed = await run('jail')
  expect(jailed.text).toContain('jail: getppid: Permission denied')
  expect(jailed.code).toBe(128 + 31) // SIGSYS
})
