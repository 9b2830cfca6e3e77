import { PTRACE_EVENT } from '../abi/ptrace.ts'
import { SIGNAL, isStopSignal, signalName } from '../abi/signal.ts'
import { WCOREDUMP, WEXITSTATUS, WIFEXITED, WIFSIGNALED, WIFSTOPPED, WSTOPSIG, WTERMSIG } from '../abi/wait.ts'
import { EventKind, Flag, type Seq } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import { answersOf } from './answers.ts'
import { requestText, tagsText } from './request.ts'
import { eventText } from './stop.ts'

/** A byte of a wait status, lowest first, and what it says. */
export interface StatusByte {
  readonly hex: string
  readonly text: string
}

export interface StatusWords {
  /** `0x00857f` of a stop, `0x0100` of an end. */
  readonly word: string
  readonly bytes: readonly StatusByte[]
}

const byteHex = (value: number): string => value.toString(16).padStart(2, '0')

/**
 * A wait status taken apart, waitpid(2) and ptrace(2).
 * @param sysgood whether the tracer had PTRACE_O_TRACESYSGOOD set; undefined if that is not known
 */
export const explainStatus = (status: number, sysgood?: boolean): StatusWords => {
  const low = status & 0xff
  const middle = (status >> 8) & 0xff
  const high = (status >> 16) & 0xff
  if (WIFSTOPPED(status)) {
    return {
      word: `0x${byteHex(high)}${byteHex(middle)}${byteHex(low)}`,
      bytes: [
        { hex: byteHex(low), text: 'stopped (WIFSTOPPED)' },
        { hex: byteHex(middle), text: stopByte(middle, high, sysgood) },
        { hex: byteHex(high), text: high === 0 ? 'no PTRACE_EVENT' : eventText(high) },
      ],
    }
  }
  const word = `0x${byteHex(middle)}${byteHex(low)}`
  if (WIFEXITED(status)) {
    return {
      word,
      bytes: [
        { hex: byteHex(low), text: 'exited (WIFEXITED)' },
        { hex: byteHex(middle), text: `with ${WEXITSTATUS(status)} (WEXITSTATUS)` },
      ],
    }
  }
  const killed = WIFSIGNALED(status)
  const dumped = WCOREDUMP(status) ? ', with a core dump (WCOREDUMP)' : ''
  return {
    word,
    bytes: [
      {
        hex: byteHex(low),
        text: killed
          ? `killed by ${signalName(WTERMSIG(status))}${dumped} (WIFSIGNALED)`
          : 'no status that waitpid(2) knows',
      },
      { hex: byteHex(middle), text: killed ? 'not used' : 'unknown' },
    ],
  }
}

const stopByte = (middle: number, event: number, sysgood: boolean | undefined): string => {
  if (middle === (SIGNAL.SIGTRAP | 0x80)) return 'SIGTRAP | 0x80: system call (057f without TRACESYSGOOD)'
  const name = signalName(middle)
  if (event === PTRACE_EVENT.PTRACE_EVENT_STOP)
    return middle === SIGNAL.SIGTRAP ? 'SIGTRAP: the stop of a seized tracee' : `${name}: a group-stop`
  if (event !== 0) return `${name}: together with an event`
  if (middle !== SIGNAL.SIGTRAP)
    return isStopSignal(middle) ? `${name}: its delivery, or a group-stop` : `${name}: its delivery`
  return sysgood === true
    ? 'SIGTRAP: a trap, and no system call (that would be 85, because of TRACESYSGOOD)'
    : 'SIGTRAP: a trap, or a system call (TRACESYSGOOD would tell)'
}

/** Why a task is stopped at an event, for the inspector. */
export interface WhyStopped extends StatusWords {
  /** The request that let the task run until here; 0 if none (attached, born traced). */
  readonly request: Seq
  /** `led here: PTRACE_SYSCALL, tag 4`. */
  readonly led: string
  /** What PTRACE_GET_SYSCALL_INFO says: `SYSCALL_INFO_ENTRY, message 1`; absent outside syscall stops. */
  readonly op?: string
}

/** Undefined for events that are no stops. */
export const whyStopped = (trace: Trace, seq: Seq): WhyStopped | undefined => {
  const event = trace.event(seq)
  if (event === undefined || !WIFSTOPPED(event.status) || event.kind === EventKind.death) return undefined
  const answers = answersOf(trace)
  const request = answers.leaderOf(seq)
  const tags = answers.tagsOf(request)
  const from = trace.event(request)
  const entry = event.kind === EventKind.entry
  const exit = event.kind === EventKind.exit
  const sysgood = (event.flags & Flag.sysgood) !== 0
  // stops.md: without TRACESYSGOOD the op is NONE even in syscall stops; the message still tells.
  const told = sysgood || WSTOPSIG(event.status) === (SIGNAL.SIGTRAP | 0x80)
  const name = !told ? 'NONE' : entry ? 'ENTRY' : 'EXIT'
  const op = entry || exit ? { op: `SYSCALL_INFO_${name}, message ${entry ? 1 : 2}` } : {}
  return {
    ...explainStatus(event.status, sysgood),
    request,
    led:
      from === undefined
        ? 'no request led here: the task was attached or born traced'
        : `led here: ${requestText(from.nr)}, tag ${tags === 0 ? '0' : `${tags} (${tagsText(tags)})`}`,
    ...op,
  }
}
