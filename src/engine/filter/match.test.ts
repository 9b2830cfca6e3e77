import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PTRACE } from '../abi/ptrace.ts'
import { Flag } from '../trace/format.ts'
import { TraceBuilder, WASI, ascii, bigTrace, sampleTrace, words } from '../trace/testing.ts'
import type { Trace } from '../trace/trace.ts'
import { compileFilter, type MatchOptions } from './match.ts'
import { parseFilter } from './parse.ts'

const matches = (trace: Trace, text: string, options?: MatchOptions): number[] => {
  const parsed = parseFilter(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.message}`)
  const match = compileFilter(parsed.query, options)
  return Array.from({ length: trace.length }, (_, i) => i + 1).filter((seq) => match(trace, seq))
}

describe('a filter on the first run', () => {
  const trace = sampleTrace()
  test.for([
    ['fd_write', [9, 11]],
    ['WRITE', [9, 11]],
    ['fd_write | skipped:yes', [9, 11, 13]],
    ['skipped:yes -by:seccomp', [13]],
    ['skipped:no stop:entry', [5, 9, 17]],
    ['by:tracer', [13]],
    ['%time', [13]],
    ['%clock', [13]],
    ['%desc stop:exit', [7, 11]],
    ['/^fd_(write|close)$/', [9, 11, 17]],
    ['pid:1', [1]],
    ['comm:hel seq:..2', null],
    ['comm:hello seq:1..3', [2, 3]],
    ['fd:1 -stop:exit', [5, 9, 17]],
    ['size:>=13', [9, 11]],
    ['size:>13', []],
    ['size:<1k', [9, 11]],
    ['tag:4', [13, 16]],
    ['tag:SKIPEXIT', [17, 18]],
    ['stop:event', [3, 21]],
    ['stop:*', [3, 5, 7, 9, 11, 13, 17, 19, 21]],
    ['POKE', [14, 15]],
    ['ret:8', [14]],
    ['t:<=3us', [1, 2, 3]],
    ['dur:2us', [5, 7, 9, 11]],
    ['mem:0x410', [9]],
    ['mem:0x10f00..0x10f10', [9, 11, 13, 14]],
    ['arg.id:realtime', [13]],
    ['arg.nwritten:13', [9, 11]],
    ['arg.iovs:hello', [9, 11]],
    ['arg.fd:1', [5, 7, 9, 11, 17]],
    ['arg.fd:*', [5, 7, 9, 11, 17]],
    ['errno:*', []],
    ['death | birth', [1, 2, 23]],
    ['-*', null],
  ] as const)('%s', ([text, seqs]) => {
    if (seqs === null) expect(parseFilter(text).ok).toBe(text === '-*')
    else expect(matches(trace, text)).toEqual(seqs)
  })

  test('finds the tags of a person when it is told of them', () => {
    const userTag = (seq: number): string | undefined => (seq === 9 ? 'the write' : undefined)
    expect(matches(trace, 'tag:write', { userTag })).toEqual([9])
    expect(matches(trace, 'tag:*', { userTag })).toEqual([9, 13, 16, 17, 18])
  })
})

describe('a filter on errors and paths', () => {
  const b = new TraceBuilder()
  b.birth(2, 0, 'cat')
  const open = b.entry(2, WASI.path_open, [3, 1, 0x100, 8, 0, 64, 0, 0, 0x200], {
    captures: [{ addr: 0x100, bytes: 'etc/motd' }],
  })
  b.request(2, PTRACE.PTRACE_SYSCALL)
  b.exit(open, 44)
  b.request(2, PTRACE.PTRACE_PEEKDATA, { ret: -71 })
  const read = b.entry(2, WASI.fd_read, [0, 0x300, 1, 0x310], {
    captures: [{ addr: 0x300, bytes: words(0x400, 4096) }],
  })
  b.event(2, 7, 1, { link: read })
  b.outcome(read, 52, { flags: Flag.skipped })
  b.call(2, WASI.fd_write, [1, 0x300, 1, 0x310], 0, {
    captures: [
      { addr: 0x300, bytes: words(0x400, 2) },
      { addr: 0x400, bytes: ascii('ok') },
    ],
  })
  const trace = b.build()
  test.for([
    ['errno:*', [2, 4, 5, 6]],
    ['%file errno:*', [2, 4]],
    ['errno:ENOENT', [2, 4]],
    ['errno:noent', [2, 4]],
    ['errno:44', [2, 4]],
    ['errno:ESRCH', [5]],
    ['errno:!=ENOENT stop:entry', [6]],
    ['path:motd', [2, 4]],
    ['path:/^etc/', [2, 4]],
    ['path:=motd', []],
    ['by:seccomp', [6]],
    ['by:guest', [2, 4, 8]],
    ['size:4k', [6]],
    ['fd_write', [8]],
  ] as const)('%s', ([text, seqs]) => {
    expect(matches(trace, text)).toEqual(seqs)
  })
})

test('a filter judges a hostile trace without throwing', () => {
  const filters = [
    '%file',
    '/a/',
    'fd:1',
    'path:x',
    'size:1',
    'mem:1',
    'arg.iovs:*',
    'arg.path:x',
    'errno:*',
    'dur:1',
    'tag:*',
    'comm:x',
    'by:tracer',
    'skipped:no',
  ].map((text) => {
    const parsed = parseFilter(text)
    if (!parsed.ok) throw new Error(text)
    return compileFilter(parsed.query)
  })
  const anyRow = fc.record({
    kind: fc.integer({ min: 0, max: 12 }),
    arch: fc.integer({ min: 0, max: 3 }),
    nr: fc.oneof(fc.integer({ min: -1, max: 60 }), fc.integer()),
    ret: fc.integer(),
    link: fc.nat(8),
    flags: fc.nat(511),
    status: fc.nat(),
  })
  fc.assert(
    fc.property(fc.array(fc.tuple(anyRow, fc.uint8Array({ maxLength: 40 })), { maxLength: 6 }), (rows) => {
      const b = new TraceBuilder()
      for (const [row, payload] of rows) b.trace.events.append(row as never, payload)
      const trace = b.build()
      for (const match of filters) for (let seq = 0; seq <= trace.length + 1; seq++) match(trace, seq)
    }),
  )
})

test('a filter is quick enough to judge many events while one types', () => {
  const trace = bigTrace(30_000)
  // Once to index, and far from the measured 0.1 µs per event: only a quadratic slip fails here.
  const begin = process.hrtime.bigint()
  expect(matches(trace, '%desc errno:* -pid:2').length).toBeGreaterThan(0)
  expect(Number(process.hrtime.bigint() - begin) / 1e6).toBeLessThan(3000)
})
