import { expect, test } from 'vitest'
import { PTRACE } from '../../engine/abi/ptrace.ts'
import { ascii, SAMPLE, sampleTrace, TraceBuilder, WASI, words } from '../../engine/trace/testing.ts'
import { searchBytes, stepOf, taskMemory } from './memory.ts'

test('at its entry a call has written nothing, after it the bytes are the call’s', () => {
  const trace = sampleTrace()
  expect(taskMemory(trace, 2, 9, 'stop').at(SAMPLE.nwritten)).toBeUndefined()
  expect(taskMemory(trace, 2, 9, 'after').at(SAMPLE.nwritten)).toMatchObject({ value: 13, writer: 'call', wrote: 11 })
})

test('what an argument points to is known, but nobody is said to have written it', () => {
  const fact = taskMemory(sampleTrace(), 2, 9, 'stop').at(SAMPLE.text)
  expect(fact).toMatchObject({ value: 0x68, seen: 9, writer: undefined, wrote: 0, was: -1 })
})

test('a poke is the tracer’s, by its request, and tells what was there', () => {
  const fact = taskMemory(sampleTrace(), 2, 13, 'after').at(SAMPLE.time + 7)
  expect(fact).toMatchObject({ value: 0x1d, writer: 'tracer', wrote: 14, was: 0 })
  expect(taskMemory(sampleTrace(), 2, 13, 'stop').at(SAMPLE.time)).toBeUndefined()
})

test('a byte that changed between two stops without a write was changed by the guest', () => {
  const b = new TraceBuilder()
  b.birth(2, 1, 'guest')
  const first = b.entry(2, WASI.fd_close, [1], { captures: [{ addr: 0x100, bytes: 'aaa' }] })
  b.exit(first, 0)
  const second = b.entry(2, WASI.fd_close, [1], { captures: [{ addr: 0x100, bytes: 'aba' }] })
  const memory = taskMemory(b.build(), 2, second, 'stop')
  expect(memory.at(0x101)).toMatchObject({ value: 0x62, writer: 'guest', wrote: second, was: 0x61, wasSeen: first })
  expect(memory.at(0x100)).toMatchObject({ value: 0x61, since: first, writer: undefined })
})

test('the value before a write is the last one seen, also when the write changed nothing', () => {
  const b = new TraceBuilder()
  b.birth(2, 1, 'guest')
  const read = b.entry(2, WASI.fd_read, [0, 0, 0, 0x20], { captures: [{ addr: 0x20, bytes: words(7) }] })
  const exit = b.exit(read, 0, { captures: [{ addr: 0x20, bytes: words(7) }] })
  expect(taskMemory(b.build(), 2, exit, 'stop').at(0x20)).toMatchObject({ writer: 'call', wrote: exit, was: 7, wasSeen: read })
})

test('the outcome of a call without an exit stop comes after the pokes of its stop', () => {
  const b = new TraceBuilder()
  b.birth(2, 1, 'guest')
  const entry = b.entry(2, WASI.fd_read, [0, 0, 0, 0x20])
  b.request(2, PTRACE.PTRACE_POKEDATA, { addr: 0x20, poked: { addr: 0x20, was: words(1), is: words(2) } })
  b.request(2, PTRACE.PTRACE_SYSCALL, { addr: 2 })
  b.outcome(entry, 0, { captures: [{ addr: 0x20, bytes: words(3) }] })
  const next = b.entry(2, WASI.fd_close, [0])
  const trace = b.build()
  expect(taskMemory(trace, 2, entry, 'after').at(0x20)).toMatchObject({ value: 3, writer: 'call', was: 2 })
  expect(taskMemory(trace, 2, next, 'stop').at(0x20)).toMatchObject({ value: 3, wrote: entry })
  expect(taskMemory(trace, 2, entry + 1, 'stop').at(0x20)).toMatchObject({ value: 2, writer: 'tracer', was: 1 })
  expect(stepOf(trace, entry)).toEqual({ from: entry, to: entry + 2 })
})

test('exec begins with nothing known, a forked child with what its parent had', () => {
  const b = new TraceBuilder()
  b.birth(2, 1, 'guest')
  b.entry(2, WASI.fd_close, [1], { captures: [{ addr: 0x100, bytes: 'x' }] })
  b.birth(3, 2, 'guest')
  const child = b.entry(3, WASI.fd_close, [1])
  b.event(3, 4)
  const after = b.entry(3, WASI.fd_close, [1])
  const trace = b.build()
  expect(taskMemory(trace, 3, child, 'stop').at(0x100)?.value).toBe(0x78)
  expect(taskMemory(trace, 3, after, 'stop').at(0x100)).toBeUndefined()
})

test('bytes are found across pages, and rows are those with anything known', () => {
  const b = new TraceBuilder()
  b.birth(2, 1, 'guest')
  const entry = b.entry(2, WASI.fd_close, [1], { captures: [{ addr: 0x1fe, bytes: 'hello hello' }] })
  const memory = taskMemory(b.build(), 2, entry, 'stop')
  expect(memory.find(ascii('hello'))).toEqual([0x1fe, 0x204])
  expect(memory.find(ascii('help'))).toEqual([])
  expect(memory.rows()).toEqual([0x1f0, 0x200])
})

test.for([
  ['68 65', [0x68, 0x65]],
  ['0x6865', [0x68, 0x65]],
  ['"68"', [0x36, 0x38]],
  ['hé', [0x68, 0xc3, 0xa9]],
] as const)('%s is searched as bytes %j', ([text, bytes]) => {
  expect([...searchBytes(text)]).toEqual(bytes)
})
