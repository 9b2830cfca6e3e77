import type { GuestEnd, GuestPort, MemoryPort, ThreadStart, Trap, Vcpu } from '../engine/ports.ts'
import { HANDLER, THREAD_START, WASI_THREAD_START, type Loaded } from './load.ts'
import type { MemoryPool } from './memory-pool.ts'
import type { GuestImport } from './rewrite/inspect.ts'
import { captureStack, guestFrames, keepSpot } from './stack.ts'

const EMPTY = new ArrayBuffer(0)

/** Of `skipcall.local.…` in the builds that step. */
const SHOWN_LOCALS = 64

/** Taken before the realm is locked: afterwards the name is gone (script/realm.ts). */
const wasm = WebAssembly

/**
 * What engines say of a trap; V8's words first, then SpiderMonkey's. Firefox may throw a string where it runs out
 * of memories, so nothing is told by `instanceof`.
 */
const TRAPS: readonly (readonly [RegExp, Trap])[] = [
  [/unreachable/, 'unreachable'],
  [/memory access out of bounds|index out of bounds|data segment|table index is out of bounds|table access/, 'out-of-bounds'],
  [/divide by zero|remainder by zero/, 'integer-divide'],
  [/integer overflow|float unrepresentable|divide result unrepresentable|invalid conversion/, 'integer-overflow'],
  [/null function|signature mismatch|indirect call|null reference|dereferencing a null/, 'bad-call'],
  [/call stack|too much recursion|stack overflow/, 'stack-overflow'],
]

const endOf = (thrown: unknown, overflowed: boolean): GuestEnd => {
  const detail = String((thrown as { message?: unknown } | null)?.message ?? thrown)
  if (overflowed) return { kind: 'trap', trap: 'stack-overflow', detail }
  if (thrown instanceof wasm.Exception) return { kind: 'trap', trap: 'exception', detail }
  const trap = TRAPS.find(([words]) => words.test(detail))?.[1] ?? 'unknown'
  return { kind: 'trap', trap, detail }
}

/** A guest's memory, with what WebAssembly calls it. */
export interface WasmMemoryPort extends MemoryPort {
  /** Undefined when it has been freed. */
  wasm(): WebAssembly.Memory | undefined
}

type Import = (...args: number[]) => unknown

/** How a guest's stack waits for a promise of the kernel's. */
export interface Stacks {
  /** An import that may give a promise. */
  suspending(call: (...args: never[]) => unknown): unknown
  /** An export that may come to such an import: gives a promise, unless it is through. */
  promising(call: (...args: never[]) => unknown): (...args: unknown[]) => unknown
}

/** JavaScript Promise Integration: the stack is put aside. Looked up only where there is any. */
const jspi: Stacks = {
  suspending: (call) => new wasm.Suspending(call),
  promising: (call) => wasm.promising(call),
}

/** Puts the trampoline's arguments into the registers and calls. One shape per number of arguments, for the plain path is hot. */
const importer = <Result>(
  { params }: GuestImport, halves: Int32Array, call: (fuel: number) => Result,
): ((...args: number[]) => Result) => {
  // Where each of the trampoline's arguments goes: an i64 comes as two.
  const slots: number[] = []
  params.forEach((type, i) => {
    slots.push(2 * i)
    if (type === 'i64') slots.push(2 * i + 1)
  })
  const [s0, s1, s2, s3, s4] = slots as [number, number, number, number, number]
  // The registers in pairs of halves: to clear them takes half as many writes, and no call.
  const pairs = new Float64Array(halves.buffer, halves.byteOffset, halves.length / 2)
  switch (slots.length) {
    case 0:
      return (fuel) => {
        for (let i = 0; i < pairs.length; i++) pairs[i] = 0
        return call(fuel as number)
      }
    case 1:
      return (fuel, a) => {
        for (let i = 0; i < pairs.length; i++) pairs[i] = 0
        halves[s0] = a as number
        return call(fuel as number)
      }
    case 2:
      return (fuel, a, b) => {
        for (let i = 0; i < pairs.length; i++) pairs[i] = 0
        halves[s0] = a as number
        halves[s1] = b as number
        return call(fuel as number)
      }
    case 3:
      return (fuel, a, b, c) => {
        for (let i = 0; i < pairs.length; i++) pairs[i] = 0
        halves[s0] = a as number
        halves[s1] = b as number
        halves[s2] = c as number
        return call(fuel as number)
      }
    case 4:
      return (fuel, a, b, c, d) => {
        for (let i = 0; i < pairs.length; i++) pairs[i] = 0
        halves[s0] = a as number
        halves[s1] = b as number
        halves[s2] = c as number
        halves[s3] = d as number
        return call(fuel as number)
      }
    case 5:
      // fd_seek.
      return (fuel, a, b, c, d, e) => {
        for (let i = 0; i < pairs.length; i++) pairs[i] = 0
        halves[s0] = a as number
        halves[s1] = b as number
        halves[s2] = c as number
        halves[s3] = d as number
        halves[s4] = e as number
        return call(fuel as number)
      }
    default:
      return (fuel, ...args) => {
        for (let i = 0; i < pairs.length; i++) pairs[i] = 0
        for (let i = 0; i < slots.length; i++) halves[slots[i] as number] = args[i] as number
        return call(fuel as number)
      }
  }
}

/**
 * A processor whose stack is suspended by JSPI, unless told otherwise.
 *
 * @param pool where its memory comes from, and goes to when it is freed; without one it is the collector's
 * @throws what the engine throws when it gives no memory
 */
export const makeVcpu = (loaded: Loaded, first: GuestPort, outOfMemory: () => void, thread?: ThreadStart, pool?: MemoryPool, stacks = jspi): Vcpu => {
  let port = first
  const global = (value = 0): WebAssembly.Global => new wasm.Global({ value: 'i32', mutable: true }, value)
  const mode = global()
  const todo = global()
  const dead = global()
  const fuel = global()
  const signals = global()
  const siginfo = global()
  const context = global()
  const again = global()
  const stepping = global()
  let overflowed = false
  /** The stack where it last had to wait at a tick. */
  let spot: (() => string) | undefined
  /** What a store waits for. */
  let watching: Promise<void> | undefined
  let memory = thread === undefined ? pool?.take(loaded.memory) ?? new wasm.Memory(loaded.memory) : (thread.of.memory as WasmMemoryPort).wasm()
  const { maximum } = loaded.memory

  const { suspending, promising } = stacks
  const plain: Record<string, unknown> = {}
  const suspended: Record<string, unknown> = {}
  loaded.imports.forEach((wanted, index) => {
    plain[index] = importer(wanted, port.halves, (left) => port.plain(index, left))
    suspended[index] = suspending(importer(wanted, port.halves, (left) => port.suspending(index, left)) as Import as never)
  })
  /** What the guest counts of its stack, and what it was where handlers began. */
  const counters: (WebAssembly.Global | undefined)[] = []
  const kept: unknown[][] = []
  const trampoline = new wasm.Instance(loaded.trampoline, {
    plain: plain as WebAssembly.ModuleImports,
    suspending: suspended as WebAssembly.ModuleImports,
    env: {
      mode, todo, dead, fuel,
      finish: suspending(() => port.finish()),
      tick_plain: (left: number) => {
        port.tickPlain(left)
        if (todo.value !== 0) spot = keepSpot()
      },
      tick_suspending: suspending(((left: number) => {
        spot = keepSpot()
        return port.tickSuspending(left)
      }) as never),
      finish_tick: suspending(() => port.finishTick()),
      overflow: () => {
        overflowed = true
      },
      signals, siginfo, context, again,
      // Neither may suspend where nothing waits: who is made again stands when `run` has come back (engine/kernel/image.ts).
      next_signal: () => {
        const signo = port.nextSignal()
        // A handler begins with what is left of the stack; the next one must not begin below where this one was.
        if (signo !== 0) kept.push(counters.map((counter) => counter?.value as unknown))
        return signo
      },
      signal_returned: () => {
        kept.pop()?.forEach((value, i) => {
          const counter = counters[i]
          if (counter !== undefined) counter.value = value
        })
        return port.signalReturned() ? 1 : 0
      },
      signal_return: suspending(() => port.signalReturn()),
      watched: (addr: number, length: number, pc: number, func: number) => {
        watching = port.watched?.(addr >>> 0, length >>> 0, pc, func)
        return watching === undefined ? 0 : 1
      },
      finish_watched: suspending(() => watching),
      step_plain: (pc: number, func: number) => port.stepPlain(pc, func),
      step: suspending(((pc: number, func: number) => port.step(pc, func)) as never),
    } as unknown as WebAssembly.ModuleImports,
  })

  const imports: Record<string, Record<string, unknown>> = {
    skipcall: {
      fuel, memory, stepping,
      step: trampoline.exports['step'],
      tick: trampoline.exports['tick'],
      overflow: trampoline.exports['overflow'],
      watched: trampoline.exports['watched'],
      grow: (pages: number): number => {
        const delta = pages >>> 0
        const before = (memory as WebAssembly.Memory).buffer.byteLength / 65_536
        if (before + delta > maximum) return -1
        try {
          return (memory as WebAssembly.Memory).grow(delta)
        } catch {
          // Below the maximum it must not fail: that would be the platform's chance. It ends the machine.
          outOfMemory()
          return -1
        }
      },
    },
  }
  loaded.imports.forEach(({ module, name }, index) => {
    imports[module] = { ...imports[module], [name]: trampoline.exports[String(index)] }
  })
  let instance: WebAssembly.Instance | undefined
  let stillborn: GuestEnd | undefined
  try {
    instance = new wasm.Instance(loaded.guest, imports as WebAssembly.Imports)
  } catch (thrown) {
    // A segment that does not fit into the guest's memory or table is the guest's own fault, and its first.
    if (!(thrown instanceof wasm.RuntimeError)) throw thrown
    stillborn = endOf(thrown, false)
  }
  const sp = instance?.exports['skipcall.sp'] as WebAssembly.Global | undefined
  const depth = instance?.exports['skipcall.depth'] as WebAssembly.Global | undefined
  counters.push(instance?.exports['skipcall.stack'] as WebAssembly.Global | undefined, depth)
  // What a step shows of a function, a handler that runs in that step must not change (rewrite/README.md).
  if (depth !== undefined) for (let i = 0; i < SHOWN_LOCALS; i++) counters.push(instance?.exports[`skipcall.local.${i}`] as WebAssembly.Global | undefined)
  const handler = instance?.exports[HANDLER]
  const handlers = trampoline.exports['handler'] as WebAssembly.Table | undefined
  const takesSignals = handler !== undefined && handlers !== undefined
  if (takesSignals) handlers.set(0, handler)
  let killed = false
  let suspends = false
  /** Has it, or has it had, other threads? */
  let isShared = thread !== undefined

  const memoryPort: WasmMemoryPort = {
    buffer: () => (memory === undefined ? EMPTY : (memory.buffer as ArrayBuffer)),
    wasm: () => {
      isShared = true
      return memory
    },
  }
  return {
    memory: memoryPort,
    run: async () => {
      if (stillborn !== undefined) return stillborn
      const { exports } = instance as WebAssembly.Instance
      try {
        if (thread !== undefined) {
          if (sp !== undefined && thread.stackTop !== 0) sp.value = thread.stackTop | 0
          const tls = exports['__tls_base']
          if (thread.tls !== 0 && tls instanceof wasm.Global) tls.value = thread.tls | 0
          await promising((exports[THREAD_START] ?? exports[WASI_THREAD_START]) as never)(thread.fn, thread.arg)
          return { kind: 'returned' }
        }
        const start = exports['skipcall.start']
        const started = start === undefined ? undefined : promising(start as never)()
        if (started !== undefined) await started
        const ended = promising(exports['_start'] as never)()
        if (ended !== undefined) await ended
        return { kind: 'returned' }
      } catch (thrown) {
        return killed ? { kind: 'ended' } : endOf(thrown, overflowed)
      }
    },
    build: loaded.build,
    takesSignals,
    connect: (next) => {
      port = next
    },
    setMode: (on) => {
      // Every resume says it again, and to write a global takes as long as ten comparisons.
      if (on === suspends) return
      suspends = on
      mode.value = on ? 1 : 0
    },
    setTodo: (on) => {
      todo.value = on ? 1 : 0
    },
    kill: () => {
      killed = true
      dead.value = 1
    },
    setFuel: (left) => {
      fuel.value = left
    },
    fuel: () => fuel.value as number,
    setStepping: (on) => {
      stepping.value = on ? 1 : 0
    },
    setWatch: (lo, hi) => {
      const bounds = ['skipcall.watch.lo', 'skipcall.watch.hi'].map((name) => instance?.exports[name] as WebAssembly.Global | undefined)
      bounds.forEach((bound, i) => {
        if (bound !== undefined) bound.value = (i === 0 ? lo : hi) | 0
      })
    },
    frames: () => guestFrames(captureStack(), loaded),
    spot: () => (spot === undefined ? [] : guestFrames(spot(), loaded)),
    shownLocal: (slot) => BigInt.asUintN(64, ((instance?.exports[`skipcall.local.${slot}`] as WebAssembly.Global | undefined)?.value as bigint | undefined) ?? 0n),
    depth: () => (depth === undefined ? 0 : (depth.value as number)),
    setSignals: (due) => {
      signals.value = due ? 1 : 0
    },
    setAgain: (made) => {
      again.value = made ? 1 : 0
    },
    setHandlerArguments: (info, at) => {
      siginfo.value = info
      context.value = at
    },
    stackPointer: () => (sp === undefined ? 0 : (sp.value as number) >>> 0),
    setStackPointer: (to) => {
      if (sp !== undefined) sp.value = to | 0
    },
    free: () => {
      // Its stack may come back once more, and must not run a handler on what is another's memory by then.
      dead.value = 1
      signals.value = 0
      if (memory !== undefined && !isShared) pool?.give(memory, loaded.memory)
      instance = undefined
      memory = undefined
    },
  }
}
