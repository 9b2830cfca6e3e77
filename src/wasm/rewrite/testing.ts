import wabt from 'wabt'
import type { Problem } from './problem.ts'
import { type Build, rewrite } from './rewrite.ts'
import { memoryLimits } from './section.ts'
import { inspect } from './inspect.ts'

// What the tests of this folder share: WebAssembly text, and a machine that is just large enough to run it.

const assembler = await wabt()
const FEATURES = {
  exceptions: true,
  simd: true,
  multi_value: true,
  bulk_memory: true,
  reference_types: true,
  tail_call: true,
  extended_const: true,
  threads: true,
}

/** Assembles a module; text without `_start` gets an empty one. */
export function assemble(fields: string, names = false): Uint8Array<ArrayBuffer> {
  const start = fields.includes('"_start"') ? '' : '(func (export "_start"))'
  const module = assembler.parseWat('test.wat', `(module ${fields} ${start})`, FEATURES)
  module.resolveNames()
  const { buffer } = module.toBinary({ write_debug_names: names })
  module.destroy()
  return new Uint8Array(buffer)
}

/** The value of a result, or an error with the problem's sentence. */
export function must<Value>(result: { ok: true; value: Value } | { ok: false; problem: Problem }): Value {
  if (!result.ok) throw new Error(result.problem.sentence)
  return result.value
}

export interface Running {
  readonly call: (name: string, ...args: unknown[]) => unknown
  readonly exports: WebAssembly.Exports
  readonly memory: WebAssembly.Memory
  /** Ticks so far. */
  readonly ticks: () => number
  /** How often `tick` was called, and whether `overflow` was. */
  readonly calls: { tick: number; overflow: number; grow: number }
  readonly fuel: WebAssembly.Global<'i32'>
  readonly stack: WebAssembly.Global<'i32'>
  /** What the step and block builds export, and ask for. */
  readonly depth: WebAssembly.Global<'i32'>
  readonly stepping: WebAssembly.Global<'i32'>
}

/** Rewrites and instantiates a module. `quantum`: the fuel that each `tick` gives, minus one tick. */
export function run(
  bytes: Uint8Array<ArrayBuffer>,
  build: Build,
  {
    quantum = 1_000_000,
    imports = {},
    onTick,
    onGrow,
    onStep,
    onWatched,
  }: {
    quantum?: number
    imports?: WebAssembly.Imports
    onTick?: () => void
    onGrow?: () => void
    /** Given, steps are wanted from the beginning. */
    onStep?: (pc: number, index: number) => void
    onWatched?: (addr: number, length: number, pc: number, index: number) => void
  } = {},
): Running {
  const info = must(inspect(bytes))
  const memory = new WebAssembly.Memory(memoryLimits(info.memory))
  const fuel = new WebAssembly.Global({ value: 'i32', mutable: true }, quantum)
  const stepping = new WebAssembly.Global({ value: 'i32', mutable: true }, onStep === undefined ? 0 : 1)
  const calls = { tick: 0, overflow: 0, grow: 0 }
  let before = 0
  const ticks = (): number => before + quantum - fuel.value
  const skipcall: WebAssembly.ModuleImports = {
    memory,
    fuel,
    stepping,
    step: (pc: number, index: number) => onStep?.(pc, index),
    watched: (addr: number, length: number, pc: number, index: number) => onWatched?.(addr, length, pc, index),
    tick: () => {
      calls.tick++
      onTick?.()
      before = ticks()
      fuel.value = quantum
    },
    grow: (pages: number) => {
      calls.grow++
      onGrow?.()
      try {
        return memory.grow(pages)
      } catch {
        return -1
      }
    },
    overflow: () => {
      calls.overflow++
    },
  }
  const module = new WebAssembly.Module(must(rewrite(bytes, build)))
  const { exports } = new WebAssembly.Instance(module, { ...imports, skipcall })
  const call = (name: string, ...args: unknown[]): unknown =>
    (exports[name] as (...args: unknown[]) => unknown)(...args)
  const stack = exports['skipcall.stack'] as WebAssembly.Global<'i32'>
  const depth = exports['skipcall.depth'] as WebAssembly.Global<'i32'>
  return { call, exports, memory, ticks, calls, fuel, stack, depth, stepping }
}

/** An instance of a module as it is. */
export function original(bytes: Uint8Array<ArrayBuffer>, imports: WebAssembly.Imports = {}): Running['call'] {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports)
  return (name, ...args) => (exports[name] as (...args: unknown[]) => unknown)(...args)
}
