import { checkpointsOf, type Checkpoints } from '../../engine/link/checkpoint.ts'
import type { LinkContent, LinkView, Modules } from '../../engine/link/container.ts'
import { toFragment } from '../../engine/link/fragment.ts'
import type { Note } from '../../engine/link/note.ts'
import type { Recorded } from '../../engine/link/recorded.ts'
import type { Recipe } from '../../engine/recipe.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import type { Manifest } from '../session/manifest.ts'
import { documentOf, recipeOf, type Document } from '../session/recipe-of.ts'
import type { AppState } from '../state/store.ts'
import { compress } from './compress.ts'

export interface ShareOptions {
  readonly cursor: boolean
  readonly view: boolean
  readonly notes: boolean
  /** What was recorded goes along, and nothing is run again. */
  readonly recording: boolean
}

/** What decides a run, of a document: by hand the script only stands in the editor, and without one all is recorded. */
const decisive = (document: Document): string => {
  const script = document.tracer === 'hand' ? '' : document.script.trim()
  const { tracer, guest, module, argv, stdin, tty, env, files, host, seed, untraced } = document
  const all = untraced || (tracer === 'script' && script === '')
  return JSON.stringify([script, tracer, guest, module, argv, stdin, tty, env, files, host, seed, all])
}

/** The recipe that would be shared: of the run that is shown or, when something has been edited since, the document's. */
export const sharedRecipe = (state: AppState, manifest: Manifest): { readonly recipe: Recipe; readonly shown: boolean } => {
  const { recipe } = state
  return recipe !== undefined && decisive(documentOf(recipe, manifest)) === decisive(state)
    ? { recipe, shown: true }
    : { recipe: recipeOf(state, manifest, state.yours), shown: false }
}

const viewOf = ({ filter, unmatched, axis, window, inspectorTab }: AppState): LinkView => ({
  ...(filter === '' ? {} : { filter, ...(unmatched === 'hide' ? { unmatched } : {}) }),
  ...(axis === 'ordinal' ? {} : { axis }),
  // Hundredths of a column are finer than any screen.
  ...(window === undefined ? {} : { window: { from: Math.round(window.from * 100) / 100, to: Math.round(window.to * 100) / 100 } }),
  ...(inspectorTab === 'call' ? {} : { tab: inspectorTab }),
})

/** What was recorded of the run that is shown; undefined until it is over. */
export const recordedOf = ({ phase, end, counts, digest, trace }: AppState): Recorded | undefined =>
  phase === 'ended' && end !== undefined && counts !== undefined && digest !== undefined ? { end, counts, digest, trace } : undefined

let summed: { readonly trace: Trace; readonly checkpoints: Checkpoints } | undefined
/** A dialog asks again with every option: a million events are summed once. */
const checkpointsFor = (trace: Trace): Checkpoints => {
  if (summed?.trace !== trace || summed.checkpoints.events !== trace.length) summed = { trace, checkpoints: checkpointsOf(trace) }
  return summed.checkpoints
}

/** The notes that go along: of branches that are left out they would belong to nothing. */
const notesFor = ({ annotations, branches }: AppState, withBranches: boolean): readonly Note[] =>
  annotations.filter(({ branch }) => branch === undefined || (withBranches && branches.some(({ name }) => name === branch)))

/**
 * What would be shared: the run that is shown, with what was typed into it and decided in it; or, when the document
 * has been edited since, the document as it is now, of which there is no cursor, no digest and no recording yet.
 *
 * @param modules of the programs that other people's pages cannot have, as far as they are to go along
 */
export const contentOf = (state: AppState, manifest: Manifest, options: ShareOptions, modules: Modules = {}): LinkContent => {
  const { cursor, digest, trace, trunk, branches, lane } = state
  const { recipe, shown } = sharedRecipe(state, manifest)
  const view = viewOf(state)
  const withBranches = shown && trunk !== undefined && branches.length > 0
  const notes = options.notes ? notesFor(state, withBranches) : []
  const recorded = options.recording && shown ? recordedOf(state) : undefined
  return {
    ...(withBranches ? { recipe: trunk, branches, ...(lane >= 0 ? { open: lane } : {}) } : { recipe }),
    ...(options.cursor && shown && cursor > 0 ? { cursor } : {}),
    ...(options.view && shown && Object.keys(view).length > 0 ? { view } : {}),
    ...(shown && digest !== undefined ? { digest } : {}),
    // What is recorded has nothing to compare.
    ...(shown && digest !== undefined && recorded === undefined ? { checkpoints: checkpointsFor(trace) } : {}),
    ...(notes.length > 0 ? { notes } : {}),
    ...(recorded === undefined ? {} : { recorded }),
    ...(Object.keys(modules).length > 0 ? { modules } : {}),
  }
}

/** A larger program goes into a file only: no link could hold it, in bytes. */
const MOST_INLINE = 256 * 1024

/** Of the programs that other people's pages cannot have, those that a link can hold. */
export const inlineModules = (modules: Modules): Modules =>
  Object.fromEntries(Object.entries(modules).filter(([, bytes]) => bytes.length <= MOST_INLINE))

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
