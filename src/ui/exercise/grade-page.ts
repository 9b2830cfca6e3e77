import type { Answer, Case, Exercise } from '../../engine/exercise/exercise.ts'
import { comparedRuns, grade, plainVerdict, type PlainVerdict, type RunRecipe } from '../../engine/exercise/grade.ts'
import type { Runs } from '../../engine/exercise/outcome.ts'
import { loadManifest } from '../session/manifest.ts'
import { moduleOf } from '../session/modules.ts'
import { runAside } from './run-aside.ts'

// The grader's page (src/cli/grade-browser.ts): no picture, only machines in their sandboxes, one for each run.

const run: RunRecipe = async (recipe, paths) => {
  const manifest = await loadManifest()
  const modules = await Promise.all(recipe.programs.map(async (program) => [program.hash, await moduleOf(program, manifest)] as const))
  return runAside(recipe, Object.fromEntries(modules), paths)
}

/** Of the runs that answers are compared with, as many exercises' as this are kept. */
const MOST_KEPT = 40
const kept = new Map<string, Promise<Omit<Runs, 'answer'>>>()

/** All answers to an exercise are compared with the same runs. */
const comparedTo = (exercise: Exercise, one: Case): Promise<Omit<Runs, 'answer'>> => {
  const key = JSON.stringify([exercise.id, one])
  const known = kept.get(key)
  if (known !== undefined) return known
  const made = loadManifest().then(({ guests }) => comparedRuns(exercise, one, guests, run))
  if (kept.size >= MOST_KEPT * 10) kept.clear()
  kept.set(key, made)
  made.catch(() => kept.delete(key))
  return made
}

const gradeInPage = async (exercise: Exercise, answer: Answer, secret: string): Promise<PlainVerdict> => {
  const { guests } = await loadManifest()
  return plainVerdict(await grade(exercise, answer, guests, run, { secret, hasty: true }, (one) => comparedTo(exercise, one)))
}

Object.assign(globalThis, { gradeInPage })
