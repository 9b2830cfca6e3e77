import type { StateCreator } from 'zustand'
import { TRUNK, type Branch } from '../../engine/branch.ts'
import type { Ending } from '../../engine/fault/outcome.ts'
import type { Counts, RunEnd } from '../../engine/protocol.ts'
import type { Recipe } from '../../engine/recipe.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import type { AppState } from './store.ts'

/** A run of the trunk or of a branch, over. */
export interface LaneRun {
  readonly recipe: Recipe
  readonly trace: Trace
  readonly end: RunEnd
  readonly digest: string
  readonly counts: Counts
  readonly ending: Ending
}

/** A run that is compared with another one: a lane by its place, or one that was made for the comparison. */
export type Compared = number | { readonly name: string; readonly recipe: Recipe }

/** The trunk, the branches that leave it, and which of them is shown. */
export interface BranchesSlice {
  /** What the branches are branches of; undefined while there are none. */
  readonly trunk: Recipe | undefined
  readonly branches: readonly Branch[]
  /** The branch that is shown; −1: the trunk. */
  readonly lane: number
  /** Runs that are over, by recipe of their lanes: `'trunk'`, or the branch itself. */
  readonly laneRuns: ReadonlyMap<Branch | 'trunk', LaneRun>
  /** Branches that run now, each in a machine of its own. */
  readonly growing: ReadonlySet<Branch | 'trunk'>
  /** The two that the diff shows. */
  readonly compared: readonly [Compared, Compared]
  branch(change: Partial<Pick<BranchesSlice, 'trunk' | 'branches' | 'lane' | 'laneRuns' | 'growing' | 'compared'>>): void
}

export const branchesSlice: StateCreator<AppState, [], [], BranchesSlice> = (set) => ({
  trunk: undefined,
  branches: [],
  lane: TRUNK,
  laneRuns: new Map(),
  growing: new Set(),
  compared: [TRUNK, TRUNK],
  branch: (change) => set(change),
})

/** What stands for a lane in the maps above. */
export const laneKey = (branches: readonly Branch[], lane: number): Branch | 'trunk' => branches[lane] ?? 'trunk'

/** The name of a lane. */
export const laneName = (branches: readonly Branch[], lane: number): string => branches[lane]?.name ?? 'the run'
