import { geometricMean, makeFigure, type Figure } from './figure.ts'
import type { WasiHost } from './host.ts'
import { compare, type Effort } from './repeat.ts'

/** Programs of fixtures/compute.c. */
const PROGRAMS = ['sieve', 'fib', 'matrix', 'crc'] as const

const MOST_EACH = 1.5
const MOST_MEAN = 1.2

/** How much slower the counting build computes than the plain one. @param hosts ours, by build, with compute.wasm */
export const countingFigures = async (hosts: { readonly count: WasiHost; readonly plain: WasiHost }, where: string, effort: Effort): Promise<readonly Figure[]> => {
  const slowdowns: number[] = []
  const figures: Figure[] = []
  for (const program of PROGRAMS) {
    const contenders = [hosts.count, hosts.plain].map(({ name, run }) => ({
      name,
      run: async (rounds: number) => {
        const began = performance.now()
        await run([program, String(rounds)])
        return performance.now() - began
      },
    }))
    const [count, plain] = await compare(contenders, effort)
    const slowdown = (count as number) / (plain as number)
    slowdowns.push(slowdown)
    figures.push(makeFigure({
      name: `counting, ${program}, ${where}: slowdown`, unit: '×', ours: slowdown, aim: { below: MOST_EACH },
      note: `${((count as number) / 1e3).toFixed(1)} µs a round, plain ${((plain as number) / 1e3).toFixed(1)}`,
    }))
  }
  figures.push(makeFigure({
    name: `counting, ${where}: slowdown, geometric mean`, unit: '×', ours: geometricMean(slowdowns), aim: { below: MOST_MEAN },
  }))
  return figures
}
