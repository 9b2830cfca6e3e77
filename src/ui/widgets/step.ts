import { SIGNAL, TRAP_BRKPT, TRAP_TRACE } from '../../engine/abi/signal.ts'
import { EventKind, type Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'

/** Whether a stop is the trap after a step or block, or after a call that was stepped over. */
export const isStep = (trace: Trace, seq: Seq): boolean => {
  const { kind, nr } = trace.events.columns
  if (kind[seq - 1] !== EventKind.signal || nr[seq - 1] !== SIGNAL.SIGTRAP) return false
  const { code } = trace.siginfo(seq)
  return code === TRAP_TRACE || code === TRAP_BRKPT
}
