import type { ConsoleLine, Piece } from './lines.ts'
import type { Moved } from './origin.ts'

/** A stretch of the terminal's output that somebody wants to know more of. */
export interface Picked {
  readonly text: string
  readonly moved: Moved
}

/** What a title of it shows, in characters. */
const LONGEST = 60

/** Bytes of the beginning of a text, as UTF-8. */
const bytesBefore = (text: string, chars: number): number => new TextEncoder().encode(text.slice(0, chars)).length

/** Broken bytes were replaced: its characters do not tell how many bytes they were. */
const isExact = ({ text, length }: Piece): boolean => new TextEncoder().encode(text).length === length

/**
 * What is picked of a line: from one character to before another, as far as one call wrote it; without characters all of
 * it. Undefined where no guest wrote it.
 */
export const pickOf = ({ pieces, stream }: ConsoleLine, chosen?: { readonly from: number; readonly to: number }): Picked | undefined => {
  if (stream !== 'stdout' && stream !== 'stderr') return undefined
  let before = 0
  for (const piece of pieces) {
    const end = before + piece.text.length
    if (piece.length > 0 && (chosen === undefined || chosen.from < end)) {
      const [from, to] = chosen === undefined || !isExact(piece) ? [0, piece.text.length] : [Math.max(0, chosen.from - before), Math.min(piece.text.length, chosen.to - before)]
      const first = bytesBefore(piece.text, from)
      const length = isExact(piece) ? bytesBefore(piece.text, to) - first : piece.length
      const text = piece.text.slice(from, to)
      return { text: text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text, moved: { call: piece.seq, from: piece.from + first, length: Math.max(1, length) } }
    }
    before = end
  }
  return undefined
}

/** What is selected inside of an element, in characters of its text; undefined if that is nothing. */
export const selectedIn = (element: Element): { readonly from: number; readonly to: number } | undefined => {
  const selection = document.getSelection()
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return undefined
  const range = selection.getRangeAt(0)
  if (!element.contains(range.startContainer) || !element.contains(range.endContainer)) return undefined
  const lead = document.createRange()
  lead.setStart(element, 0)
  lead.setEnd(range.startContainer, range.startOffset)
  const from = lead.toString().length
  return { from, to: from + range.toString().length }
}
