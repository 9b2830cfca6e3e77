import { SIGNAL } from '../../engine/abi/signal.ts'
import { EventKind, type Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'

/** si_code of a single step and of a stepped block: asm-generic/siginfo.h */
const TRAP_TRACE = 2
const TRAP_BRANCH = 3

/** Whether a stop is the trap after PTRACE_SINGLESTEP or PTRACE_SINGLEBLOCK. */
export const isStep = (trace: Trace, seq: Seq): boolean => {
  const { kind, nr } = trace.events.columns
  if (kind[seq - 1] !== EventKind.signal || nr[seq - 1] !== SIGNAL.SIGTRAP) return false
  const { code } = trace.siginfo(seq)
  return code === TRAP_TRACE || code === TRAP_BRANCH
}
