/** Four inks for code that is only shown: enough to read by, and nothing to download. */

export type Ink = 'plain' | 'key' | 'text' | 'number' | 'call' | 'comment'
export interface Piece {
  readonly ink: Ink
  readonly text: string
}
export type Language = 'typescript' | 'c'

const WORDS: Readonly<Record<Language, string>> = {
  typescript:
    'as async await break case catch class const continue default delete do else export extends false finally for from function if import in instanceof interface let new null of return satisfies switch this throw true try type typeof undefined var void while yield',
  c: 'auto bool break case char const constexpr continue default do double else enum extern false float for goto if inline int long nullptr register restrict return short signed sizeof static struct switch true typedef union unsigned void volatile while',
}

/** Comments and texts, which may span lines, first; then words and numbers. */
const rules = (language: Language): RegExp => {
  const preprocessor = language === 'c' ? '|^[ \\t]*#[ \\t]*\\w+' : ''
  const template = language === 'typescript' ? '|`(?:\\\\[\\s\\S]|[^`\\\\])*`?' : ''
  return new RegExp(
    `(?<comment>//[^\\n]*|/\\*[\\s\\S]*?(?:\\*/|(?![\\s\\S])))` +
    `|(?<text>"(?:\\\\.|[^"\\\\\\n])*"?|'(?:\\\\.|[^'\\\\\\n])*'?${template})` +
    `|(?<key>\\b(?:${WORDS[language].split(' ').join('|')})\\b${preprocessor})` +
    '|(?<number>\\b(?:0[xXbBoO][\\da-fA-F_]+|\\d[\\d_]*(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)[nuUlLfF]*\\b)' +
    '|(?<call>\\b[A-Za-z_$][\\w$]*(?=\\())',
    'gm',
  )
}

const RULES: Readonly<Record<Language, RegExp>> = { typescript: rules('typescript'), c: rules('c') }

/** The code by lines, each in pieces of one ink. */
export const highlight = (code: string, language: Language): readonly (readonly Piece[])[] => {
  const lines: Piece[][] = [[]]
  const put = (ink: Ink, text: string): void => {
    text.split('\n').forEach((part, i) => {
      if (i > 0) lines.push([])
      if (part !== '') lines.at(-1)?.push({ ink, text: part })
    })
  }
  let at = 0
  for (const match of code.matchAll(RULES[language])) {
    put('plain', code.slice(at, match.index))
    const [ink] = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined) ?? ['plain']
    put(ink as Ink, match[0])
    at = match.index + match[0].length
  }
  put('plain', code.slice(at))
  return lines
}
