/** Where a value of a JSON text is, by keys and indices from the outside in. */
export type Path = readonly (string | number)[]

/** One name for a path, whatever its keys are. */
export const pathKey = (path: Path): string => JSON.stringify(path)

/** What a text says, with where its values begin; or where it stops being JSON, in UTF-16 units from its beginning. */
export type Parsed =
  | { readonly ok: true; readonly value: unknown; readonly places: ReadonlyMap<string, number> }
  | { readonly ok: false; readonly at: number; readonly wanted: string }

class Fault extends Error {
  readonly at: number
  readonly wanted: string
  constructor(at: number, wanted: string) {
    super(wanted)
    this.at = at
    this.wanted = wanted
  }
}

const SPACE = /[ \t\n\r]*/y
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y
/** Deeper than any exercise, and no deeper than a stack is. */
const DEEPEST = 60

/**
 * Reads JSON as JSON.parse does and remembers where each value begins: messages of engines differ in whether they say where
 * a text goes wrong.
 */
export const parseJson = (text: string): Parsed => {
  const places = new Map<string, number>()
  let at = 0
  const match = (form: RegExp): string | undefined => {
    form.lastIndex = at
    const found = form.exec(text)?.[0]
    if (found !== undefined) at += found.length
    return found
  }
  const sign = (wanted: string, words: string): void => {
    match(SPACE)
    if (text[at] !== wanted) throw new Fault(at, words)
    at++
  }
  /** What stands between two brackets with commas. */
  const each = (close: string, one: () => void): void => {
    at++
    match(SPACE)
    if (text[at] === close) {
      at++
      return
    }
    for (;;) {
      one()
      match(SPACE)
      if (text[at] === close) break
      sign(',', `a comma or ${close}`)
    }
    at++
  }
  const value = (path: Path): void => {
    match(SPACE)
    places.set(pathKey(path), at)
    if (path.length > DEEPEST) throw new Fault(at, 'something less deep')
    if (text[at] === '{') {
      each('}', () => {
        match(SPACE)
        const key = match(TEXT)
        if (key === undefined) throw new Fault(at, 'a key in double quotes')
        sign(':', 'a colon')
        value([...path, JSON.parse(key) as string])
      })
    } else if (text[at] === '[') {
      let i = 0
      each(']', () => value([...path, i++]))
    } else if (match(TEXT) === undefined && match(WORD) === undefined && match(NUMBER) === undefined) {
      throw new Fault(at, text[at] === '"' ? 'the end of this text' : 'a value')
    }
  }
  try {
    value([])
    match(SPACE)
    if (at < text.length) throw new Fault(at, 'the end')
    return { ok: true, value: JSON.parse(text) as unknown, places }
  } catch (error) {
    if (error instanceof Fault) return { ok: false, at: error.at, wanted: error.wanted }
    throw error
  }
}

/** Line and column, from 1, of a place in a text. */
export const lineOf = (text: string, at: number): { readonly line: number; readonly column: number } => {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
