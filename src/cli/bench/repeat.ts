import { median } from './figure.ts'

/** How thoroughly to measure. */
export interface Effort {
  /** Interleaved repetitions of which the median is taken. */
  readonly repetitions: number
  /** What one measurement should take, at least. */
  readonly milliseconds: number
}
export const FULL: Effort = { repetitions: 11, milliseconds: 80 }
export const QUICK: Effort = { repetitions: 3, milliseconds: 15 }

/** Something that can be done any number of times in a row; 0 times is what it costs around it. */
export interface Contender {
  readonly name: string
  /** Does it `count` times and answers how long all took, in milliseconds. */
  run(count: number): Promise<number>
}

/** So much is run before anything is measured: for the engine's compilers. */
const WARM_RUNS = 3
const FIRST_COUNT = 100
const MOST = 5_000_000

/** The faster of two: a run that something else delayed must not pass for a long one. */
const faster = async (contender: Contender, count: number): Promise<number> => Math.min(await contender.run(count), await contender.run(count))

/** How often, so that one run takes as long as it should; each of these runs also warms the code up. */
const calibrated = async (contender: Contender, { milliseconds }: Effort): Promise<number> => {
  const around = await faster(contender, 0)
  let count = FIRST_COUNT
  for (;;) {
    const took = (await faster(contender, count)) - around
    if (took >= milliseconds || count >= MOST) return Math.min(count, MOST)
    count = Math.ceil(count * Math.min(10, Math.max(1.3, (1.2 * milliseconds) / Math.max(took, 0.1))))
  }
}

/**
 * Nanoseconds for doing it once, for each contender, in their order. They take turns in each repetition, so that a
 * slow moment of the machine hits all alike; each run is made to take the same time.
 */
export const compare = async (contenders: readonly Contender[], effort: Effort): Promise<readonly number[]> => {
  const counts: number[] = []
  for (const contender of contenders) {
    const count = await calibrated(contender, effort)
    counts.push(count)
    for (let i = 0; i < WARM_RUNS; i++) await contender.run(count)
  }
  const around = contenders.map((): number[] => [])
  const samples = contenders.map((): number[] => [])
  for (let i = 0; i < effort.repetitions; i++) {
    for (const [k, contender] of contenders.entries()) {
      around[k]?.push(await contender.run(0))
      samples[k]?.push(await contender.run(counts[k] as number))
    }
  }
  return contenders.map((_, k) => ((median(samples[k] ?? []) - median(around[k] ?? [])) * 1e6) / (counts[k] as number))
}
