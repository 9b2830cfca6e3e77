import type { LinkContent } from '../../engine/link/container.ts'
import { toFragment } from '../../engine/link/fragment.ts'
import type { Manifest } from '../session/manifest.ts'
import { recipeOf } from '../session/recipe-of.ts'
import type { AppState } from '../state/store.ts'
import { compress } from './compress.ts'

export interface ShareOptions {
  readonly cursor: boolean
  readonly view: boolean
}

/** Whether the run that is shown is the one that the document would make. */
const isShown = ({ recipe, script, guest, seed }: AppState): boolean =>
  recipe !== undefined && (recipe.script ?? '').trim() === script.trim() && recipe.programs[0]?.name === guest && recipe.seed === seed

/**
 * What would be shared: the run that is shown, with what was typed into it; or, when the script has been edited
 * since, the document as it is now, of which there is no cursor and no digest yet.
 */
export const contentOf = (state: AppState, manifest: Manifest, options: ShareOptions): LinkContent => {
  const { recipe, cursor, digest, filter, unmatched, axis } = state
  const shown = isShown(state)
  const view = {
    ...(filter === '' ? {} : { filter, ...(unmatched === 'hide' ? { unmatched } : {}) }),
    ...(axis === 'ordinal' ? {} : { axis }),
  }
  return {
    recipe: shown && recipe !== undefined ? recipe : recipeOf(state, manifest),
    ...(options.cursor && shown && cursor > 0 ? { cursor } : {}),
    ...(options.view && Object.keys(view).length > 0 ? { view } : {}),
    ...(shown && digest !== undefined ? { digest } : {}),
  }
}

/** The address of this page with the run behind its #. */
export const addressOf = (content: LinkContent): string =>
  location.origin + location.pathname + toFragment(content, compress)

/** Lengths that links have to fit into, in characters. */
export const LIMITS = [
  { most: 2000, where: 'mail', sentence: 'fits into mail, chat and every browser' },
  { most: 8000, where: 'chat', sentence: 'fits into chat and every browser; some mail programs cut it' },
  { most: 32_000, where: 'browser', sentence: 'fits into browsers; send the file by mail or chat' },
] as const

/** What a link of this length fits into. */
export const fitOf = (length: number): { readonly sentence: string; readonly tooLong: boolean } => {
  const limit = LIMITS.find(({ most }) => length <= most)
  return limit === undefined
    ? { sentence: 'is too long for some browsers: send the file', tooLong: true }
    : { sentence: limit.sentence, tooLong: false }
}
