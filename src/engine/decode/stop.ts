/** Stops, signals, births and deaths as strace prints them, or would if it had them. */
import { PTRACE_EVENT, eventName } from '../abi/ptrace.ts'
import { CLD, FPE_INTDIV, FPE_INTOVF, ILL_ILLOPC, SEGV_MAPERR, SI, SIGNAL, signalName } from '../abi/signal.ts'
import { WCOREDUMP, WEXITSTATUS, WIFEXITED, WIFSIGNALED, WSTOPSIG, WTERMSIG } from '../abi/wait.ts'
import type { Birth, Trace, TraceEvent } from '../trace/trace.ts'
import { answersOf } from './answers.ts'
import { hexText } from './text.ts'

const named = (table: Readonly<Record<string, number>>): ReadonlyMap<number, string> =>
  new Map(Object.entries(table).map(([name, value]) => [value, name]))

const GENERAL = named(SI)
/** The codes that mean something only with their signal: sigaction(2), "The siginfo_t argument". */
const OF_SIGNAL: ReadonlyMap<number, ReadonlyMap<number, string>> = new Map([
  [SIGNAL.SIGCHLD, named(CLD)],
  [SIGNAL.SIGSEGV, named({ SEGV_MAPERR })],
  [SIGNAL.SIGILL, named({ ILL_ILLOPC })],
  [SIGNAL.SIGFPE, named({ FPE_INTDIV, FPE_INTOVF })],
  [SIGNAL.SIGTRAP, named({ TRAP_BRKPT: 1, TRAP_TRACE: 2, TRAP_BRANCH: 3, TRAP_HWBKPT: 4 })],
  [SIGNAL.SIGSYS, named({ SYS_SECCOMP: 1 })],
])
const FAULTS: ReadonlySet<number> = new Set([
  SIGNAL.SIGSEGV,
  SIGNAL.SIGILL,
  SIGNAL.SIGFPE,
  SIGNAL.SIGBUS,
  SIGNAL.SIGTRAP,
])

/** `SI_USER`, `CLD_EXITED`, or the number. */
export const siCodeText = (signo: number, code: number): string =>
  OF_SIGNAL.get(signo)?.get(code) ?? GENERAL.get(code) ?? (code < 0 ? `${code}` : hexText(code))

/** The fields of a siginfo, in strace's order (src/printsiginfo.c). */
const siginfoFields = (
  signo: number,
  { code, pid, addr }: { code: number; pid: number; addr: number },
): readonly string[] => {
  const fields = [`si_signo=${signalName(signo)}`, `si_code=${siCodeText(signo, code)}`]
  if (signo === SIGNAL.SIGCHLD && code > 0) {
    const status = code === CLD.CLD_EXITED ? `${addr}` : signalName(addr)
    return [...fields, `si_pid=${pid}`, 'si_uid=0', `si_status=${status}`]
  }
  if (FAULTS.has(signo) && code > 0 && code !== SI.SI_KERNEL)
    return [...fields, `si_addr=${addr === 0 ? 'NULL' : hexText(addr)}`]
  if (code === SI.SI_KERNEL) return fields
  fields.push(`si_pid=${pid}`, 'si_uid=0')
  if (code === SI.SI_QUEUE) fields.push(`si_int=${addr | 0}`)
  return fields
}

export const signalText = (trace: Trace, event: TraceEvent, brief: boolean): string => {
  const fields = siginfoFields(event.nr, trace.siginfo(event.seq))
  return brief
    ? fields
        .slice(1)
        .filter((field) => field !== 'si_uid=0')
        .join(', ')
    : fields.join(', ')
}

/** `PTRACE_EVENT_FORK`. */
export const eventText = (nr: number): string => eventName.get(nr) ?? `PTRACE_EVENT_${nr}`

/** What an event's message means. */
export const messageText = (trace: Trace, event: TraceEvent): string => {
  switch (event.nr) {
    case PTRACE_EVENT.PTRACE_EVENT_FORK:
    case PTRACE_EVENT.PTRACE_EVENT_VFORK:
    case PTRACE_EVENT.PTRACE_EVENT_CLONE:
    case PTRACE_EVENT.PTRACE_EVENT_VFORK_DONE:
      return `child ${event.ret}`
    case PTRACE_EVENT.PTRACE_EVENT_EXEC:
      return `former tid ${event.ret}`
    case PTRACE_EVENT.PTRACE_EVENT_EXIT:
      return `status 0x${(event.ret >>> 0).toString(16).padStart(4, '0')}`
    case PTRACE_EVENT.PTRACE_EVENT_SECCOMP:
      return `data ${event.ret >>> 0}`
    case PTRACE_EVENT.PTRACE_EVENT_STOP:
      return stopText(trace, event)
    default:
      return `message ${event.ret >>> 0}`
  }
}

/** Why a seized tracee is in PTRACE_EVENT_STOP: group-stop, its beginning, or PTRACE_INTERRUPT. */
const stopText = (trace: Trace, event: TraceEvent): string => {
  const signo = WSTOPSIG(event.status)
  if (signo !== SIGNAL.SIGTRAP && signo !== 0) return `stopped by ${signalName(signo)}`
  if (answersOf(trace).leaderOf(event.seq) > 0) return 'interrupted'
  return trace.birthOf(event.pid, event.seq)?.parent === event.by ? 'seized' : 'new child'
}

/** `exited with 0`, `killed by SIGSEGV (core dumped)`. */
export const deathText = (status: number): string =>
  WIFEXITED(status)
    ? `exited with ${WEXITSTATUS(status)}`
    : WIFSIGNALED(status)
      ? `killed by ${signalName(WTERMSIG(status))}${WCOREDUMP(status) ? ' (core dumped)' : ''}`
      : `ended with status ${hexText(status)}`

/** `born as wc -l, child of 2`. */
export const birthText = ({ name, argv, parent }: Pick<Birth, 'name' | 'argv' | 'parent'>): string => {
  const words = [name, ...argv.slice(1)].join(' ')
  return `born as ${words === '' ? 'nobody' : words}${parent === 0 ? '' : `, child of ${parent}`}`
}
