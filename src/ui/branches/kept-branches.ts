import type { Branch } from '../../engine/branch.ts'
import { list, object } from '../../engine/link/check.ts'
import { branchForm, recipeForm } from '../../engine/link/recipe-form.ts'
import type { Recipe } from '../../engine/recipe.ts'

/** Branches and their trunk, as a browser keeps them. */
export interface KeptBranches {
  readonly trunk: Recipe
  readonly branches: readonly Branch[]
}

const form = object({ trunk: recipeForm, branches: list(branchForm, 64) })

/** What was kept, if it is of that form. */
export const readBranches = (value: unknown): KeptBranches | undefined => {
  try {
    const kept = form(value, 'branches')
    return kept.branches.every(({ parent }, i) => parent < i) ? kept : undefined
  } catch {
    return undefined
  }
}
