import { answersOf, type CallAnswer } from '../../engine/cost/answers.ts'
import { recipeFor, TRACERS, WAYS, type Measurement, type Tracers, type Way } from '../../engine/cost/way.ts'
import type { RunEnd } from '../../engine/protocol.ts'
import type { Recipe } from '../../engine/recipe.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { runAside } from '../session/aside.ts'
import { fetchAsset } from '../session/asset.ts'
import { loadManifest } from '../session/manifest.ts'
import { moduleOf } from '../session/modules.ts'
import { loadWasmer } from '../session/wasmer.ts'

const loadTracers = async (): Promise<Tracers> => {
  const texts = await Promise.all(TRACERS.map(async (name) => (await fetchAsset(`examples/cost/${name}.ts`)).text()))
  return Object.fromEntries(TRACERS.map((name, i) => [name, texts[i]])) as unknown as Tracers
}

/** The guest's life in virtual nanoseconds. */
const lifeOf = (trace: Trace, name: string): number => {
  const birth = trace.births.findLast((one) => one.name === name)
  const { time } = trace.events.columns
  const from = birth === undefined ? 0 : (time[birth.seq - 1] ?? 0)
  const to = time[(birth?.death || trace.length) - 1] ?? 0
  return to - from
}

const failed = (end: RunEnd): string => (end.kind === 'failed' ? `${end.failure.title}.` : 'It was stopped.')

/**
 * Runs the guest of a recipe in every way, one after the other, each in a machine of its own beside the run that is
 * shown. Throws an Error with a sentence if it cannot begin; the signal's abort ends it.
 *
 * @param tell a way begins (without a measurement), or has been measured
 */
export const measureWays = async (of: Recipe, tell: (way: Way, measurement?: Measurement) => void, signal: AbortSignal): Promise<void> => {
  const [first] = of.programs
  if (first === undefined) throw new Error('There is no guest.')
  const [tracers, manifest] = await Promise.all([loadTracers(), loadManifest(), of.host === 'wasmer' ? loadWasmer() : undefined])
  const modules = { [first.hash]: await moduleOf(first, manifest) }
  let answers: readonly CallAnswer[] | undefined
  for (const way of WAYS) {
    if (signal.aborted) return
    if ((way === 'sysemu' || way === 'skipcall') && answers === undefined) {
      tell(way, { kind: 'missing', why: 'The answers are larger than the trace keeps them: nobody could give them in the kernel’s stead.' })
      continue
    }
    tell(way)
    try {
      const { end, counts, trace } = await runAside(recipeFor(way, of, tracers, answers ?? []), modules, { signal })
      if (way === 'native' && end.kind === 'exited') answers = answersOf(trace)
      tell(way, end.kind === 'exited'
        ? { kind: 'measured', measured: { counts, time: lifeOf(trace, first.name) } }
        : { kind: 'missing', why: failed(end) })
    } catch (error) {
      if (signal.aborted) return
      tell(way, { kind: 'missing', why: error instanceof Error ? error.message : String(error) })
    }
  }
}
