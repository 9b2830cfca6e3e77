import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeRecipe } from '../recipe.ts'
import { TraceDigest } from '../trace/digest.ts'
import { TABLES } from '../trace/format.ts'
import { sampleTrace } from '../trace/testing.ts'
import type { Inflate } from './pack.ts'
import { decodeRecording, encodeRecording, type Recording } from './recording.ts'

const plain = (bytes: Uint8Array): Uint8Array => bytes
const plainInflate: Inflate = (bytes, most) => (bytes.length > most ? 'too-big' : bytes)

const sample = (): Recording => {
  const trace = sampleTrace()
  const digest = new TraceDigest()
  for (const table of TABLES) digest.add(table, trace[table].slice(0))
  return {
    recipe: makeRecipe({ programs: [{ name: 'hello', hash: 'b'.repeat(64), argv: [] }], script: 'await 0' }),
    end: { kind: 'exited' },
    counts: { stops: 1, requests: 2, calls: 3, suspensions: 4, bytesPeeked: 5 },
    digest: digest.hex(),
    cursor: 9,
    trace,
  }
}

const file = encodeRecording(sample(), plain)

test('gives back the trace, row for row', () => {
  const read = decodeRecording(file, plainInflate)
  if (!read.ok) throw new Error(read.problem.cause)
  const { trace, ...rest } = read.value
  const { trace: wanted, ...head } = sample()
  expect(rest).toEqual(head)
  for (const table of TABLES) expect(trace[table].slice(0)).toEqual(wanted[table].slice(0))
  expect(trace.births).toEqual(wanted.births)
})

test('no change of a byte goes unnoticed or throws', () => {
  fc.assert(fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
    const changed = Uint8Array.from(file)
    changed[at] = (changed[at] as number) ^ by
    const read = decodeRecording(changed, plainInflate)
    // The head's numbers that no digest covers may change: the recipe, the counts, the cursor.
    if (read.ok) expect(read.value.trace.length).toBe(23)
    else expect(read.problem.cause).toMatch(/recording/)
  }), { numRuns: 2000 })
})

test('no cut goes unnoticed or throws', () => {
  for (let length = 0; length < file.length; length += 7) {
    expect(decodeRecording(file.subarray(0, length), plainInflate).ok).toBe(false)
  }
})
