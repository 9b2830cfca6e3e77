import type { Next, Standing } from '../../engine/decision/effect.ts'
import { standingAt } from '../../engine/decision/effect.ts'
import type { Decision, Recipe } from '../../engine/recipe.ts'
import type { Seq } from '../../engine/trace/format.ts'
import { loadExamples, loadScript } from '../session/examples.ts'
import { sendDecision, startRun } from '../session/run.ts'
import { decidingAt, type Choice } from '../state/hand.ts'
import { app, type AppState } from '../state/store.ts'
import { choicesAt, decisionFor } from './choice.ts'

/** What a person does by hand, wherever it is asked for: by button, by key, in the palette. */

/** The stop that is being decided, if the page shows it. */
export const decidingStop = (state: AppState): Standing | undefined => {
  const at = decidingAt(state)
  return at === 0 ? undefined : standingAt(state.trace, at)
}

export const canTake = (state: AppState, choice: Choice): boolean => {
  const stop = decidingStop(state)
  return stop !== undefined && state.question === undefined && choicesAt(stop).includes(choice)
}

/** Decides; with the quiz on, asks first what will come of it. */
export const take = (choice: Choice): void => {
  const state = app.getState()
  const stop = decidingStop(state)
  if (stop === undefined) return
  const decision = decisionFor(stop, choice, state.edits)
  if ('wrong' in decision) state.prepare({ pointed: choice })
  else if (state.quiz) state.prepare({ question: decision, panel: 'none' })
  else sendDecision(decision)
}

/** Answers the quiz; the decision is carried out, whatever was guessed. */
export const answer = (next: Next): void => {
  const { question, prepare } = app.getState()
  if (question === undefined) return
  prepare({ guess: { decision: question, next } })
  sendDecision(question)
}

/** The stop at or before the cursor that was decided by hand, if deciding it again would make a difference. */
export const undoableAt = ({ recipe, cursor, decisionAt }: Pick<AppState, 'recipe' | 'cursor' | 'decisionAt'>): Decision | undefined =>
  decisionAt?.seq === cursor ? undefined : recipe?.hand?.findLast(({ at }) => at <= cursor)

const unstopped = ({ stopAt: _, ...recipe }: Recipe): Recipe => recipe

/** Runs again with the decisions before that stop, and waits there. */
export const decideAgain = (at: Seq): void => {
  const { recipe, edit } = app.getState()
  if (recipe?.hand === undefined) return
  const again: Recipe = { ...unstopped(recipe), hand: recipe.hand.filter((decision) => decision.at < at) }
  edit({ tracer: 'hand' })
  void startRun({ recipe: again })
}

/** Chooses who traces. By hand begins at once, unless such a run is there already. */
export const chooseTracer = (tracer: AppState['tracer']): void => {
  const { edit, recipe, guest } = app.getState()
  edit({ tracer })
  if (tracer === 'hand' && (recipe?.hand === undefined || recipe.programs[0]?.name !== guest)) void startRun()
}

/** Whether the script is the person's own: neither empty, nor an example, nor what was written for them before. */
const isOwnWork = async (script: string, id: string | undefined): Promise<boolean> => {
  if (script.trim() === '' || script === written) return false
  const example = id === undefined ? undefined : (await loadExamples().catch(() => [])).find((one) => one.id === id)
  return example === undefined || (await loadScript(example).catch(() => '')) !== script
}

let written: string | undefined

/** Puts the decisions into the editor as a script; asks before it replaces one that a person has written. */
export const writeTracer = async ({ anyway = false }: { readonly anyway?: boolean } = {}): Promise<void> => {
  const { trace, recipe, script, example, edit, show, arrange } = app.getState()
  if (recipe?.hand === undefined) return
  if (!anyway && (await isOwnWork(script, example))) {
    show({ dialog: 'replace' })
    return
  }
  const { writeScript } = await import('../../engine/decision/write-script.ts')
  written = writeScript(trace, recipe)
  edit({ script: written, tracer: 'script', example: undefined })
  arrange({ problems: [], blocked: false, front: 'editor' })
}
