import { OPS, isDelimiter, type Op } from './query.ts'

/** A token; `at` and `end` are columns from 0 into the text. */
export type Token = { readonly at: number; readonly end: number } & (
  | { readonly kind: '(' | ')' | '|' | '-' | '..' | '*' }
  | { readonly kind: 'class'; readonly text: string }
  | { readonly kind: 'regex'; readonly source: string; readonly closed: boolean }
  /** A bare or quoted word. */
  | { readonly kind: 'word'; readonly text: string; readonly quoted: boolean; readonly closed: boolean }
  /** `name:`, the colon included. */
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'op'; readonly op: Op }
)

/** Cuts a filter into tokens. Never fails: what is not closed says so and ends with the text. */
export const lex = (text: string): readonly Token[] => {
  const tokens: Token[] = []
  let at = 0
  /** Directly behind a field's colon, or an operator or `..` of its test. */
  let inTest = false

  const until = (stop: (c: string) => boolean): string => {
    const from = at
    while (at < text.length && !isDelimiter(text[at]) && !stop(text[at] as string)) at++
    return text.slice(from, at)
  }

  const quoted = (): Token => {
    const from = at++
    let value = ''
    while (at < text.length && text[at] !== '"') {
      if (text[at] === '\\' && at + 1 < text.length) at++
      value += text[at++]
    }
    const closed = at < text.length
    if (closed) at++
    return { kind: 'word', text: value, quoted: true, closed, at: from, end: at }
  }

  const regex = (): Token => {
    const from = at++
    let source = ''
    while (at < text.length && text[at] !== '/') {
      // \/ is a slash; any other escape is the expression's own business.
      if (text[at] === '\\' && at + 1 < text.length) {
        if (text[at + 1] !== '/') source += '\\'
        at++
      }
      source += text[at++]
    }
    const closed = at < text.length
    if (closed) at++
    return { kind: 'regex', source, closed, at: from, end: at }
  }

  const test = (): void => {
    const from = at
    const op = OPS.find((one) => text.startsWith(one, at))
    if (op !== undefined) {
      at += op.length
      tokens.push({ kind: 'op', op, at: from, end: at })
    } else if (text[at] === '*') {
      at++
      tokens.push({ kind: '*', at: from, end: at })
      return
    } else if (text[at] === '/') {
      tokens.push(regex())
      return
    }
    value()
    if (op === undefined && text.startsWith('..', at) && at > from) {
      tokens.push({ kind: '..', at, end: (at += 2) })
      value()
    }
  }

  const value = (): void => {
    const from = at
    if (text[at] === '"') {
      tokens.push(quoted())
      return
    }
    while (at < text.length && !isDelimiter(text[at]) && !(at > from && text.startsWith('..', at))) at++
    if (at > from)
      tokens.push({ kind: 'word', text: text.slice(from, at), quoted: false, closed: true, at: from, end: at })
  }

  while (at < text.length) {
    const from = at
    const c = text[at] as string
    if (inTest) {
      inTest = false
      test()
      continue
    }
    if (/\s/.test(c)) at++
    else if (c === '(' || c === ')' || c === '|' || c === '-') {
      at++
      tokens.push({ kind: c, at: from, end: at })
    } else if (c === '%') {
      at++
      tokens.push({ kind: 'class', text: until(() => false), at: from, end: at })
    } else if (c === '/') tokens.push(regex())
    else if (c === '"') tokens.push(quoted())
    else {
      const name = until((other) => other === ':')
      if (text[at] === ':') {
        at++
        inTest = true
        tokens.push({ kind: 'field', name, at: from, end: at })
      } else tokens.push({ kind: 'word', text: name, quoted: false, closed: true, at: from, end: at })
    }
  }
  return tokens
}
