import { createHash } from 'node:crypto'
import type { TreeEntry } from '../../engine/kernel/tree.ts'
import { DEFAULT_BUDGET, makeRecipe, type Recipe } from '../../engine/recipe.ts'
import { exitCodeOf } from '../outcome.ts'
import { runHeadless, type Finished } from '../headless.ts'

/** A recipe with what it needs. */
export interface Made {
  readonly recipe: Recipe
  readonly modules: Readonly<Record<string, Uint8Array>>
  readonly tree: readonly TreeEntry[]
}

/** @param tree files besides the recipe's */
export const recipeFor = (name: string, module: Uint8Array, argv: readonly string[], more: Partial<Recipe> = {}, tree: readonly TreeEntry[] = []): Made => {
  const hash = createHash('sha256').update(module).digest('hex')
  const budget = { ...DEFAULT_BUDGET, events: 4_000_000, cpu: Number.MAX_SAFE_INTEGER / 2 }
  return { recipe: makeRecipe({ programs: [{ name, hash, argv }], budget, ...more }), modules: { [hash]: module }, tree }
}

/**
 * Runs it; `milliseconds` go from its start (the program is compiled, the script's thread and realm are there) to the
 * last event. Throws an Error where the run fails, or a program that nobody traces does not exit with 0.
 */
export const timed = async ({ recipe, modules, tree }: Made): Promise<{ readonly milliseconds: number; readonly finished: Finished }> => {
  let began = 0
  let ended = 0
  const finished = await runHeadless(recipe, {
    modules,
    tree,
    listen: ({ type, ...rest }) => {
      if (type === 'progress' && 'what' in rest && rest.what === 'running') began = performance.now()
      if (type === 'ended') ended = performance.now()
    },
  })
  if (finished.end.kind === 'failed') throw new Error(finished.end.failure.cause)
  const code = recipe.script === undefined ? exitCodeOf(finished.trace) : 0
  if (code !== 0) throw new Error(`${recipe.programs.map(({ name, argv }) => [name, ...argv].join(' ')).join()} ended with ${code}`)
  return { milliseconds: ended - began, finished }
}
