import { expect, test } from 'vitest'
import { SAMPLE, sampleTrace } from '../../engine/trace/testing.ts'
import { taskMemory, stepOf } from './memory.ts'
import { byteText, knownRows, markOf, regionRows, regionsAt } from './memory-region.ts'

test('the regions of a write are named after its arguments', () => {
  expect(regionsAt(sampleTrace(), 9)).toEqual(expect.arrayContaining([
    expect.objectContaining({ addr: SAMPLE.iovs, length: 8 }),
    { label: 'iovs[0].buf', addr: SAMPLE.text, length: 13 },
    expect.objectContaining({ addr: SAMPLE.nwritten, length: 4 }),
  ]))
})

test('a row that two regions share carries both names', () => {
  const rows = regionRows([{ label: 'a', addr: 0x104, length: 4 }, { label: 'b', addr: 0x108, length: 1 }], 4)
  expect(rows).toEqual([{ kind: 'bytes', addr: 0x100, labels: ['a, 4 bytes', 'b, 1 byte'] }])
})

test('a long region is cut, and the gap says how many rows it hides', () => {
  expect(regionRows([{ label: 'buf', addr: 0, length: 160 }], 2)).toEqual([
    { kind: 'bytes', addr: 0, labels: ['buf, 160 bytes'] }, { kind: 'bytes', addr: 16, labels: [] }, { kind: 'gap', addr: 32, rows: 8 },
  ])
})

test('only what this step wrote is marked', () => {
  const trace = sampleTrace()
  const memory = taskMemory(trace, 2, 13, 'after')
  const step = stepOf(trace, 13)
  expect(markOf(memory.at(SAMPLE.time), step)).toBe('tracer')
  expect(markOf(memory.at(SAMPLE.nwritten), step)).toBeUndefined()
  expect(byteText(SAMPLE.nwritten, memory.at(SAMPLE.nwritten))).toBe('0x10f04: 0d, written by the call at 11')
  expect(byteText(SAMPLE.time + 7, memory.at(SAMPLE.time + 7))).toBe('0x10f17: 1d, written by the tracer at 14; was 00')
  expect(byteText(1, memory.at(1))).toBe('0x1: not in the trace')
  expect(knownRows(memory, [], 2).at(-1)).toMatchObject({ kind: 'gap' })
})
