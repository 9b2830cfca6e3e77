import { TRUNK } from '../../engine/branch.ts'
import { fromFile, fromFragment } from '../../engine/link/fragment.ts'
import { isLink } from '../../engine/link/location.ts'
import { shownRecipe, type LinkContent } from '../../engine/link/container.ts'
import { problem, type LinkProblem, type Read } from '../../engine/link/problem.ts'
import { SEMANTICS, type Program } from '../../engine/recipe.ts'
import { isEmbedded } from '../embed/embedded.ts'
import { compareWith } from '../share/compare.ts'
import { inflate } from '../share/inflate.ts'
import type { Notice } from '../state/shell.ts'
import { app } from '../state/store.ts'
import { chooseFiles } from './choose-file.ts'
import { putBack, runKept } from './kept.ts'
import { loadManifest } from './manifest.ts'
import { missingPrograms, sha256 } from './modules.ts'
import { ownModule } from './own-guests.ts'
import { documentChanged, documentNow, recallDocument } from './persist.ts'
import { documentOf } from './recipe-of.ts'
import { showFinished, startRun } from './run.ts'
import { keep } from './storage.ts'

/** Whether the document came from a link and nobody has touched it since: then it is no draft of anybody's. */
let untouched = false

const refuse = ({ cause, cure }: LinkProblem): void =>
  app.getState().arrange({ notice: { tone: 'danger', cause, cure: `${cure} What you were editing is kept.` } })

/** Goes back to what was being edited when the link was opened. */
const backToDraft = async (): Promise<void> => {
  const draft = await recallDocument('draft')
  const { arrange } = app.getState()
  arrange({ notice: undefined, problems: [], blocked: false })
  leaveLink()
  if (draft === undefined) return
  putBack(draft)
  await runKept(draft)
}

/** The address no longer says what is in the editor. */
const leaveLink = (): void => {
  untouched = false
  if (isEmbedded()) return
  const address = new URL(location.href)
  if (isLink(address.hash)) address.hash = ''
  address.searchParams.delete('src')
  if (address.href !== location.href) history.replaceState(null, '', address)
}

/** Asks for the module of a program that is not here, and opens what needs it once it is. */
const askFor = ({ name, hash }: Program, content: LinkContent): void => {
  const called = name.slice(0, 40)
  const bring = async (): Promise<void> => {
    const [file] = await chooseFiles({ accept: '.wasm,application/wasm' })
    if (file === undefined) return
    const bytes = new Uint8Array(await file.arrayBuffer())
    if ((await sha256(bytes)) === hash) {
      await ownModule(name, hash, bytes)
      await open({ ok: true, value: content })
    } else refuse({ kind: 'wrong-program', cause: `${file.name} is not the ${called} that this run needs: its hash is another.`, cure: 'Ask the sender for the .wasm file, or for the run as a file.' })
  }
  app.getState().arrange({
    notice: {
      tone: 'danger',
      cause: `This run needs a guest, ${called}, that this page does not have.`,
      cure: 'If you have its .wasm file, choose it; otherwise ask the sender for the run as a file, or reload to get the newest guests. What you were editing is kept.',
      action: { title: 'Choose its file', run: () => void bring() },
    },
  })
}

/** Makes the programs that came along guests of this browser, so that they are still there after a reload. */
const takeModules = async ({ recipe, modules = {} }: LinkContent): Promise<void> => {
  for (const [hash, bytes] of Object.entries(modules)) {
    const name = recipe.programs.find((program) => program.hash === hash)?.name ?? 'guest'
    await ownModule(name.slice(0, 60), hash, bytes)
  }
}

/** What is worth a word of the run that a link shows. */
const noticeOf = ({ recipe, recorded }: LinkContent, hasDraft: boolean): Notice | undefined => {
  const action = hasDraft ? { action: { title: 'Back to your draft', run: () => void backToDraft() } } : {}
  const kept = hasDraft ? ' What you were editing is kept.' : ''
  if (recorded !== undefined && recipe.engine !== SEMANTICS) {
    return {
      tone: 'plain',
      cause: `This recording was made by version ${recipe.engine} of the engine’s rules, and this page has version ${SEMANTICS}.`,
      cure: `You see it as it was recorded; run again, it may go another way.${kept}`,
      ...action,
    }
  }
  return hasDraft ? { tone: 'plain', cause: 'You are looking at a run that somebody shared.', cure: 'What you were editing is kept.', ...action } : undefined
}

const open = async (read: Read<LinkContent>): Promise<boolean> => {
  const { arrange, edit, show } = app.getState()
  if (!read.ok) {
    refuse(read.problem)
    return false
  }
  const { recipe: trunk, branches = [], open: lane = TRUNK, cursor, view, notes = [], recorded } = read.value
  const recipe = shownRecipe(read.value)
  let manifest
  try {
    manifest = await loadManifest()
    await takeModules(read.value)
    const [missing] = await missingPrograms(recipe)
    // What was recorded is shown without its programs.
    if (missing !== undefined && recorded === undefined) {
      askFor(missing, read.value)
      return false
    }
  } catch (error) {
    refuse({ kind: 'unknown-guest', cause: error instanceof Error ? error.message : String(error), cure: 'Reload the page to try again.' })
    return false
  }
  const draft = untouched ? undefined : documentNow()
  const next = documentOf(recipe, manifest)
  const other = draft !== undefined && draft.script.trim() !== '' && draft.script !== next.script
  if (other) await keep('draft', draft)
  const hasDraft = other || (await recallDocument('draft')) !== undefined
  untouched = false
  edit({ ...next, example: undefined, annotations: notes })
  untouched = true
  show({
    filter: view?.filter ?? '', unmatched: view?.unmatched ?? 'dim', axis: view?.axis ?? 'ordinal', window: view?.window,
    inspectorTab: view?.tab ?? 'call', dialog: 'none', notes: [],
  })
  arrange({ problems: [], blocked: false, playing: false, notice: noticeOf(read.value, hasDraft && !isEmbedded()) })
  const lanes = branches.length > 0 ? await import('../branches/lanes.ts') : undefined
  lanes?.placeBranches(trunk, branches, lane)
  if (recorded !== undefined) {
    showFinished({ recipe, ...recorded, cursor: Math.min(cursor ?? notes[0]?.at ?? 1, recorded.trace.length) })
    watch()
    return true
  }
  await startRun({ recipe, ...(cursor === undefined ? {} : { cursor }) })
  compareWith(read.value)
  watch()
  void lanes?.growAll()
  return true
}

/** Opens the link in the address, if there is one: runs its recipe and looks where its sender looked. */
export const openLocation = async (): Promise<boolean> => {
  if (!isLink(location.hash)) return false
  app.getState().study({ exercise: undefined })
  return open(fromFragment(location.hash, inflate))
}

/** Opens the text of a file that was fetched from somewhere, as one that was chosen. */
export const openText = (text: string): Promise<boolean> => open(fromFile(text, inflate))

/** Larger files are not even read, in bytes. */
export const LARGEST = 64 * 2 ** 20

/** Opens a file that the share dialog saved, or a trace: a log of strace, JSON lines. */
export const openFile = async (file: File): Promise<boolean> => {
  // Whatever it is called: what Share saved begins with a brace on a line of its own, a line of JSON lines ends on it.
  const saved = /\.json$/i.test(file.name) || /^\s*\{\s*\n/.test(await file.slice(0, 64).text().catch(() => ''))
  if (!saved) return (await import('../export/open-log.ts')).openLog(file)
  if (file.size > LARGEST) return open(problem('too-big', `${file.name} is larger than 64 MB.`, 'Choose a file that Share saved, a .skipcall.json.'))
  let text
  try {
    text = await file.text()
  } catch {
    return open(problem('broken', `${file.name} could not be read.`, 'It may have been moved or changed: choose it again.'))
  }
  const { isExerciseText, openExerciseText } = await import('../author/open-file.ts')
  if (!isExerciseText(text)) return open(fromFile(text, inflate))
  const wrong = await openExerciseText(text)
  if (wrong !== undefined) refuse({ kind: 'bad-content', cause: wrong, cure: 'Write an exercise, in the palette, opens it to be corrected.' })
  return wrong === undefined
}

/** Lets the person choose such a file; logs of strace are called anything. */
export const chooseRun = async (): Promise<void> => {
  const [file] = await chooseFiles()
  if (file !== undefined) await openFile(file)
}

let watching = false

/** Watches the document for the first change that makes it the person's own. */
const watch = (): void => {
  if (watching) return
  watching = true
  app.subscribe((now, before) => {
    const decided = now.recipe?.hand !== before.recipe?.hand && now.phase === 'running'
    if (untouched && (documentChanged(now, before) || now.annotations !== before.annotations || decided)) leaveLink()
  })
}
