import { ERRNO, errnoName } from '../abi/errno.ts'
import type { Errno, ErrnoName } from '../abi/errno.ts'
import { ARCH_PREVIEW1, PTRACE, PTRACE_VM_SKIPCALL, PTRACE_VM_SKIPEXIT, eventName } from '../abi/ptrace.ts'
import { signalName } from '../abi/signal.ts'
import { argsText } from '../decode/arg.ts'
import { decodeCall } from '../decode/call.ts'
import type { DecodedCall } from '../decode/call.ts'
import { u32At, u64At } from '../decode/peek.ts'
import type { Word } from '../decode/word.ts'
import { rowOf } from '../syscall/find.ts'
import { ArchCode } from '../trace/format.ts'
import { ARGS } from '../trace/registers.ts'
import { Call } from './call.ts'
import { PtraceError } from './problem.ts'
import type { RawCalls } from './raw.ts'
import type { Going, StopCause, StopKind } from './stop-cause.ts'
import { StoppedMemory, toBytes } from './stopped-memory.ts'
import type { Bytes } from './stopped-memory.ts'
import { Struct, user_regs_struct } from './struct.ts'

type Registers = InstanceType<typeof user_regs_struct> & {
  arch: number
  nr: number
  /** Read as numbers; a bigint can be written. */
  args: Record<number, number | bigint>
  ret: number
  sp: number
}

/** A function that interrupts is at most this far below the stack pointer: leaf functions use a red zone. */
const RED_ZONE = 128

/** A register of 64 bits. */
const wordAt = (bytes: Uint8Array, at: number): Word => {
  const high = u32At(bytes, at + 4)
  return high < 0x20_0000 ? high * 2 ** 32 + u32At(bytes, at) : u64At(bytes, at)
}

/** A stop of a tracee, as `trace` hands it to the body of its loop. The tracee stands still until the body ends. */
export class Stop {
  readonly kind: StopKind
  readonly pid: number
  /** The name of the program. */
  readonly task: string
  readonly status: number
  readonly signal: number | undefined
  readonly event: string | undefined
  readonly message: number | undefined
  readonly code: number | undefined
  readonly memory: StoppedMemory
  readonly #calls: RawCalls
  #registers: Registers | undefined
  #going: Going
  #scratch: number | undefined
  #call: Call | undefined
  #bytes: Uint8Array | undefined

  constructor(calls: RawCalls, cause: StopCause, going: Going) {
    this.kind = cause.kind
    this.pid = cause.pid
    this.task = calls.conversation.process.nameOf(cause.pid)
    this.status = cause.status
    this.signal = cause.signal
    this.event = cause.event === undefined ? undefined : (eventName.get(cause.event) ?? `event ${cause.event}`)
    this.message = cause.message
    this.code = cause.code
    this.memory = new StoppedMemory(calls, cause.pid)
    this.#calls = calls
    this.#going = going
  }

  /** How the loop is to resume it. */
  static goingOf(stop: Stop): Going {
    return stop.#going
  }

  /** The registers as bytes: those of the script's structure, once it has one. */
  #image(): Uint8Array {
    if (this.#registers !== undefined) return Struct.bytesOf(this.#registers)
    return (this.#bytes ??= this.#calls.registers(this.pid))
  }

  #regs(): Registers {
    if (this.#registers === undefined) {
      const registers = new user_regs_struct() as Registers
      Struct.assign(registers, this.#image())
      this.#registers = registers
    }
    return this.#registers
  }

  #setRegs(change: (registers: Registers) => void): void {
    const registers = this.#regs()
    change(registers)
    this.#call = undefined
    this.#calls.mustPtrace(PTRACE.PTRACE_SETREGS, this.pid, 0, registers)
  }

  get registers(): Registers {
    return this.#regs()
  }

  #decoded(): DecodedCall {
    this.#need('syscall-entry', 'syscall-exit')
    const image = this.#image()
    const exit = this.kind === 'syscall-exit'
    const arch = u32At(image, 0)
    const nr = u32At(image, 4) | 0
    // An unknown call may use all of its registers.
    const count = rowOf(arch, nr)?.args.length ?? ARGS
    const args: Word[] = []
    for (let i = 0; i < count; i++) args.push(wordAt(image, 8 + 8 * i))
    return decodeCall({
      arch: arch === ARCH_PREVIEW1 ? ArchCode.preview1 : ArchCode.linux,
      nr,
      args,
      phase: exit ? 'after' : 'before',
      peek: (addr, length) => this.#calls.peek(this.pid, addr, length),
      ret: exit ? (u32At(image, 84) | 0) * 2 ** 32 + u32At(image, 80) : undefined,
    })
  }

  get call(): Call {
    return (this.#call ??= new Call(this.#decoded()))
  }

  /** The stop as strace prints it. */
  get line(): string {
    switch (this.kind) {
      case 'syscall-entry': {
        const { name, args } = this.#decoded()
        return `${name}(${argsText(args)}`
      }
      case 'syscall-exit': {
        const { name, args, result } = this.#decoded()
        return `${name}(${argsText(args)}) = ${result.text}`
      }
      case 'signal':
        return `--- ${signalName(this.signal ?? 0)} ---`
      case 'group':
        return `--- stopped by ${signalName(this.signal ?? 0)} ---`
      case 'event':
        return `--- ${this.event} ---`
      case 'exited':
        return `+++ exited with ${this.code} +++`
      case 'killed':
        return `+++ killed by ${signalName(this.signal ?? 0)} +++`
    }
  }

  /** The result register: what the call returned, or (at the entry) what a skipped call will return. */
  get result(): number {
    this.#need('syscall-entry', 'syscall-exit')
    return this.#regs().ret
  }
  set result(value: number) {
    this.#need('syscall-entry', 'syscall-exit')
    this.#setRegs((registers) => {
      registers.ret = value
    })
  }
  setResult(value: number): void {
    this.result = value
  }

  /** Does not run the call, which then returns `result`; there is no exit stop. */
  skip(result = 0): void {
    this.#need('syscall-entry')
    this.result = result
    this.#going = { ...this.#going, tags: this.#going.tags | PTRACE_VM_SKIPCALL }
  }

  /** Does not run the call, which then fails with an errno, in the way of its table. */
  fail(errno: Errno | ErrnoName): void {
    const number = typeof errno === 'string' ? ERRNO[errno] : errno
    if (errnoName(number) === undefined) throw this.#wrong(`there is no errno ${String(errno)}`, 'Use a name such as ENOSPC.')
    this.#need('syscall-entry')
    this.skip(this.#regs().arch === ARCH_PREVIEW1 ? number : -number)
  }

  /** Runs the call, and makes no exit stop. */
  skipExit(): void {
    this.#need('syscall-entry', 'event')
    this.#going = { ...this.#going, tags: this.#going.tags | PTRACE_VM_SKIPEXIT }
  }

  /** Puts numbers into argument registers by name. */
  set(values: Readonly<Record<string, number | bigint>>): void {
    const { args } = this.#decoded()
    this.#setRegs((registers) => {
      for (const [name, value] of Object.entries(values)) registers.args[this.#indexOf(args, name)] = value
    })
  }

  #indexOf(args: DecodedCall['args'], name: string): number {
    const index = args.findIndex((arg) => arg.name === name)
    if (index >= 0) return index
    throw this.#wrong(
      `the call has no argument ${name}`,
      `It has ${args.map((arg) => arg.name).join(', ') || 'none'}.`,
    )
  }

  /** Puts bytes into free space below the stack, and answers their address. They last until the guest goes on calling. */
  scratch(bytes: Bytes): number {
    const data = toBytes(bytes)
    const sp = this.#scratch ?? this.#regs().sp - RED_ZONE
    const addr = (sp - data.length) & ~15
    if (this.#regs().sp === 0 || addr < 1024) {
      throw this.#wrong('there is no room below the stack pointer', 'Write into memory that the call’s arguments point to.')
    }
    this.memory.write(addr, data)
    this.#scratch = addr
    return addr
  }

  /** Gives arguments other values: numbers as they are, a path or a buffer through `scratch`. */
  rewrite(values: Readonly<Record<string, number | bigint | Bytes>>): void {
    this.#need('syscall-entry')
    const { args, row } = this.#decoded()
    const changes: [number, number | bigint][] = []
    for (const [name, value] of Object.entries(values)) {
      const index = this.#indexOf(args, name)
      if (typeof value === 'number' || typeof value === 'bigint') {
        changes.push([index, value])
        continue
      }
      const show = row?.args[index]?.show
      if (show?.kind !== 'pointer' || show.count === undefined) {
        throw this.#wrong(`${name} is no path and no buffer`, 'Give it a number.')
      }
      const bytes = toBytes(value)
      const count = row?.args.findIndex((arg) => arg.name === show.count) ?? -1
      if (show.of === 'ciovec' || show.of === 'iovec') {
        const buf = this.scratch(bytes)
        changes.push([index, this.scratch(new Uint32Array([buf, bytes.length]))], [count, 1])
      } else changes.push([index, this.scratch(bytes)], [count, bytes.length])
    }
    this.#setRegs((registers) => {
      for (const [index, value] of changes) registers.args[index] = value
    })
  }

  /** Delivers another signal, or at a stop without one a first. */
  deliver(signo: number): void {
    this.#alive()
    this.#going = { ...this.#going, signal: signo }
  }

  /** Delivers no signal. */
  suppress(): void {
    this.deliver(0)
  }

  /** Resumes it now, rather than after the body. */
  resume(request: number = this.#going.request, with_: { readonly tags?: number; readonly signal?: number } = {}): void {
    this.#alive()
    this.#calls.mustPtrace(request, this.pid, with_.tags ?? this.#going.tags, with_.signal ?? this.#going.signal)
  }

  /** Lets it go: it runs untraced. */
  detach(signo = 0): void {
    this.#alive()
    this.#calls.mustPtrace(PTRACE.PTRACE_DETACH, this.pid, 0, signo)
    this.#calls.states.set(this.pid, 'gone')
  }

  /** Kills it with SIGKILL. */
  kill(): void {
    this.#alive()
    this.#calls.kill(this.pid, 9)
  }

  #alive(): void {
    if (this.kind !== 'exited' && this.kind !== 'killed') return
    throw this.#wrong(`task ${this.pid} has ended`, 'Look at `stop.kind` before you decide.')
  }

  #need(...kinds: readonly StopKind[]): void {
    if (kinds.includes(this.kind)) return
    throw this.#wrong(
      `this is possible only at a stop of kind ${kinds.join(' or ')}, and this one is ${this.kind}`,
      'Look at `stop.kind` first.',
    )
  }

  #wrong(why: string, cure: string): PtraceError {
    return new PtraceError(ERRNO.EINVAL, this.#calls.conversation.ticks.line, why, cure)
  }
}
