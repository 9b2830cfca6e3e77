import type { Case, Exercise } from '../../engine/exercise/exercise.ts'
import { comparedRuns, type RunRecipe } from '../../engine/exercise/grade.ts'
import type { Runs } from '../../engine/exercise/outcome.ts'
import { loadManifest } from '../session/manifest.ts'
import { moduleOf } from '../session/modules.ts'
import { loadWasmer, wasmerHere } from '../session/wasmer.ts'
import { runAside } from './run-aside.ts'

/** Runs a recipe beside the one that is shown. */
export const runBeside: RunRecipe = async (recipe, paths) => {
  const manifest = await loadManifest()
  const modules = await Promise.all(recipe.programs.map(async (program) => [program.hash, await moduleOf(program, manifest)] as const))
  if (recipe.host === 'wasmer') await loadWasmer()
  return runAside(recipe, Object.fromEntries(modules), paths, recipe.host === 'wasmer' ? wasmerHere() : undefined)
}

const kept = new WeakMap<Exercise, Map<string, Promise<Omit<Runs, 'answer'>>>>()

/** The runs that an answer is compared with, on one case of an exercise; made once. */
export const comparedOf = (exercise: Exercise, one: Case): Promise<Omit<Runs, 'answer'>> => {
  const runs = kept.get(exercise) ?? new Map<string, Promise<Omit<Runs, 'answer'>>>()
  kept.set(exercise, runs)
  const key = JSON.stringify(one)
  const known = runs.get(key)
  if (known !== undefined) return known
  const made = loadManifest().then(({ guests }) => comparedRuns(exercise, one, guests, runBeside))
  runs.set(key, made)
  made.catch(() => runs.delete(key))
  return made
}
