/** What the samples of the museum were made of. Nothing outside tests imports this file. */
import type { LinkContent } from '../../engine/link/container.ts'
import type { Recorded } from '../../engine/link/recorded.ts'
import { checkpointsOf } from '../../engine/link/checkpoint.ts'
import { makeRecipe } from '../../engine/recipe.ts'
import { TraceDigest } from '../../engine/trace/digest.ts'
import { TABLES } from '../../engine/trace/format.ts'
import { TraceBuilder, WASI } from '../../engine/trace/testing.ts'
import type { Trace } from '../../engine/trace/trace.ts'

/** A trace of two calls, made by hand: it may not change, whatever the engine becomes. */
const sampleTape = (): Trace => {
  const b = new TraceBuilder()
  b.birth(1, 0, 'tracer.ts')
  b.birth(2, 1, 'hello', ['hello', 'you'])
  b.exit(b.entry(2, WASI.fd_write, [1, 0x10f08, 1, 0x10f04]), 0)
  b.exit(b.entry(2, WASI.fd_close, [4]), 8)
  b.print(1, 'two calls', 3)
  return b.build()
}

const digestOf = (trace: Trace): string => {
  const digest = new TraceDigest()
  for (const table of TABLES) digest.add(table, trace[table].slice(0))
  return digest.hex()
}

/** What was recorded of it. */
export const sampleRecorded = (): Recorded => {
  const trace = sampleTape()
  return { end: { kind: 'exited' }, counts: { stops: 4, requests: 0, calls: 2, suspensions: 4, bytesPeeked: 0 }, digest: digestOf(trace), trace }
}

/** A lecture: branches, notes on both sides of where one leaves, checkpoints. */
export const sampleLecture = (): LinkContent => {
  const { trace, digest } = sampleRecorded()
  return {
    recipe: makeRecipe({ programs: [{ name: 'hello', hash: 'a'.repeat(64), argv: ['you'] }], script: 'await 0\n' }),
    branches: [
      { name: 'without write', parent: -1, at: 3, does: { kind: 'forced', forced: { at: 3, fate: 'skip', result: 28 } } },
      { name: 'by hand', parent: 0, at: 5, does: { kind: 'hand', hand: [] } },
    ],
    cursor: 3,
    digest: digest.slice(0, 16),
    checkpoints: checkpointsOf(trace),
    notes: [
      { at: 3, text: '## The first call\n\nIt writes *hello*.' },
      { at: 5, text: 'Only without the write. <script>alert(1)</script>', branch: 'without write' },
    ],
  }
}

/** The same, recorded. */
export const sampleRecording = (): LinkContent => {
  const { branches: _, ...rest } = sampleLecture()
  return { ...rest, notes: rest.notes?.slice(0, 1) ?? [], recorded: sampleRecorded() }
}
