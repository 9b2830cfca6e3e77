import type { GuestMemory } from '../kernel/memory.ts'
import type { WaitQueue } from '../kernel/wait-queue.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Descriptors } from '../kernel/descriptors.ts'
import type { Entropy } from '../kernel/entropy.ts'
import type { System } from './system.ts'
import type { Terminal } from './terminal.ts'

/**
 * A row of a table of system calls: what the trampoline passes, what the decoder prints, what the filter can
 * ask for are read off the same place. What the kernel does stands beside it (handled.ts).
 */
export interface Row {
  readonly name: string
  /** The table that it belongs to: `ARCH_PREVIEW1` or `ARCH_LINUX`. */
  readonly arch: number
  /** The call's number: for preview1 its index in the witx. */
  readonly nr: number
  /** What the result register holds at the entry stop, and of a call that was skipped: 52 or −52 (abi.md). */
  readonly nosys: number
  readonly class: CallClass
  /** The classes of strace's `%class` filter that it belongs to besides. */
  readonly also: readonly CallClass[]
  readonly args: readonly Arg[]
  /** False for calls that do not come back (`proc_exit`). */
  readonly returns: boolean
  /** What of the call is not as in its source, in a sentence; the API page prints it. */
  readonly note?: string
}

/** The six hues of the timeline (ux.md). */
export type CallClass = 'file' | 'desc' | 'process' | 'time' | 'random' | 'socket'

/** The result (preview1: an errno, 0 = success; linux: a value or −errno), or what the call has to wait for. */
export type CallResult = number | Wait

/** A call with stops of its own inside (fork, exec) promises its result. */
export type RunResult = CallResult | Promise<number>

/**
 * A call that cannot be finished yet. It sleeps until one of `on` is woken or the virtual clock reaches
 * `until`, and is then tried again; a signal interrupts it.
 */
export interface Wait {
  readonly on: readonly WaitQueue[]
  /** Virtual nanoseconds since boot. */
  readonly until?: number
  /**
   * An interrupted wait restarts as `call` (ERESTARTSYS), as `nohand` (ERESTARTNOHAND: unless a handler ran) or as
   * `block` (ERESTART_RESTARTBLOCK: sleeps; restart_syscall goes on with `retry`, to the same `until`).
   */
  readonly restart: 'call' | 'nohand' | 'block'
  /** Looks again: the result, or a further wait. */
  retry(): CallResult
  /**
   * A signal interrupts it: does what the call does then (a nanosleep writes the time that is left). The result, if
   * it has one all the same (of a write that was half done); undefined when it restarts.
   */
  interrupted?(): number | undefined
}

/** What a call may touch of the task that makes it. */
export interface Caller {
  readonly memory: GuestMemory
  readonly files: Descriptors
  readonly clock: Clock
  readonly entropy: Entropy
  /** Without the terminating NULs. */
  readonly argv: readonly Uint8Array[]
  readonly environ: readonly Uint8Array[]
  /** Virtual nanoseconds that the process has computed; its clocks read it. */
  cpuTime(): number
  /** Gives up the processor; the caller's next wait-free return happens after the other ready tasks ran. */
  yieldTurn(): Wait | 0
  /** Sends the calling process a Linux signal. */
  raise(signo: number): void
  /** Ends the calling process; the call's result is never seen. */
  exit(code: number): void
  /** Processes, signals and tracing, for the table `linux`. */
  readonly system: System
  /** Job control. */
  readonly terminal: Terminal
}

/** An argument: its name and wasm type, how the decoder shows it, what the handler receives for it. */
export interface Arg<Value extends number | bigint = number | bigint> {
  readonly name: string
  readonly wasm: 'i32' | 'i64'
  readonly show: Show
  /** Only in the type: what `run` receives. */
  readonly value?: Value
  /** How the two halves of the register become what `run` receives. */
  readonly as: 'u32' | 'i32' | 'f64' | 'bigint'
}

export type Show =
  | { readonly kind: 'fd' | 'size' | 'u64' | 'offset' | 'timestamp' | 'rights' | 'cookie' | 'exitcode' }
  /** A number, and what it means in the table linux. */
  | { readonly kind: 'u32'; readonly word?: Word }
  /** One of, or several OR-ed, of the names in a list of `abi/xlat.ts`. */
  | { readonly kind: 'enum' | 'flags'; readonly xlat: string }
  /**
   * A pointer. `count` names the argument that holds the number of elements (bytes, for path and bytes), `filled` the
   * one that says how many the call used; `result` says that its result does.
   */
  | {
    readonly kind: 'pointer'; readonly dir: 'in' | 'out'; readonly of: Pointee
    readonly count?: string; readonly filled?: string; readonly result?: true
    /** In the table linux, where 0 is NULL, a structure: `of` is then 'bytes', without a count. */
    readonly struct?: StructShow
  }

/** Numbers of the table linux: `int` is signed, an `address` is never looked behind. */
export type Word = 'int' | 'pid' | 'id' | 'address' | 'mask' | 'ptrace_addr' | 'ptrace_data'

/** A structure of the table linux. */
export interface StructShow {
  readonly of: Struct
  /** The argument that holds the number of elements; one, without it. */
  readonly count?: string
  /** The call reads it and writes it. */
  readonly both?: true
}

/**
 * Structures as a 32-bit Linux has them. `string` ends with a NUL; `strings` is a list of pointers to such, which ends
 * with NULL (argv).
 */
export type Struct =
  | 'int' | 'int[2]' | 'timespec' | 'itimerval' | 'pollfd' | 'winsize' | 'iovec' | 'waitstatus' | 'rusage' | 'siginfo'
  | 'sigset' | 'sigaction' | 'stack' | 'sock_fprog' | 'string' | 'strings' | 'ioctl_arg'

/** What a pointer points to: a structure or scalar of the witx, a path or bytes with a length of their own. */
export type Pointee =
  | 'path' | 'bytes' | 'ciovec' | 'iovec' | 'size' | 'u16' | 'u32' | 'fd' | 'timestamp' | 'filesize' | 'fdstat'
  | 'filestat' | 'prestat' | 'dirent' | 'subscription' | 'event' | 'pointers' | 'roflags'

type Values<A extends readonly Arg[]> = { -readonly [K in keyof A]: A[K] extends Arg<infer V> ? V : never }

/** A row that no table has numbered yet. */
export type RowBody<A extends readonly Arg[] = readonly Arg[]> = Omit<Row, 'name' | 'arch' | 'nr' | 'nosys' | 'args'> & { readonly args: A }

/** A handler for each of the rows, typed by its arguments. */
export type Handlers<Rows extends Readonly<Record<string, RowBody>>> = {
  readonly [Name in keyof Rows]: (caller: Caller, ...args: Values<Rows[Name]['args']>) => RunResult
}

/** A row that keeps the types of its arguments. */
export const row = <const A extends readonly Arg[]>(spec: {
  readonly class: CallClass
  readonly also?: readonly CallClass[]
  readonly args: A
  readonly returns?: boolean
  readonly note?: string
}): RowBody<A> => ({ ...spec, also: spec.also ?? [], returns: spec.returns ?? true })

const i32 = (name: string, show: Show): Arg<number> => ({ name, wasm: 'i32', show, as: 'u32' })

export const fd = (name = 'fd'): Arg<number> => i32(name, { kind: 'fd' })
export const size = (name: string): Arg<number> => i32(name, { kind: 'size' })
export const u32 = (name: string): Arg<number> => i32(name, { kind: 'u32' })
export const exitcode = (name: string): Arg<number> => i32(name, { kind: 'exitcode' })
export const oneOf = (name: string, xlat: string): Arg<number> => i32(name, { kind: 'enum', xlat })
export const flags = (name: string, xlat: string): Arg<number> => i32(name, { kind: 'flags', xlat })
/** A pointer to what the call reads; `count` names the argument with the number of elements. */
export const input = (name: string, of: Pointee, count?: string): Arg<number> =>
  i32(name, { kind: 'pointer', dir: 'in', of, ...(count === undefined ? {} : { count }) })
/**
 * A pointer to what the call writes; `count` names the argument with the room, `filled` the out argument
 * that says how much of it was used.
 */
export const output = (name: string, of: Pointee, count?: string, filled?: string): Arg<number> =>
  i32(name, {
    kind: 'pointer', dir: 'out', of,
    ...(count === undefined ? {} : { count }), ...(filled === undefined ? {} : { filled }),
  })

/** Signed 64-bit; exact up to 2^53, which no file here reaches. */
export const offset = (name: string): Arg<number> => ({ name, wasm: 'i64', show: { kind: 'offset' }, as: 'f64' })
/** Unsigned 64-bit; exact up to 2^53. */
export const u64 = (name: string): Arg<number> => ({ name, wasm: 'i64', show: { kind: 'u64' }, as: 'f64' })
export const cookie = (name: string): Arg<number> => ({ name, wasm: 'i64', show: { kind: 'cookie' }, as: 'f64' })
/** Rights fit in the low half; the unused high half is dropped as wasmtime does. */
export const rights = (name: string): Arg<number> => ({ name, wasm: 'i64', show: { kind: 'rights' }, as: 'u32' })
export const timestamp = (name: string): Arg<bigint> => ({ name, wasm: 'i64', show: { kind: 'timestamp' }, as: 'bigint' })
/** A timestamp that the call does not use (a precision). */
export const precision = (name: string): Arg<number> => ({ name, wasm: 'i64', show: { kind: 'u64' }, as: 'u32' })
