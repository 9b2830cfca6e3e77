import { describe, expect, test } from 'vitest'
import { preview1ByName } from '../engine/syscall/preview1.ts'
import { EventKind } from '../engine/trace/format.ts'
import { guestManifest } from '../wasm/guests/fixture.ts'
import { runHeadless, type Finished } from './headless.ts'
import { readTraceOptions } from './trace-options.ts'
import { prepare } from './trace-recipe.ts'

const run = (...words: readonly string[]): Promise<Finished> => {
  const options = readTraceOptions(words)
  if (options === undefined) throw new Error('that asks for help')
  const { recipe, ...rest } = prepare(options)
  return runHeadless(recipe, rest)
}

const RANDOM_GET = preview1ByName.get('random_get')?.nr

/** Whether anybody drew random numbers. */
const draws = ({ trace }: Finished): boolean =>
  Array.from({ length: trace.length }, (_, i) => trace.event(i + 1)).some((event) => event?.kind === EventKind.call && event.nr === RANDOM_GET)

/** Those that wait for a signal that nobody sends: who traces them does. */
const WAITING: ReadonlySet<string> = new Set(['duty'])

describe('each bundled guest', () => {
  test.for(Object.keys(guestManifest().guests))('%s: the same recipe, the same trace', async (name) => {
    const first = await run(name)
    expect(first.end).toMatchObject(WAITING.has(name) ? { kind: 'failed', failure: { kind: 'deadlock' } } : { kind: 'exited' })
    expect((await run(name)).digest).toBe(first.digest)
    // Another seed is another recipe exactly for those who draw random numbers.
    const other = await run('--seed', '8', name)
    expect(other.digest !== first.digest).toBe(draws(first))
  })
})
