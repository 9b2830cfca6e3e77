import { beforeEach, expect, test, vi } from 'vitest'
import { TRUNK, type Branch } from '../../engine/branch.ts'
import { DEFAULT_BUDGET, makeRecipe, type Decision, type Recipe } from '../../engine/recipe.ts'
import { sampleTrace } from '../../engine/trace/testing.ts'
import type { AsideRun } from '../session/aside.ts'
import { app } from '../state/store.ts'
import { makeBranch, openLane, placeBranches, recallBranches, removeBranch, renameBranch } from './lanes.ts'

const counts = { stops: 0, requests: 0, calls: 0, suspensions: 0, bytesPeeked: 0 }
const trunk = makeRecipe({ programs: [], script: 'a' })
const skipped = (name: string, at: number): Omit<Branch, 'parent'> => ({ name, at, does: { kind: 'forced', forced: { at, fate: 'skip' } } })
const decides = (at: number): Decision => ({ at, request: 'syscall', tags: 0, signal: 0 })

const told = vi.hoisted(() => ({ ran: [] as unknown[], started: [] as unknown[], shown: [] as unknown[], kept: new Map<string, unknown>() }))

/** Machines run in a browser: here every run ends at once, and one by hand is stopped. */
const over = (recipe: Recipe): AsideRun => ({
  recipe, trace: sampleTrace(), counts, files: undefined, digest: String(told.ran.length).padStart(64, '0'),
  end: recipe.hand === undefined ? { kind: 'exited' } : { kind: 'stopped', at: 7 },
})
vi.mock('../session/aside.ts', () => ({
  modulesOf: async () => ({}),
  runAside: async (recipe: Recipe) => {
    told.ran.push(recipe)
    return over(recipe)
  },
}))
vi.mock('../session/run.ts', () => ({
  startRun: async ({ recipe }: { readonly recipe: Recipe }) => {
    told.started.push(recipe)
    app.getState().beginRun(recipe)
  },
  showFinished: (recording: Parameters<ReturnType<typeof app.getState>['showRecording']>[0]) => {
    told.shown.push(recording.recipe)
    app.getState().showRecording(recording)
  },
}))
vi.mock('../session/storage.ts', () => ({
  keep: async (name: string, value: unknown) => told.kept.set(name, value),
  recall: async (name: string) => told.kept.get(name),
}))

const names = (): readonly string[] => app.getState().branches.map(({ name }) => name)

beforeEach(() => {
  app.getState().branch({ trunk: undefined, branches: [], lane: TRUNK, laneRuns: new Map(), growing: new Set() })
  app.getState().showRecording({ ...over(trunk), cursor: 1 })
  for (const list of [told.ran, told.started, told.shown]) list.length = 0
})

test('a branch has a lane, is run beside the run that is shown, and is shown then', async () => {
  await makeBranch(skipped('one', 4))
  expect(names()).toEqual(['one'])
  expect(told.ran).toMatchObject([{ forced: [{ at: 4 }] }])
  expect(app.getState()).toMatchObject({ trunk, lane: 0, recipe: { forced: [{ at: 4 }] }, cursor: 4 })
})

test('a branch that is only to be there leaves what is shown as it is', async () => {
  await makeBranch({ name: 'schedule 25', at: 3, does: { kind: 'schedule', schedule: 25 } }, over({ ...trunk, schedule: 25 }), false)
  expect(told.ran).toEqual([])
  expect(app.getState()).toMatchObject({ lane: TRUNK, recipe: trunk })
  await openLane(0)
  expect(told.shown).toMatchObject([{ schedule: 25 }])
})

test('a branch of a branch leaves that one, and goes with it', async () => {
  await makeBranch(skipped('one', 4))
  await makeBranch(skipped('two', 6))
  expect(app.getState().branches.map(({ parent }) => parent)).toEqual([TRUNK, 0])
  expect(app.getState().recipe?.forced).toHaveLength(2)
  await removeBranch(0)
  expect(names()).toEqual([])
  expect(app.getState()).toMatchObject({ lane: TRUNK, recipe: trunk })
})

test('two branches never have one name, and an empty one is no name', async () => {
  await makeBranch(skipped('one', 4))
  await openLane(TRUNK)
  await makeBranch(skipped('one', 5))
  expect(names()).toEqual(['one', 'one 2'])
  renameBranch(1, '  the other  ')
  renameBranch(0, ' ')
  renameBranch(0, 'the other')
  expect(names()).toEqual(['the other 2', 'the other'])
  expect([...app.getState().laneRuns.keys()]).toEqual(expect.arrayContaining(['trunk', ...app.getState().branches]))
})

test('a branch by hand waits for its person whenever it is opened, and keeps what was decided', async () => {
  await makeBranch({ name: 'by hand', at: 5, does: { kind: 'hand', hand: [] } })
  expect(told.started).toMatchObject([{ handFrom: 5, hand: [] }])
  const { receive } = app.getState()
  receive({ type: 'decided', decision: decides(5) })
  expect(app.getState().branches[0]?.does).toMatchObject({ kind: 'hand', hand: [{ at: 5 }] })
  await openLane(TRUNK)
  // Beside another run nobody decides: it was stopped where it waits.
  app.getState().branch({ laneRuns: new Map([[app.getState().branches[0] as Branch, { ...over(trunk), end: { kind: 'stopped', at: 7 }, ending: { end: { kind: 'stopped', at: 7 }, status: undefined, stdout: '', stderr: '', files: undefined } }]]) })
  await openLane(0)
  expect(told.started.at(-1)).toMatchObject({ handFrom: 5, hand: [{ at: 5 }] })
})

test('branches come back after a reload where one of them, or their trunk, is shown', async () => {
  const branches: readonly Branch[] = [
    { ...skipped('one', 4), parent: TRUNK, budget: { ...DEFAULT_BUDGET, events: 100 } },
    { name: 'schedule 25', parent: 0, at: 9, does: { kind: 'schedule', schedule: 25 } },
    { name: 'by hand', parent: TRUNK, at: 5, does: { kind: 'hand', hand: [decides(5)] } },
  ]
  told.kept.set('branches', { trunk, branches })
  await recallBranches()
  expect(names()).toEqual(['one', 'schedule 25', 'by hand'])
  expect(told.ran).toHaveLength(3)
})

test('what was kept of other runs, or is damaged, stays away', async () => {
  for (const kept of [{ trunk: { ...trunk, script: 'b' }, branches: [] }, { trunk, branches: [{ name: 'x' }] }, 'nonsense']) {
    told.kept.set('branches', kept)
    await recallBranches()
    expect(app.getState().trunk).toBeUndefined()
  }
})

test('another run altogether puts the branches away, with a way back', async () => {
  placeBranches(trunk, [{ ...skipped('one', 4), parent: TRUNK }], TRUNK)
  app.getState().beginRun({ ...trunk, script: 'b' })
  expect(app.getState().branches).toEqual([])
  app.getState().notice?.action?.run()
  expect(names()).toEqual(['one'])
})
