/** What a slow reader needs for a word, and what anybody needs to see where they are, in milliseconds. */
const WORD = 320
const LOOK = 2500
const LONGEST = 45_000

/** How long a note is shown while notes are played, in milliseconds. */
export const readingTime = (text: string): number => Math.min(LONGEST, LOOK + WORD * (text.match(/\S+/g)?.length ?? 0))
