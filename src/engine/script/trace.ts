import { ERRNO } from '../abi/errno.ts'
import { PTRACE, PTRACE_EVENT, PTRACE_EVENTMSG_SYSCALL_EXIT, PTRACE_OPTION } from '../abi/ptrace.ts'
import { SIGNAL, isStopSignal } from '../abi/signal.ts'
import { WEXITSTATUS, WIFEXITED, WIFSTOPPED, WSTOPSIG, WTERMSIG, __WALL } from '../abi/wait.ts'
import { PtraceError } from './problem.ts'
import type { RawCalls } from './raw.ts'
import { Stop } from './stop.ts'
import type { Going, StopCause } from './stop-cause.ts'
import { Ulong, siginfo_t } from './struct.ts'

export interface TraceOptions {
  /** `syscall` (default): both stops of each call. `sysemu`: entry stops only, and no call runs. `signals`: no calls. */
  readonly mode?: 'syscall' | 'sysemu' | 'signals'
  /** Children are traced as well. */
  readonly follow?: boolean
  /** More PTRACE_O_ bits. */
  readonly options?: number
}

const REQUEST = { syscall: PTRACE.PTRACE_SYSCALL, sysemu: PTRACE.PTRACE_SYSEMU, signals: PTRACE.PTRACE_CONT } as const

const FOLLOW =
  PTRACE_OPTION.PTRACE_O_TRACEFORK | PTRACE_OPTION.PTRACE_O_TRACEVFORK | PTRACE_OPTION.PTRACE_O_TRACECLONE |
  PTRACE_OPTION.PTRACE_O_TRACEEXEC

const SYSCALL_STOP = SIGNAL.SIGTRAP | 0x80
const { PTRACE_EVENT_STOP } = PTRACE_EVENT

/**
 * Traces tasks: yields every stop, and resumes the task when the loop comes back for the next. Ends when all have
 * ended or were detached. Leaving the loop early leaves the task of the last stop stopped.
 */
export async function* trace(
  calls: RawCalls, pids: number | readonly number[], { mode = 'syscall', follow = false, options = 0 }: TraceOptions = {},
): AsyncGenerator<Stop, void, undefined> {
  const wanted =
    PTRACE_OPTION.PTRACE_O_TRACESYSGOOD | PTRACE_OPTION.PTRACE_O_EXITKILL | (follow ? FOLLOW : 0) | Number(options)
  const request = REQUEST[mode]
  const alive = new Set<number>(typeof pids === 'number' ? [pids] : pids)

  for (const pid of alive) {
    const ended = await begin(calls, pid, wanted, request)
    if (ended === undefined) continue
    alive.delete(pid)
    yield new Stop(calls, ended, { request, tags: 0, signal: 0 })
  }
  while (alive.size > 0) {
    const [only] = alive
    const { pid, status } = await calls.mustWait(alive.size === 1 && !follow && only !== undefined ? only : -1, __WALL)
    const cause = causeOf(calls, pid, status)
    if (!alive.has(pid)) {
      // A child that a follower got without asking begins with a stop of its own, which says nothing.
      if (!follow || !WIFSTOPPED(status)) continue
      alive.add(pid)
      calls.mustPtrace(request, pid)
      continue
    }
    const stop = new Stop(calls, cause, goingAfter(cause, request))
    yield stop
    if (cause.kind === 'exited' || cause.kind === 'killed' || calls.states.get(pid) === 'gone') {
      alive.delete(pid)
      continue
    }
    // The body may have resumed it itself.
    if (calls.states.get(pid) === 'stopped') goOn(calls, pid, Stop.goingOf(stop))
  }
}

/** Goes on after a stop. A task that was killed meanwhile takes no request: the next wait tells of its end. */
const goOn = (calls: RawCalls, pid: number, { request, tags, signal }: Going): void => {
  try {
    calls.mustPtrace(request, pid, tags, signal)
  } catch (error) {
    if (!(error instanceof PtraceError) || error.errno !== ERRNO.ESRCH) throw error
  }
}

/** Brings a task to where its calls stop; answers its end if that came first. */
const begin = async (calls: RawCalls, pid: number, options: number, request: number): Promise<StopCause | undefined> => {
  const state = calls.states.get(pid)
  if (state !== 'stopped') {
    if (state !== 'spawned') {
      calls.mustPtrace(PTRACE.PTRACE_SEIZE, pid, 0, options)
      // One that waits in a group-stop reports that; who runs has to be interrupted.
      if (state !== 'held') calls.mustPtrace(PTRACE.PTRACE_INTERRUPT, pid)
    }
    // "all successful calls to execve(2) by the traced process will cause it to be sent a SIGTRAP signal" ptrace(2)
    const { status } = await calls.mustWait(pid, __WALL)
    if (!WIFSTOPPED(status)) return causeOf(calls, pid, status)
    if (state === 'held') calls.kill(pid, SIGNAL.SIGCONT)
  }
  calls.mustPtrace(PTRACE.PTRACE_SETOPTIONS, pid, 0, options)
  calls.mustPtrace(request, pid)
  return undefined
}

/** Takes waitpid's answer apart, as ptrace(2) describes the stops. */
const causeOf = (calls: RawCalls, pid: number, status: number): StopCause => {
  if (WIFEXITED(status)) return { kind: 'exited', pid, status, code: WEXITSTATUS(status) }
  if (!WIFSTOPPED(status)) return { kind: 'killed', pid, status, signal: WTERMSIG(status) }
  const signal = WSTOPSIG(status)
  const event = status >>> 16
  if (event === PTRACE_EVENT_STOP && isStopSignal(signal)) return { kind: 'group', pid, status, signal, event }
  if (event !== 0) return { kind: 'event', pid, status, event, message: eventMessage(calls, pid) }
  if (signal === SYSCALL_STOP) {
    // "PTRACE_GETEVENTMSG … PTRACE_EVENTMSG_SYSCALL_ENTRY or _EXIT": include/uapi/linux/ptrace.h
    const exit = eventMessage(calls, pid) === PTRACE_EVENTMSG_SYSCALL_EXIT
    return { kind: exit ? 'syscall-exit' : 'syscall-entry', pid, status }
  }
  // "if PTRACE_GETSIGINFO fails with EINVAL, then it is definitely a group-stop." ptrace(2)
  const group = isStopSignal(signal) && !calls.tryPtrace(PTRACE.PTRACE_GETSIGINFO, pid, 0, new siginfo_t())
  return { kind: group ? 'group' : 'signal', pid, status, signal }
}

const eventMessage = (calls: RawCalls, pid: number): number => {
  const message = new Ulong() as InstanceType<typeof Ulong> & { value: number }
  calls.mustPtrace(PTRACE.PTRACE_GETEVENTMSG, pid, 0, message)
  return message.value
}

/** What happens after a stop if nobody says otherwise: signals arrive, stopped groups stay stopped. */
const goingAfter = (cause: StopCause, request: number): Going => {
  if (cause.kind === 'signal') return { request, tags: 0, signal: cause.signal ?? 0 }
  if (cause.kind === 'group' && cause.event === PTRACE_EVENT_STOP) return { request: PTRACE.PTRACE_LISTEN, tags: 0, signal: 0 }
  return { request, tags: 0, signal: 0 }
}
