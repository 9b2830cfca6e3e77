import { caseRecipe, evaluateAll, pathsAskedBy } from '../../engine/exercise/grade.ts'
import type { Exercise } from '../../engine/exercise/exercise.ts'
import type { Outcome, Runs } from '../../engine/exercise/outcome.ts'
import type { Recipe } from '../../engine/recipe.ts'
import { loadManifest, type Manifest } from '../session/manifest.ts'
import { readFile } from '../session/past.ts'
import { app, type AppState } from '../state/store.ts'
import { comparedOf } from './compared.ts'

/** Checks of a run that goes on are looked at again after this long, in milliseconds, or four times what looking takes. */
const PAUSE = 250

const NO_COUNTS = { stops: 0, requests: 0, calls: 0, suspensions: 0, bytesPeeked: 0 }

/** Is this run of the first case? Its script may say what it likes, its guest and the world around it may not. */
const isOfCase = (recipe: Recipe, exercise: Exercise, { guests }: Manifest): boolean => {
  const wanted = caseRecipe(exercise, exercise.cases[0] ?? {}, recipe.script ?? '', guests)
  const world = ({ programs, files, stdin, tty, env, seed, host }: Recipe): string => JSON.stringify([programs[0], files, stdin, tty, env, seed, host])
  return recipe.hand === undefined && world(recipe) === world(wanted)
}

let round = 0
/** Of the last look, in milliseconds. */
let cost = 0
let timer: ReturnType<typeof setTimeout> | undefined

const look = async (): Promise<void> => {
  const mine = ++round
  const { exercise, recipe, trace, end, counts, phase, replies, study } = app.getState()
  if (exercise === undefined || recipe === undefined || phase === 'idle') return
  const over = phase === 'ended'
  const [manifest, compared] = await Promise.all([loadManifest(), comparedOf(exercise, exercise.cases[0] ?? {})])
  if (mine !== round) return
  if (!isOfCase(recipe, exercise, manifest)) {
    study({ results: [], astray: true })
    return
  }
  const files = new Map<string, Uint8Array>()
  if (over) for (const path of pathsAskedBy(exercise)) {
    const bytes = await readFile(path)
    if (bytes !== undefined) files.set(path, bytes)
  }
  if (mine !== round) return
  const answer: Outcome = { trace, end: over ? end : undefined, counts: counts ?? NO_COUNTS, files }
  const runs: Runs = { ...compared, answer }
  const begun = performance.now()
  const results = evaluateAll(exercise, runs, { script: recipe.script ?? '', replies }, 0)
  cost = performance.now() - begun
  study({ results, astray: false })
}

const lookLater = (pause: number): void => {
  timer ??= setTimeout(() => {
    timer = undefined
    look().catch((error: unknown) => {
      app.getState().arrange({ notice: { tone: 'warn', cause: `The checks could not be made: ${error instanceof Error ? error.message : String(error)}`, cure: 'Reload the page to try again; your answer is kept.' } })
    })
  }, pause)
}

const changed = (now: AppState, before: AppState): boolean =>
  now.traceLength !== before.traceLength || now.phase !== before.phase || now.replies !== before.replies

/** Keeps the results of the open exercise's checks in step with the run that is shown. */
export const watchChecks = (): void => {
  app.subscribe((now, before) => {
    if (now.exercise === undefined) return
    if (now.exercise !== before.exercise || now.trace !== before.trace) {
      round++
      if (now.results.length > 0 || now.astray) now.study({ results: [], astray: false })
    }
    if (now.exercise !== before.exercise || changed(now, before)) lookLater(now.phase === 'ended' ? 0 : Math.max(PAUSE, 4 * cost))
  })
}
