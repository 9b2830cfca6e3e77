/** Words as a shell would split them: quotes hold words together, a backslash takes the next character as it is. */
export const splitArguments = (line: string): readonly string[] => {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let i = 0; i < line.length; i++) {
    const sign = line[i] as string
    if (sign === '\\' && quote !== "'" && i + 1 < line.length) word = (word ?? '') + (line[++i] as string)
    else if (quote !== '') {
      if (sign === quote) quote = ''
      else word = (word ?? '') + sign
    } else if (sign === '"' || sign === "'") {
      quote = sign
      word ??= ''
    } else if (/\s/.test(sign)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + sign
  }
  if (word !== undefined) words.push(word)
  return words
}

/** The line that splits into these words. */
export const joinArguments = (words: readonly string[]): string =>
  words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ')
