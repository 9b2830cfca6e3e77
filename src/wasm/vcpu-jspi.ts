import type { GuestEnd, GuestPort, MemoryPort, Trap, Vcpu } from '../engine/ports.ts'
import type { Loaded } from './load.ts'
import type { GuestImport } from './rewrite/inspect.ts'

const EMPTY = new ArrayBuffer(0)

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
  const [s0, s1, s2, s3] = slots as [number, number, number, number]
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
    default:
      return (fuel, ...args) => {
        for (let i = 0; i < pairs.length; i++) pairs[i] = 0
        for (let i = 0; i < slots.length; i++) halves[slots[i] as number] = args[i] as number
        return call(fuel as number)
      }
  }
}

/**
 * A processor whose stack is suspended by JSPI.
 *
 * @throws what the engine throws when it gives no memory
 */
export const makeVcpu = (loaded: Loaded, port: GuestPort, outOfMemory: () => void): Vcpu => {
  const global = (value = 0): WebAssembly.Global => new wasm.Global({ value: 'i32', mutable: true }, value)
  const mode = global()
  const todo = global()
  const dead = global()
  const fuel = global()
  let overflowed = false
  let memory: WebAssembly.Memory | undefined = new wasm.Memory(loaded.memory)
  const { maximum } = loaded.memory

  const suspending = (call: (...args: never[]) => unknown): unknown => new wasm.Suspending(call)
  const plain: Record<string, unknown> = {}
  const suspended: Record<string, unknown> = {}
  loaded.imports.forEach((wanted, index) => {
    plain[index] = importer(wanted, port.halves, (left) => port.plain(index, left))
    suspended[index] = suspending(importer(wanted, port.halves, (left) => port.suspending(index, left)) as Import as never)
  })
  const trampoline = new wasm.Instance(loaded.trampoline, {
    plain: plain as WebAssembly.ModuleImports,
    suspending: suspended as WebAssembly.ModuleImports,
    env: {
      mode, todo, dead, fuel,
      finish: suspending(() => port.finish()),
      tick_plain: (left: number) => port.tickPlain(left),
      tick_suspending: suspending(((left: number) => port.tickSuspending(left)) as never),
      finish_tick: suspending(() => port.finishTick()),
      overflow: () => {
        overflowed = true
      },
    } as unknown as WebAssembly.ModuleImports,
  })

  const imports: Record<string, Record<string, unknown>> = {
    skipcall: {
      fuel, memory,
      tick: trampoline.exports['tick'],
      overflow: trampoline.exports['overflow'],
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
  let killed = false
  let suspends = false

  const memoryPort: WasmMemoryPort = {
    buffer: () => (memory === undefined ? EMPTY : (memory.buffer as ArrayBuffer)),
    wasm: () => memory,
  }
  return {
    memory: memoryPort,
    run: async () => {
      if (stillborn !== undefined) return stillborn
      const { exports } = instance as WebAssembly.Instance
      try {
        const start = exports['skipcall.start']
        if (start !== undefined) await wasm.promising(start as never)()
        await wasm.promising(exports['_start'] as never)()
        return { kind: 'returned' }
      } catch (thrown) {
        return killed ? { kind: 'ended' } : endOf(thrown, overflowed)
      }
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
    stackPointer: () => (sp === undefined ? 0 : (sp.value as number) >>> 0),
    free: () => {
      instance = undefined
      memory = undefined
    },
  }
}
