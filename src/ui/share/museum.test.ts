import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromExerciseFragment } from '../../engine/exercise/link.ts'
import { decodeBase64url } from '../../engine/link/base64url.ts'
import { writeContainer, type LinkContent } from '../../engine/link/container.ts'
import { fromFile, fromFragment, packFragment, toFragment } from '../../engine/link/fragment.ts'
import type { Inflate } from '../../engine/link/pack.ts'
import type { Read } from '../../engine/link/problem.ts'
import { decodeRecording } from '../../engine/link/recording.ts'
import { FILE, FRAGMENT } from '../../engine/link/samples/v1.ts'
import { ANSWER, LECTURE, RECORDING, RECORDING_FILE, SKIPREC } from '../../engine/link/samples/v1-lecture.ts'
import { compress } from './compress.ts'
import { inflate } from './inflate.ts'
import { sampleLecture, sampleRecorded, sampleRecording } from './samples.ts'

const opened = <T>(read: Read<T>): T => {
  if (!read.ok) throw new Error(read.problem.cause)
  return read.value
}
/** A trace holds its rows in private: two are the same if their rows are. */
const plainly = ({ recorded, ...content }: LinkContent): unknown =>
  recorded === undefined ? content : { ...content, recorded: { ...recorded, trace: recorded.trace.events.slice(0) } }

/** One of each kind and version. Whoever changes a form adds a room, and leaves the old ones as they are. */
describe('the museum of old links: what was ever shared opens for ever', () => {
  test('a recipe, version 1', () => expect(opened(fromFragment(FRAGMENT, inflate)).recipe.programs[0]?.name).toBe('hello'))
  test('a file, version 1', () => expect(opened(fromFile(FILE, inflate)).recipe.seed).toBe(-3))
  test('a recipe with branches, notes and checkpoints, version 1', () => {
    expect(opened(fromFragment(LECTURE, inflate))).toEqual(sampleLecture())
  })
  test('a recording, version 1', () => expect(plainly(opened(fromFragment(RECORDING, inflate)))).toEqual(plainly(sampleRecording())))
  test('a recording’s file, version 1', () => expect(plainly(opened(fromFile(RECORDING_FILE, inflate)))).toEqual(plainly(sampleRecording())))
  test('a recording as the page keeps it, version 1', () => {
    const { trace, digest } = opened(decodeRecording(decodeBase64url(SKIPREC) ?? new Uint8Array(), inflate))
    expect(digest).toBe(sampleRecorded().digest)
    expect(trace.text(7)).toBe('two calls')
  })
  test('an answer to an exercise, version 1', () => {
    expect(opened(fromExerciseFragment(ANSWER, inflate))).toEqual({ id: 'first', answer: { script: 'await 0\n', replies: { q: '12' } } })
  })
  test('and is written today as it was', () => {
    expect(toFragment(sampleLecture(), compress)).toBe(LECTURE)
    expect(toFragment(sampleRecording(), compress)).toBe(RECORDING)
  })
})

/** A sentence with its full stop, and a way on. */
const tells = (read: Read<unknown>): void => {
  if (read.ok) return
  expect(read.problem.cause).toMatch(/^[A-Z][^]*\.$/)
  expect(read.problem.cure).toMatch(/^[A-Z][^]*\.$/)
}

const plain = (bytes: Uint8Array): Uint8Array => bytes
const plainInflate: Inflate = (bytes, most) => (bytes.length > most ? 'too-big' : bytes)

/** Links without compression, so that what is changed in them is what is read. */
const KINDS = [sampleLecture(), sampleRecording()].map((content) => {
  const json = new TextEncoder().encode(JSON.stringify(writeContainer(content, plain)))
  return { link: toFragment(content, plain), json, kind: content.recorded === undefined ? 'recipe' : 'recording' } as const
})

describe('ten thousand mutated links never throw and always end in a sentence', () => {
  test('bent on their way', () => {
    fc.assert(fc.property(
      fc.constantFrom(LECTURE, RECORDING, FRAGMENT, ANSWER), fc.nat(), fc.nat(3), fc.string({ maxLength: 3 }),
      (link, place, cut, put) => {
        const at = place % link.length
        const mutated = link.slice(0, at) + put + link.slice(at + cut)
        tells(mutated.startsWith('#ex=') ? fromExerciseFragment(mutated, inflate) : fromFragment(mutated, inflate))
      },
    ), { numRuns: 4000 })
  })
  test('changed by somebody who makes the checksum right again', () => {
    const words = fc.constantFrom('"', '{', '}', '[', ',', '-1', '1e99', 'null', '99999999999', 'A', '\\ud800', '__proto__', ':', '"at":0', '🏁')
    fc.assert(fc.property(fc.constantFrom(...KINDS, ...KINDS.slice(0, 1), ...KINDS.slice(0, 1)), fc.nat(), fc.nat(8), words, ({ json, kind }, place, cut, put) => {
      const at = place % json.length
      const text = new TextEncoder().encode(put)
      const mutated = new Uint8Array(at + text.length + Math.max(0, json.length - at - cut))
      mutated.set(json.subarray(0, at))
      mutated.set(text, at)
      mutated.set(json.subarray(at + cut), at + text.length)
      tells(fromFragment(packFragment(mutated, kind), plainInflate))
    }), { numRuns: 6000 })
  })
  test('a recording whose rows were changed is refused: its digest does not fit, or they are the same after all', () => {
    const whole = writeContainer(sampleRecording(), plain) as { readonly recorded: { readonly tables: string } }
    const { tables } = whole.recorded
    fc.assert(fc.property(fc.nat(tables.length - 2), (at) => {
      const other = tables[at] === 'A' ? 'B' : 'A'
      const changed = { ...whole, recorded: { ...whole.recorded, tables: tables.slice(0, at) + other + tables.slice(at + 1) } }
      const read = fromFragment(packFragment(new TextEncoder().encode(JSON.stringify(changed)), 'recording'), plainInflate)
      // A time so small that adding it changes nothing.
      if (read.ok) expect(plainly(read.value)).toEqual(plainly(sampleRecording()))
      else expect(read.problem.cause).toBe('The recording in this link is damaged.')
    }), { numRuns: 300 })
  })
  test('a recording that says it is a recipe, and the other way round, is refused', () => {
    for (const { json, kind } of KINDS) {
      const read = fromFragment(packFragment(json, kind === 'recipe' ? 'recording' : 'recipe'), plainInflate)
      expect(read.ok ? 'opened' : read.problem.cause).toBe('This link is not of the kind that it says.')
    }
  })
  test('what is longer or more than a page of notes may be is refused with its place', () => {
    const container = writeContainer(sampleLecture(), plain)
    const said = (notes: unknown): string => {
      const read = fromFragment(packFragment(new TextEncoder().encode(JSON.stringify({ ...container, notes }))), plainInflate)
      return read.ok ? 'opened' : read.problem.cause
    }
    expect(said([{ at: 1, text: 'x'.repeat(4001) }])).toMatch(/the link\.notes\[0\]\.text is not a text of at most 4000/)
    expect(said(Array.from({ length: 201 }, (_, i) => ({ at: i + 1, text: 'x' })))).toMatch(/the link\.notes is not a list of at most 200/)
    expect(said([{ at: 0, text: 'x' }])).toMatch(/the link\.notes\[0\]\.at/)
  })
})
