import type { Check } from '../../engine/exercise/check-data.ts'

export type CheckKind = Check['kind']

/** How a check's own key is written: which field, and what it is called. */
export type FieldForm =
  | { readonly key: string; readonly label: string; readonly as: 'filter' | 'line' | 'amount' | 'value' | 'truth' | 'lines' | 'reply'; readonly optional?: true }
  | { readonly key: string; readonly label: string; readonly as: 'whole'; readonly optional?: true }
  | { readonly key: string; readonly label: string; readonly as: 'choice'; readonly of: readonly (readonly [value: string | number, words: string])[]; readonly optional?: true }
  | { readonly as: 'text-test'; readonly key: ''; readonly label: '' }

export const RUNS = [['answer', 'the student’s run'], ['plain', 'the run without a script'], ['solution', 'the solution’s run']] as const
export const OTHER_RUNS = [['plain', 'as without a script'], ['solution', 'as in the solution’s run']] as const
export const KEYS = ['call', 'pid', 'comm', 'path', 'errno', 'ret', 'seq', 'line', 'text', 'signal', 'size'] as const

const text: FieldForm = { as: 'text-test', key: '', label: '' }

/** Every kind of check: what it asks, its fields, and what a new one says. Keys are those of public/exercises/README.md. */
export const KINDS: Readonly<Record<CheckKind, { readonly title: string; readonly sentence: string; readonly fields: readonly FieldForm[]; readonly fresh: object }>> = {
  some: {
    title: 'Something happens', sentence: 'Passes if an event matches the filter.',
    fields: [{ key: 'filter', label: 'Filter', as: 'filter' }], fresh: { filter: 'fd_write' },
  },
  none: {
    title: 'Something never happens', sentence: 'Passes if no event matches the filter.',
    fields: [{ key: 'filter', label: 'Filter', as: 'filter' }], fresh: { filter: 'PTRACE_DETACH' },
  },
  every: {
    title: 'Whenever this, also that', sentence: 'Passes if every event that matches the one filter matches the other, too.',
    fields: [{ key: 'filter', label: 'Every event that matches', as: 'filter' }, { key: 'also', label: 'also matches', as: 'filter' }], fresh: { filter: 'fd_write fd:1', also: 'skipped:yes' },
  },
  compare: {
    title: 'Two numbers compare', sentence: 'Passes if the one number is to the other as is said.',
    fields: [
      { key: 'left', label: 'This number', as: 'amount' },
      { key: 'is', label: 'is', as: 'choice', of: [['=', 'equal to'], ['!=', 'not equal to'], ['<', 'less than'], ['<=', 'at most'], ['>', 'more than'], ['>=', 'at least']] },
      { key: 'right', label: 'this number', as: 'amount' },
    ],
    fresh: { left: { cost: 'stops' }, is: '<=', right: 10 },
  },
  order: {
    title: 'One before the other', sentence: 'Passes if both happen, and the second never before the first.',
    fields: [
      { key: 'first', label: 'First', as: 'filter' }, { key: 'then', label: 'then', as: 'filter' },
      { key: 'each', label: 'Each first is followed by a then of its own', as: 'truth', optional: true },
    ],
    fresh: { first: 'path_open', then: 'fd_read' },
  },
  output: {
    title: 'What guests write', sentence: 'Looks at what guests wrote to their terminal, byte for byte.',
    fields: [{ key: 'fd', label: 'Descriptor', as: 'choice', of: [[1, 'standard output'], [2, 'standard error']], optional: true }, text], fresh: { test: 'equals', as: 'plain' },
  },
  printed: { title: 'What the script prints', sentence: 'Looks at the lines of console.log.', fields: [text], fresh: { test: 'contains', text: 'fd_write' } },
  file: {
    title: 'A file in the end', sentence: 'Looks at a file when all is over.', fields: [{ key: 'path', label: 'Path', as: 'line' }, text],
    fresh: { path: '/home/out.txt', test: 'equals', as: 'solution' },
  },
  'no-file': { title: 'No such file in the end', sentence: 'Passes if there is no file of that path when all is over.', fields: [{ key: 'path', label: 'Path', as: 'line' }], fresh: { path: '/home/out.txt' } },
  exit: {
    title: 'How a guest ends', sentence: 'Looks at how the first guest ended, or the first of a name.',
    fields: [
      { key: 'program', label: 'Program', as: 'line', optional: true },
      { key: 'as', label: 'It ends', as: 'choice', of: OTHER_RUNS, optional: true },
      { key: 'code', label: 'With this exit code', as: 'whole', optional: true },
      { key: 'signal', label: 'Killed by this signal', as: 'line', optional: true },
    ],
    fresh: { as: 'plain' },
  },
  question: {
    title: 'A question', sentence: 'Passes if the student answers it rightly: one of the choices, or typed where there are none.',
    fields: [{ key: 'choices', label: 'Choices, one a line', as: 'lines', optional: true }, { key: 'right', label: 'Right is', as: 'reply' }], fresh: { right: { count: 'call:*' } },
  },
}

/** A check of another kind, with what all kinds have. */
export const changedKind = (check: Readonly<Record<string, unknown>>, kind: CheckKind): object => {
  const { id, wanted, cases, otherwise } = check
  return { id, kind, wanted, ...(cases === undefined ? {} : { cases }), ...KINDS[kind].fresh, ...(otherwise === undefined ? {} : { otherwise }) }
}

/** A new check, under a name that none of these has. */
export const newCheck = (kind: CheckKind, taken: readonly string[]): object => {
  let id: string = kind
  for (let i = 2; taken.includes(id) || id === 'ends'; i++) id = `${kind}-${i}`
  return changedKind({ id, wanted: '' }, kind)
}
