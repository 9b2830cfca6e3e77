import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { answersOf, type CallAnswer } from '../engine/cost/answers.ts'
import { recipeFor, TRACERS, WAYS, type Tracers, type Way } from '../engine/cost/way.ts'
import type { Counts } from '../engine/protocol.ts'
import { makeRecipe, type RecipeFile } from '../engine/recipe.ts'
import { lossyText } from '../engine/kernel/text.ts'
import { runHeadless } from './headless.ts'

const published = (path: string): URL => new URL(`../../public/${path}`, import.meta.url)
const { guests } = JSON.parse(readFileSync(published('guests/manifest.json'), 'utf8')) as {
  guests: Readonly<Record<string, { readonly hash: string; readonly argv: readonly string[]; readonly files: readonly RecipeFile[] }>>
}
const tracers = Object.fromEntries(
  TRACERS.map((name) => [name, readFileSync(published(`examples/cost/${name}.ts`), 'utf8')]),
) as unknown as Tracers

/** A guest in all ways: what was counted, and what it wrote. */
const measure = async (name: string) => {
  const { hash, argv, files } = guests[name] as (typeof guests)[string]
  const recipe = makeRecipe({ programs: [{ name, hash, argv: argv.slice(1) }], files, script: 'unused', stopAt: 3 })
  const modules = { [hash]: new Uint8Array(readFileSync(published(`guests/${hash}.wasm`))) }
  let answers: readonly CallAnswer[] = []
  const found: Partial<Record<Way, { readonly counts: Counts; readonly output: string }>> = {}
  for (const way of WAYS) {
    const { end, counts, trace } = await runHeadless(recipeFor(way, recipe, tracers, answers), { modules })
    expect(end, way).toEqual({ kind: 'exited' })
    if (way === 'native') answers = answersOf(trace) ?? []
    let output = ''
    for (let i = 0; i < trace.outputs.length; i++) output += lossyText(trace.output(i).bytes)
    found[way] = { counts, output }
  }
  return found as Required<typeof found>
}

test.for(['cat', 'config'])('%s calls the same in every way of tracing it', { timeout: 60_000 }, async (name) => {
  const { native, syscall, multi, skipexit, sysemu, skipcall } = await measure(name)
  expect(native.counts).toMatchObject({ stops: 0, requests: 0, suspensions: 0 })
  for (const { counts } of [syscall, multi, skipexit]) expect(counts.calls).toBe(native.counts.calls)
  for (const { output } of [syscall, multi, skipexit]) expect(output).toBe(native.output)

  // Every call has two stops, or one; proc_exit, which may come last, never has an exit stop.
  expect(multi.counts.stops).toBe(syscall.counts.stops)
  expect([0, 1]).toContain(native.counts.calls - (syscall.counts.stops - skipexit.counts.stops))
  expect(sysemu.counts.stops).toBe(skipexit.counts.stops)
  expect(skipcall.counts).toEqual(sysemu.counts)

  // Nothing runs, so nothing is written; what is looked at is the same, up to the word that PEEKDATA rounds up to.
  expect(sysemu.output + skipcall.output).toBe('')
  expect(syscall.counts.requests).toBeGreaterThan(multi.counts.requests)
  expect(syscall.counts.bytesPeeked).toBeGreaterThanOrEqual(multi.counts.bytesPeeked)
})
