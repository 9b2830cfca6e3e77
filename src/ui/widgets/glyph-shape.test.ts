import { expect, test } from 'vitest'
import { PTRACE } from '../../engine/abi/ptrace.ts'
import { Flag } from '../../engine/trace/format.ts'
import { sampleTrace, TraceBuilder, WASI } from '../../engine/trace/testing.ts'
import { glyphShape } from './glyph-shape.ts'

test.for([
  [9, { kind: 'entry', body: 'short', error: false }],
  [11, { kind: 'exit', hatch: false, error: false }],
  [13, { kind: 'entry', body: 'hatch', error: false }],
  [17, { kind: 'entry', body: 'open', error: false }],
  [14, { kind: 'poke', error: false }],
  [12, { kind: 'resume', tag: 0, error: false }],
  [16, { kind: 'resume', tag: 4, error: false }],
  [18, { kind: 'resume', tag: 2, error: false }],
  [3, { kind: 'stop' }],
  [21, { kind: 'event', letter: 'E' }],
  [2, { kind: 'birth' }],
  [23, { kind: 'death' }],
] as const)('event %i of the first run is drawn as %j', ([seq, shape]) => {
  expect(glyphShape(sampleTrace(), seq)).toEqual(shape)
})

test('a call that SYSEMU skipped is hatched at both its stops, an undecided one at none', () => {
  const b = new TraceBuilder()
  b.birth(2, 1, 'guest')
  const entry = b.entry(2, WASI.fd_close, [1])
  expect(glyphShape(b.build(), entry)).toEqual({ kind: 'entry', body: 'short', error: false })
  const exit = b.exit(entry, 52, { flags: Flag.skipped })
  const look = b.request(2, PTRACE.PTRACE_GETREGS, { ret: -71 })
  const trace = b.build()
  expect(glyphShape(trace, entry)).toMatchObject({ body: 'hatch' })
  expect(glyphShape(trace, exit)).toEqual({ kind: 'exit', hatch: true, error: true })
  expect(glyphShape(trace, look)).toEqual({ kind: 'look', error: true })
  expect(glyphShape(trace, 99)).toBeUndefined()
})
