import { parseArgs } from 'node:util'
import { CALLS } from './calls.ts'

export const SECTIONS = ['calls', 'counting', 'traced', 'processes', 'past', 'picture', 'faults', 'shell', 'grading'] as const
export type Section = (typeof SECTIONS)[number]
export const ENGINES = ['node', 'chromium'] as const
export type Engine = (typeof ENGINES)[number]

export interface BenchOptions {
  readonly json: boolean
  readonly quick: boolean
  readonly sections: readonly Section[]
  readonly engines: readonly Engine[]
  /** Words of fixtures/callloop.c. */
  readonly calls: readonly string[]
}

export const HELP = `Usage: npm run bench -- [options]

Measures us and what one would use instead, side by side, and prints a row for each figure.

      --json          rows as JSON: {name, ours, theirs, unit, ratio, aim, ok, note}
      --quick         few and short repetitions, small traces: to see that it works
      --only LIST     of ${SECTIONS.join(', ')}; or of the calls ${Object.keys(CALLS).join(', ')}
      --in LIST       of ${ENGINES.join(', ')}
      --help          this text

Exit code: 0 when everything was measured, whether or not the aims are met.`

const listed = <T extends string>(text: string | undefined, all: readonly T[]): readonly T[] => {
  if (text === undefined) return all
  return text.split(',').map((word) => {
    const known = all.find((name) => name === word)
    if (known === undefined) throw new Error(`${JSON.stringify(word)} is none of ${all.join(', ')}`)
    return known
  })
}

/** Reads the command line; undefined where help was asked for. Throws an Error with a sentence. */
export const readBenchOptions = (words: readonly string[]): BenchOptions | undefined => {
  const { values } = parseArgs({
    args: [...words],
    options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, only: { type: 'string' }, in: { type: 'string' }, help: { type: 'boolean' } },
  })
  if (values.help === true) return undefined
  const chosen = listed<string>(values.only, [...SECTIONS, ...Object.keys(CALLS)])
  const sections = SECTIONS.filter((name) => chosen.includes(name))
  const calls = Object.keys(CALLS).filter((name) => chosen.includes(name))
  return {
    json: values.json === true,
    quick: values.quick === true,
    sections: calls.length > 0 && !sections.includes('calls') ? ['calls', ...sections] : sections,
    engines: listed(values.in, ENGINES),
    calls: calls.length > 0 ? calls : Object.keys(CALLS),
  }
}
