import { RegexError } from '../filter/regex-syntax.ts'
import { compileRegex } from '../filter/regex.ts'
import type { TextTest } from './check-data.ts'
import { groupsOf, valueText } from './amount.ts'
import type { Outcome, Runs } from './outcome.ts'

const MOST_SHOWN = 160

/** A text as a sentence holds it: quoted, and cut where it grows long. */
export const shown = (text: string): string => {
  const cut = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
  return text === '' ? 'nothing' : `“${cut.trimEnd().replaceAll('\n', ' ⏎ ')}”`
}

/** White space at the ends of lines shows nowhere, and nobody is marked down for it. */
const trimmed = (text: string): string => text.split('\n').map((line) => line.trimEnd()).join('\n').trimEnd()

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** Is it there as a whole: not as a part of a longer number or name? */
const hasWord = (line: string, word: string): boolean => {
  for (let at = line.indexOf(word); at >= 0; at = line.indexOf(word, at + 1)) {
    const before = line[at - 1] ?? ' '
    const after = line[at + word.length] ?? ' '
    if (!(/\w/.test(before) && /^\w/.test(word)) && !(/\w/.test(after) && /\w$/.test(word))) return true
  }
  return false
}

const equalTo = (found: string, wanted: string): string | undefined => {
  if (found === wanted) return undefined
  const lines = found.split('\n')
  const others = wanted.split('\n')
  const at = others.findIndex((line, i) => line !== lines[i])
  const i = at < 0 ? others.length : at
  if (others.length === 1 && lines.length === 1) return `expected ${shown(wanted)}, found ${shown(found)}`
  return `line ${i + 1}: expected ${i < others.length ? shown(others[i] ?? '') : 'no more lines'}, found ${i < lines.length ? shown(lines[i] ?? '') : 'no such line'}`
}

/** The same lines, each as often, in any order: for what several tasks do at once. */
const sameLines = (found: string, wanted: string): string | undefined => {
  const open = new Map<string, number>()
  for (const line of wanted.split('\n')) open.set(line, (open.get(line) ?? 0) + 1)
  for (const line of found.split('\n')) {
    const left = open.get(line) ?? 0
    if (left === 0) return `${shown(line)} is a line too many`
    open.set(line, left - 1)
  }
  for (const [line, left] of open) if (left > 0) return `expected another line ${shown(line)}`
  return undefined
}

const judge = (test: TextTest['test'], found: string, wanted: string): string | undefined => {
  switch (test) {
    case 'equals':
      return equalTo(found, wanted)
    case 'contains':
      return found.includes(wanted) ? undefined : `expected ${shown(wanted)} somewhere, found ${shown(found)}`
    case 'lacks':
      return found.includes(wanted) ? `${shown(wanted)} is there, and should not be` : undefined
    case 'matches':
      try {
        return compileRegex(wanted)(found) ? undefined : `expected something like /${wanted}/, found ${shown(found)}`
      } catch (error) {
        if (error instanceof RegexError) return `/${wanted}/ is not a regular expression: ${error.message}`
        throw error
      }
    case 'lines':
      return sameLines(found, wanted)
    case 'words': {
      const words = wanted.split(/\s+/).filter((word) => word !== '')
      const fits = found.split('\n').some((line) => words.every((word) => hasWord(line, word)))
      if (fits) return undefined
      const near = found.split('\n').find((line) => words.some((word) => /[a-z]/i.test(word) && hasWord(line, word)))
      return `expected a line with ${words.map(shown).join(' and ')}, found ${near === undefined ? 'none' : shown(near)}`
    }
  }
}

/**
 * Why a text is not as the test wants it, undefined if it is.
 *
 * @param exact white space at the ends of lines counts
 * @param textOf how the same text is found in another run
 */
export const textFault = (
  test: TextTest, found: string, runs: Runs, exact: boolean, textOf: (outcome: Outcome) => string,
): string | undefined => {
  const tidy = exact ? (text: string): string => text : trimmed
  const own = tidy(found)
  if (test.as !== undefined) {
    const other = runs[test.as]
    if (other === undefined) throw new Error(`the run "${test.as}" is missing`)
    return judge(test.test, own, tidy(textOf(other)))
  }
  const { text = '', values = {} } = test
  const known = new Map(Object.entries(values).map(([name, value]) => [name, valueText(value, runs)]))
  const filled = (more: ReadonlyMap<string, string>): string =>
    text.replace(/\{([a-zA-Z]\w*)\}/g, (whole, name: string) => {
      const value = more.get(name) ?? known.get(name)
      return value === undefined ? whole : test.test === 'matches' ? escape(value) : value
    })
  if (test.each === undefined) return judge(test.test, own, tidy(filled(new Map())))
  const { by, of, in: name = 'answer' } = test.each
  const run = runs[name]
  if (run === undefined) throw new Error(`the run "${name}" is missing`)
  for (const [key, count] of groupsOf(run.trace, of, by)) {
    const fault = judge(test.test, own, tidy(filled(new Map([['key', key], ['count', String(count)]]))))
    if (fault !== undefined) return fault
  }
  return undefined
}
