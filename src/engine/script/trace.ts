import { ERRNO } from '../abi/errno.ts'
import { LINUX_NR } from '../abi/linux.ts'
import { PTRACE, PTRACE_EVENT, PTRACE_EVENTMSG_SYSCALL_EXIT, PTRACE_OPTION } from '../abi/ptrace.ts'
import { SI, SIGNAL, TRAP_BRKPT, TRAP_TRACE, isStopSignal } from '../abi/signal.ts'
import { WEXITSTATUS, WIFEXITED, WIFSTOPPED, WSTOPSIG, WTERMSIG, __WALL } from '../abi/wait.ts'
import { u32At } from '../decode/peek.ts'
import { PtraceError } from './problem.ts'
import type { RawCalls } from './raw.ts'
import { Stop } from './stop.ts'
import { isBirth, kindOfEvent } from './stop-cause.ts'
import type { Going, StopCause } from './stop-cause.ts'
import { siginfo_t } from './struct.ts'

export interface TraceOptions {
  /** `syscall` (default): both stops of each call. `sysemu`: entry stops only, and no call runs. `signals`: no calls. */
  readonly mode?: 'syscall' | 'sysemu' | 'signals'
  /** Children are traced as well, and births, execs and ends are stops. */
  readonly follow?: boolean
  /** More PTRACE_O_ bits. */
  readonly options?: number
}

const REQUEST = { syscall: PTRACE.PTRACE_SYSCALL, sysemu: PTRACE.PTRACE_SYSEMU, signals: PTRACE.PTRACE_CONT } as const

const FOLLOW =
  PTRACE_OPTION.PTRACE_O_TRACEFORK | PTRACE_OPTION.PTRACE_O_TRACEVFORK | PTRACE_OPTION.PTRACE_O_TRACECLONE |
  PTRACE_OPTION.PTRACE_O_TRACEVFORKDONE | PTRACE_OPTION.PTRACE_O_TRACEEXEC | PTRACE_OPTION.PTRACE_O_TRACEEXIT

const SYSCALL_STOP = SIGNAL.SIGTRAP | 0x80
const { PTRACE_EVENT_STOP } = PTRACE_EVENT

type Next = IteratorResult<Stop, void>
const END: Next = Object.freeze({ done: true, value: undefined })

/**
 * Traces tasks: a loop over their stops, each of which is resumed when the loop comes back for the next. Ends when all
 * have ended or were detached. Leaving the loop early leaves the task of the last stop stopped.
 *
 * Written as an object and not as a generator, which takes five microtasks for a step of one: this takes one.
 */
export class Stops implements AsyncGenerator<Stop, void, undefined> {
  readonly #calls: RawCalls
  readonly #request: number
  readonly #options: number
  readonly #follow: boolean
  readonly #alive: Set<number>
  /** Children that have not reported the stop that they begin with. */
  readonly #newborn = new Set<number>()
  /** Those that do not stop at calls yet. */
  readonly #fresh: number[]
  /** The stop that the loop's body has now. */
  #last: Stop | undefined
  /** Ended, failed, left; or waiting, and failed if it does not come back. */
  #over = false
  #waiting = false

  constructor(calls: RawCalls, pids: number | readonly number[], { mode = 'syscall', follow = false, options = 0 }: TraceOptions) {
    this.#calls = calls
    this.#request = REQUEST[mode]
    this.#options = PTRACE_OPTION.PTRACE_O_TRACESYSGOOD | PTRACE_OPTION.PTRACE_O_EXITKILL | (follow ? FOLLOW : 0) | Number(options)
    this.#follow = follow
    this.#fresh = typeof pids === 'number' ? [pids] : [...new Set(pids)]
    this.#alive = new Set(this.#fresh)
  }

  next(): Promise<Next> {
    try {
      if (this.#over) {
        if (this.#waiting) this.#calls.conversation.begin('waitpid')
        return Promise.resolve(END)
      }
      this.#over = true
      this.#goOn()
      return this.#fresh.length > 0 ? this.#begin() : this.#wait()
    } catch (thrown) {
      return Promise.reject(thrown as Error)
    }
  }

  return(): Promise<Next> {
    this.#over = true
    return Promise.resolve(END)
  }

  throw(thrown: unknown): Promise<Next> {
    this.#over = true
    return Promise.reject(thrown as Error)
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Resumes the task of the last stop as the loop's body decided, unless it is gone or the body did so itself. */
  #goOn(): void {
    const stop = this.#last
    if (stop === undefined) return
    this.#last = undefined
    const state = this.#calls.states.get(stop.pid)
    if (stop.kind === 'exited' || stop.kind === 'killed' || state === 'gone') this.#alive.delete(stop.pid)
    else if (state === 'stopped') goOn(this.#calls, stop.pid, Stop.goingOf(stop))
  }

  async #begin(): Promise<Next> {
    for (let pid = this.#fresh.shift(); pid !== undefined; pid = this.#fresh.shift()) {
      const ended = await begin(this.#calls, pid, this.#options, this.#request)
      if (ended === undefined) continue
      this.#alive.delete(pid)
      return this.#stopped(ended)
    }
    return this.#wait()
  }

  #wait(): Promise<Next> {
    if (this.#alive.size === 0) return Promise.resolve(END)
    const [only] = this.#alive
    const pid = this.#alive.size === 1 && !this.#follow && only !== undefined ? only : -1
    this.#waiting = true
    // Of those who came by themselves one may have gone so: the thread that another one's exec ends has no last word.
    return this.#follow ? this.#calls.mayWait(pid, __WALL, this.#taken) : this.#calls.mustWait(pid, __WALL, this.#taken)
  }

  readonly #taken = (pid: number, status: number): Next | Promise<Next> => {
    this.#waiting = false
    if (pid === 0) return END
    // A child may stop before its parent has told of it.
    if (this.#follow && !this.#alive.has(pid) && WIFSTOPPED(status)) this.#adopt(pid)
    if (!this.#alive.has(pid)) return this.#wait()
    if (!this.#newborn.has(pid) || !isFirstStop(status)) return this.#stopped(causeOf(this.#calls, pid, status))
    this.#newborn.delete(pid)
    this.#calls.mustPtrace(this.#request, pid)
    return this.#wait()
  }

  #adopt(pid: number): void {
    this.#alive.add(pid)
    this.#newborn.add(pid)
  }

  #stopped(cause: StopCause): Next {
    this.#over = false
    const { kind, pid, message } = cause
    if (this.#follow && message !== undefined) {
      if (isBirth(kind) && !this.#alive.has(message) && !this.#calls.states.has(message)) this.#adopt(message)
      // "the former thread ID": that of a thread which has its leader's now, and tells nothing more by its own.
      if (kind === 'exec' && message !== pid) this.#alive.delete(message)
    }
    this.#last = new Stop(this.#calls, cause, goingAfter(cause, this.#request))
    return { done: false, value: this.#last }
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
    const status = await calls.mustWait(pid, __WALL, (_, word) => word)
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
  if (event !== 0) return { kind: kindOfEvent(event), pid, status, event, message: calls.eventMessage(pid) }
  if (signal === SYSCALL_STOP) {
    // "PTRACE_GETEVENTMSG … PTRACE_EVENTMSG_SYSCALL_ENTRY or _EXIT": include/uapi/linux/ptrace.h
    const exit = calls.eventMessage(pid) === PTRACE_EVENTMSG_SYSCALL_EXIT
    return { kind: exit ? 'syscall-exit' : 'syscall-entry', pid, status }
  }
  if (signal === SIGNAL.SIGTRAP) return trapOf(calls, pid, status)
  // "if PTRACE_GETSIGINFO fails with EINVAL, then it is definitely a group-stop." ptrace(2)
  const group = isStopSignal(signal) && !calls.tryPtrace(PTRACE.PTRACE_GETSIGINFO, pid, 0, new siginfo_t())
  return { kind: group ? 'group' : 'signal', pid, status, signal }
}

/** A step, an exec without PTRACE_O_TRACEEXEC, or just a signal? All three are SIGTRAP, and their siginfo differs. */
const trapOf = (calls: RawCalls, pid: number, status: number): StopCause => {
  const signal = SIGNAL.SIGTRAP
  const { si_code, si_pid } = signalInfo(calls, pid)
  if (calls.stepping.has(pid) && (si_code === TRAP_TRACE || si_code === TRAP_BRKPT)) return { kind: 'step', pid, status, signal }
  // It comes from the task itself, as kill(2)'s would, but in no other call than exec.
  const nr = si_code === SI.SI_USER && si_pid === pid ? u32At(calls.registers(pid), 4) | 0 : 0
  const execs = nr === -1 || nr === LINUX_NR.execve || nr === LINUX_NR.execveat
  return execs ? { kind: 'exec', pid, status } : { kind: 'signal', pid, status, signal }
}

const signalInfo = (calls: RawCalls, pid: number): { readonly si_code: number; readonly si_pid: number } => {
  const info = new siginfo_t()
  calls.mustPtrace(PTRACE.PTRACE_GETSIGINFO, pid, 0, info)
  return info as typeof info & { readonly si_code: number; readonly si_pid: number }
}

/** What an automatic attach makes: "PTRACE_EVENT_STOP … if PTRACE_SEIZE was used", else a SIGSTOP. ptrace(2) */
const isFirstStop = (status: number): boolean =>
  WIFSTOPPED(status) && (status >>> 16 === PTRACE_EVENT_STOP || (status >>> 16 === 0 && WSTOPSIG(status) === SIGNAL.SIGSTOP))

/** What happens after a stop if nobody says otherwise: signals arrive, stopped groups stay stopped. */
const goingAfter = (cause: StopCause, request: number): Going => {
  if (cause.kind === 'signal') return { request, tags: 0, signal: cause.signal ?? 0 }
  if (cause.kind === 'group' && cause.event === PTRACE_EVENT_STOP) return { request: PTRACE.PTRACE_LISTEN, tags: 0, signal: 0 }
  return { request, tags: 0, signal: 0 }
}
