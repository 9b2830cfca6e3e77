import { SIGNAL, TRAP_BRKPT, TRAP_TRACE } from '../abi/signal.ts'
import type { Siginfo } from './siginfo.ts'

const trapped = (code: number): Siginfo => ({ signo: SIGNAL.SIGTRAP, code, pid: 0, value: 0, fault: { addr: 0, nr: 0, arch: 0 } })
/** What the processor raises after a step. */
export const steppedTrap = trapped(TRAP_TRACE)
/** What the kernel raises where a call was stepped over: user_single_step_report() */
export const callTrap = trapped(TRAP_BRKPT)
