import { decidedIn, isSameRun, recipeOfBranch, TRUNK, withoutBranch, type Branch } from '../../engine/branch.ts'
import { endingOf } from '../../engine/fault/outcome.ts'
import type { Recipe } from '../../engine/recipe.ts'
import { moveNotes } from '../notes/annotate.ts'
import { modulesOf, runAside, type AsideRun } from '../session/aside.ts'
import { keep, recall } from '../session/storage.ts'
import { showFinished, startRun } from '../session/run.ts'
import { laneKey, type LaneRun } from '../state/branches.ts'
import { app, type AppState } from '../state/store.ts'
import { readBranches } from './kept-branches.ts'

/** Branches of the run that is shown: made, opened, run beside it, taken away. */

/** More lanes than anybody compares; a link holds no more either. */
export const MOST_BRANCHES = 64

const recipeOfLane = ({ trunk, branches }: AppState, lane: number): Recipe | undefined =>
  trunk === undefined ? undefined : recipeOfBranch(trunk, branches, lane)

const keepRun = (key: Branch | 'trunk', run: LaneRun): void => {
  const { laneRuns, branch } = app.getState()
  branch({ laneRuns: new Map(laneRuns).set(key, run) })
}

const laneRunOf = ({ recipe, trace, end, digest, counts, files }: AsideRun): LaneRun =>
  ({ recipe, trace, end, digest, counts, ending: endingOf(trace, end, files) })

const setGrowing = (key: Branch | 'trunk', grows: boolean): void => {
  const { growing, branch } = app.getState()
  const next = new Set(growing)
  if (grows) next.add(key)
  else next.delete(key)
  branch({ growing: next })
}

/** Ends the runs beside the shown one. */
let aside = new AbortController()

const tell = (cause: string): void => app.getState().arrange({ notice: { tone: 'danger', cause, cure: 'Try again; the run that is shown is kept.' } })

/** Runs a lane beside the run that is shown, unless its run is here already. */
const grow = async (lane: number): Promise<void> => {
  const state = app.getState()
  const key = laneKey(state.branches, lane)
  const recipe = recipeOfLane(state, lane)
  if (recipe === undefined || state.laneRuns.has(key) || state.growing.has(key)) return
  const { signal } = aside
  setGrowing(key, true)
  try {
    const run = await runAside(recipe, await modulesOf(recipe), { signal, files: true })
    if (!signal.aborted) keepRun(key, laneRunOf(run))
  } catch (error) {
    if (!signal.aborted) tell(`${key === 'trunk' ? 'The run' : key.name} could not be run: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    if (!signal.aborted) setGrowing(key, false)
  }
}

/** Runs every lane whose run is not here, one after the other. */
export const growAll = async (): Promise<void> => {
  const { branches } = app.getState()
  for (let lane = TRUNK; lane < branches.length; lane++) if (lane !== app.getState().lane) await grow(lane)
}

/** Beside the shown run nobody decides: a run by hand was stopped there at the stop that waits for its person. */
export const isWaiting = (branch: Branch | undefined, run: LaneRun | undefined): boolean => branch?.does.kind === 'hand' && run?.end.kind === 'stopped'

/** Shows a lane, at an event of its: at once if its run is here; one that waits for its person goes on waiting. */
export const openLane = async (lane: number, cursor?: number): Promise<void> => {
  const state = app.getState()
  const recipe = recipeOfLane(state, lane)
  if (recipe === undefined) return
  const known = state.laneRuns.get(laneKey(state.branches, lane))
  const at = cursor ?? state.branches[lane]?.at ?? state.cursor
  state.branch({ lane })
  if (known !== undefined && !isWaiting(state.branches[lane], known)) showFinished({ ...known, cursor: Math.max(1, Math.min(at, known.trace.length)) })
  else await startRun({ recipe, cursor: at })
}

/** A name that no branch has yet. */
const freeName = (wanted: string, branches: readonly Branch[]): string => {
  const taken = new Set(branches.map(({ name }) => name))
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted} ${n}`
    if (!taken.has(name)) return name
  }
}

/** A branch of the lane that is shown: makes its lane, runs it in a machine of its own, and shows it, unless it is only to be there. */
export const makeBranch = async (made: Omit<Branch, 'parent'>, known?: AsideRun, opens = true): Promise<void> => {
  const before = app.getState()
  const { recipe, branches, branch } = before
  if (recipe === undefined) return
  if (branches.length >= MOST_BRANCHES) {
    tell(`There are ${MOST_BRANCHES} branches already: take one away first.`)
    return
  }
  watch()
  if (before.trunk === undefined) branch({ trunk: recipe, lane: TRUNK })
  keepShown(app.getState())
  const added: Branch = { ...made, name: freeName(made.name, branches), parent: app.getState().lane }
  const lane = branches.length
  branch({ branches: [...branches, added] })
  if (known !== undefined) keepRun(added, laneRunOf(known))
  // By hand it waits for its person, in the machine that is shown.
  else if (added.does.kind !== 'hand') await grow(lane)
  const now = app.getState()
  const at = now.branches.indexOf(added)
  if (opens && at >= 0) await openLane(at, added.at)
}

/** Takes a branch away, and those that leave it. */
export const removeBranch = async (lane: number): Promise<void> => {
  const { branches, laneRuns, lane: shown, branch } = app.getState()
  const left = withoutBranch(branches, lane)
  // Those that stay are other objects when their parents have moved.
  const runs = new Map(laneRuns)
  const kept = branches.filter((one, i) => i !== lane && left.some(({ name }) => name === one.name))
  kept.forEach((one, i) => {
    const run = runs.get(one)
    const moved = left[i]
    if (run !== undefined && moved !== undefined) runs.set(moved, run)
  })
  for (const gone of branches) if (!kept.includes(gone)) moveNotes(gone.name, undefined)
  const here = kept.indexOf(branches[shown] as Branch)
  if (shown !== TRUNK && here < 0) {
    await openLane(TRUNK)
    branch({ branches: left, laneRuns: runs, lane: TRUNK })
  } else branch({ branches: left, laneRuns: runs, lane: shown === TRUNK ? TRUNK : here })
}

export const renameBranch = (lane: number, name: string): void => {
  const { branches, laneRuns, branch } = app.getState()
  const old = branches[lane]
  const wanted = name.trim().slice(0, 60)
  if (old === undefined || wanted === '' || wanted === old.name) return
  const renamed = { ...old, name: freeName(wanted, branches) }
  moveNotes(old.name, renamed.name)
  const run = laneRuns.get(old)
  branch({
    branches: branches.with(lane, renamed),
    ...(run === undefined ? {} : { laneRuns: new Map(laneRuns).set(renamed, run) }),
  })
}

/** The run that is shown is over: its lane has it. */
const keepShown = ({ phase, recipe, trace, end, digest, counts, branches, lane, trunk, laneRuns }: AppState): void => {
  if (trunk === undefined || phase !== 'ended' || recipe === undefined || end === undefined || digest === undefined || counts === undefined) return
  const key = laneKey(branches, lane)
  const known = laneRuns.get(key)
  if (known?.digest === digest) return
  keepRun(key, { recipe, trace, end, digest, counts, ending: endingOf(trace, end, known?.ending.files) })
}

/** Another run is shown: is it one of the lanes? */
const follow = (state: AppState): void => {
  const { recipe, trunk, branches, lane, branch } = state
  if (recipe === undefined || trunk === undefined) return
  const isLane = (one: number): boolean => isSameRun(recipe, recipeOfBranch(trunk, branches, one))
  if (isLane(lane)) return
  const found = [TRUNK, ...branches.keys()].find(isLane)
  if (found !== undefined) {
    branch({ lane: found })
    return
  }
  putAway(state)
}

/** Another run altogether: the branches were another one's. */
const putAway = ({ trunk, branches, laneRuns, branch, arrange }: AppState): void => {
  if (trunk === undefined) return
  endAside()
  branch({ trunk: undefined, branches: [], lane: TRUNK, laneRuns: new Map(), growing: new Set() })
  if (branches.length === 0) return
  const bringBack = (): void => {
    app.getState().arrange({ notice: undefined })
    app.getState().branch({ trunk, branches, laneRuns, lane: TRUNK })
    void openLane(TRUNK)
  }
  arrange({
    notice: {
      tone: 'plain',
      cause: `${branches.length === 1 ? 'The branch was' : `The ${branches.length} branches were`} of another run, and put away.`,
      cure: 'The script or its guest is another one now.',
      action: { title: 'Bring them back', run: bringBack },
    },
  })
}

const endAside = (): void => {
  aside.abort()
  aside = new AbortController()
}

/** What was decided by hand is the branch's. */
const keepDecisions = ({ recipe, trunk, branches, lane, laneRuns, branch }: AppState): void => {
  const shown = branches[lane]
  if (recipe === undefined || trunk === undefined || shown?.does.kind !== 'hand') return
  const hand = decidedIn(trunk, branches, lane, recipe)
  if (hand.length === shown.does.hand.length) return
  const grown: Branch = { ...shown, does: { kind: 'hand', hand } }
  const runs = new Map(laneRuns)
  runs.delete(shown)
  branch({ branches: branches.with(lane, grown), laneRuns: runs })
}

let watching = false

/** From now on lanes follow what is shown. */
const watch = (): void => {
  if (watching) return
  watching = true
  app.subscribe((now, before) => {
    if (now.recipe !== before.recipe) {
      if (now.phase === 'loading' || now.traceLength === 0 || now.trace !== before.trace) follow(now)
      keepDecisions(app.getState())
    }
    if (now.phase === 'ended' && (before.phase !== 'ended' || now.trace !== before.trace)) keepShown(app.getState())
    if (now.branches !== before.branches || now.trunk !== before.trunk) {
      void keep('branches', now.trunk === undefined || now.branches.length === 0 ? undefined : { trunk: now.trunk, branches: now.branches })
    }
  })
}

/** Puts the lanes of a link there; its run is then started by whoever opens the link. */
export const placeBranches = (trunk: Recipe, branches: readonly Branch[], lane: number): void => {
  watch()
  endAside()
  app.getState().branch({ trunk, branches, lane, laneRuns: new Map(), growing: new Set() })
}

/** The branches that were there before a reload, if what is shown is a lane of theirs. */
export const recallBranches = async (): Promise<void> => {
  const kept = readBranches(await recall('branches'))
  const { recipe, trunk } = app.getState()
  if (kept === undefined || recipe === undefined || trunk !== undefined) return
  const lane = [TRUNK, ...kept.branches.keys()].find((one) => isSameRun(recipe, recipeOfBranch(kept.trunk, kept.branches, one)))
  if (lane === undefined) return
  placeBranches(kept.trunk, kept.branches, lane)
  keepShown(app.getState())
  await growAll()
}
