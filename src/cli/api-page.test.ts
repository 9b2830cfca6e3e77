import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PTRACE, PTRACE_EVENT, PTRACE_OPTION } from '../engine/abi/ptrace.ts'
import { DEVIATIONS } from '../engine/ptrace/support.ts'
import { CONSTANTS } from '../engine/script/constant.ts'
import { DECLARATIONS, documented, sentences } from './api-docs.ts'
import { API_PAGE, apiPage } from './api-page.ts'

test('the committed page is what the tables say now (node src/cli/jspi.mjs src/cli/api-page.ts makes it anew)', () => {
  expect(readFileSync(API_PAGE, 'utf8')).toBe(apiPage())
})

test('what the editor says of a constant is what the tables say now (npm run api-page)', () => {
  const declarations = readFileSync(DECLARATIONS, 'utf8')
  expect(documented(declarations)).toBe(declarations)
  expect(declarations).toMatch(/\*\*Unlike Linux:\*\* A word has 4 bytes.+\n {2}export const PTRACE_PEEKTEXT:/)
})

test('every constant of ptrace, seccomp, wait and the signals has a sentence and a manual page, but for those that Linux lacks', () => {
  const declarations = readFileSync(DECLARATIONS, 'utf8')
  const said = sentences()
  for (const name of Object.keys(CONSTANTS).filter((one) => /^(?:PTRACE|SECCOMP|SIG|CLD|SI|TRAP)_|^(?:__)?W|^SIG/.test(one))) {
    expect([name, said.get(name)]).toEqual([name, expect.stringMatching(/[.”).]$/)])
    const line = new RegExp(`/\\*\\* (.+) \\*/\\n {2}export const ${name}:`).exec(declarations)?.[1]
    if (!/Davoli|PTRACE_(?:VM|SYSVM)|that are tags|A tag in/.test(`${name} ${line}`)) expect([name, line]).toEqual([name, expect.stringMatching(/\]\(https:\/\/man7\.org\S+\)$/)])
  }
})

test('every request, option and event has a row, and a sentence from its manual page', () => {
  const page = apiPage()
  for (const name of Object.keys({ ...PTRACE, ...PTRACE_OPTION, ...PTRACE_EVENT })) {
    expect(page).toMatch(new RegExp(`<code>${name}</code></th><td>\\w+</td><td>yes[^<]*</td><td>.+</td>|<code>${name}</code></th><td>\\w+</td><td>no</td><td>.+</td><td>EIO`))
  }
})

test('the README of ptrace lists the same deviations', () => {
  const readme = readFileSync(new URL('../engine/ptrace/README.md', import.meta.url), 'utf8').replaceAll(/\s+/g, ' ')
  for (const one of DEVIATIONS) expect(readme).toContain(one)
})
