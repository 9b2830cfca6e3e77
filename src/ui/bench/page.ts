import '../theme.css'
import '../base.css'
import { scrollTimes } from './list.tsx'
import { longTrace } from './long-trace.ts'
import { panTimes } from './picture.ts'

/** The size that the figures are for, in CSS pixels. */
const WIDTH = 1440
const HEIGHT = 900

/** What the benchmark calls in the page (src/cli/bench/picture.ts). */
const pictureBench = async (events: number, times: number) => {
  const trace = longTrace(events)
  return { events: trace.length, ...panTimes(trace, WIDTH, HEIGHT, times), list: await scrollTimes(trace, WIDTH, HEIGHT, times) }
}
Object.assign(globalThis, { pictureBench })
