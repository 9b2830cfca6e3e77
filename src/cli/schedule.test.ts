import { expect, test } from 'vitest'
import type { Recipe } from '../engine/recipe.ts'
import { runHeadless, type Finished } from './headless.ts'
import { readTraceOptions } from './trace-options.ts'
import { prepare } from './trace-recipe.ts'

const run = (...words: string[]): Promise<Finished> => {
  const options = readTraceOptions(words)
  if (options === undefined) throw new Error('help was asked for')
  const { recipe, modules, tree, preopens } = prepare(options)
  return runHeadless(recipe, { modules, tree, preopens })
}
const counted = ({ files }: Finished): number => {
  const file = files.find(({ path }) => path === '/home/counter')
  return file === undefined || !('bytes' in file) ? -1 : Number(new TextDecoder().decode(file.bytes))
}
const race = (schedule: number): Promise<Finished> => run('--schedule', String(schedule), 'race')

test('a race loses nothing when everybody is served as they come', async () => {
  const usual = await run('race')
  expect(counted(usual)).toBe(8)
  expect((await race(0)).digest).toBe(usual.digest)
})

test('one of a hundred schedules finds the race, and finds it again', { timeout: 60_000 }, async () => {
  let first = 1
  let found = await race(first)
  while (counted(found) === 8 && first < 100) found = await race(++first)
  expect(first).toBe(6)
  expect(counted(found)).toBeLessThan(8)
  expect(await race(first)).toMatchObject({ digest: found.digest, end: found.end })
})

test('a schedule changes nothing of what one guest alone does', async () => {
  const { digest, files } = await run('cp')
  const scheduled = await run('--schedule', '6', 'cp')
  expect(scheduled.digest).toBe(digest)
  expect(scheduled.files.map(({ path }) => path)).toEqual(files.map(({ path }) => path))
})

test('a shell and its pipeline say the same under any schedule', { timeout: 60_000 }, async () => {
  const options = readTraceOptions(['sh', '-c', 'ls /home | wc; echo done'])
  if (options === undefined) throw new Error('help was asked for')
  const { recipe, modules, tree, preopens } = prepare(options)
  const written = async (schedule: number): Promise<string> => {
    const scheduled: Recipe = { ...recipe, tty: false, schedule }
    const { trace } = await runHeadless(scheduled, { modules, tree, preopens })
    return Array.from({ length: trace.outputs.length }, (_, i) => new TextDecoder().decode(trace.output(i).bytes)).join('')
  }
  const usual = await written(0)
  expect(usual).toContain('done')
  for (const schedule of [6, 13, 24, 29, 40]) expect(await written(schedule)).toBe(usual)
})
