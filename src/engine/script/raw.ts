import { ERRNO } from '../abi/errno.ts'
import { PTRACE } from '../abi/ptrace.ts'
import * as wait from '../abi/wait.ts'
import { Arena } from './arena.ts'
import { explain, nameOfRequest, PtraceError } from './problem.ts'
import type { Asked } from './problem.ts'
import type { ApiHooks } from './conversation.ts'
import { Conversation } from './conversation.ts'
import type { ScriptProcess, SpawnSpec } from './port.ts'
import { Struct, user_regs_struct } from './struct.ts'
import type { Pointed } from './struct.ts'

/** What the script knows of a task: where in its life the last answer left it. */
export type TaskState = 'spawned' | 'held' | 'stopped' | 'running' | 'gone'

/** What `spawn` takes besides the program's name. */
export interface SpawnOptions {
  readonly argv?: readonly string[]
  readonly env?: readonly string[]
  readonly trace?: SpawnSpec['trace']
}

/** Does it peek a word? */
const peeksWord = (request: number): boolean =>
  request === PTRACE.PTRACE_PEEKTEXT || request === PTRACE.PTRACE_PEEKDATA || request === PTRACE.PTRACE_PEEKUSER

/** Does the tracee run after it? */
const letsRun = (request: number): boolean => {
  switch (request) {
    case PTRACE.PTRACE_CONT:
    case PTRACE.PTRACE_SYSCALL:
    case PTRACE.PTRACE_SYSEMU:
    case PTRACE.PTRACE_SYSEMU_SINGLESTEP:
    case PTRACE.PTRACE_SINGLESTEP:
    case PTRACE.PTRACE_SINGLEBLOCK:
    case PTRACE.PTRACE_SYSVM:
    case PTRACE.PTRACE_DETACH:
    case PTRACE.PTRACE_LISTEN:
      return true
    default:
      return false
  }
}

/** Does the tracee trap after an instruction, or a basic block? */
const steps = (request: number): boolean =>
  request === PTRACE.PTRACE_SINGLESTEP || request === PTRACE.PTRACE_SINGLEBLOCK || request === PTRACE.PTRACE_SYSEMU_SINGLESTEP

const NANOSECONDS = 1_000_000_000

/** A cell that a status is stored in, or the status itself. */
export type Status = number | Struct

/** The status in a cell or as it is. */
export const statusOf = (status: Status): number =>
  status instanceof Struct ? Number((status as unknown as { value: number }).value) : Number(status)

/**
 * The system calls as C has them: −1 and `errno` for a failure. The iterator (trace.ts) stands on `must…`,
 * which throw instead.
 */
export class RawCalls {
  readonly conversation: Conversation
  readonly states = new Map<number, TaskState>()
  /** Those whose latest resume was a step: their next SIGTRAP may be its. */
  readonly stepping = new Set<number>()
  readonly #arena: Arena
  readonly #whyNot: (pid: number) => string | undefined
  #errno = 0
  #onErrno: (value: number) => void = () => {}

  constructor(process: ScriptProcess, hooks: ApiHooks) {
    this.conversation = new Conversation(process, hooks)
    this.#arena = new Arena(process.memory)
    this.#whyNot = hooks.whyNot ?? (() => undefined)
  }

  get errno(): number {
    return this.#errno
  }

  set errno(value: number) {
    this.#errno = value
    this.#onErrno(value)
  }

  /** Tells the module of the API, whose `errno` is a live binding. */
  bindErrno(listener: (value: number) => void): void {
    this.#onErrno = listener
  }

  /** The raw result in libc's way. */
  #libc(result: number): number {
    if (result >= 0) return result
    this.errno = -result
    return -1
  }

  /** ptrace(2), the raw call: the result, or −errno. A word that was peeked is then in `#word`. */
  #ptrace(request: number, pid: number, addr: Pointed, data: Pointed): number {
    const process = this.conversation.begin(request)
    const arena = this.#arena
    arena.reset()
    const isWord = peeksWord(request)
    const at = arena.place(addr)
    const where = isWord ? arena.room(4) : arena.place(data)
    const result = process.ptrace(request, pid, at, where)
    arena.collect()
    if (result < 0) return result
    if (isWord) this.#word = process.memory.u32(where) | 0
    else if (letsRun(request)) {
      this.states.set(pid, 'running')
      if (steps(request)) this.stepping.add(pid)
      else if (this.stepping.size > 0) this.stepping.delete(pid)
    }
    return result
  }
  #word = 0

  /** As libc's: PEEKTEXT, PEEKDATA and PEEKUSER return the word, and clear errno. */
  ptrace(request: number, pid = 0, addr: Pointed = 0, data: Pointed = 0): number {
    const result = this.#ptrace(request, pid, addr, data)
    if (result < 0 || !peeksWord(request)) return this.#libc(result)
    this.errno = 0
    return this.#word
  }

  /** As `ptrace`, but a failure is an exception that explains itself. */
  mustPtrace(request: number, pid: number, addr: Pointed = 0, data: Pointed = 0): number {
    const result = this.#ptrace(request, pid, addr, data)
    if (result < 0) throw this.problem(-result, { what: nameOfRequest(request), pid })
    return peeksWord(request) ? this.#word : result
  }

  /** As `ptrace`, but whether it worked is all that matters. */
  tryPtrace(request: number, pid: number, addr: Pointed = 0, data: Pointed = 0): boolean {
    return this.#ptrace(request, pid, addr, data) >= 0
  }

  /** PTRACE_GETEVENTMSG, which every stop of a loop begins with. */
  eventMessage(pid: number): number {
    const process = this.conversation.begin(PTRACE.PTRACE_GETEVENTMSG)
    this.#arena.reset()
    const at = this.#arena.room(4)
    const result = process.ptrace(PTRACE.PTRACE_GETEVENTMSG, pid, 0, at)
    if (result < 0) throw this.problem(-result, { what: 'PTRACE_GETEVENTMSG', pid })
    return process.memory.u32(at)
  }

  /** PTRACE_GETREGS: the bytes of a `user_regs_struct`. */
  registers(pid: number): Uint8Array {
    const process = this.conversation.begin(PTRACE.PTRACE_GETREGS)
    this.#arena.reset()
    const at = this.#arena.room(user_regs_struct.size)
    const result = process.ptrace(PTRACE.PTRACE_GETREGS, pid, 0, at)
    if (result < 0) throw this.problem(-result, { what: 'PTRACE_GETREGS', pid })
    return process.memory.read(at, user_regs_struct.size) as Uint8Array
  }

  /** PTRACE_GETREGSET: the bytes of a set, at most `most`; undefined where the task has no such set now (ENODEV). */
  registerSet(pid: number, type: number, most: number): Uint8Array | undefined {
    const process = this.conversation.begin(PTRACE.PTRACE_GETREGSET)
    this.#arena.reset()
    const at = this.#arena.room(most)
    const vector = this.#arena.room(8)
    process.memory.setU32(vector, at)
    process.memory.setU32(vector + 4, most)
    const result = process.ptrace(PTRACE.PTRACE_GETREGSET, pid, type, vector)
    if (result === -ERRNO.ENODEV) return undefined
    if (result < 0) throw this.problem(-result, { what: 'PTRACE_GETREGSET', pid })
    return process.memory.read(at, process.memory.u32(vector + 4))
  }

  /** @param take gets the pid (or −errno) and the status */
  #wait4<T>(pid: number, options: number, take: (result: number, status: number) => T | Promise<T>): Promise<T> {
    let at = 0
    return this.conversation.wait('waitpid', (process, answer) => {
      this.#arena.reset()
      at = this.#arena.room(4)
      process.waitFor(pid, at, options, answer)
    }, (result) => {
      if (result <= 0) return take(result, 0)
      const status = this.conversation.process.memory.u32(at)
      this.states.set(result, wait.WIFSTOPPED(status) ? 'stopped' : wait.WIFCONTINUED(status) ? 'running' : 'gone')
      return take(result, status)
    })
  }

  waitpid(pid: number, status: Struct | null = null, options = 0): Promise<number> {
    return this.#wait4(pid, options, (result, word) => {
      if (result > 0 && status instanceof Struct) Struct.write(status, 'u32', 0, word)
      return this.#libc(result)
    })
  }

  /** As `waitpid`, but answers what `take` makes of pid and status, and throws for a failure. */
  mustWait<T>(pid: number, options: number, take: (pid: number, status: number) => T | Promise<T>): Promise<T> {
    return this.#wait4(pid, options, (result, status) => {
      if (result < 0) throw this.problem(-result, { what: 'waitpid', pid })
      return take(result, status)
    })
  }

  /** As `mustWait`, but that there is nobody to wait for is no failure: pid and status are 0 then. */
  mayWait<T>(pid: number, options: number, take: (pid: number, status: number) => T | Promise<T>): Promise<T> {
    return this.#wait4(pid, options, (result, status) => {
      if (result < 0 && result !== -ERRNO.ECHILD) throw this.problem(-result, { what: 'waitpid', pid })
      return take(Math.max(0, result), status)
    })
  }

  kill(pid: number, signo: number): number {
    return this.#libc(this.conversation.begin('kill').kill(pid, signo))
  }

  getpid(): number {
    return this.conversation.process.pid
  }

  /** Starts a program of the run and answers its pid. An unknown name throws: no C program would go on. */
  spawn(name?: string | null, options: SpawnOptions = {}): number {
    const { argv, env, trace = 'traceme' } = options
    const result = this.conversation.begin('spawn').spawn({
      ...(name === undefined || name === null ? {} : { name: String(name) }),
      ...(argv === undefined ? {} : { argv: argv.map(String) }),
      ...(env === undefined ? {} : { env: env.map(String) }),
      trace,
    })
    if (result < 0) throw this.problem(-result, { what: 'spawn', name: name ?? undefined })
    this.states.set(result, trace === 'traceme' ? 'spawned' : trace === 'stopped' ? 'held' : 'running')
    return result
  }

  sleep(seconds: number): Promise<number> {
    return this.#nanosleep(Number(seconds) * NANOSECONDS)
  }

  usleep(microseconds: number): Promise<number> {
    return this.#nanosleep(Number(microseconds) * 1000)
  }

  #nanosleep(nanoseconds: number): Promise<number> {
    const bounded = nanoseconds >= 0 ? Math.floor(nanoseconds) : 0
    return this.conversation.wait('sleep', (process, answer) => process.sleepFor(bounded, answer), (result) => this.#libc(result))
  }

  /** Bytes of a task's memory: a copy. Throws for a range that is not wholly inside. */
  read(pid: number, addr: number, length: number): Uint8Array {
    const bytes = this.conversation.begin('process_vm_readv').readMemory(pid, addr, length)
    if (typeof bytes === 'number') throw this.problem(-bytes, { what: 'process_vm_readv', pid, addr, length })
    return bytes
  }

  /** The same without an exception. */
  peek(pid: number, addr: number, length: number): Uint8Array | undefined {
    const bytes = this.conversation.begin('process_vm_readv').readMemory(pid, addr, length)
    return typeof bytes === 'number' ? undefined : bytes
  }

  write(pid: number, addr: number, bytes: Uint8Array): void {
    const result = this.conversation.begin('process_vm_writev').writeMemory(pid, addr, bytes)
    if (result < 0) throw this.problem(-result, { what: 'process_vm_writev', pid, addr, length: bytes.length })
  }

  problem(errno: number, asked: Asked): PtraceError {
    const pid = asked.pid
    const whyNot = errno === ERRNO.ESRCH && pid !== undefined ? this.#whyNot(pid) : undefined
    const { why, cure } = explain(errno, { ...asked, whyNot })
    return new PtraceError(errno, this.conversation.ticks.line, why, cure)
  }
}
