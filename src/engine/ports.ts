import type { WasmType } from './abi/ptrace.ts'

/**
 * What the engine needs from outside. `src/wasm` supplies it in a page and under Node, tests supply fakes:
 * nothing else of the platform (no clock, no chance, no timer, no WebAssembly) reaches the engine.
 */

/** A guest's linear memory. Growing it detaches the old buffer, so nobody keeps a view over a call. */
export interface MemoryPort {
  /** The memory's bytes as they are now; a new ArrayBuffer after each growth. */
  buffer(): ArrayBuffer
}

/** How a guest's run ended, as far as its virtual processor can tell. */
export type GuestEnd =
  | { readonly kind: 'returned' }
  | { readonly kind: 'trap'; readonly trap: Trap; readonly detail: string }
  /** The machine ended it on purpose (`kill`): the kernel knows why. */
  | { readonly kind: 'ended' }

/** The traps of the WebAssembly specification, and what the loader adds, by the signal Linux would send. */
export type Trap =
  | 'unreachable'
  | 'out-of-bounds'
  | 'integer-divide'
  | 'integer-overflow'
  | 'bad-call'
  | 'stack-overflow'
  | 'exception'
  | 'unknown'

/**
 * What the kernel is to a virtual processor: the far side of every import of a guest. The arguments have been
 * put into `halves` (two 32-bit halves each, low first) before a call.
 */
export interface GuestPort {
  readonly halves: Int32Array
  /** A call on the plain path, by the import's index. When it has to wait, the kernel has called `setTodo`. */
  plain(index: number, fuel: number): number
  /** A call of a task that somebody traces. */
  suspending(index: number, fuel: number): Promise<number>
  /** The rest of a plain call that had to wait: its result. */
  finish(): Promise<number>
  /** The fuel is used up: as with calls. */
  tickPlain(fuel: number): void
  tickSuspending(fuel: number): Promise<void>
  finishTick(): Promise<void>
  /**
   * The guest is about to run the instruction at `pc`, an offset in its module's code section, of this function.
   */
  step(pc: number, func: number): void | Promise<void>
  /** The same where nobody traces it: of a guest that is made again. When it has to wait, the kernel has called `setTodo`. */
  stepPlain(pc: number, func: number): void
  /**
   * The guest has just stored `length` bytes at `addr`, some of which are watched, by the instruction at `pc` of this
   * function (as in `step`). A promise: it goes on when that is settled.
   */
  watched?(addr: number, length: number, pc: number, func: number): Promise<void> | undefined
  /** The signal whose handler is to run before the guest goes on, or 0. */
  nextSignal(): number
  /** That handler has returned; true: `signalReturn` is to be called for it, which may wait. */
  signalReturned(): boolean
  signalReturn(): Promise<void>
  /**
   * For a processor whose guest left its stack to wait, where it cannot be suspended: the far side of the same guest from
   * its beginning on, which answers as was answered up to there, says so, and then is this one. Undefined where that is
   * not known any more; the run is over then.
   */
  again?(waited: Waited, vcpu: Vcpu, arrived: () => void): GuestPort | undefined
}

/** Where a guest waited for the kernel: in a call or at the end of a handler, at a tick, at a step. */
export type Waited = 'call' | 'tick' | 'step'

/** A virtual processor: one guest instance and its stack. */
export interface Vcpu {
  readonly memory: MemoryPort
  readonly build: GuestBuild
  /** Whether the guest can run signal handlers: it exports `__linux_signal`. */
  readonly takesSignals: boolean
  /** From now on this is its far side. */
  connect(port: GuestPort): void
  /** Starts the guest. Settles when the guest has returned, trapped or been ended; never rejects. */
  run(): Promise<GuestEnd>
  /** While true, calls come through `suspending`. */
  setMode(suspending: boolean): void
  /** Tells the trampoline whether the call just made by `plain` or `tickPlain` must wait. */
  setTodo(todo: boolean): void
  /** Ends the guest at its next return from the kernel, by a trap that it cannot catch. */
  kill(): void
  /** The counter that the guest's loops and functions count down. */
  setFuel(fuel: number): void
  /** What is left of it. */
  fuel(): number
  /** While true, the trampoline asks `nextSignal` before the guest goes on. */
  setSignals(due: boolean): void
  /** After a handler's return: the call that was interrupted is made again. */
  setAgain(again: boolean): void
  /** What the next handler gets besides the signal's number. */
  setHandlerArguments(siginfo: number, context: number): void
  /** While true, `step` is asked at each step of the build. */
  setStepping(on: boolean): void
  /** On the build `watch`: `watched` is told of stores into the bytes from `lo` up to `hi`; of none while both are 0. */
  setWatch(lo: number, hi: number): void
  /**
   * The functions that the guest is in, innermost first: to be asked only while it is in a call of its port that is not
   * a promise. SpiderMonkey tells no more than the innermost 128.
   */
  frames(): readonly GuestFrame[]
  /** The innermost of these, as they were when it last had to wait at a tick: to be asked at any time. */
  spot(): readonly GuestFrame[]
  /** Calls that the guest is in, or 0 where the build does not count them. */
  depth(): number
  /** The shadow stack pointer, or 0 where the module has none. */
  stackPointer(): number
  setStackPointer(sp: number): void
  /** At a step: what the function shows in a slot (`Host.locals`), as 64 bits. */
  shownLocal?(slot: number): bigint
  /** Lets go of the instance and its memory: the guest has ended and nobody will look at it again. */
  free(): void
}

/** A function that a guest is in. */
export interface GuestFrame {
  /** Its index in the module as its toolchain made it. */
  readonly func: number
  /**
   * The instruction there that it is at, a call unless it is innermost: an offset in the module's code section, as DWARF
   * counts it. Undefined where the engine does not say (JavaScriptCore).
   */
  readonly codeOffset: number | undefined
}

/** A thread of a guest: it shares the memory of another processor of the same program, and begins elsewhere. */
export interface ThreadStart {
  readonly of: Vcpu
  /** 0: the thread's entry sets up its own. */
  readonly stackTop: number
  readonly tls: number
  readonly fn: number
  readonly arg: number
}

/** How a module is made ready (rewrite/README.md): all of them count ticks alike. */
export type GuestBuild = 'count' | 'plain' | 'step' | 'block' | 'watch'

/** What the platform gives a machine. */
export interface Host {
  /** Guests that wait are made again, for the platform cannot suspend them: each needs its log, and none can have threads. */
  readonly rebuilds?: boolean
  /**
   * Makes an instance of a module that was loaded under this hash; undefined if there is none, or no memory for it.
   */
  instantiate(hash: string, port: GuestPort, build?: GuestBuild, thread?: ThreadStart): Vcpu | undefined
  /** The functions that the module imports, in its order. */
  imports(hash: string): readonly ImportName[] | undefined
  /** What the module calls a function that it has at this index, if it says so. */
  functionName?(hash: string, index: number): string | undefined
  /** The locals of a function that a step shows, in the function's order, and where: of a v128 in two slots. */
  locals?(hash: string, index: number): readonly { readonly type: WasmType; readonly slot: number }[]
  /** Loads a module that a guest wants to execute: its hash, or the sentence that says why it cannot be. */
  load(bytes: Uint8Array): { readonly hash: string } | { readonly sentence: string }
  /** A guest is being made again, which may take long; or it is done. */
  rebuilding?(name: string, begins: boolean): void
  /** Lets the platform's event loop turn once. */
  macrotask(): Promise<void>
}

export interface ImportName {
  readonly module: string
  readonly name: string
}
