import type { Caller, Wait } from '../syscall/row.ts'
import type { System } from '../syscall/system.ts'
import type { Terminal } from '../syscall/terminal.ts'
import type { Clock } from './clock.ts'
import type { Descriptors } from './descriptors.ts'
import type { Entropy } from './entropy.ts'
import type { FileSystem } from './fs.ts'
import type { Kernel } from './kernel.ts'
import { TaskTerminal } from './job-control.ts'
import type { GuestMemory } from './memory.ts'
import { sendSignal } from './send.ts'
import { userSignal } from './siginfo.ts'
import { TaskSystem } from './system.ts'
import type { Task } from './task.ts'

/** A task as its system calls see it. */
export class TaskCaller implements Caller {
  readonly #kernel: Kernel
  readonly #task: Task
  readonly memory: GuestMemory
  readonly files: Descriptors
  readonly fs: FileSystem
  readonly clock: Clock
  readonly entropy: Entropy
  readonly system: System
  readonly terminal: Terminal

  constructor(kernel: Kernel, task: Task) {
    this.#kernel = kernel
    this.#task = task
    this.memory = task.memory
    this.files = task.process.files
    this.fs = kernel.fs
    this.clock = kernel.clock
    this.entropy = kernel.entropy
    this.system = new TaskSystem(kernel, task)
    this.terminal = new TaskTerminal(kernel, task)
  }

  get argv(): readonly Uint8Array[] {
    return this.#task.process.image.argv
  }
  get environ(): readonly Uint8Array[] {
    return this.#task.process.image.environ
  }

  cpuTime(): number {
    return this.#task.cpu
  }

  yieldTurn(): Wait | 0 {
    if (!this.#kernel.sched.contended) return 0
    // A timer that is due now puts it behind those who are ready.
    return { on: [], until: this.#kernel.clock.now(), restart: 'call', retry: () => 0 }
  }

  raise(signo: number): void {
    sendSignal(this.#kernel, this.#task, userSignal(signo, this.#task.process.pid), true)
  }

  exit(code: number): void {
    void this.system.exitGroup(code)
  }
}
