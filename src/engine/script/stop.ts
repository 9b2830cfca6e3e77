import { ERRNO, errnoName } from '../abi/errno.ts'
import type { Errno, ErrnoName } from '../abi/errno.ts'
import { ARCH_PREVIEW1, NT_WASM_LOCALS, PTRACE, PTRACE_EVENT, PTRACE_VM_SKIPCALL, PTRACE_VM_SKIPEXIT, eventName } from '../abi/ptrace.ts'
import type { DecodedCall } from '../decode/call.ts'
import { LOCAL_BYTES } from '../ptrace/locals.ts'
import { argumentChanges } from './argument-change.ts'
import { Call } from './call.ts'
import { localsIn, type Local } from './local.ts'
import { PtraceError } from './problem.ts'
import type { RawCalls } from './raw.ts'
import { isBirth } from './stop-cause.ts'
import type { Going, StopCause, StopKind } from './stop-cause.ts'
import { lineOf } from './stop-line.ts'
import { decodeRegisters } from './stopped-call.ts'
import { StoppedMemory, toBytes } from './stopped-memory.ts'
import type { Bytes } from './stopped-memory.ts'
import { Struct, siginfo_t, user_regs_struct } from './struct.ts'

type Registers = InstanceType<typeof user_regs_struct> & {
  arch: number
  nr: number
  /** Read as numbers; a bigint can be written. */
  args: Record<number, number | bigint>
  ret: number
  pc: number
  sp: number
}
type Info = InstanceType<typeof siginfo_t>

/** Where the registers are those of a call. */
const IN_CALL = ['syscall-entry', 'syscall-exit', 'seccomp'] as const
/** Where an exit stop is still to come. */
const BEFORE_EXIT = ['syscall-entry', 'fork', 'vfork', 'clone', 'exec', 'vfork-done', 'seccomp'] as const
/** Where a siginfo_t is a signal's own, and not made for the stop. */
const OF_SIGNAL = ['signal', 'step'] as const

/** More are not shown (src/wasm/rewrite/limit.ts). */
const MOST_LOCALS = 64

/** A function that interrupts is at most this far below the stack pointer: leaf functions use a red zone. */
const RED_ZONE = 128

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
    this.#need(...IN_CALL)
    return decodeRegisters(this.#image(), this.kind === 'syscall-exit', (addr, length) => this.#calls.peek(this.pid, addr, length))
  }

  get call(): Call {
    return (this.#call ??= new Call(this.#decoded()))
  }

  /** The stop as strace prints it. */
  get line(): string {
    return lineOf(this, () => this.#decoded())
  }

  /** Of an event that made a child, or of the end of a vfork: who it is. */
  get child(): number | undefined {
    return isBirth(this.kind) || this.kind === 'vfork-done' ? this.message : undefined
  }

  /** PTRACE_GETSIGINFO: a copy. A group-stop of a task that was not seized has none. */
  get info(): Info {
    this.#alive()
    const info = new siginfo_t()
    this.#calls.mustPtrace(PTRACE.PTRACE_GETSIGINFO, this.pid, 0, info)
    return info
  }

  /** PTRACE_SETSIGINFO: what the signal says of itself when it is delivered. Its number is not among it: `deliver`. */
  setInfo(values: Readonly<Record<string, number>>): void {
    this.#need(...OF_SIGNAL)
    this.#calls.mustPtrace(PTRACE.PTRACE_SETSIGINFO, this.pid, 0, Object.assign(this.info, values))
  }

  /** Where the task is, as the latest step of it told: an offset in the module's code section. */
  get pc(): number {
    return this.#regs().pc
  }
  /** … and in which function. */
  get function(): string | undefined {
    return this.pc === 0 ? undefined : this.#calls.conversation.process.functionOf(this.pid)
  }

  /** The locals of that function, parameters first; none where the task does not stand at a step. */
  get locals(): readonly Local[] {
    this.#alive()
    const bytes = this.#calls.registerSet(this.pid, NT_WASM_LOCALS, MOST_LOCALS * LOCAL_BYTES)
    return bytes === undefined ? [] : localsIn(bytes)
  }

  /** The result register: what the call returned, or (at the entry) what a skipped call will return. */
  get result(): number {
    this.#need(...IN_CALL)
    return this.#regs().ret
  }
  set result(value: number) {
    this.#need(...IN_CALL)
    this.#setRegs((registers) => {
      registers.ret = value
    })
  }
  setResult(value: number): void {
    this.result = value
  }

  /** Does not run the call, which then returns `result`; there is no exit stop. */
  skip(result = 0): void {
    this.#need('syscall-entry', 'seccomp')
    this.result = result
    // The tag is read at entry stops only; whoever stands behind one says it as seccomp(2) does: "the tracer can skip
    // the system call by changing the system call number to -1".
    if (this.kind === 'seccomp') {
      this.#setRegs((registers) => {
        registers.nr = -1
      })
    } else this.#going = { ...this.#going, tags: this.#going.tags | PTRACE_VM_SKIPCALL }
  }

  /** Does not run the call, which then fails with an errno, in the way of its table. */
  fail(errno: Errno | ErrnoName): void {
    const number = typeof errno === 'string' ? ERRNO[errno] : errno
    if (errnoName(number) === undefined) throw this.#wrong(`there is no errno ${String(errno)}`, 'Use a name such as ENOSPC.')
    this.#need('syscall-entry', 'seccomp')
    this.skip(this.#regs().arch === ARCH_PREVIEW1 ? number : -number)
  }

  /** Runs the call, and makes no exit stop. */
  skipExit(): void {
    this.#need(...BEFORE_EXIT)
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
    this.#need('syscall-entry', 'seccomp')
    const changes = argumentChanges(this.#decoded(), values, {
      index: (args, name) => this.#indexOf(args, name),
      place: (bytes) => this.scratch(bytes),
      wrong: (why, cure) => this.#wrong(why, cure),
    })
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

  /** Lets it run one instruction, and stop again: PTRACE_SINGLESTEP (of a loop over SYSEMU: SYSEMU_SINGLESTEP). */
  step(): void {
    const emulates = this.#going.request === PTRACE.PTRACE_SYSEMU || this.#going.request === PTRACE.PTRACE_SYSEMU_SINGLESTEP
    this.#goBy(emulates ? PTRACE.PTRACE_SYSEMU_SINGLESTEP : PTRACE.PTRACE_SINGLESTEP)
  }

  /** Lets it run to the end of the basic block, and stop again: PTRACE_SINGLEBLOCK. */
  stepBlock(): void {
    this.#goBy(PTRACE.PTRACE_SINGLEBLOCK)
  }

  /** Leaves it in its group-stop, and hears of SIGCONT: PTRACE_LISTEN, of a task that was seized. */
  listen(): void {
    this.#need('group', 'trap')
    if (this.status >>> 16 !== PTRACE_EVENT.PTRACE_EVENT_STOP) {
      throw this.#wrong(
        'a task that is a tracee by PTRACE_TRACEME or ATTACH cannot be left in its group-stop',
        'Seize it: `trace(spawn(name, { trace: "stopped" }))`.',
      )
    }
    this.#goBy(PTRACE.PTRACE_LISTEN)
  }

  #goBy(request: number): void {
    this.#alive()
    this.#going = { ...this.#going, request }
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
    if (this.kind === 'exited' || this.kind === 'killed') throw this.#wrong(`task ${this.pid} has ended`, 'Look at `stop.kind` before you decide.')
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
