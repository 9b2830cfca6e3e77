/** What the page around an embed may ask of it, with `postMessage` to its frame. Anybody may: nothing here is secret. */
export type EmbedRequest =
  /** Go to this event. */
  | { readonly kind: 'seek'; readonly seq: number }
  /** Play the notes, or stop. */
  | { readonly kind: 'play'; readonly on: boolean }
  /** Go to the next note, or to the one before. */
  | { readonly kind: 'note'; readonly by: 1 | -1 }

/**
 * The request in a message: `{seek: 214}`, `{play: true}`, `{note: 'next'}` or `{note: 'previous'}`; what is none of them is
 * nobody's business here, and undefined.
 */
export const requestIn = (data: unknown): EmbedRequest | undefined => {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return undefined
  const { seek, play, note } = data as { readonly seek?: unknown; readonly play?: unknown; readonly note?: unknown }
  if (Number.isSafeInteger(seek) && (seek as number) >= 1) return { kind: 'seek', seq: seek as number }
  if (typeof play === 'boolean') return { kind: 'play', on: play }
  if (note === 'next' || note === 'previous') return { kind: 'note', by: note === 'next' ? 1 : -1 }
  return undefined
}

/** What an embed tells the page around it, whenever it changes. */
export interface EmbedReport {
  /** So that a page can tell it from other frames' messages. */
  readonly from: 'skipcall'
  /** As many CSS pixels as it could use. */
  readonly height: number
  /** The event at the cursor; 0 while there is none. */
  readonly cursor: number
  /** How many events there are. */
  readonly length: number
}
