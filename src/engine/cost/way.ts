import type { Counts } from '../protocol.ts'
import type { Recipe } from '../recipe.ts'
import type { CallAnswer } from './answers.ts'

/** Ways of having a guest traced, in the order in which they are measured: the first gives the answers for the last two. */
export const WAYS = ['native', 'syscall', 'multi', 'skipexit', 'sysemu', 'skipcall'] as const
export type Way = (typeof WAYS)[number]

/** The tracers that they need: public/examples/cost/NAME.ts. */
export const TRACERS = ['plain', 'multi', 'answer'] as const
export type Tracers = Readonly<Record<(typeof TRACERS)[number], string>>

/** What a guest under one of them came to. */
export interface Measured {
  readonly counts: Counts
  /** Virtual nanoseconds from the guest's birth to its death. */
  readonly time: number
}

export type Measurement =
  | { readonly kind: 'measured'; readonly measured: Measured }
  /** In a sentence. */
  | { readonly kind: 'missing'; readonly why: string }

/** A tracer with its parameters. */
const withConstants = (constants: Readonly<Record<string, unknown>>, text: string): string =>
  `${Object.entries(constants).map(([name, value]) => `const ${name} = ${JSON.stringify(value)}`).join('\n')}\n${text}`

const scriptOf = (way: Exclude<Way, 'native'>, tracers: Tracers, answers: readonly CallAnswer[]): string => {
  switch (way) {
    case 'syscall': return tracers.plain
    case 'multi': return withConstants({ TAGS: 0 }, tracers.multi)
    case 'skipexit': return withConstants({ TAGS: 2 }, tracers.multi)
    case 'sysemu': return withConstants({ SYSEMU: true, ANSWERS: answers }, tracers.answer)
    case 'skipcall': return withConstants({ SYSEMU: false, ANSWERS: answers }, tracers.answer)
  }
}

/** The same guest, with the same files and input, traced that way. */
export const recipeFor = (way: Way, of: Recipe, tracers: Tracers, answers: readonly CallAnswer[]): Recipe => {
  const { script: _script, hand: _hand, stopAt: _stopAt, ...rest } = of
  const programs = of.programs.slice(0, 1)
  return way === 'native' ? { ...rest, programs, untraced: true } : { ...rest, programs, untraced: false, script: scriptOf(way, tracers, answers) }
}

/** Davoli 2006, one PowerPC: a `cp` under umview with a module, in seconds (ptrace-vm.md, "Around it"). */
export const SECONDS_2006: Readonly<Partial<Record<Way, number>>> = { native: 0.43, syscall: 22.6, multi: 1.85, skipexit: 1.26 }
