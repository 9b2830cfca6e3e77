import type { Answer, Exercise } from '../../engine/exercise/exercise.ts'
import { fromExerciseFragment, isExerciseLink } from '../../engine/exercise/link.ts'
import { DEFAULT_SEED } from '../../engine/recipe.ts'
import { putBack, runKept } from '../session/kept.ts'
import { loadManifest, type Manifest } from '../session/manifest.ts'
import { documentNow, recallDocument } from '../session/persist.ts'
import type { Document } from '../session/recipe-of.ts'
import { startRun } from '../session/run.ts'
import { keep } from '../session/storage.ts'
import { inflate } from '../share/inflate.ts'
import { app } from '../state/store.ts'
import { keepDraft, recallDraft, recallStandings, setForeign, watchDraft } from './draft.ts'
import { loadExercise } from './load.ts'
import { watchChecks } from './watch.ts'

let watching = false
/** The first exercise that is opened brings what watches over them all. */
const watch = async (): Promise<void> => {
  if (watching) return
  watching = true
  watchDraft()
  watchChecks()
  app.subscribe((now, before) => {
    // An example or another document has taken the editor: its text is no draft of the exercise's.
    if (now.exercise !== undefined && now.example !== undefined && now.example !== before.example) now.study({ exercise: undefined })
    if (now.exercise !== undefined && (now.script !== before.script || now.replies !== before.replies) && now.graded !== undefined) now.study({ graded: undefined })
    if (now.exercise === undefined && before.exercise !== undefined && isExerciseLink(location.hash)) history.replaceState(null, '', location.pathname + location.search)
  })
  app.getState().study({ standings: await recallStandings() })
}

/** The first case of an exercise as a document, with this script. */
const documentFor = ({ guest, cases: [one = {}], host, untraced }: Exercise, script: string, { guests }: Manifest): Document => ({
  script, tracer: 'script', guest, module: undefined,
  argv: one.argv ?? guests[guest]?.argv.slice(1) ?? [],
  stdin: one.stdin ?? guests[guest]?.stdin ?? '',
  tty: one.tty ?? guests[guest]?.tty ?? false,
  env: one.env ?? [], files: one.files ?? [], host: host ?? 'kernel', seed: one.seed ?? DEFAULT_SEED, untraced: untraced ?? false,
})

/** Puts the guest, its arguments and its files back as the exercise has them; the script stays. */
export const putWorldBack = async (): Promise<void> => {
  const { exercise, script, edit } = app.getState()
  if (exercise === undefined) return
  edit(documentFor(exercise, script, await loadManifest()))
  await startRun()
}

/**
 * Opens an exercise with the student's draft, or with an answer that somebody handed in. What was edited before is kept.
 *
 * @param address the fragment that opens it again
 */
export const openExercise = async (exercise: Exercise, given?: Answer, address = `#ex=${exercise.id}`): Promise<void> => {
  await watch()
  const before = app.getState()
  // Who comes by an exercise's address has edited nothing yet.
  if (before.exercise === undefined && before.script !== '') await keep('document', documentNow())
  else await keepDraft()
  const [draft, manifest] = await Promise.all([recallDraft(exercise.id), loadManifest()])
  const other = given !== undefined && draft !== undefined && draft.script !== given.script
  setForeign(other)
  // First away from the exercise before, so that nothing of this one is taken for its draft.
  before.study({ exercise: undefined })
  const answer = given ?? draft
  before.edit({ ...documentFor(exercise, answer?.script ?? exercise.starter, manifest), example: undefined, annotations: [] })
  before.study({
    exercise, replies: answer?.replies ?? {}, hints: draft?.hints ?? 0, results: [], astray: false, graded: undefined, grading: undefined,
    standings: { ...app.getState().standings, [exercise.id]: draft?.standing ?? 'begun' },
  })
  before.show({ filter: '', window: undefined, dialog: 'none', notes: [] })
  before.arrange({
    problems: [], blocked: false, front: 'exercise', maximised: undefined,
    notice: other
      ? { tone: 'plain', cause: 'You are looking at an answer that somebody handed in.', cure: 'Your own is kept.', action: { title: 'Back to mine', run: () => void openExercise(exercise, undefined, address) } }
      : undefined,
  })
  history.replaceState(null, '', address)
  await startRun()
}

/** Opens an exercise of the course; what fails is said in the banner. */
export const openById = async (id: string, answer?: Answer): Promise<void> => {
  try {
    await openExercise(await loadExercise(id), answer)
  } catch (error) {
    app.getState().arrange({ notice: { tone: 'danger', cause: error instanceof Error ? error.message : String(error), cure: 'Reload the page to try again. What you were editing is kept.' } })
  }
}

/** Opens the exercise in the address. Answers whether there was one. */
export const openExerciseLocation = async (): Promise<boolean> => {
  const read = fromExerciseFragment(location.hash, inflate)
  if (!read.ok) {
    app.getState().arrange({ notice: { tone: 'danger', cause: read.problem.cause, cure: `${read.problem.cure} What you were editing is kept.` } })
    return false
  }
  const { id, answer, exercise } = read.value
  if (exercise === undefined) await openById(id, answer)
  else await openExercise(exercise, answer, location.hash)
  return app.getState().exercise !== undefined
}

/** Closes the exercise and puts back what was edited before it. */
export const leaveExercise = async (): Promise<void> => {
  await keepDraft()
  const { study, arrange } = app.getState()
  study({ exercise: undefined, graded: undefined, grading: undefined })
  arrange({ notice: undefined, problems: [], blocked: false, front: 'timeline' })
  const kept = await recallDocument('document')
  if (kept === undefined) {
    // Nothing was edited before: the page opens as it does for somebody new.
    location.reload()
    return
  }
  putBack(kept)
  await runKept(kept)
}
