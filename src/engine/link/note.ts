import { TRUNK, type Branch } from '../branch.ts'
import type { Seq } from '../trace/format.ts'
import { list, object, text, whole, type Check } from './check.ts'

/** A person's words, pinned to an event: a trace with notes is a lecture. */
export interface Note {
  readonly at: Seq
  /** Markdown. */
  readonly text: string
  /** The branch whose event it is, by name; absent: the trunk's. Every run has the notes of what it left, up to there. */
  readonly branch?: string
}

/** More than any lecture has. */
export const MOST_NOTES = 200
/** In UTF-16 units: two pages. */
export const LONGEST_NOTE = 4000

export const notesForm: Check<readonly Note[]> = list(
  object({ at: whole(1, 0xffff_ffff), text: text(LONGEST_NOTE) }, { branch: text(255) }), MOST_NOTES,
)

const isAt = (note: Note, at: Seq, branch: string | undefined): boolean => note.at === at && note.branch === branch

/** The notes with one more, in the order of their events; it takes the place of one at the same event. Empty words take it away. */
export const withNote = (notes: readonly Note[], note: Note): readonly Note[] => {
  const others = notes.filter((one) => !isAt(one, note.at, note.branch))
  return note.text.trim() === '' ? others : [...others, note].sort((a, b) => a.at - b.at)
}

/**
 * The notes that a lane shows: its own, and of the run that it leaves those up to the event where it does.
 *
 * @param lane a place in `branches`; −1: the trunk
 */
export const notesOfLane = (notes: readonly Note[], branches: readonly Branch[], lane: number): readonly Note[] => {
  if (notes.length === 0) return notes
  const shown: Note[] = []
  let until = Infinity
  for (let at = lane; ; ) {
    const branch = branches[at]
    shown.push(...notes.filter((note) => note.branch === branch?.name && note.at <= until))
    // A parent stands before its branches: whatever a stranger's list says, this ends.
    if (branch === undefined || branch.parent >= at) break
    until = Math.min(until, branch.at)
    at = Math.max(branch.parent, TRUNK)
  }
  return shown.sort((a, b) => a.at - b.at)
}

/** The nearest note after (or before) an event, or undefined. */
export const seekNote = (notes: readonly Note[], from: Seq, by: 1 | -1): Note | undefined =>
  by > 0 ? notes.find(({ at }) => at > from) : notes.findLast(({ at }) => at < from)

/** What a note is called where there is room for a few words: its first line, without the signs of Markdown. */
export const noteTitle = (markdown: string, most = 60): string => {
  const line = markdown.split('\n').map((one) => one.replace(/^[\s#>*+-]+|[`*]+/g, '').trim()).find((one) => one !== '') ?? ''
  const words = line.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
  return words.length <= most ? words : `${words.slice(0, most - 1).trimEnd()}…`
}
