import { lookAt } from '../../engine/history/look.ts'
import type { Session } from '../../engine/session.ts'
import { DEFAULT_BUDGET } from '../../engine/recipe.ts'
import { traced } from '../../wasm/conformance/tracer.ts'
import { makeFigure, median, type Figure } from './figure.ts'

/** Aims of the issue, in milliseconds: in the middle, and at worst, in a trace of a million stops. */
const MIDDLE = 100
const WORST = 500

/** A fixed walk over the trace, the same in each run: by the golden ratio, near no place twice. */
const placesIn = (length: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => 1 + Math.floor((((i + 1) * 0.618_033_988_749_894_8) % 1) * length))

/** How long it takes to have a guest again as it was at a stop, anywhere in traces of so many stops, of a guest that computes little. */
export const pastFigures = async (stops: readonly number[], looks: number): Promise<readonly Figure[]> => {
  const figures: Figure[] = []
  for (const count of stops) {
    let session: Session | undefined
    await traced('callloop', ['clock', String(Math.ceil(count / 2))], async (tracer) => {
      const pid = await tracer.begin()
      while (tracer.request('PTRACE_SYSCALL', pid) === 0) await tracer.wait(pid)
    }, {
      budget: { ...DEFAULT_BUDGET, events: 4 * count + 10_000, cpu: Number.MAX_SAFE_INTEGER / 2 },
      watch: (made) => {
        session = made
      },
    })
    if (session?.past === undefined) throw new Error('the run has kept no past')
    const { kernel, past } = session
    const samples: number[] = []
    for (const seq of placesIn(past.guests.length, looks)) {
      const moment = past.guests.momentOf(seq)
      if (moment === undefined) continue
      const begun = performance.now()
      const seen = lookAt(kernel, moment, ({ memory }) => memory.read(1024, 4096))
      samples.push(performance.now() - begun)
      if (!seen.ok) throw new Error(seen.sentence)
    }
    const of = `of ${count.toLocaleString('en')} stops`
    const isLargest = count === Math.max(...stops)
    figures.push(
      makeFigure({ name: `Seek to a stop ${of}: median`, unit: 'ms', ours: median(samples), ...(isLargest ? { aim: { below: MIDDLE } } : {}) }),
      makeFigure({ name: `Seek to a stop ${of}: worst`, unit: 'ms', ours: Math.max(...samples), ...(isLargest ? { aim: { below: WORST } } : {}) }),
    )
  }
  return figures
}
