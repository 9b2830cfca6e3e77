/** The syntax of a filter's regular expressions: the subset is told in regex.ts. */

/** A set of UTF-16 units as ranges, both ends included. */
export type Ranges = readonly (readonly [number, number])[]

export type Node =
  | { readonly kind: 'set'; readonly ranges: Ranges; readonly not: boolean }
  | { readonly kind: 'begin' | 'end' | 'empty' }
  | { readonly kind: 'sequence' | 'choice'; readonly items: readonly Node[] }
  | { readonly kind: 'repeat'; readonly item: Node; readonly least: number; readonly most: number }

const MOST_REPEAT = 200
const MOST_DEPTH = 50

/** What is wrong with an expression, and where (from 0). */
export class RegexError extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

const CLASSES: Readonly<Record<string, Ranges>> = {
  d: [[0x30, 0x39]],
  w: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x5f, 0x5f],
    [0x61, 0x7a],
  ],
  s: [
    [0x09, 0x0d],
    [0x20, 0x20],
    [0xa0, 0xa0],
    [0x2028, 0x2029],
    [0xfeff, 0xfeff],
  ],
}
const CONTROLS: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, f: 12, v: 11, 0: 0 }

const complement = (ranges: Ranges): Ranges => {
  const out: [number, number][] = []
  let from = 0
  for (const [low, high] of ranges) {
    if (low > from) out.push([from, low - 1])
    from = high + 1
  }
  if (from <= 0xffff) out.push([from, 0xffff])
  return out
}

/**
 * Parses an expression.
 * @throws RegexError for what is wrong or not in the subset
 */
export const parseRegex = (source: string): Node => {
  let at = 0
  const fail = (message: string, where = at): never => {
    throw new RegexError(message, where)
  }

  const choice = (depth: number): Node => {
    if (depth > MOST_DEPTH) fail('groups are nested too deeply')
    const items = [sequence(depth)]
    while (source[at] === '|') {
      at++
      items.push(sequence(depth))
    }
    return items.length === 1 ? (items[0] as Node) : { kind: 'choice', items }
  }

  const sequence = (depth: number): Node => {
    const items: Node[] = []
    while (at < source.length && source[at] !== '|' && source[at] !== ')') items.push(repeated(depth))
    return items.length === 1 ? (items[0] as Node) : { kind: 'sequence', items }
  }

  const repeated = (depth: number): Node => {
    const from = at
    const item = atom(depth)
    const bounds = repetition()
    if (bounds === undefined) return item
    if (item.kind === 'begin' || item.kind === 'end') fail('nothing to repeat', from)
    if (source[at] === '?') at++
    if (repetitionAhead()) fail('a repetition of a repetition')
    return { kind: 'repeat', item, least: bounds[0], most: bounds[1] }
  }

  const repetitionAhead = (): boolean =>
    '*+?'.includes(source[at] ?? ' ') || /^\{\d+(,\d*)?\}/.test(source.slice(at, at + 12))

  const repetition = (): readonly [number, number] | undefined => {
    const c = source[at]
    if (c === '*' || c === '+' || c === '?') {
      at++
      return c === '*' ? [0, Infinity] : c === '+' ? [1, Infinity] : [0, 1]
    }
    const braces = c === '{' ? /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(source.slice(at, at + 12)) : null
    if (braces === null) return undefined
    const least = Number(braces[1])
    const most = braces[2] === undefined ? least : braces[3] === '' ? Infinity : Number(braces[3])
    if (most < least) fail('the bounds are the wrong way round')
    if (least > MOST_REPEAT || (most !== Infinity && most > MOST_REPEAT)) fail(`more than ${MOST_REPEAT} repetitions`)
    at += braces[0].length
    return [least, most]
  }

  const one = (code: number): Node => ({ kind: 'set', ranges: [[code, code]], not: false })

  const atom = (depth: number): Node => {
    const from = at
    const c = source[at++] as string
    switch (c) {
      case '(': {
        if (source.startsWith('?:', at)) at += 2
        else if (source[at] === '?') fail('look-around and named groups are not supported', from)
        const inner = choice(depth + 1)
        if (source[at] !== ')') fail('the group is not closed', from)
        at++
        return inner
      }
      case '[':
        return set(from)
      case '.':
        return {
          kind: 'set',
          ranges: [
            [10, 10],
            [13, 13],
            [0x2028, 0x2029],
          ],
          not: true,
        }
      case '^':
        return { kind: 'begin' }
      case '$':
        return { kind: 'end' }
      case '*':
      case '+':
      case '?':
        return fail('nothing to repeat', from)
      case '\\': {
        const ranges = escape(from)
        return { kind: 'set', ranges, not: false }
      }
      default:
        return one(c.charCodeAt(0))
    }
  }

  const escape = (from: number): Ranges => {
    const c = source[at++]
    if (c === undefined) return fail('nothing follows the backslash', from)
    const lower = c.toLowerCase()
    const known = CLASSES[lower]
    if (known !== undefined) return c === lower ? known : complement(known)
    const control = CONTROLS[c]
    if (control !== undefined) return [[control, control]]
    if (/[A-Za-z0-9]/.test(c)) return fail(`\\${c} is not supported`, from)
    return [[c.charCodeAt(0), c.charCodeAt(0)]]
  }

  const set = (from: number): Node => {
    const not = source[at] === '^'
    if (not) at++
    const ranges: (readonly [number, number])[] = []
    while (source[at] !== ']') {
      const c = source[at]
      if (c === undefined) return fail('the set is not closed', from)
      at++
      const low = c === '\\' ? escape(at - 1) : [[c.charCodeAt(0), c.charCodeAt(0)] as const]
      const first = low[0]
      if (
        source[at] === '-'
        && source[at + 1] !== ']'
        && source[at + 1] !== undefined
        && low.length === 1
        && first !== undefined
        && first[0] === first[1]
      ) {
        at++
        const d = source[at++] as string
        const high = d === '\\' ? escape(at - 1) : [[d.charCodeAt(0), d.charCodeAt(0)] as const]
        const last = high[0]
        if (high.length !== 1 || last === undefined || last[1] < first[0])
          return fail('the range is the wrong way round', from)
        ranges.push([first[0], last[1]])
      } else ranges.push(...low)
    }
    at++
    return { kind: 'set', ranges, not }
  }

  const node = choice(0)
  if (at < source.length) fail('nothing to close')
  return node
}
