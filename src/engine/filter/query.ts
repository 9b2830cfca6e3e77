/** A filter as a tree, and back as text. */

export type Query =
  | { readonly kind: 'or' | 'and'; readonly items: readonly Query[] }
  | { readonly kind: 'not'; readonly item: Query }
  | { readonly kind: 'class'; readonly name: string }
  | { readonly kind: 'regex'; readonly source: string }
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'test'; readonly field: string; readonly test: Test }

export type Op = '=' | '!=' | '<' | '<=' | '>' | '>='
export const OPS: readonly Op[] = ['!=', '<=', '>=', '=', '<', '>']

/** `field` is `arg.NAME` for an argument. */
export type Test =
  | { readonly kind: 'any' }
  | { readonly kind: 'value'; readonly op?: Op; readonly value: string }
  | { readonly kind: 'range'; readonly from: string; readonly to: string }
  | { readonly kind: 'regex'; readonly source: string }

/** The filter that lets everything through. */
export const EVERYTHING: Query = { kind: 'and', items: [] }

/** Characters that end a bare word. */
export const isDelimiter = (c: string | undefined): boolean =>
  c === undefined || c === '(' || c === ')' || c === '|' || c === '"' || /\s/.test(c)

/** A word as it must be written: in quotes if it would mean something else without. */
const word = (text: string, inTest: boolean): string => {
  const bare =
    text !== ''
    && ![...text].some((c) => isDelimiter(c))
    && !/^[-%/]/.test(text)
    && (inTest ? !/^[=<>!*]/.test(text) && !text.includes('..') : !text.includes(':'))
  // A negative number is the one thing that may begin with a minus behind a colon.
  if (bare || (inTest && /^-\d[\w.]*$/.test(text) && !text.includes('..'))) return text
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

const regex = (source: string): string => `/${source.replace(/\\?\//g, '\\/')}/`

const printTest = (test: Test): string => {
  switch (test.kind) {
    case 'any':
      return '*'
    case 'value':
      return `${test.op ?? ''}${word(test.value, true)}`
    case 'range':
      return `${word(test.from, true)}..${word(test.to, true)}`
    case 'regex':
      return regex(test.source)
  }
}

/** The text of a query; parsing it gives the query back. */
export const printQuery = (query: Query): string => {
  switch (query.kind) {
    case 'or':
      return query.items.map((item) => (item.kind === 'or' ? `(${printQuery(item)})` : printQuery(item))).join(' | ')
    case 'and':
      return query.items
        .map((item) => (item.kind === 'or' || item.kind === 'and' ? `(${printQuery(item)})` : printQuery(item)))
        .join(' ')
    case 'not':
      return query.item.kind === 'or' || query.item.kind === 'and' || query.item.kind === 'not'
        ? `-(${printQuery(query.item)})`
        : `-${printQuery(query.item)}`
    case 'class':
      return `%${query.name}`
    case 'regex':
      return regex(query.source)
    case 'name':
      return word(query.text, false)
    case 'test':
      return `${query.field}:${printTest(query.test)}`
  }
}
