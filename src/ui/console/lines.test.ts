import { expect, test } from 'vitest'
import { killedStatus } from '../../engine/abi/wait.ts'
import { sampleTrace, TraceBuilder, WASI } from '../../engine/trace/testing.ts'
import { EventKind } from '../../engine/trace/format.ts'
import { ConsoleLines, pictures } from './lines.ts'

const textOf = (lines: ConsoleLines): string[] =>
  lines.lines.map(({ seq, stream, pieces }) => `${seq} ${stream} ${pieces.map((piece) => piece.text).join('|')}`)

test('a line of the first run names the fd_write that made it', () => {
  const lines = new ConsoleLines()
  lines.follow(sampleTrace())
  expect(textOf(lines)).toEqual(['9 stdout hello, world'])
})

test('a line that comes in pieces stays one line, and other streams go on beside it', () => {
  const b = new TraceBuilder()
  b.birth(2, 1, 'guest')
  b.output(2, 1, 'one ')
  b.output(2, 2, 'oops\n')
  const second = b.entry(2, WASI.fd_write, [1])
  b.output(2, 1, 'two\nthree')
  const lines = new ConsoleLines()
  lines.follow(b.build())
  expect(textOf(lines)).toEqual(['1 stdout one |two', '1 stderr oops', `${second} stdout three`])
  expect(lines.lines.map((line) => line.open)).toEqual([false, false, true])
})

test('following a trace as it grows gives the same lines as reading it whole', () => {
  const b = new TraceBuilder()
  const growing = new ConsoleLines()
  b.birth(2, 1, 'guest')
  b.output(2, 1, 'a')
  growing.follow(b.build())
  b.output(2, 1, 'b\nc')
  growing.follow(b.build())
  b.print(1, 'printed\ntwice')
  growing.follow(b.build())
  b.output(2, 1, 'd\n')
  growing.follow(b.build())
  const whole = new ConsoleLines()
  whole.follow(b.build())
  expect(growing.lines.map((line) => line.pieces.map((piece) => piece.text).join(''))).toEqual(['ab', 'cd', 'printed', 'twice'])
  expect(textOf(growing)).toEqual(textOf(whole))
  expect(growing.follow(b.build())).toBe(false)
})

test('a character that two writes share is put together, a broken one is replaced', () => {
  const b = new TraceBuilder()
  b.birth(2, 1, 'guest')
  b.output(2, 1, '\u00e2\u0082')
  b.output(2, 1, '\u00ac\u00ff\n')
  const lines = new ConsoleLines()
  lines.follow(b.build())
  expect(textOf(lines)).toEqual(['1 stdout €\ufffd'])
})

test('prints, failures and violent deaths are told between the output', () => {
  const b = new TraceBuilder()
  b.birth(2, 1, 'guest')
  b.print(1, 'seen 3 calls')
  b.row({ kind: EventKind.failure, pid: 1 }, (out) => out.string(new Uint8Array([0x21])))
  b.death(2, killedStatus(11, false))
  const lines = new ConsoleLines()
  lines.follow(b.build())
  expect(textOf(lines)).toEqual(['2 script seen 3 calls', '3 script !', '4 engine killed by SIGSEGV'])
  expect(lines.lines[1]?.failed).toBe(true)
})

test('control characters are shown as pictures, tabs and text stay', () => {
  expect(pictures('a\u0007\u001b[1m\tb\u007f\u0000é')).toBe('a␇␛[1m\tb␡␀é')
})

test('what a call wrote that nobody traces leads to that call, though its event comes after', () => {
  const b = new TraceBuilder()
  b.birth(2, 1, 'guest')
  b.call(2, WASI.clock_time_get, [1, 0, 0], 0)
  b.output(2, 1, 'one\ntw')
  const growing = new ConsoleLines()
  growing.follow(b.build())
  expect(textOf(growing)).toEqual(['2 stdout one', '2 stdout tw'])
  const write = b.call(2, WASI.fd_write, [1], 0)
  growing.follow(b.build())
  expect(textOf(growing)).toEqual([`${write} stdout one`, `${write} stdout tw`])
})

test('a piece knows where it is among the bytes that its call wrote, vector by vector', () => {
  const b = new TraceBuilder()
  b.birth(2, 1, 'guest')
  b.entry(2, WASI.fd_write, [1])
  b.output(2, 1, 'one\ntwo')
  b.output(2, 1, ' and three\n')
  const lines = new ConsoleLines()
  lines.follow(b.build())
  expect(lines.lines.map((line) => line.pieces.map(({ from, length }) => [from, length]))).toEqual([[[0, 3]], [[4, 3], [7, 10]]])
})
