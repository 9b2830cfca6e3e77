import { noteTitle } from '../../engine/link/note.ts'
import type { Seq } from '../../engine/trace/format.ts'
import { xOf } from './scale.ts'
import type { View } from './view.ts'

/** A note as it stands above its event. */
export interface Pennant {
  readonly seq: Seq
  /** Its pole, in CSS pixels. */
  readonly x: number
  /** Where its cloth ends. */
  readonly right: number
  /** Its number among the notes, from 1. */
  readonly number: number
  /** As many of its words as there is room for; empty where only the cloth has. */
  readonly text: string
}

/** The number stands in here, which the cursor's flag may cover; the words begin behind it. */
export const NUMBER_WIDTH = 18
/** A cloth without words. */
const CLOTH = 9
const MOST_WIDTH = 240

/** The pennants in view, from left to right: each as wide as its words, and never over the next one. */
export const pennantsOf = ({ notes = [], scale, palette, model }: View): readonly Pennant[] => {
  const shown = notes.flatMap(({ at, text }, i) => (at <= model.length ? [{ seq: at, x: Math.round(xOf(scale, at)), number: i + 1, markdown: text }] : []))
  return shown.flatMap(({ seq, x, number, markdown }, i): readonly Pennant[] => {
    if (x < 0 || x > scale.width) return []
    const room = Math.min((shown[i + 1]?.x ?? Infinity) - 2, scale.width) - x
    const letters = Math.floor((Math.min(room, MOST_WIDTH) - NUMBER_WIDTH - 8) / palette.charWidth)
    if (letters < 3) return [{ seq, x, number, right: x + Math.max(3, Math.min(CLOTH, room)), text: '' }]
    const text = noteTitle(markdown, letters)
    return [{ seq, x, number, right: Math.ceil(x + NUMBER_WIDTH + text.length * palette.charWidth + 8), text }]
  })
}
