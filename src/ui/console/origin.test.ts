import { expect, test } from 'vitest'
import type { Writer } from '../../engine/protocol.ts'
import { TraceBuilder, WASI, words, type Bytes } from '../../engine/trace/testing.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { followBack, type Moved, type OriginStep } from './origin.ts'

const BUFFER = 0x2000
const VECTORS = 0x1000

const vector = (bytes: string): readonly Bytes[] => [{ addr: VECTORS, bytes: words(BUFFER, bytes.length) }, { addr: BUFFER, bytes }]

const follow = async (trace: Trace, moved: Moved, ...answers: readonly (Writer | undefined)[]): Promise<readonly [readonly OriginStep[], readonly (readonly number[])[]]> => {
  let steps: readonly OriginStep[] = []
  const asked: number[][] = []
  await followBack(trace, moved, async (...question) => answers[asked.push(question) - 1], (now) => { steps = now })
  return [steps, asked]
}

/** A guest reads a line and writes it. */
const copied = (text: string): { readonly trace: Trace; readonly read: number; readonly exit: number; readonly write: number } => {
  const b = new TraceBuilder()
  b.birth(2, 1, 'guest')
  const read = b.entry(2, WASI.fd_read, [0, VECTORS, 1, 0x3000])
  const exit = b.exit(read, 0, { captures: [{ addr: VECTORS, bytes: words(BUFFER, 64) }, { addr: BUFFER, bytes: text }, { addr: 0x3000, bytes: words(text.length) }] })
  const write = b.entry(2, WASI.fd_write, [1, VECTORS, 1, 0x3004], { captures: vector(text) })
  return { trace: b.build(), read, exit, write }
}

test('bytes that a read put there come from what it read', async () => {
  const { trace, read, exit, write } = copied('a line of it\n')
  const [steps, asked] = await follow(trace, { call: write, from: 2, length: 4 }, { by: 'kernel', seq: exit })
  expect(asked).toEqual([[write, BUFFER + 2, 4]])
  expect(steps).toEqual([
    { kind: 'call', call: write, name: 'fd_write', what: 'to stdout' },
    { kind: 'call', call: read, name: 'fd_read', what: 'of stdin' },
  ])
})

test('bytes that the guest stored itself may be those of a read before, which is said to be a guess', async () => {
  const { trace, read, write } = copied('a line of it\n')
  const [steps] = await follow(trace, { call: write, from: 0, length: 6 }, { by: 'guest', after: 3, seq: write, frames: [{ func: 7, name: 'memcpy' }] })
  expect(steps.slice(1)).toEqual([
    { kind: 'guest', after: 3, before: write, frames: [{ func: 7, name: 'memcpy' }] },
    { kind: 'call', call: read, name: 'fd_read', what: 'of stdin', guess: true },
  ])
})

test('too few bytes are no guess', async () => {
  const { trace, write } = copied('a line of it\n')
  const [steps] = await follow(trace, { call: write, from: 0, length: 2 }, { by: 'guest', after: 3, seq: write, frames: [] })
  expect(steps).toHaveLength(2)
})

test.for<readonly [Writer | undefined, OriginStep['kind']]>([
  [{ by: 'nobody' }, 'program'], [{ by: 'kernel', seq: 0 }, 'unknown'], [{ by: 'kernel', seq: 1 }, 'tracer'], [undefined, 'unknown'], [{ sentence: 'It is too long.' }, 'unknown'],
])('%j is told as %s', async ([writer, kind]) => {
  const { trace, write } = copied('text')
  const [steps] = await follow(trace, { call: write, from: 0, length: 1 }, writer)
  expect(steps.at(-1)?.kind).toBe(kind)
})

test('a call without its bytes leads no further', async () => {
  const b = new TraceBuilder()
  b.birth(2, 1, 'guest')
  const write = b.entry(2, WASI.fd_write, [1, 0, 0, 0])
  const [steps, asked] = await follow(b.build(), { call: write, from: 0, length: 4 })
  expect(steps.map(({ kind }) => kind)).toEqual(['call', 'unknown'])
  expect(asked).toEqual([])
})
