/** So long the page may be busy before it is drawn again, in milliseconds. */
const SLICE = 12

/** Pieces are joined to parts of about so many characters: a Blob of a million parts is slow. */
const PART = 1 << 18

/** Lets the page draw and hear what was clicked. */
export const breathe = (): Promise<void> => new Promise((resolve) => {
  setTimeout(resolve, 0)
})

/**
 * Collects pieces of a text, a little at a time.
 *
 * @returns its parts; undefined when the signal was given
 */
export const collect = async (pieces: Iterable<string>, signal: AbortSignal): Promise<readonly string[] | undefined> => {
  const parts: string[] = []
  let part = ''
  let began = performance.now()
  for (const piece of pieces) {
    part += piece
    if (part.length > PART) {
      parts.push(part)
      part = ''
    }
    if (performance.now() - began < SLICE) continue
    await breathe()
    if (signal.aborted) return undefined
    began = performance.now()
  }
  return [...parts, part]
}

/** The first lines of a text, no more of it made than that. */
export const firstLines = (pieces: Iterable<string>, lines: number, columns: number): string => {
  let text = ''
  for (const piece of pieces) {
    text += piece
    if (text.split('\n', lines + 1).length > lines || text.length > lines * 2000) break
  }
  return text.split('\n').slice(0, lines).map((line) => (line.length > columns ? `${line.slice(0, columns)} …` : line)).join('\n')
}
