/** Stops, signals, births and deaths as strace prints them, or would if it had them. */
import { PTRACE_EVENT, eventName } from '../abi/ptrace.ts'
import { SIGNAL, signalName } from '../abi/signal.ts'
import { WCOREDUMP, WEXITSTATUS, WIFEXITED, WIFSIGNALED, WSTOPSIG, WTERMSIG } from '../abi/wait.ts'
import { EventKind, Flag } from '../trace/format.ts'
import type { Birth, Trace, TraceEvent } from '../trace/trace.ts'
import { answersOf } from './answers.ts'
import { siginfoText } from './siginfo.ts'
import { callName } from './table.ts'
import { hexText } from './text.ts'

/** The siginfo of a signal-delivery-stop, without its braces. */
export const signalText = (trace: Trace, event: TraceEvent, brief: boolean): string =>
  siginfoText(event.nr, trace.siginfo(event.seq), brief)

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
export const stopText = (trace: Trace, event: TraceEvent): string => {
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

/**
 * `born as wc -l, child of 2`; `executes wc -l` of a task that goes on as another program; `born as a thread of 2`.
 * @param flags of the birth event
 */
export const birthText = ({ name, argv, parent }: Pick<Birth, 'name' | 'argv' | 'parent'>, flags = 0): string => {
  const words = [name, ...argv.slice(1)].join(' ')
  if ((flags & Flag.exec) !== 0) return `executes ${words}`
  if ((flags & Flag.thread) !== 0) return `born as a thread of ${parent}`
  return `born as ${words === '' ? 'nobody' : words}${parent === 0 ? '' : `, child of ${parent}`}`
}

/** Is it the stop of a seized tracee that is no group-stop: after SEIZE, INTERRUPT, SIGCONT, or of a new child? */
export const isTrap = ({ kind, nr }: TraceEvent): boolean => kind === EventKind.group && nr === SIGNAL.SIGTRAP

/** Where a task stands in a ptrace-stop: `entry of wait4`, `SIGUSR1`, `group-stop by SIGSTOP`, `PTRACE_EVENT_FORK`. */
export const stopNameText = (event: TraceEvent): string => {
  switch (event.kind) {
    case EventKind.entry:
      return `entry of ${callName(event.arch, event.nr)}`
    case EventKind.exit:
      return `exit of ${callName(event.arch, event.nr)}`
    case EventKind.signal:
      return `signal ${signalName(event.nr)}`
    case EventKind.group:
      return isTrap(event) ? eventText(PTRACE_EVENT.PTRACE_EVENT_STOP) : `group-stop by ${signalName(event.nr)}`
    default:
      return eventText(event.nr)
  }
}
