import { keep, recallAll } from '../session/storage.ts'
import { isDraft, textAt, type Draft } from './draft.ts'

/** An exercise that is being written, under the number that this browser keeps it by. */
export interface KeptDraft {
  readonly slot: number
  readonly draft: Draft
}

const PREFIX = 'authored/'

/** Those that were kept, the newest first. */
export const recallDrafts = async (): Promise<readonly KeptDraft[]> =>
  (await recallAll(PREFIX)).flatMap(([key, value]) => {
    const slot = Number(key.slice(PREFIX.length))
    return Number.isSafeInteger(slot) && isDraft(value) ? [{ slot, draft: value }] : []
  }).sort((a, b) => b.slot - a.slot)

/** A number that none of these has. */
export const freeSlot = (kept: readonly KeptDraft[]): number => Math.max(0, ...kept.map(({ slot }) => slot)) + 1

export const keepDraft = ({ slot, draft }: KeptDraft): Promise<void> => keep(`${PREFIX}${slot}`, draft)

export const forgetDraft = (slot: number): Promise<void> => keep(`${PREFIX}${slot}`, undefined)

/** What a list calls it. */
export const titleOf = (draft: Draft): string => textAt(draft, ['title']).trim() || textAt(draft, ['id']) || 'Without a title'
