import { expect, test } from 'vitest'
import { exitedStatus } from '../../engine/abi/wait.ts'
import { TraceBuilder, WASI } from '../../engine/trace/testing.ts'
import { lastOf } from './spot.ts'

test('a task was last there at its last event before its end', () => {
  const b = new TraceBuilder()
  b.birth(2, 1, 'guest')
  const write = b.entry(2, WASI.fd_write, [1])
  b.birth(3, 2, 'other')
  b.death(2, exitedStatus(0))
  const trace = b.build()
  expect(lastOf(trace, 2)).toBe(write)
  expect(lastOf(trace, 3)).toBe(3)
  expect(lastOf(trace, 7)).toBe(0)
})
