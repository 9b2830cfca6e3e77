/**
 * Which rows of a long list are drawn, and where. Browsers clamp an element's height (Firefox at 17.9 million px,
 * Chromium at 33.5 million), so a list that is taller than MAX_SCROLLER gets a shorter scroller, on which a
 * scrolled pixel is more than one pixel of list. The ends are exact: scrolled to the bottom, the last row is whole.
 */

/** The height of a row, in CSS pixels: `--row` of theme.css. */
export const ROW = 24
/** The tallest scroller, in CSS pixels. */
export const MAX_SCROLLER = 8_000_000
/** Rows drawn above and below the view, so that a turn of the wheel between two frames shows no gap. */
const OVERSCAN = 5

/** A list of `count` rows of `row` px (ROW unless told), seen through a view of `view` px. */
export interface RowList {
  readonly count: number
  readonly view: number
  readonly row?: number
}

const rowOf = (list: RowList): number => list.row ?? ROW
const listHeight = (list: RowList): number => list.count * rowOf(list)

/** The height of what is scrolled, in CSS pixels. */
export const scrollerHeight = (list: RowList): number => Math.min(listHeight(list), MAX_SCROLLER)

/** Pixels of list per pixel of scroller; 1 up to MAX_SCROLLER. */
const scale = (list: RowList): number => {
  const [whole, scroller] = [listHeight(list) - list.view, scrollerHeight(list) - list.view]
  return scroller > 0 && whole > scroller ? whole / scroller : 1
}

const clamp = (value: number, most: number): number => Math.min(Math.max(value, 0), Math.max(most, 0))

/** How far down the list a scroller is at `scrollTop`, both in CSS pixels. */
export const listOffset = (list: RowList, scrollTop: number): number =>
  clamp(clamp(scrollTop, scrollerHeight(list) - list.view) * scale(list), listHeight(list) - list.view)

/** The rows to draw at `scrollTop`: `first` up to, without, `end`; and where, in the scroller, `first` begins. */
export const rowsAt = (list: RowList, scrollTop: number): { first: number; end: number; top: number } => {
  const offset = listOffset(list, scrollTop)
  const row = rowOf(list)
  const first = Math.max(0, Math.floor(offset / row) - OVERSCAN)
  const end = Math.min(list.count, Math.ceil((offset + list.view) / row) + OVERSCAN)
  return { first, end, top: clamp(scrollTop, scrollerHeight(list) - list.view) + first * row - offset }
}

/** Where to scroll so that the row is wholly in view; `scrollTop` itself if it is already. */
export const scrollToShow = (list: RowList, scrollTop: number, index: number): number => {
  const offset = listOffset(list, scrollTop)
  const row = rowOf(list)
  const top = index * row
  // The browser rounds scroll positions to device pixels, which is worth up to `scale` px of list.
  const slack = scale(list) > 1 ? scale(list) : 0
  if (top < offset) return clamp((top - slack) / scale(list), scrollerHeight(list) - list.view)
  if (top + row > offset + list.view) return clamp((top + row - list.view + slack) / scale(list), scrollerHeight(list) - list.view)
  return scrollTop
}

/** Where to scroll so that the row is in the middle, for jumps. */
export const scrollToCentre = (list: RowList, index: number): number =>
  clamp((index * rowOf(list) - (list.view - rowOf(list)) / 2) / scale(list), scrollerHeight(list) - list.view)

/** Whole rows in a view: what PageUp and PageDown move by, less one for context. */
export const pageRows = (list: RowList): number => Math.max(1, Math.floor(list.view / rowOf(list)) - 1)

/** The rows that are drawn, and how they share the elements that there are. */
export interface DrawnRows {
  readonly first: number
  readonly end: number
  /** The row that has the first element, and how many elements there are. */
  readonly base: number
  readonly slots: number
}

export const NONE_DRAWN: DrawnRows = { first: 0, end: 0, base: 0, slots: 0 }

/** Elements for the rows of any view of the list: a row that comes into view gets that of one that has left it. */
const slotsFor = (list: RowList): number => Math.ceil(list.view / rowOf(list)) + 2 * OVERSCAN + 1

/** What is drawn next. Rows that stay keep their elements; a jump gives all of them out anew, in order: none has to be moved. */
export const drawnRows = (before: DrawnRows, list: RowList, first: number, end: number): DrawnRows => {
  const slots = slotsFor(list)
  const stays = slots === before.slots && first < before.end && end > before.first
  return { first, end, base: stays ? before.base : first, slots }
}

/** The element of a row that is drawn, from 0. */
export const slotOf = ({ base, slots }: DrawnRows, row: number): number => (((row - base) % slots) + slots) % slots
