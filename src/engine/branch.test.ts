import { expect, test } from 'vitest'
import { isSameRun, recipeOfBranch, withoutBranch, type Branch } from './branch.ts'
import { makeRecipe, type Decision, type Forced } from './recipe.ts'

const trunk = makeRecipe({ programs: [], script: 'a' })
const fails = (at: number): Forced => ({ at, fate: 'skip', result: 8 })
const decides = (at: number): Decision => ({ at, request: 'syscall', tags: 0, signal: 0 })
const branches: readonly Branch[] = [
  { name: 'one', parent: -1, at: 4, does: { kind: 'forced', forced: fails(4) } },
  { name: 'two', parent: 0, at: 9, does: { kind: 'forced', forced: fails(9) } },
  { name: 'hand', parent: 1, at: 12, does: { kind: 'hand', hand: [decides(12), decides(14)] } },
  { name: 'again', parent: 2, at: 14, does: { kind: 'hand', hand: [decides(14), decides(16)] } },
  { name: 'script', parent: -1, at: 1, does: { kind: 'script', script: 'b' }, budget: { ...trunk.budget, events: 10 } },
  { name: 'schedule', parent: 4, at: 3, does: { kind: 'schedule', schedule: 25 } },
]

test('a branch is its parent with what it does otherwise', () => {
  expect(recipeOfBranch(trunk, branches, -1)).toBe(trunk)
  expect(recipeOfBranch(trunk, branches, 1).forced).toEqual([fails(4), fails(9)])
  expect(recipeOfBranch(trunk, branches, 2)).toMatchObject({ script: 'a', handFrom: 12, hand: [{ at: 12 }, { at: 14 }] })
  expect(recipeOfBranch(trunk, branches, 3)).toMatchObject({ handFrom: 12, hand: [{ at: 12 }, { at: 14 }, { at: 16 }] })
  expect(recipeOfBranch(trunk, branches, 4)).toMatchObject({ script: 'b', budget: { events: 10 } })
  expect(recipeOfBranch(trunk, branches, 5)).toEqual({ ...recipeOfBranch(trunk, branches, 4), schedule: 25 })
})

test('a branch goes with those that leave it', () => {
  expect(withoutBranch(branches, 1).map(({ name }) => name)).toEqual(['one', 'script', 'schedule'])
  expect(withoutBranch(branches, 4)).toEqual(branches.slice(0, 4))
  expect(withoutBranch([branches[4] as Branch, ...branches.slice(0, 1), { ...(branches[1] as Branch), parent: 1 }], 0).map(({ parent }) => parent)).toEqual([-1, 0])
})

test('a run is the same whatever has been typed into it', () => {
  expect(isSameRun(trunk, { ...trunk, input: [{ at: 1, text: 'a' }], stopAt: 7, forced: [] })).toBe(true)
  expect(isSameRun(trunk, recipeOfBranch(trunk, branches, 0))).toBe(false)
})
