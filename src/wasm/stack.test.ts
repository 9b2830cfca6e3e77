import { describe, expect, test } from 'vitest'
import type { GuestFrame, GuestPort } from '../engine/ports.ts'
import type { RunEnd, Spin } from '../engine/protocol.ts'
import { DEFAULT_BUDGET, makeRecipe, type Recipe } from '../engine/recipe.ts'
import { Session } from '../engine/session.ts'
import { fixture } from './guests/fixture.ts'
import { load, type Loaded } from './load.ts'
import { assemble } from './rewrite/testing.ts'
import { Programs, programHost } from './programs.ts'
import { parseStack } from './stack.ts'
import { makeVcpu } from './vcpu-jspi.ts'
import type { Build } from './rewrite/rewrite.ts'

/** Where the contents of the code section begin. */
function codeStart(bytes: Uint8Array): number {
  const size = (at: number): [value: number, next: number] => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] as number
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return [value, at]
    }
  }
  for (let at = 8; ; ) {
    const [length, start] = size(at + 1)
    if (bytes[at] === 10) return start
    at = start + length
  }
}

/** The engine's own words of the module as it is: its frames at each call of an import. */
const inOriginal = (bytes: Uint8Array<ArrayBuffer>): readonly GuestFrame[][] => {
  const module = new WebAssembly.Module(bytes)
  const stacks: GuestFrame[][] = []
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 200
  const call = (): number => {
    const lines = parseStack(String(new Error().stack))
    stacks.push(lines.map(({ index, offset }) => ({ func: index as number, codeOffset: (offset as number) - codeStart(bytes) })))
    return 0
  }
  const world: Record<string, Record<string, () => number>> = {}
  for (const { module: from, name } of WebAssembly.Module.imports(module)) (world[from] ??= {})[name] = call
  try {
    ;(new WebAssembly.Instance(module, world).exports['_start'] as () => void)()
  } catch {
    // Its proc_exit comes back, which it does not expect.
  }
  Error.stackTraceLimit = stackTraceLimit
  return stacks
}

/** Runs a guest whose calls all give 0, on one of our builds; `see` may look at it in each call, tick and report. */
const play = async (bytes: Uint8Array, build: Build, see: (vcpu: ReturnType<typeof makeVcpu>, where: string) => void, fuel = 1_000_000, watch = 0): Promise<Loaded> => {
  const result = load(bytes, build)
  if (!result.ok) throw new Error(result.sentence)
  const port: GuestPort = {
    halves: new Int32Array(18),
    plain: () => {
      see(vcpu, 'call')
      return 0
    },
    suspending: () => Promise.resolve(0),
    finish: () => Promise.resolve(0),
    tickPlain: () => {
      see(vcpu, 'tick')
      vcpu.setFuel(fuel)
    },
    tickSuspending: () => Promise.resolve(),
    finishTick: () => Promise.resolve(),
    step: () => {},
    stepPlain: () => see(vcpu, 'step'),
    watched: (addr, length) => {
      see(vcpu, `watched ${addr} ${length}`)
      return undefined
    },
    nextSignal: () => 0,
    signalReturned: () => false,
    signalReturn: () => Promise.resolve(),
  }
  const vcpu = makeVcpu(result.loaded, port, () => {})
  vcpu.setFuel(fuel)
  vcpu.setWatch(0, watch)
  await vcpu.run()
  return result.loaded
}

describe.for(['plain', 'count', 'step', 'block', 'watch'] as const)('on the %s build', (build) => {
  test('the frames of a C guest at each of its calls are those of the original, 40 deep', async () => {
    const bytes = new Uint8Array(fixture('deep'))
    const stacks: (readonly GuestFrame[])[] = []
    const { info } = await play(bytes, build, (vcpu, where) => where === 'call' && stacks.push(vcpu.frames()))
    expect(stacks).toEqual(inOriginal(bytes))
    const names = (stacks[0] ?? []).map(({ func }) => info.names.get(func))
    expect(names.length).toBeGreaterThan(41)
    const bottom = names.indexOf('bottom')
    expect(names.slice(bottom, bottom + 39)).toEqual(['bottom', ...Array.from({ length: 38 }, (_, i) => (i % 2 === 0 ? 'odd' : 'even'))])
    expect(names.slice(bottom + 39)).toContain('_start')
  })
})

test('at a report of a store the innermost frame is the store’s', async () => {
  const bytes = assemble(`(memory (export "memory") 1) (func $f (i32.store (i32.const 8) (i32.const 1)))
    (func (export "_start") nop (call $f))`)
  const seen: string[] = []
  await play(bytes, 'watch', (vcpu, where) => seen.push(`${where}: ${vcpu.frames().map(({ func }) => func).join()}`), 1_000_000, 100)
  expect(seen).toEqual(['watched 8 4: 0,1'])
})

test('at a tick the innermost frame is where it spins', async () => {
  const bytes = assemble(`(func $busy (param i32) (loop $l (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
    (func (export "_start") nop (call $busy (i32.const 3)))`)
  const seen: string[] = []
  await play(bytes, 'count', (vcpu, where) => seen.push(`${where}: ${vcpu.frames().map(({ func }) => func).join()}`), 0)
  expect(seen).toEqual(['tick: 1', 'tick: 0,1', 'tick: 0,1', 'tick: 0,1'])
})

describe('a run knows where its guest spins', () => {
  const spinning = async (given: Partial<Recipe>, stops: boolean): Promise<readonly [RunEnd, readonly Spin[]]> => {
    const programs = new Programs()
    expect(programs.add('spin', new Uint8Array(fixture('spin')))).toBeUndefined()
    let turns = 0
    const session = new Session(makeRecipe({ programs: [{ name: 'spin', hash: 'spin', argv: [] }], ...given }), {
      ...programHost(programs, () => {}),
      macrotask: async () => {
        if (++turns === 3 && stops) session.stop()
      },
      waitForInput: () => Promise.reject(new Error('nobody types here')),
      took: () => {},
      line: () => 0,
      scriptGoesOn: () => {},
    }, { tree: [], preopens: [], interactive: false })
    return [await session.run(), session.spins]
  }
  const isTold = ([spin, ...others]: readonly Spin[]): void => {
    expect(others).toEqual([])
    expect(spin).toMatchObject({ name: 'spin', hash: 'spin' })
    expect(spin?.frames[0]?.codeOffset).toBeGreaterThan(0)
    expect(spin?.frames.at(-1)?.name).toBe('_start')
  }

  test('that a person stops', async () => {
    const [end, spins] = await spinning({}, true)
    expect(end).toMatchObject({ kind: 'stopped' })
    isTold(spins)
  })

  test('whose time is up', async () => {
    const [end, spins] = await spinning({ budget: { ...DEFAULT_BUDGET, cpu: 50_000_000 } }, false)
    expect(end).toEqual({ kind: 'exited' })
    isTold(spins)
  })
})

describe('the stack as text is read', () => {
  test('as V8 writes it, with and without names', () => {
    expect(parseStack(`Error
    at Object.plain (file:///machine.ts:3:1)
    at skipcall.trampoline (wasm://wasm/1f2e3d4c:wasm-function[33]:0x2a1)
    at operator()(int) const (wasm://wasm/module-0badcafe:wasm-function[7]:0x1c3)
    at wasm://wasm/0badcafe:wasm-function[8]:0xff
    at run (file:///machine.ts:9:1)
    at wasm://wasm/0badcafe:wasm-function[9]:0x10`)).toEqual([
      { name: 'skipcall.trampoline', index: 33, offset: 0x2a1 },
      { name: 'operator()(int) const', index: 7, offset: 0x1c3 },
      { name: undefined, index: 8, offset: 0xff },
    ])
  })

  test('as SpiderMonkey writes it', () => {
    expect(parseStack(`plain@blob:null/0a1b:3:5
skipcall.trampoline@blob:null/0a1b line 7 > WebAssembly.Module:wasm-function[33]:0x2a1
busy@blob:null/0a1b line 7 > WebAssembly.Module:wasm-function[7]:0x1c3
wasm-function[8]@blob:null/0a1b line 7 > WebAssembly.Module:wasm-function[8]:0xff
run@blob:null/0a1b:9:1
`)).toEqual([
      { name: 'skipcall.trampoline', index: 33, offset: 0x2a1 },
      { name: 'busy', index: 7, offset: 0x1c3 },
      { name: undefined, index: 8, offset: 0xff },
    ])
  })

  test('as JavaScriptCore writes it, which gives a name or an index and no offset', () => {
    expect(parseStack(`plain@blob:null/0a1b:3:5
wasm-stub@[wasm code]
<?>.wasm-function[skipcall.trampoline]@[wasm code]
<?>.wasm-function[busy]@[wasm code]
<?>.wasm-function[8]@[wasm code]
wasm-stub@[wasm code]
run@blob:null/0a1b:9:1`).filter(({ name, index }) => name !== undefined || index !== undefined)).toEqual([
      { name: 'skipcall.trampoline', index: undefined, offset: undefined },
      { name: 'busy', index: undefined, offset: undefined },
      { name: undefined, index: 8, offset: undefined },
    ])
  })

  test('as nothing where there is no WebAssembly in it', () => {
    expect(parseStack('')).toEqual([])
    expect(parseStack('Error\n    at run (file:///machine.ts:9:1)')).toEqual([])
  })
})
