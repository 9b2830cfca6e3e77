/** A test of a filter as a function of a number or a text. */
import { numberOf, type FieldType } from './field.ts'
import type { Test } from './query.ts'
import { compileRegex } from './regex.ts'

/** Contains, whatever the case. */
export const contains = (text: string): ((subject: string) => boolean) => {
  const lower = text.toLowerCase()
  return (subject) => subject.toLowerCase().includes(lower)
}

/** A test as a function of a number. */
export const numeric = (test: Test, type: FieldType): ((value: number) => boolean) => {
  if (test.kind === 'any') return () => true
  if (test.kind === 'regex') return () => false
  if (test.kind === 'range') {
    const from = numberOf(test.from, type) ?? NaN
    const to = numberOf(test.to, type) ?? NaN
    return (value) => value >= from && value <= to
  }
  const than = numberOf(test.value, type) ?? NaN
  switch (test.op) {
    case '!=':
      return (value) => value !== than
    case '<':
      return (value) => value < than
    case '<=':
      return (value) => value <= than
    case '>':
      return (value) => value > than
    case '>=':
      return (value) => value >= than
    default:
      return (value) => value === than
  }
}

/** A test as a function of a text. */
export const textual = (test: Test): ((value: string) => boolean) => {
  switch (test.kind) {
    case 'any':
      return () => true
    case 'regex':
      return compileRegex(test.source)
    case 'range':
      return () => false
    case 'value':
      return test.op === '='
        ? (value) => value === test.value
        : test.op === '!='
          ? (value) => value !== test.value
          : contains(test.value)
  }
}

export const negated = (test: Test): boolean => test.kind === 'value' && test.op === '!='
export const valueOf = (test: Test): string => (test.kind === 'value' ? test.value : '')
