import { ERRNO } from '../abi/errno.ts'
import { SIGNAL_MAX } from '../abi/signal.ts'
import { PROCESS_VM_WRITEV } from '../abi/ptrace.ts'
import { ptrace } from '../ptrace/request.ts'
import type { ScriptProcess, SpawnSpec } from '../script/port.ts'
import { CALL_COST } from './cost.ts'
import type { Entropy } from './entropy.ts'
import { findTask, type Kernel } from './kernel.ts'
import { sendSignal } from './send.ts'
import { userSignal } from './siginfo.ts'
import type { Task } from './task.ts'
import { ChildWait } from './wait.ts'
import { logWritten } from './written.ts'

/** The system calls of a script's process. */
export class KernelScriptProcess implements ScriptProcess {
  readonly #kernel: Kernel
  readonly #task: Task
  readonly #chance: Entropy
  readonly #spawn: (spec: SpawnSpec) => number
  readonly #goesOn: () => void
  readonly #wait: ChildWait
  /** What tasks were called when they were last seen: the wait that tells of an end has reaped the task. */
  readonly #names = new Map<number, string>()
  /** Where the status goes, and who is told, of the wait that is on. */
  #status = 0
  #answer: (result: number) => void = () => {}

  constructor(kernel: Kernel, task: Task, chance: Entropy, spawn: (spec: SpawnSpec) => number, goesOn: () => void) {
    this.#kernel = kernel
    this.#task = task
    this.#chance = chance
    this.#spawn = spawn
    this.#goesOn = goesOn
    this.#wait = new ChildWait(kernel, task, (waited, code) => {
      if (waited > 0 && this.#status !== 0) this.memory.setU32(this.#status, code)
      this.#goesOn()
      this.#answer(waited)
    })
  }

  get pid(): number {
    return this.#task.pid
  }
  get memory() {
    return this.#task.memory
  }
  random(): number {
    return this.#chance.next() / 2 ** 32
  }
  now(): number {
    return this.#kernel.clock.now()
  }
  realtime(): bigint {
    return this.#kernel.clock.realtime()
  }
  nameOf(pid: number): string {
    const name = findTask(this.#kernel, pid)?.name ?? this.#names.get(pid) ?? `task ${pid}`
    this.#names.set(pid, name)
    return name
  }
  functionOf(pid: number): string | undefined {
    const task = findTask(this.#kernel, pid)
    if (task === undefined || task.pc === 0) return undefined
    return this.#kernel.host.functionName?.(task.process.image.hash, task.func) ?? `func[${task.func}]`
  }

  #enter(): void {
    this.#kernel.sched.enter(0)
    this.#kernel.clock.charge(CALL_COST)
  }

  ptrace(request: number, pid: number, addr: number, data: number): number {
    this.#kernel.sched.enter(0)
    return ptrace(this.#kernel, this.#task, request, pid, addr, data)
  }

  wait4(pid: number, status: number, options: number): Promise<number> {
    return new Promise((resolve) => this.waitFor(pid, status, options, resolve))
  }

  waitFor(pid: number, status: number, options: number, answer: (result: number) => void): void {
    this.#enter()
    // EFAULT is found when the status is stored, but a script should not lose a stop for it.
    if (status !== 0 && !this.memory.has(status, 4)) return answer(-ERRNO.EFAULT)
    this.#status = status
    this.#answer = answer
    this.#wait.wait(pid, options)
  }

  kill(pid: number, signo: number): number {
    this.#enter()
    const task = findTask(this.#kernel, pid)
    if (task === undefined) return -ERRNO.ESRCH
    if (signo < 0 || signo > SIGNAL_MAX) return -ERRNO.EINVAL
    if (signo !== 0) sendSignal(this.#kernel, task, userSignal(signo, this.pid))
    return 0
  }

  readMemory(pid: number, addr: number, length: number): Uint8Array | number {
    this.#enter()
    const task = findTask(this.#kernel, pid)
    if (task === undefined || task.state === 'zombie') return -ERRNO.ESRCH
    const bytes = task.memory.read(addr >>> 0, length)
    if (bytes === undefined) return -ERRNO.EFAULT
    this.#kernel.counts.bytesPeeked += length
    return bytes
  }

  writeMemory(pid: number, addr: number, bytes: Uint8Array): number {
    this.#enter()
    const { recorder } = this.#kernel
    const task = findTask(this.#kernel, pid)
    const was = task?.state === 'alive' || task?.state === 'dying' ? task.memory.read(addr >>> 0, bytes.length) : undefined
    const ret = task === undefined || task.state === 'zombie' ? -ERRNO.ESRCH : was === undefined ? -ERRNO.EFAULT : bytes.length
    if (task !== undefined && was !== undefined) {
      task.memory.write(addr >>> 0, bytes)
      logWritten(task)
    }
    this.#kernel.counts.requests++
    recorder.request({
      by: this.pid, pid, nr: PROCESS_VM_WRITEV, addr, data: bytes.length, ret, link: task?.tracing?.stopSeq ?? 0,
      line: this.#kernel.line(), flags: 0, poked: was === undefined ? undefined : { addr, was, is: bytes }, registers: undefined,
    })
    return ret < 0 ? ret : 0
  }

  spawn(spec: SpawnSpec): number {
    this.#enter()
    return this.#spawn(spec)
  }

  sleep(nanoseconds: number): Promise<number> {
    return new Promise((resolve) => this.sleepFor(nanoseconds, resolve))
  }

  sleepFor(nanoseconds: number, answer: (result: number) => void): void {
    this.#enter()
    const { sched, clock } = this.#kernel
    sched.timer(clock.now() + Math.max(0, Math.floor(nanoseconds)), () => sched.ready(this.#task))
    sched.parkFor(this.#task, () => {
      this.#goesOn()
      answer(0)
    })
  }

  print(text: string): void {
    this.#kernel.recorder.print(this.pid, this.#kernel.line(), text)
  }
}
