import type { Budget, Decision, Forced, Recipe } from './recipe.ts'
import type { Seq } from './trace/format.ts'

/**
 * A run that leaves another one at an event, told by what it does otherwise. Branches stand in a list over their trunk,
 * a recipe; each leaves the trunk or a branch before it.
 */
export interface Branch {
  readonly name: string
  /** The branch that it leaves, by its place in the list; −1: the trunk. */
  readonly parent: number
  /** The event of its parent at which it leaves it. */
  readonly at: Seq
  readonly does: BranchChange
  /** A smaller budget than its parent's: of a branch that may go on for ever. */
  readonly budget?: Budget
}

export type BranchChange =
  | { readonly kind: 'forced'; readonly forced: Forced }
  /** From there on a person decides; what was decided so far. */
  | { readonly kind: 'hand'; readonly hand: readonly Decision[] }
  /** It has another script from the beginning, and leaves its parent where that shows. */
  | { readonly kind: 'script'; readonly script: string }
  /** It has another schedule from the beginning, likewise. */
  | { readonly kind: 'schedule'; readonly schedule: number }

export const TRUNK = -1

/** The decisions of a run by hand that a branch of it begins with. */
const decidedBefore = ({ hand = [] }: Recipe, at: Seq): readonly Decision[] => hand.filter((decision) => decision.at < at)

const changed = (parent: Recipe, { does, at }: Branch): Recipe => {
  switch (does.kind) {
    case 'forced': {
      const before = (parent.forced ?? []).filter((one) => one.at !== does.forced.at)
      return { ...parent, forced: [...before, does.forced] }
    }
    case 'hand': {
      // A person is the tracer already, from the beginning or from some stop on.
      const from = parent.hand === undefined ? at : parent.handFrom
      return { ...parent, hand: [...decidedBefore(parent, at), ...does.hand], ...(from === undefined ? {} : { handFrom: from }) }
    }
    case 'script': {
      const { hand: _, handFrom: __, ...rest } = parent
      return { ...rest, script: does.script }
    }
    case 'schedule':
      return { ...parent, schedule: does.schedule }
  }
}

/** The recipe of a branch; of the trunk, −1, itself. A place in the list that there is not is the trunk's. */
export const recipeOfBranch = (trunk: Recipe, branches: readonly Branch[], index: number): Recipe => {
  const branch = branches[index]
  if (branch === undefined) return trunk
  const parent = branch.parent < index ? recipeOfBranch(trunk, branches, branch.parent) : trunk
  const { stopAt: _, ...recipe } = changed(parent, branch)
  return branch.budget === undefined ? recipe : { ...recipe, budget: branch.budget }
}

/** What was decided by hand in a branch of that kind, of all that its recipe has. */
export const decidedIn = (trunk: Recipe, branches: readonly Branch[], index: number, recipe: Recipe): readonly Decision[] => {
  const branch = branches[index]
  if (branch === undefined) return []
  return (recipe.hand ?? []).slice(decidedBefore(recipeOfBranch(trunk, branches, branch.parent), branch.at).length)
}

/** The list without a branch and those that leave it. */
export const withoutBranch = (branches: readonly Branch[], index: number): readonly Branch[] => {
  const places = new Map<number, number>([[TRUNK, TRUNK]])
  const left: Branch[] = []
  branches.forEach((branch, i) => {
    const parent = i === index ? undefined : places.get(branch.parent)
    if (parent !== undefined) places.set(i, left.push({ ...branch, parent }) - 1)
  })
  return left
}

/** Do two recipes begin the same run? What was typed, decided or stopped while it ran does not tell. */
export const isSameRun = (a: Recipe, b: Recipe): boolean => JSON.stringify(beginning(a)) === JSON.stringify(beginning(b))

const beginning = ({ input: _, stopAt: __, hand, forced = [], ...rest }: Recipe): unknown => [
  hand !== undefined, forced, Object.entries(rest).sort(([x], [y]) => (x < y ? -1 : 1)),
]
