import { ERRNO, type Errno, type ErrnoName } from '../abi/errno.ts'
import type { Value } from '../decode/value.ts'
import type { Call } from './call.ts'
import type { PtraceError } from './problem.ts'
import type { Stop } from './stop.ts'
import type { Bytes, StoppedMemory } from './stopped-memory.ts'

/** What a script wants to know of a call that was run. */
export interface RunOptions {
  /** Run and tell me: an exit stop. It is what `then` needs, and may be wanted for the trace alone. */
  readonly report?: boolean
  /** Called at the exit stop. */
  readonly then?: After
}

/** Gets what the call returned and wrote. */
export type After = (result: CallOutcome) => unknown

/**
 * What was decided of a call, in umview's words: run silently (SKIPEXIT), run and tell me (no tag), virtualised
 * (SKIPCALL, which implies SKIPEXIT).
 */
export type Decided = { readonly kind: 'run'; readonly report: boolean; readonly then: After | undefined } | { readonly kind: 'virtualised' }

/** A call that stands at its entry, as a rule of `virtualize` gets it: look, and decide what becomes of it. */
export class VirtualCall {
  readonly name: string
  readonly pid: number
  /** The name of the program. */
  readonly task: string
  readonly #stop: Stop
  readonly #call: Call
  readonly #wrong: (why: string, cure: string) => PtraceError
  #decided: Decided | undefined
  #over = false

  constructor(stop: Stop, call: Call, wrong: (why: string, cure: string) => PtraceError) {
    this.name = call.name
    this.pid = stop.pid
    this.task = stop.task
    this.#stop = stop
    this.#call = call
    this.#wrong = wrong
  }

  static decidedOf(call: VirtualCall): Decided | undefined {
    return call.#decided
  }

  /** From here on nothing can be decided: the task goes on. */
  static finish(call: VirtualCall): void {
    call.#over = true
  }

  get args(): Readonly<Record<string, Value>> {
    return this.#call.args
  }
  get raw(): Readonly<Record<string, number>> {
    return this.#call.raw
  }
  get memory(): StoppedMemory {
    return this.#stop.memory
  }
  /** The stop that it stands at, for everything that has no word here. */
  get stop(): Stop {
    return this.#stop
  }
  /** As strace prints it before it has run. */
  get line(): string {
    return `${this.#stop.line})`
  }

  /** Is it run, or not, or not decided yet? */
  get decided(): boolean {
    return this.#decided !== undefined
  }

  /** Runs it: silently, unless an exit stop is asked for. */
  run({ report, then }: RunOptions = {}): void {
    this.#decide({ kind: 'run', report: report ?? then !== undefined, then })
  }

  /** Runs it with other arguments: numbers as they are, a path or a buffer through memory below the stack. */
  rewrite(args: Readonly<Record<string, number | bigint | Bytes>>, options: RunOptions = {}): void {
    this.#mayDecide()
    this.#stop.rewrite(args)
    this.run(options)
  }

  /** Virtualises it: it is not run, and returns `result`. What it would have written is poked before. */
  skip(result = 0): void {
    this.#mayDecide()
    this.#stop.skip(result)
    this.#decide({ kind: 'virtualised' })
  }

  /** As `skip`, with an errno. */
  fail(errno: Errno | ErrnoName): void {
    this.#mayDecide()
    this.#stop.fail(errno)
    this.#decide({ kind: 'virtualised' })
  }

  /** Ends the task with SIGKILL: the call is not run. */
  kill(): void {
    this.#mayDecide()
    this.#stop.kill()
    this.#decide({ kind: 'virtualised' })
  }

  #decide(decided: Decided): void {
    this.#mayDecide()
    if (decided.kind === 'run' && !decided.report && decided.then !== undefined) {
      throw this.#wrong('`then` is called at the exit stop, and `report: false` asks for none', 'Leave out one of the two.')
    }
    this.#decided = decided
  }

  #mayDecide(): void {
    if (this.#over) {
      throw this.#wrong(`task ${this.pid} goes on already: its ${this.name} was decided without this`, 'Decide before the handler returns, or make it async and await what it waits for.')
    }
    if (this.#decided !== undefined) {
      throw this.#wrong(`this ${this.name} is decided already`, 'Return from the handler after a decision.')
    }
  }
}

/** A call that was run, at its exit stop. */
export class CallOutcome {
  readonly name: string
  readonly pid: number
  readonly task: string
  /** The errno that it returned; 0: success. */
  readonly ret: number
  /** `"ENOSPC"`, if it failed. */
  readonly error: string | undefined
  readonly #stop: Stop
  readonly #call: Call

  constructor(stop: Stop, call: Call) {
    this.name = call.name
    this.pid = stop.pid
    this.task = stop.task
    this.ret = call.ret ?? 0
    this.error = call.error
    this.#stop = stop
    this.#call = call
  }

  get args(): Readonly<Record<string, Value>> {
    return this.#call.args
  }
  get raw(): Readonly<Record<string, number>> {
    return this.#call.raw
  }
  /** What it wrote, by argument. */
  get out(): Readonly<Record<string, Value>> {
    return this.#call.out
  }
  get memory(): StoppedMemory {
    return this.#stop.memory
  }
  get stop(): Stop {
    return this.#stop
  }
  /** As strace prints it. */
  get line(): string {
    return this.#stop.line
  }

  /** Lets it return something else than it did. */
  set(result: number): void {
    this.#stop.setResult(result)
  }
}

/** The errno of a mistake in a script's rules. */
export const MISTAKE = ERRNO.EINVAL
