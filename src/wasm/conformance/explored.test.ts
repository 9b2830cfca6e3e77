import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { runHeadless, type Finished } from '../../cli/headless.ts'
import { endingOf, judge } from '../../engine/fault/outcome.ts'
import { planFaults, recipeWith } from '../../engine/fault/plan.ts'
import { makeRecipe, type Recipe } from '../../engine/recipe.ts'
import { guest, guestManifest } from '../guests/fixture.ts'

const notes = guestManifest().guests['notes']
if (notes === undefined) throw new Error('no guest notes')
const modules = { [notes.hash]: guest('notes') }
const recipe: Recipe = makeRecipe({
  programs: [{ name: 'notes', hash: notes.hash, argv: [] }], files: notes.files, stdin: notes.stdin ?? '', untraced: true,
})

const filesOf = ({ files }: Finished): string => {
  const hash = createHash('sha256')
  for (const file of files) hash.update(file.path).update('bytes' in file ? file.bytes : '')
  return hash.digest('hex')
}
const explore = async (onwards: boolean): Promise<ReadonlyMap<string, string>> => {
  const usual = await runHeadless(recipe, { modules })
  const { faults } = planFaults(usual.trace, { onwards })
  const found = new Map<string, string>()
  for (const fault of faults) {
    const branch = await runHeadless(recipeWith(recipe, usual.trace, fault), { modules })
    const { kind } = judge(endingOf(usual.trace, usual.end, filesOf(usual)), endingOf(branch.trace, branch.end, filesOf(branch)))
    found.set(`${fault.call} ${fault.name} ${fault.errno}`, kind)
  }
  return found
}

test('the explorer finds the write that notes does not look at, and no other mistake', { timeout: 60_000 }, async () => {
  const found = await explore(false)
  expect(found.size).toBeGreaterThan(100)
  const wrong = [...found].filter(([, kind]) => kind === 'wrong').map(([which]) => which)
  expect(new Set(wrong.map((which) => which.split(' ')[1]))).toEqual(new Set(['fd_write']))
  expect(new Set(wrong.map((which) => which.split(' ')[0])).size).toBe(1)
  expect([...found].filter(([, kind]) => kind === 'crash' || kind === 'hang')).toEqual([])
})

test('a write that is interrupted for ever is made for ever', { timeout: 60_000 }, async () => {
  const hangs = [...(await explore(true))].filter(([, kind]) => kind === 'hang').map(([which]) => which.split(' ').slice(1).join(' '))
  expect(hangs).toContain('fd_write EINTR')
})
