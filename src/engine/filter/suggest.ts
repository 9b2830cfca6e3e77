import { ERRNO } from '../abi/errno.ts'
import { SIGNAL } from '../abi/signal.ts'
import { allRows } from '../decode/table.ts'
import { CLASSES, FIELDS, fieldOf } from './field.ts'

/** A way to go on with a filter: `insert` replaces the text from `from` to `to` (columns from 0). */
export interface Suggestion {
  readonly insert: string
  readonly from: number
  readonly to: number
  readonly words: string
}

const MOST = 12

interface Candidate {
  readonly insert: string
  readonly words: string
}

/** Calls by name; one that both tables have is one suggestion. */
const names = (): readonly Candidate[] => {
  const words = new Map(allRows().map(({ row }) => [row.name, row.class]))
  return [...words].map(([insert, word]) => ({ insert, words: word }))
}

const argNames = (): readonly Candidate[] => {
  const seen = new Map<string, string[]>()
  for (const { row } of allRows())
    for (const arg of row.args) seen.set(arg.name, [...new Set([...(seen.get(arg.name) ?? []), row.name])])
  return [...seen].map(([name, calls]) => ({
    insert: `arg.${name}:`,
    words: `of ${calls.slice(0, 2).join(', ')}${calls.length > 2 ? ', …' : ''}`,
  }))
}

const values = (field: string): readonly Candidate[] => {
  if (field === 'call') return names()
  if (field === 'signal') return Object.keys(SIGNAL).map((insert) => ({ insert, words: '' }))
  if (field === 'errno')
    return ['*', ...Object.keys(ERRNO)].map((insert) => ({ insert, words: insert === '*' ? 'any error' : '' }))
  const known = fieldOf(field)
  const listed = (known?.values ?? []).map((insert) => ({ insert, words: known?.words ?? '' }))
  return known?.type === 'choice' ? [...listed, { insert: '*', words: 'any' }] : listed
}

/**
 * What could stand at the caret, from the tables: classes behind %, values behind a colon, otherwise fields
 * and names of calls. Those that begin with what is there come first, then those that contain it.
 */
export const suggestFilter = (text: string, caret: number): readonly Suggestion[] => {
  const to = Math.max(0, Math.min(caret, text.length))
  let from = to
  while (from > 0 && !/[\s()|"]/.test(text[from - 1] as string)) from--
  if (text[from] === '-' && from < to) from++
  const typed = text.slice(from, to)
  const colon = typed.indexOf(':')
  let candidates: readonly Candidate[]
  if (typed.startsWith('/')) return []
  if (colon >= 0) {
    const test = /^(?:[=<>!]+)?/.exec(typed.slice(colon + 1))?.[0] ?? ''
    candidates = values(typed.slice(0, colon))
    from += colon + 1 + test.length
  } else if (typed.startsWith('%')) {
    candidates = Object.keys(CLASSES).map((name) => ({ insert: `%${name}`, words: 'class of calls' }))
  } else if (typed.startsWith('arg.')) candidates = argNames()
  else {
    candidates = [
      ...Object.entries(FIELDS).map(([name, field]) => ({ insert: `${name}:`, words: field.words })),
      { insert: 'arg.', words: 'an argument by its name' },
      ...names(),
    ]
  }
  const wanted = text.slice(from, to).toLowerCase()
  const begin = candidates.filter(({ insert }) => insert.toLowerCase().startsWith(wanted))
  const contain = candidates.filter(
    ({ insert }) => !insert.toLowerCase().startsWith(wanted) && insert.toLowerCase().includes(wanted),
  )
  const found = [...begin, ...contain].filter(({ insert }) => insert !== text.slice(from, to))
  return found.slice(0, MOST).map(({ insert, words }) => ({ insert, words, from, to }))
}
