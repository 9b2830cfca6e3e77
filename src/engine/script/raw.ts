import { ERRNO } from '../abi/errno.ts'
import { PTRACE } from '../abi/ptrace.ts'
import * as wait from '../abi/wait.ts'
import { Arena } from './arena.ts'
import { explain, nameOfRequest, PtraceError } from './problem.ts'
import type { Asked } from './problem.ts'
import type { ApiHooks } from './conversation.ts'
import { Conversation } from './conversation.ts'
import type { ScriptProcess, SpawnSpec } from './port.ts'
import { Struct } from './struct.ts'
import type { Pointed } from './struct.ts'

/** What the script knows of a task: where in its life the last answer left it. */
export type TaskState = 'spawned' | 'held' | 'stopped' | 'running' | 'gone'

/** What `spawn` takes besides the program's name. */
export interface SpawnOptions {
  readonly argv?: readonly string[]
  readonly env?: readonly string[]
  readonly trace?: SpawnSpec['trace']
}

const WORDS: ReadonlySet<number> = new Set([PTRACE.PTRACE_PEEKTEXT, PTRACE.PTRACE_PEEKDATA, PTRACE.PTRACE_PEEKUSER])
const RESUMES: ReadonlySet<number> = new Set([
  PTRACE.PTRACE_CONT, PTRACE.PTRACE_SYSCALL, PTRACE.PTRACE_SYSEMU, PTRACE.PTRACE_SYSEMU_SINGLESTEP,
  PTRACE.PTRACE_SINGLESTEP, PTRACE.PTRACE_SINGLEBLOCK, PTRACE.PTRACE_SYSVM, PTRACE.PTRACE_DETACH, PTRACE.PTRACE_LISTEN,
])

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
  readonly #whyNot: (pid: number) => string | undefined
  #errno = 0
  #onErrno: (value: number) => void = () => {}

  constructor(process: ScriptProcess, hooks: ApiHooks) {
    this.conversation = new Conversation(process, hooks)
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

  /** ptrace(2), the raw call: the result, or −errno. A word that was peeked comes with it. */
  #ptrace(request: number, pid: number, addr: Pointed, data: Pointed): { result: number; word: number } {
    return this.conversation.request(nameOfRequest(request), (process) => {
      const arena = new Arena(process.memory)
      const isWord = WORDS.has(request)
      const at = arena.place(addr)
      const where = isWord ? arena.room(4) : arena.place(data)
      const result = process.ptrace(request, pid, at, where)
      arena.collect()
      if (result >= 0 && RESUMES.has(request)) this.states.set(pid, 'running')
      return { result, word: isWord && result >= 0 ? process.memory.u32(where) | 0 : 0 }
    })
  }

  /** As libc's: PEEKTEXT, PEEKDATA and PEEKUSER return the word, and clear errno. */
  ptrace(request: number, pid = 0, addr: Pointed = 0, data: Pointed = 0): number {
    const { result, word } = this.#ptrace(request, pid, addr, data)
    if (!WORDS.has(request) || result < 0) return this.#libc(result)
    this.errno = 0
    return word
  }

  /** As `ptrace`, but a failure is an exception that explains itself. */
  mustPtrace(request: number, pid: number, addr: Pointed = 0, data: Pointed = 0): number {
    const { result, word } = this.#ptrace(request, pid, addr, data)
    if (result < 0) throw this.problem(-result, { what: nameOfRequest(request), pid })
    return WORDS.has(request) ? word : result
  }

  /** As `ptrace`, but whether it worked is all that matters. */
  tryPtrace(request: number, pid: number, addr: Pointed = 0, data: Pointed = 0): boolean {
    return this.#ptrace(request, pid, addr, data).result >= 0
  }

  async #wait4(pid: number, options: number): Promise<{ result: number; status: number }> {
    return this.conversation.wait('waitpid', async (process) => {
      const at = new Arena(process.memory).room(4)
      const result = await process.wait4(pid, at, options)
      const status = result > 0 ? process.memory.u32(at) : 0
      if (result > 0) this.states.set(result, wait.WIFSTOPPED(status) ? 'stopped' : wait.WIFCONTINUED(status) ? 'running' : 'gone')
      return { result, status }
    })
  }

  async waitpid(pid: number, status: Struct | null = null, options = 0): Promise<number> {
    const answer = await this.#wait4(pid, options)
    if (answer.result > 0 && status instanceof Struct) (status as unknown as { value: number }).value = answer.status
    return this.#libc(answer.result)
  }

  /** As `waitpid`, but answers both and throws for a failure. */
  async mustWait(pid: number, options: number): Promise<{ readonly pid: number; readonly status: number }> {
    const { result, status } = await this.#wait4(pid, options)
    if (result < 0) throw this.problem(-result, { what: 'waitpid', pid })
    return { pid: result, status }
  }

  kill(pid: number, signo: number): number {
    return this.#libc(this.conversation.request('kill', (process) => process.kill(pid, signo)))
  }

  getpid(): number {
    return this.conversation.process.pid
  }

  /** Starts a program of the run and answers its pid. An unknown name throws: no C program would go on. */
  spawn(name?: string | null, options: SpawnOptions = {}): number {
    const { argv, env, trace = 'traceme' } = options
    const result = this.conversation.request('spawn', (process) => process.spawn({
      ...(name === undefined || name === null ? {} : { name: String(name) }),
      ...(argv === undefined ? {} : { argv: argv.map(String) }),
      ...(env === undefined ? {} : { env: env.map(String) }),
      trace,
    }))
    if (result < 0) throw this.problem(-result, { what: 'spawn', name: name ?? undefined })
    this.states.set(result, trace === 'traceme' ? 'spawned' : trace === 'stopped' ? 'held' : 'running')
    return result
  }

  async sleep(seconds: number): Promise<number> {
    return this.#libc(await this.#nanosleep(Number(seconds) * NANOSECONDS))
  }

  async usleep(microseconds: number): Promise<number> {
    return this.#libc(await this.#nanosleep(Number(microseconds) * 1000))
  }

  #nanosleep(nanoseconds: number): Promise<number> {
    const bounded = nanoseconds >= 0 ? Math.floor(nanoseconds) : 0
    return this.conversation.wait('sleep', (process) => process.sleep(bounded))
  }

  /** Bytes of a task's memory: a copy. Throws for a range that is not wholly inside. */
  read(pid: number, addr: number, length: number): Uint8Array {
    const bytes = this.conversation.request('process_vm_readv', (process) => process.readMemory(pid, addr, length))
    if (typeof bytes === 'number') throw this.problem(-bytes, { what: 'process_vm_readv', pid, addr, length })
    return bytes
  }

  /** The same without an exception. */
  peek(pid: number, addr: number, length: number): Uint8Array | undefined {
    const bytes = this.conversation.request('process_vm_readv', (process) => process.readMemory(pid, addr, length))
    return typeof bytes === 'number' ? undefined : bytes
  }

  write(pid: number, addr: number, bytes: Uint8Array): void {
    const result = this.conversation.request('process_vm_writev', (process) => process.writeMemory(pid, addr, bytes))
    if (result < 0) throw this.problem(-result, { what: 'process_vm_writev', pid, addr, length: bytes.length })
  }

  problem(errno: number, asked: Asked): PtraceError {
    const pid = asked.pid
    const whyNot = errno === ERRNO.ESRCH && pid !== undefined ? this.#whyNot(pid) : undefined
    const { why, cure } = explain(errno, { ...asked, whyNot })
    return new PtraceError(errno, this.conversation.ticks.line, why, cure)
  }
}
