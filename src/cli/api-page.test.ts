import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PTRACE, PTRACE_EVENT, PTRACE_OPTION } from '../engine/abi/ptrace.ts'
import { DEVIATIONS } from '../engine/ptrace/support.ts'
import { API_PAGE, apiPage } from './api-page.ts'

test('the committed page is what the tables say now (node src/cli/jspi.mjs src/cli/api-page.ts makes it anew)', () => {
  expect(readFileSync(API_PAGE, 'utf8')).toBe(apiPage())
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
