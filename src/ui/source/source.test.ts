import { describe, expect, test } from 'vitest'
import type { Recipe } from '../../engine/recipe.ts'
import type { Source } from '../../engine/source/source.ts'
import { TraceBuilder, WASI } from '../../engine/trace/testing.ts'
import { breakpointOffsets, breakpointsSet, toggleBreakpoint } from './breakpoint.ts'
import { eventsByLine, findNext, isAtLine, nextOf, placeIn } from './line-events.ts'
import { bitsOf, readValues } from './read-values.ts'
import { instructionAt } from './wasm-listing.tsx'
import { placeOf, placesFound, type Where } from './where.ts'

const path = '/hello.c'
const [line, offset] = [12, 0x40]
/** A program with one line, which one instruction comes from. */
const source = {
  lineOf: (at: number) => (at === offset ? { file: path, line, column: 1 } : undefined),
  placesOf: (file: string, wanted: number) => (file === path && wanted <= line ? { line, offsets: [offset] } : undefined),
} as unknown as Source

const made = () => {
  const b = new TraceBuilder()
  b.birth(1, 0, 'tracer.ts')
  b.birth(2, 1, 'hello')
  const entry = b.entry(2, WASI.fd_write, [1])
  b.request(2, 24)
  const exit = b.exit(entry, 0)
  const second = b.entry(2, WASI.clock_time_get, [])
  return { trace: b.trace, entry, exit, second }
}

const at = (...offsets: number[]): Where => ({ known: true, frames: offsets.map((codeOffset) => ({ func: 0, codeOffset })) })
const program = { name: 'hello', hash: 'h', argv: ['hello'] }
const recipe = { programs: [program] } as unknown as Recipe

describe('where an event stands', () => {
  test('is where its call was made, also for the exit and for requests at the stop', () => {
    const { trace, entry, exit } = made()
    expect(placeOf(trace, entry)).toBe(entry)
    expect(placeOf(trace, exit)).toBe(entry)
    expect(placeOf(trace, trace.length + 5)).toBe(0)
  })

  test('is the innermost place of a stack that is in the file', () => {
    expect(placeIn([{ func: 1, codeOffset: 0 }, { func: 2, codeOffset: undefined }, { func: 3, codeOffset: offset }], source, path)?.line).toBe(line)
    expect(placeIn([{ func: 1, codeOffset: offset }], source, '/other.c')).toBeUndefined()
  })
})

describe('lines', () => {
  test('have the events that are known to stand there', () => {
    const { trace, entry, second } = made()
    const found = placesFound(trace) as Map<number, Where>
    found.set(second, at(offset))
    found.set(entry, at(0, offset))
    expect([...eventsByLine(trace, trace.length, { program, source }, path, recipe)]).toEqual([[line, [entry, second]]])
  })

  test('lead to the next of their events, and after the last one to the first', () => {
    expect([nextOf([3, 7], 0), nextOf([3, 7], 3), nextOf([3, 7], 7), nextOf([], 7)]).toEqual([3, 7, 3, 0])
  })

  test('are looked for from event to event, and only where a guest stands', async () => {
    const { trace, entry, second } = made()
    const asked: number[] = []
    const search = {
      trace, length: trace.length, from: 0, onProgress: () => undefined, signal: new AbortController().signal,
      find: (_: unknown, seq: number) => { asked.push(seq); return Promise.resolve(at(seq === second ? offset : 0)) },
      wants: (where: Where) => where.known && placeIn(where.frames, source, path)?.line === line,
    }
    expect(await findNext(search)).toBe(second)
    expect(asked).toEqual([entry, second])
    expect(asked.every((seq) => isAtLine(trace, seq))).toBe(true)
    expect(await findNext({ ...search, from: second })).toBe(0)
  })

  test('are not looked for any more when that is cancelled', async () => {
    const { trace } = made()
    const controller = new AbortController()
    controller.abort()
    expect(await findNext({ trace, length: trace.length, from: 0, onProgress: () => undefined, signal: controller.signal, find: () => Promise.resolve(at(offset)), wants: () => true })).toBe(0)
  })
})

test('a breakpoint is set and taken away, and is instructions of its module', () => {
  toggleBreakpoint({ hash: 'h', file: path, line })
  expect(breakpointOffsets('h', source)).toEqual(source.placesOf(path, line)?.offsets)
  expect(breakpointOffsets('other', source)).toEqual([])
  toggleBreakpoint({ hash: 'h', file: path, line })
  expect(breakpointsSet()).toEqual([])
})

test('values are read in as many looks as pointers lead on, and no more', async () => {
  const variables = [...Array(3).keys()].map((i) => ({
    name: `v${i}`, kind: 'global' as const, file: 1, line: 1, depth: 0, locate: () => ({ kind: 'memory' as const, address: 250 }),
    type: { kind: 'pointer' as const, size: 4, mark: '*' as const, to: () => ({ kind: 'base' as const, name: 'char', size: 1, encoding: 6 }) },
  }))
  const memory = new Uint8Array(8192)
  new DataView(memory.buffer).setUint32(250, 5000, true)
  memory.set([0x68, 0x69], 5000)
  const asked: number[][] = []
  const values = await readValues(variables, { locals: [], globals: [] }, (ranges) => {
    asked.push(ranges.map(({ addr }) => addr))
    return Promise.resolve(ranges.map(({ addr, length }) => ({ addr, bytes: memory.slice(addr, addr + length) })))
  })
  expect(values.map(({ text }) => text)).toEqual(['0x1388 "hi"', '0x1388 "hi"', '0x1388 "hi"'])
  expect(asked).toEqual([[0], [4864]])
})

test('locals are given as their bits', () => {
  expect([bitsOf({ type: 'i32', value: -1 }), bitsOf({ type: 'i64', value: -1n }), bitsOf({ type: 'f32', value: 1.5 }), bitsOf({ type: 'f64', value: 1.5 }), bitsOf({ type: 'v128', value: 0n })])
    .toEqual([0xffffffffn, 0xffffffffffffffffn, 0x3fc00000n, 0x3ff8000000000000n, undefined])
})

test('the instruction at hand is the one that has the offset', () => {
  const instructions = [[5, 2], [7, 1], [8, 3]].map(([start = 0, length = 0]) => ({ offset: start, length, depth: 0, text: 'nop', comment: '', target: undefined }))
  expect([4, 5, 6, 7, 10, 11].map((each) => instructionAt(instructions, each))).toEqual([-1, 0, 0, 1, 2, -1])
})
