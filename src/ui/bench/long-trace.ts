import { PTRACE } from '../../engine/abi/ptrace.ts'
import { exitedStatus } from '../../engine/abi/wait.ts'
import { TraceBuilder, WASI } from '../../engine/trace/testing.ts'
import type { Trace } from '../../engine/trace/trace.ts'

/** Tasks that take turns. */
const TASKS = 6
const FIRST_PID = 2
const SYSCALL = PTRACE.PTRACE_SYSCALL
const LINE = '012345678901234\n'
const BUFFER = 0x11000
/** A ciovec: LINE, where BUFFER says. */
const VECTOR = [0x00, 0x10, 0x01, 0, LINE.length, 0, 0, 0]

/** A trace of about so many events, as a tracer makes it who stops a few tasks at each of their calls. */
export const longTrace = (events: number): Trace => {
  const b = new TraceBuilder()
  b.birth(1, 0, 'tracer.ts')
  for (let i = 0; i < TASKS; i++) b.birth(FIRST_PID + i, 1, `writer-${i}`)
  for (let i = 0; b.seq < events - TASKS; i++) {
    const pid = FIRST_PID + ((i >> 3) % TASKS)
    const entry = entryOf(b, pid, i)
    b.request(pid, SYSCALL, i % 50 === 0 ? { addr: 4 } : {})
    if (i % 50 === 0) b.outcome(entry, 0)
    else {
      b.exit(entry, i % 97 === 0 ? 51 : 0)
      b.request(pid, SYSCALL)
    }
  }
  for (let i = 0; i < TASKS; i++) b.death(FIRST_PID + i, exitedStatus(0))
  return b.build()
}

const entryOf = (b: TraceBuilder, pid: number, i: number): number => {
  switch (i % 8) {
    case 0:
      return b.entry(pid, WASI.clock_time_get, [1, 1, 0x10f10])
    case 1:
      return b.entry(pid, WASI.random_get, [0x400, 8])
    case 2:
      return b.entry(pid, WASI.fd_close, [4])
    default:
      return b.entry(pid, WASI.fd_write, [1, 0x10f08, 1, 0x10f04], {
        captures: [{ addr: 0x10f08, bytes: VECTOR }, { addr: BUFFER, bytes: LINE }],
      })
  }
}
