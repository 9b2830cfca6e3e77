import { expect, test } from 'vitest'
import { PTRACE } from '../../engine/abi/ptrace.ts'
import { sampleTrace, TraceBuilder, WASI } from '../../engine/trace/testing.ts'
import { registerView } from './registers.ts'

const row = (seq: number, name: string, trace = sampleTrace()) => registerView(trace, seq)?.rows.find((each) => each.name === name)

test('an entry stop shows the table’s nosys, and what the tracer set until the resume', () => {
  expect(registerView(sampleTrace(), 13)).toMatchObject({ stop: 13, resume: 16 })
  expect(row(13, 'ret')).toEqual({ name: 'ret', stop: '52 nosys', resume: '0' })
  expect(row(13, 'nr')).toMatchObject({ stop: '5 clock_time_get', resume: undefined })
  expect(row(13, 'args[2]')).toMatchObject({ argument: 'time', stop: '0x10f10', resume: undefined })
})

test('a stop that the tracer left alone has no second column', () => {
  expect(row(9, 'ret')).toMatchObject({ stop: '52 nosys', resume: undefined })
})

test('a request shows the registers of the stop that it answers', () => {
  expect(registerView(sampleTrace(), 15)?.stop).toBe(13)
})

test('an event stop has those of the call around it', () => {
  expect(registerView(sampleTrace(), 21)?.stop).toBe(19)
  expect(registerView(sampleTrace(), 3)).toBeUndefined()
})

test('a request that was refused changed nothing', () => {
  const b = new TraceBuilder()
  b.birth(2, 1, 'guest')
  const entry = b.entry(2, WASI.fd_close, [1])
  b.request(2, PTRACE.PTRACE_SETREGS, { ret: -71, registers: { nr: 8, ret: 0, args: [7] } })
  expect(row(entry, 'args[0]', b.build())).toMatchObject({ stop: '1', resume: undefined })
})
