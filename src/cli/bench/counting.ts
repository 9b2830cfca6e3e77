import { geometricMean, makeFigure, type Figure } from './figure.ts'
import type { WasiHost } from './host.ts'
import { compare, type Effort } from './repeat.ts'

/** Programs of fixtures/compute.c. */
const PROGRAMS = ['sieve', 'fib', 'matrix', 'crc'] as const

const MOST_EACH = 1.5
const MOST_MEAN = 1.2

/** A build of ours, and the one that it is held against. */
interface Against {
  readonly what: string
  readonly build: WasiHost
  readonly base: WasiHost
  /** How many times slower, at most: each program, and their geometric mean. */
  readonly most?: { readonly each: number; readonly mean: number }
}

const slowdownFigures = async ({ what, build, base, most }: Against, where: string, effort: Effort): Promise<readonly Figure[]> => {
  const slowdowns: number[] = []
  const figures: Figure[] = []
  for (const program of PROGRAMS) {
    const contenders = [build, base].map(({ name, run }) => ({
      name,
      run: async (rounds: number) => {
        const began = performance.now()
        await run([program, String(rounds)])
        return performance.now() - began
      },
    }))
    const [slower, faster] = await compare(contenders, effort)
    const slowdown = (slower as number) / (faster as number)
    slowdowns.push(slowdown)
    figures.push(makeFigure({
      name: `${what}, ${program}, ${where}: slowdown`, unit: '×', ours: slowdown, ...(most === undefined ? {} : { aim: { below: most.each } }),
      note: `${((slower as number) / 1e3).toFixed(1)} µs a round; ${base.name}: ${((faster as number) / 1e3).toFixed(1)}`,
    }))
  }
  figures.push(makeFigure({
    name: `${what}, ${where}: slowdown, geometric mean`, unit: '×', ours: geometricMean(slowdowns), ...(most === undefined ? {} : { aim: { below: most.mean } }),
  }))
  return figures
}

/** How much slower the counting build computes than the plain one. @param hosts ours, by build, with compute.wasm */
export const countingFigures = (hosts: { readonly count: WasiHost; readonly plain: WasiHost }, where: string, effort: Effort): Promise<readonly Figure[]> =>
  slowdownFigures({ what: 'counting', build: hosts.count, base: hosts.plain, most: { each: MOST_EACH, mean: MOST_MEAN } }, where, effort)

/** How much slower the builds that can step compute than the counting one, while nobody steps. */
export const steppingFigures = async (
  { count, step, block }: { readonly count: WasiHost; readonly step: WasiHost; readonly block: WasiHost }, where: string, effort: Effort,
): Promise<readonly Figure[]> => [
  ...(await slowdownFigures({ what: 'step build, stepping off', build: step, base: count }, where, effort)),
  ...(await slowdownFigures({ what: 'block build, stepping off', build: block, base: count }, where, effort)),
]

/** How much slower the build that watches stores computes than the counting one: `watch` with nothing watched. */
export const watchingFigures = (
  { count, watch }: { readonly count: WasiHost; readonly watch: WasiHost }, where: string, effort: Effort,
): Promise<readonly Figure[]> => slowdownFigures({ what: 'watch build, nothing watched', build: watch, base: count }, where, effort)
