import { answersOf, type CallAnswer } from '../../engine/cost/answers.ts'
import { recipeFor, TRACERS, WAYS, type Measurement, type Tracers, type Way } from '../../engine/cost/way.ts'
import type { Counts, RunEnd } from '../../engine/protocol.ts'
import type { Recipe } from '../../engine/recipe.ts'
import { Trace } from '../../engine/trace/trace.ts'
import { fetchAsset } from '../session/asset.ts'
import { startMachine } from '../session/frame.ts'
import { loadManifest } from '../session/manifest.ts'
import { moduleOf } from '../session/modules.ts'
import { loadWasmer, wasmerHere } from '../session/wasmer.ts'

/** A machine that says nothing for so long, in milliseconds, is given up: it may have a large module to rewrite. */
const SILENCE = 60_000

interface Run {
  readonly end: RunEnd
  readonly counts: Counts
  readonly trace: Trace
}

const loadTracers = async (): Promise<Tracers> => {
  const texts = await Promise.all(TRACERS.map(async (name) => (await fetchAsset(`examples/cost/${name}.ts`)).text()))
  return Object.fromEntries(TRACERS.map((name, i) => [name, texts[i]])) as unknown as Tracers
}

/** Runs a recipe in a machine of its own, which nobody sees. What it waits for is ended: nobody will type. */
const runAside = (recipe: Recipe, modules: Readonly<Record<string, Uint8Array>>, signal: AbortSignal): Promise<Run> =>
  new Promise((resolve, reject) => {
    const trace = new Trace()
    let watchdog: ReturnType<typeof setTimeout> | undefined
    const over = (): void => {
      clearTimeout(watchdog)
      signal.removeEventListener('abort', cancel)
      machine.dispose()
    }
    const fail = (why: string): void => {
      over()
      reject(new Error(why))
    }
    const cancel = (): void => fail('It was cancelled.')
    const wait = (): void => {
      clearTimeout(watchdog)
      watchdog = setTimeout(() => fail('The machine fell silent.'), SILENCE)
    }
    const machine = startMachine((message) => {
      wait()
      if (message.type === 'chunk') trace.append(message.table, message.chunk)
      if (message.type === 'waiting') machine.send({ type: 'end-of-input' })
      if (message.type !== 'ended') return
      over()
      resolve({ end: message.end, counts: message.counts, trace })
    }, fail)
    signal.addEventListener('abort', cancel)
    wait()
    const wasmer = wasmerHere()
    machine.send({ type: 'run', recipe, modules, eager: -1, ...(wasmer === undefined ? {} : { wasmer }) })
  })

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
      const { end, counts, trace } = await runAside(recipeFor(way, of, tracers, answers ?? []), modules, signal)
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
