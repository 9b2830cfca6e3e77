import { ERRNO } from '../abi/errno.ts'
import { PTRACE, requestName } from '../abi/ptrace.ts'
import { GuestMemory } from '../kernel/memory.ts'
import type { ScriptProcess, SpawnSpec } from './port.ts'
import { Ticks } from './ticks.ts'

const memoryOf = (bytes: number): GuestMemory => {
  const buffer = new ArrayBuffer(bytes)
  return new GuestMemory({ buffer: () => buffer })
}

/** One answer of wait4, with the registers that the task then has. */
export interface Answer {
  readonly pid: number
  readonly status: number
  /** What PTRACE_GETEVENTMSG says. */
  readonly message?: number
  readonly nr?: number
  readonly args?: readonly number[]
}

export const ENTRY = { status: 0x857f, message: 1 }
export const EXIT = { status: 0x857f, message: 2 }
export const EXEC = { status: 0x057f }
export const EXITED = { status: 0 }

/** A kernel that answers as it was told, and remembers what was asked. */
export class FakeProcess implements ScriptProcess {
  readonly pid = 1
  readonly memory = memoryOf(65_536)
  /** The memory of the one task that there is. */
  readonly task = memoryOf(65_536)
  readonly registers = new DataView(new ArrayBuffer(104))
  readonly asked: string[] = []
  readonly printed: string[] = []
  readonly answers: Answer[]
  /** The next requests of this number fail with this errno. */
  readonly failing = new Map<number, number>()
  #message = 0

  constructor(answers: readonly Answer[] = []) {
    this.answers = [...answers]
    this.registers.setUint32(0, 0x5741_0001, true)
    this.registers.setUint32(92, 32_768, true)
  }

  random(): number {
    return 0.25
  }
  now(): number {
    return 0
  }
  realtime(): bigint {
    return 0n
  }
  nameOf(): string {
    return 'fake'
  }
  functionOf(): string {
    return 'main'
  }
  print(text: string): void {
    this.printed.push(text)
  }
  spawn(spec: SpawnSpec): number {
    this.asked.push(`spawn ${spec.name ?? '-'} ${spec.trace}`)
    return spec.name === 'nobody' ? -ERRNO.ENOENT : 2
  }
  kill(pid: number, signo: number): number {
    this.asked.push(`kill ${pid} ${signo}`)
    return 0
  }
  sleep(nanoseconds: number): Promise<number> {
    return new Promise((resolve) => this.sleepFor(nanoseconds, resolve))
  }

  sleepFor(nanoseconds: number, answer: (result: number) => void): void {
    this.asked.push(`sleep ${nanoseconds}`)
    answer(0)
  }
  readMemory(_pid: number, addr: number, length: number): Uint8Array | number {
    return this.task.read(addr, length) ?? -ERRNO.EFAULT
  }
  writeMemory(_pid: number, addr: number, bytes: Uint8Array): number {
    return this.task.write(addr, bytes) ? 0 : -ERRNO.EFAULT
  }

  ptrace(request: number, pid: number, addr: number, data: number): number {
    const failure = this.failing.get(request)
    if (failure !== undefined) return -failure
    switch (request) {
      case PTRACE.PTRACE_GETEVENTMSG:
        this.memory.setU32(data, this.#message)
        return 0
      case PTRACE.PTRACE_GETREGS:
        this.memory.write(data, new Uint8Array(this.registers.buffer.slice(0)))
        return 0
      case PTRACE.PTRACE_SETREGS:
        new Uint8Array(this.registers.buffer).set(this.memory.read(data, 104) ?? [])
        break
      case PTRACE.PTRACE_PEEKDATA:
        this.memory.setU32(data, this.task.u32(addr))
        return 0
      case PTRACE.PTRACE_GETSIGINFO:
        return 0
    }
    const name = (requestName.get(request) ?? String(request)).replace('PTRACE_', '')
    this.asked.push(request === PTRACE.PTRACE_SETREGS ? name : `${name} ${pid} ${addr} ${data}`)
    return 0
  }

  wait4(pid: number, status: number, options: number): Promise<number> {
    return new Promise((resolve) => this.waitFor(pid, status, options, resolve))
  }

  /** Answers when the caller has returned, as a kernel does whose tracee runs first. */
  waitFor(_pid: number, status: number, _options: number, answer: (result: number) => void): void {
    void Promise.resolve().then(() => answer(this.#wait(status)))
  }

  #wait(status: number): number {
    const answer = this.answers.shift()
    if (answer === undefined) return -ERRNO.ECHILD
    this.#message = answer.message ?? 0
    if (answer.nr !== undefined) this.registers.setInt32(4, answer.nr, true)
    answer.args?.forEach((value, i) => this.registers.setBigUint64(8 + 8 * i, BigInt(value), true))
    if (status !== 0) this.memory.setU32(status, answer.status)
    return answer.pid
  }
}

export const fakeTicks = (): Ticks => new Ticks({ limit: 1000, pow: (base, exponent) => base ** exponent })
