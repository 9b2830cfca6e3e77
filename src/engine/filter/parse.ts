import { ERRNO } from '../abi/errno.ts'
import { CLASSES, FIELDS, fieldOf, numberOf, type Field } from './field.ts'
import { lex, type Token } from './lex.ts'
import { oneOf } from './near.ts'
import { EVERYTHING, type Query, type Test } from './query.ts'
import { RegexError } from './regex-syntax.ts'
import { compileRegex } from './regex.ts'

/** What is wrong with a filter, where, and what would be right. */
export interface FilterError {
  /** From 1. */
  readonly column: number
  readonly message: string
  readonly cure: string
}

export type Parsed = { readonly ok: true; readonly query: Query } | { readonly ok: false; readonly error: FilterError }

class Failure extends Error {
  readonly at: number
  readonly cure: string
  constructor(at: number, message: string, cure: string) {
    super(message)
    this.at = at
    this.cure = cure
  }
}

/** Filters come in links: parentheses deeper than this are an error, not a full stack. */
const MOST_DEPTH = 100

/**
 * Parses a filter (ux.md, "Filter"):
 *
 *     query = and ("|" and)*     and = not+     not = ["-"] atom     atom = "(" query ")" | term
 *     term = %class | /regex/ | name | field ":" test     test = value | op value | value ".." value | "*" | /regex/
 *
 * No text at all lets everything through.
 */
export const parseFilter = (text: string): Parsed => {
  try {
    return { ok: true, query: parse(text) }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { ok: false, error: { column: error.at + 1, message: error.message, cure: error.cure } }
  }
}

const parse = (text: string): Query => {
  const tokens = lex(text)
  let next = 0
  const peek = (): Token | undefined => tokens[next]
  const end = (): number => tokens[next - 1]?.end ?? 0

  const query = (depth: number): Query => {
    if (depth > MOST_DEPTH) throw new Failure(end(), 'Too many parentheses inside one another.', 'Write it with fewer.')
    const items = [and(depth)]
    while (peek()?.kind === '|') {
      next++
      items.push(and(depth))
    }
    return items.length === 1 ? (items[0] as Query) : { kind: 'or', items }
  }

  const and = (depth: number): Query => {
    const items: Query[] = []
    for (let token = peek(); token !== undefined && token.kind !== '|' && token.kind !== ')'; token = peek())
      items.push(not(depth))
    if (items.length === 0) {
      throw new Failure(
        peek()?.at ?? text.length,
        'Something to look for is missing here.',
        'Write a name such as fd_write, or a test such as pid:2.',
      )
    }
    return items.length === 1 ? (items[0] as Query) : { kind: 'and', items }
  }

  const not = (depth: number): Query => {
    const token = peek()
    if (token?.kind !== '-') return atom(depth)
    next++
    const after = peek()
    if (after === undefined || after.at > token.end) {
      throw new Failure(
        token.at,
        'There is nothing behind the minus.',
        'Write it directly before what is not wanted: -fd_read.',
      )
    }
    return { kind: 'not', item: atom(depth) }
  }

  const atom = (depth: number): Query => {
    const token = tokens[next++]
    if (token?.kind !== '(') return term(token)
    const inner = query(depth + 1)
    if (peek()?.kind !== ')') throw new Failure(token.at, 'This parenthesis is not closed.', 'Add a ) at its end.')
    next++
    return inner
  }

  const term = (token: Token | undefined): Query => {
    switch (token?.kind) {
      case 'class':
        if (!Object.hasOwn(CLASSES, token.text))
          throw new Failure(
            token.at,
            `There is no class %${token.text}.`,
            oneOf(
              Object.keys(CLASSES).map((name) => `%${name}`),
              `%${token.text}`,
            ),
          )
        return { kind: 'class', name: token.text }
      case 'regex':
        return { kind: 'regex', source: checkRegex(token) }
      case 'word':
        checkQuote(token)
        if (token.text === '') throw new Failure(token.at, 'An empty name is in every name.', 'Write a part of a name.')
        return { kind: 'name', text: token.text }
      case 'field':
        return { kind: 'test', field: token.name, test: test(token) }
      case '-':
        throw new Failure(token.at, 'Two minuses in a row.', 'Leave both out, or use parentheses.')
      default:
        throw new Failure(
          token?.at ?? text.length,
          'A test is not complete here.',
          'Write field:value, as in errno:ENOENT.',
        )
    }
  }

  const test = (field: Token & { kind: 'field' }): Test => {
    const known =
      field.name.startsWith('arg.') && field.name.length > 4
        ? ({ type: 'any', words: '' } as const)
        : fieldOf(field.name)
    if (known === undefined) {
      const cure =
        field.name === 'arg' ? 'Name the argument: arg.fd:1.' : oneOf([...Object.keys(FIELDS), 'arg.NAME'], field.name)
      throw new Failure(field.at, `There is no field ${field.name === '' ? 'without a name' : field.name}.`, cure)
    }
    const token = peek()
    if (token === undefined || token.at !== field.end) {
      throw new Failure(
        field.end,
        `The value of ${field.name} is missing.`,
        `Write it directly behind the colon, as in ${field.name}:${example(known)}, or * for any.`,
      )
    }
    next++
    switch (token.kind) {
      case '*':
        return { kind: 'any' }
      case 'regex': {
        if (known.type !== 'text' && known.type !== 'any')
          throw new Failure(token.at, `${field.name} is no text.`, `Write ${field.name}:${example(known)}.`)
        return { kind: 'regex', source: checkRegex(token) }
      }
      case 'op': {
        const value = checkValue(peek(), token.end, field.name, known)
        next++
        if (
          known.type !== 'number'
          && known.type !== 'size'
          && known.type !== 'time'
          && known.type !== 'any'
          && token.op !== '='
          && token.op !== '!='
        ) {
          throw new Failure(token.at, `${field.name} has no order.`, `Use = or !=: ${field.name}:=${example(known)}.`)
        }
        return { kind: 'value', op: token.op, value }
      }
      default: {
        const from = checkValue(token, field.end, field.name, known)
        const dots = peek()
        if (dots?.kind !== '..' || dots.at !== token.end) return { kind: 'value', value: from }
        if (known.type === 'text' || known.type === 'choice' || known.type === 'errno') {
          throw new Failure(
            dots.at,
            `${field.name} has no ranges.`,
            `Write one value, in quotes if it has two dots: ${field.name}:"a..b".`,
          )
        }
        next++
        const to = checkValue(peek(), dots.end, field.name, known)
        next++
        return { kind: 'range', from, to }
      }
    }
  }

  if (tokens.length === 0) return EVERYTHING
  const whole = query(0)
  const extra = peek()
  if (extra !== undefined)
    throw new Failure(extra.at, 'There is no parenthesis to close here.', 'Remove it, or add a ( before.')
  return whole
}

const checkQuote = (token: Token & { kind: 'word' }): void => {
  if (!token.closed) throw new Failure(token.at, 'This quote is not closed.', 'Add a " at its end.')
}

const checkRegex = (token: Token & { kind: 'regex' }): string => {
  if (!token.closed) throw new Failure(token.at, 'This regular expression is not closed.', 'Add a / at its end.')
  if (token.source === '')
    throw new Failure(
      token.at,
      'An empty regular expression matches everything.',
      'Write something between the slashes.',
    )
  try {
    compileRegex(token.source)
  } catch (error) {
    if (!(error instanceof RegexError)) throw error
    throw new Failure(
      token.at + 1 + error.at,
      `The regular expression: ${error.message}.`,
      'Put a backslash before a character that is meant as itself.',
    )
  }
  return token.source
}

const checkValue = (token: Token | undefined, at: number, name: string, field: Field): string => {
  if (token?.kind !== 'word' || token.at !== at)
    throw new Failure(at, `The value of ${name} is missing.`, `As in ${name}:${example(field)}.`)
  checkQuote(token)
  const { text } = token
  const wrong = (cure: string): never => {
    throw new Failure(token.at, `${name} cannot be ${text === '' ? 'empty' : text}.`, cure)
  }
  switch (field.type) {
    case 'number':
    case 'size':
    case 'time':
      if (numberOf(text, field.type) === undefined) wrong(`Write a number, as in ${name}:${example(field)}.`)
      break
    case 'choice':
      if (!(field.values ?? []).includes(text) && !(field.numbers === true && numberOf(text, 'number') !== undefined))
        wrong(oneOf(field.values ?? [], text))
      break
    case 'errno':
      if (errnoOf(text) === undefined) wrong(oneOf(Object.keys(ERRNO), text))
      break
    case 'text':
    case 'any':
      if (text === '') wrong(`Write ${name}:* for any.`)
  }
  return text
}

/** An errno by its number, Linux's name or the witx's. */
export const errnoOf = (text: string): number | undefined => {
  const upper = text.toUpperCase()
  const table: Readonly<Record<string, number>> = ERRNO
  for (const name of [upper, `E${upper}`]) if (Object.hasOwn(table, name)) return table[name]
  if (upper === 'SUCCESS') return 0
  return /^\d+$/.test(text) ? Number(text) : undefined
}

const example = (field: Field): string => {
  switch (field.type) {
    case 'number':
      return '2'
    case 'size':
      return '>=4k'
    case 'time':
      return '>1ms'
    case 'errno':
      return 'ENOENT'
    case 'choice':
    case 'any':
      return field.values?.[0] ?? '1'
    case 'text':
      return 'name'
  }
}
