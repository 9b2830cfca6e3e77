import { exitedStatus } from '../abi/wait.ts'
import type { Caller, Wait } from '../syscall/row.ts'
import type { Clock } from './clock.ts'
import type { Descriptors } from './descriptors.ts'
import type { Entropy } from './entropy.ts'
import type { FileSystem } from './fs.ts'
import type { Kernel } from './kernel.ts'
import type { GuestMemory } from './memory.ts'
import { sendSignal } from './signal.ts'
import { userSignal } from './siginfo.ts'
import type { Task } from './task.ts'

/** A task as its system calls see it. */
export class TaskCaller implements Caller {
  readonly #kernel: Kernel
  readonly #task: () => Task
  readonly memory: GuestMemory
  readonly files: Descriptors
  readonly fs: FileSystem
  readonly clock: Clock
  readonly entropy: Entropy
  readonly argv: readonly Uint8Array[]
  readonly environ: readonly Uint8Array[]

  /** @param task known only after its processor, which needs this */
  constructor(kernel: Kernel, task: () => Task, memory: GuestMemory, process: Task['process']) {
    this.#kernel = kernel
    this.#task = task
    this.memory = memory
    this.files = process.files
    this.fs = kernel.fs
    this.clock = kernel.clock
    this.entropy = kernel.entropy
    this.argv = process.argv
    this.environ = process.environ
  }

  cpuTime(): number {
    return this.#task().cpu
  }

  yieldTurn(): Wait | 0 {
    if (!this.#kernel.sched.contended) return 0
    // A timer that is due now puts it behind those who are ready.
    return { on: [], until: this.#kernel.clock.now(), restart: 'call', retry: () => 0 }
  }

  raise(signo: number): void {
    const task = this.#task()
    sendSignal(this.#kernel, task, userSignal(signo, task.pid), true)
  }

  exit(code: number): void {
    const task = this.#task()
    task.process.groupExit = exitedStatus(code)
    task.work = true
  }
}
