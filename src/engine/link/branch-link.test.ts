import { expect, test } from 'vitest'
import { recipeOfBranch, TRUNK, type Branch } from '../branch.ts'
import { makeRecipe } from '../recipe.ts'
import { fromFragment, toFragment } from './fragment.ts'
import { branchForm } from './recipe-form.ts'

const plain = (bytes: Uint8Array): Uint8Array => bytes

const trunk = makeRecipe({ programs: [{ name: 'race', hash: 'a'.repeat(64), argv: [] }], script: 'a' })
const branches: readonly Branch[] = [
  { name: 'fails from then on', parent: TRUNK, at: 9, does: { kind: 'forced', forced: { at: 9, fate: 'skip', result: 8, onwards: true } } },
  { name: 'untraced', parent: 0, at: 12, does: { kind: 'forced', forced: { at: 12, fate: 'run', untraced: { pid: 2, nth: 3 }, args: [[1, '18446744073709551615']] } } },
  { name: 'by hand', parent: 1, at: 14, does: { kind: 'hand', hand: [{ at: 14, request: 'syscall', tags: 4, signal: 0 }] } },
  { name: 'another script', parent: TRUNK, at: 1, does: { kind: 'script', script: 'b' }, budget: { ...trunk.budget, events: 1000 } },
  { name: 'schedule 25', parent: TRUNK, at: 18, does: { kind: 'schedule', schedule: 25 } },
]

test.for([TRUNK, ...branches.keys()])('a link that is open at lane %i brings all branches, and the same recipe of each', (open) => {
  const content = { recipe: trunk, branches, ...(open === TRUNK ? {} : { open }) }
  const read = fromFragment(toFragment(content, plain), plain)
  if (!read.ok) throw new Error(read.problem.cause)
  expect(read.value).toMatchObject(content)
  expect(recipeOfBranch(read.value.recipe, read.value.branches ?? [], open)).toEqual(recipeOfBranch(trunk, branches, open))
})

test.for<readonly [string, unknown]>([
  ['a schedule that is no number', { kind: 'schedule', schedule: 'six' }],
  ['a schedule of more than 32 bits', { kind: 'schedule', schedule: 2 ** 32 }],
  ['a negative one', { kind: 'schedule', schedule: -1 }],
  ['a change of no kind', { kind: 'other' }],
])('%s is no branch', ([, does]) => {
  expect(() => branchForm({ name: 'x', parent: -1, at: 1, does }, 'branch')).toThrow()
})
