import { grade, PAGE_SECRET, type TrialResult } from '../../engine/exercise/grade.ts'
import { toExerciseFragment } from '../../engine/exercise/link.ts'
import { loadManifest } from '../session/manifest.ts'
import { startRun } from '../session/run.ts'
import { compress } from '../share/compress.ts'
import { app } from '../state/store.ts'
import { comparedOf, runBeside } from './compared.ts'
import { isForeign, keepDraft } from './draft.ts'
import { loadExercise } from './load.ts'

/** Tries the answer on all cases, the hidden ones too, in machines beside the run that is shown. */
export const checkAnswer = async (): Promise<void> => {
  const { exercise, script, replies, study, arrange } = app.getState()
  if (exercise === undefined || app.getState().grading !== undefined) return
  const isStill = (): boolean => {
    const now = app.getState()
    return now.exercise === exercise && now.script === script && now.replies === replies
  }
  study({ graded: undefined, grading: { done: 0, of: 1 } })
  try {
    const { guests } = await loadManifest()
    const progress = (done: number, of: number): void => study({ grading: { done, of } })
    const verdict = await grade(
      exercise, { script, replies }, guests, runBeside, { secret: PAGE_SECRET, hasty: true, progress }, (one) => comparedOf(exercise, one),
    )
    if (!isStill()) return
    study({ graded: verdict })
    if (verdict.passed && !isForeign()) study({ standings: { ...app.getState().standings, [exercise.id]: 'passed' } })
    await keepDraft()
  } catch (error) {
    arrange({ notice: { tone: 'danger', cause: error instanceof Error ? error.message : String(error), cure: 'Try again; your answer is kept.' } })
  } finally {
    study({ grading: undefined })
  }
}

/** Runs the case on which a check failed, and puts the cursor on the event that broke it. */
export const showFault = async ({ trial, seq = 0 }: Pick<TrialResult, 'trial' | 'seq'>): Promise<void> => {
  const { exercise, script, recipe, traceLength, phase, moveTo, arrange } = app.getState()
  if (exercise === undefined) return
  arrange({ front: 'timeline' })
  const first = trial === undefined || trial.case === exercise.cases[0]
  if (first && recipe?.script === script && phase === 'ended' && traceLength > 0) {
    moveTo(seq === 0 ? traceLength : seq)
    return
  }
  const { caseRecipe } = await import('../../engine/exercise/grade.ts')
  const { guests } = await loadManifest()
  await startRun({ recipe: caseRecipe(exercise, trial?.case ?? exercise.cases[0] ?? {}, script, guests), cursor: seq })
}

/** The address that holds the exercise and the answer as it is now. */
export const answerAddress = async (): Promise<string> => {
  const { exercise, script, replies } = app.getState()
  if (exercise === undefined) return location.href
  const published = await loadExercise(exercise.id).catch(() => undefined)
  const own = published === undefined || JSON.stringify(published) !== JSON.stringify(exercise)
  const fragment = toExerciseFragment({ id: exercise.id, answer: { script, replies }, ...(own ? { exercise } : {}) }, compress)
  return location.origin + location.pathname + fragment
}
