import type { Submission } from './grade-links.ts'

/** What became of a submission. */
export interface Graded extends Submission {
  readonly passed: boolean
  /** Checks that hold, of so many. */
  readonly held: number
  readonly checks: number
  /** The first check that does not, by its id, what it wanted, and what was found. */
  readonly failed: string
  readonly wanted: string
  readonly found: string
  readonly seconds: number
}

/** RFC 4180. A text that a spreadsheet would take for a formula is made one that it does not. */
const cell = (value: string | number): string => {
  const text = typeof value === 'number' ? String(value) : value.replace(/^(?=[=+\-@\t\r])/, "'")
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const COLUMNS = ['line', 'name', 'exercise', 'result', 'held', 'checks', 'failed', 'wanted', 'found'] as const

/** A line for each submission under a line of names. */
export const csvOf = (all: readonly Graded[]): string =>
  [COLUMNS.join(','), ...all.map((one) => COLUMNS.map((column) => cell(column === 'result' ? (one.passed ? 'passed' : 'failed') : one[column])).join(','))].join('\r\n') + '\r\n'

/** XML 1.0 has no other control characters, not even escaped. */
const xml = (text: string): string =>
  text.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd').replace(/[&<>"'\t\n\r]/g, (char) => `&#${char.charCodeAt(0)};`)

const testCase = ({ name, exercise, passed, failed, wanted, found, seconds }: Graded): string => {
  const open = `    <testcase name="${xml(name)}" classname="${xml(exercise || 'unreadable')}" time="${seconds.toFixed(3)}"`
  if (passed) return `${open}/>`
  return `${open}>\n      <failure type="${xml(failed || 'link')}" message="${xml(found)}">${xml(wanted)}</failure>\n    </testcase>`
}

/** JUnit XML, as GitHub, GitLab and Jenkins read it: a suite for each exercise. */
export const junitOf = (all: readonly Graded[]): string => {
  const suites = new Map<string, Graded[]>()
  for (const one of all) suites.set(one.exercise, [...(suites.get(one.exercise) ?? []), one])
  const count = (some: readonly Graded[]): string => `tests="${some.length}" failures="${some.filter(({ passed }) => !passed).length}"`
  const time = (some: readonly Graded[]): string => some.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3)
  const parts = [...suites].map(([exercise, some]) =>
    [`  <testsuite name="${xml(exercise || 'unreadable links')}" ${count(some)} time="${time(some)}">`, ...some.map(testCase), '  </testsuite>'].join('\n'))
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites name="exercises" ${count(all)} time="${time(all)}">`, ...parts, '</testsuites>', ''].join('\n')
}

/** One line for a person who watches. */
export const lineOf = ({ name, exercise, passed, held, checks, found }: Graded): string =>
  `${passed ? 'passed' : 'FAILED'}  ${name}  ${exercise}  ${checks === 0 ? '' : `${held}/${checks}  `}${passed ? '' : found}`.trimEnd()
