import { fromFile, fromFragment, isLink } from '../../engine/link/fragment.ts'
import type { LinkContent } from '../../engine/link/container.ts'
import type { LinkProblem, Read } from '../../engine/link/problem.ts'
import { inflate } from '../share/compress.ts'
import { app } from '../state/store.ts'
import { loadManifest, missingProgram } from './manifest.ts'
import { documentNow, recallDocument } from './persist.ts'
import { documentOf } from './recipe-of.ts'
import { startRun } from './run.ts'
import { keep } from './storage.ts'

/** Whether the document came from a link and nobody has touched it since: then it is no draft of anybody's. */
let untouched = false

const refuse = ({ cause, cure }: LinkProblem): void =>
  app.getState().arrange({ notice: { tone: 'danger', cause, cure: `${cure} What you were editing is kept.` } })

/** Goes back to what was being edited when the link was opened. */
const backToDraft = async (): Promise<void> => {
  const draft = await recallDocument('draft')
  const { edit, arrange } = app.getState()
  arrange({ notice: undefined, problems: [], blocked: false })
  leaveLink()
  if (draft === undefined) return
  edit(draft)
  await startRun()
}

/** The address no longer says what is in the editor. */
const leaveLink = (): void => {
  untouched = false
  if (isLink(location.hash)) history.replaceState(null, '', location.pathname + location.search)
}

const open = async (read: Read<LinkContent>): Promise<boolean> => {
  const { arrange, edit, show } = app.getState()
  if (!read.ok) {
    refuse(read.problem)
    return false
  }
  const { recipe, cursor, view, digest } = read.value
  try {
    const missing = missingProgram(recipe, await loadManifest())
    if (missing !== undefined) {
      refuse({
        kind: 'unknown-guest',
        cause: `This run needs a guest, ${missing.slice(0, 40)}, that this page does not have.`,
        cure: 'Open it where it was made, or reload to get the newest guests.',
      })
      return false
    }
  } catch (error) {
    refuse({ kind: 'unknown-guest', cause: error instanceof Error ? error.message : String(error), cure: 'Reload the page to try again.' })
    return false
  }
  const draft = untouched ? undefined : documentNow()
  const next = documentOf(recipe)
  const other = draft !== undefined && draft.script.trim() !== '' && draft.script !== next.script
  if (other) await keep('draft', draft)
  const hasDraft = other || (await recallDocument('draft')) !== undefined
  untouched = false
  edit({ ...next, example: undefined })
  untouched = true
  show({
    filter: view?.filter ?? '', unmatched: view?.unmatched ?? 'dim', axis: view?.axis ?? 'ordinal', window: undefined, dialog: 'none', notes: [],
  })
  arrange({
    problems: [],
    blocked: false,
    notice: hasDraft
      ? {
          tone: 'plain',
          cause: 'You are looking at a run that somebody shared.',
          cure: 'What you were editing is kept.',
          action: { title: 'Back to your draft', run: () => void backToDraft() },
        }
      : undefined,
  })
  await startRun({ recipe, ...(cursor === undefined ? {} : { cursor }), ...(digest === undefined ? {} : { digest }) })
  return true
}

/** Opens the link in the address, if there is one: runs its recipe and looks where its sender looked. */
export const openLocation = async (): Promise<boolean> => isLink(location.hash) && open(fromFragment(location.hash, inflate))

/** Opens a file that the share dialog saved. */
export const openFile = async (file: File): Promise<boolean> => open(fromFile(await file.text()))

/** Watches the address, and the document for the first change that makes it the person's own. */
export const watchLinks = (): void => {
  window.addEventListener('hashchange', () => void openLocation())
  app.subscribe((now, before) => {
    if (untouched && (now.script !== before.script || now.guest !== before.guest || now.seed !== before.seed)) leaveLink()
  })
}
