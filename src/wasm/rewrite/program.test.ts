import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Program, programs, programText } from './testing-program.ts'
import { readLocals } from './local.ts'
import { assemble, must, run } from './testing.ts'
import type { Build } from './rewrite.ts'

/** What is endless fails by this. */
const TIMED = { timeout: 60_000 }

type Call = (name: string) => unknown

/** How a call ended; what a trap says is the engine's affair. */
function outcome(call: Call, name: string): string {
  try {
    call(name)
    return 'returned'
  } catch (error) {
    return error instanceof WebAssembly.RuntimeError ? 'trapped' : 'threw'
  }
}

interface Result {
  readonly outcomes: readonly string[]
  /** The memory's SHA-256. */
  readonly memory: string
  readonly budget: unknown
}

function observe(call: Call, memory: WebAssembly.Memory, exports: WebAssembly.Exports): Result {
  const outcomes = ['f0', 'f1', 'f2'].map((name) => outcome(call, name))
  return {
    outcomes,
    memory: createHash('sha256').update(new Uint8Array(memory.buffer)).digest('hex'),
    budget: (exports['budget'] as WebAssembly.Global).value as unknown,
  }
}

function asItIs(bytes: Uint8Array<ArrayBuffer>): Result {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes))
  return observe((name) => (exports[name] as () => void)(), exports['memory'] as WebAssembly.Memory, exports)
}

function rewritten(
  bytes: Uint8Array<ArrayBuffer>,
  build: Build,
  quantum: number,
  onStep?: () => void,
): Result & { ticks: number } {
  const running = run(bytes, build, onStep === undefined ? { quantum } : { quantum, onStep })
  return { ...observe(running.call, running.memory, running.exports), ticks: running.ticks() }
}

const check = (property: (program: Program) => void, numRuns = 100): void =>
  fc.assert(fc.property(programs, property), { seed: 20261123, numRuns })

/** Where a program was at its first steps: ticks, function, offset, depth and locals. */
function trail(bytes: Uint8Array<ArrayBuffer>, build: Build, most: number): string[] {
  const steps: string[] = []
  const table = must(readLocals(bytes))
  const running = run(bytes, build, {
    onStep: (pc, index) => {
      const value = (slot: number): unknown => (running.exports[`skipcall.local.${slot}`] as WebAssembly.Global).value
      const locals = table(index).map(({ slot }) => String(value(slot)))
      steps.push(`${running.ticks()} ${index}:${pc} ${running.depth.value} ${locals.join()}`)
      if (steps.length === most) running.stepping.value = 0
    },
  })
  for (const name of ['f0', 'f1', 'f2']) outcome(running.call, name)
  return steps
}

test('a rewritten program does what the original does', TIMED, () => {
  check((program) => {
    const bytes = assemble(programText(program, true))
    const expected = asItIs(bytes)
    for (const build of ['plain', 'count'] as const) expect(rewritten(bytes, build, 1000)).toMatchObject(expected)
  })
})

test('ticks and results are the same whenever tick is called', TIMED, () => {
  check((program) => {
    const bytes = assemble(programText(program, false))
    const expected = rewritten(bytes, 'count', 1_000_000)
    for (const quantum of [0, 1, 5, 1_000_000]) expect(rewritten(bytes, 'count', quantum)).toEqual(expected)
  })
})

test('a program that can be stepped does the same, with the same ticks, stepped or not', TIMED, () => {
  check((program) => {
    const bytes = assemble(programText(program, false))
    for (const quantum of [1, 1_000_000]) {
      const expected = rewritten(bytes, 'count', quantum)
      for (const build of ['step', 'block'] as const) {
        expect(rewritten(bytes, build, quantum)).toEqual(expected)
        expect(rewritten(bytes, build, quantum, () => {})).toEqual(expected)
      }
    }
  }, 50)
})

test('a step by block is one of the steps by instruction, and shows the same', TIMED, () => {
  check((program) => {
    const bytes = assemble(programText(program, true))
    const steps = trail(bytes, 'step', 2000)
    let next = 0
    for (const block of trail(bytes, 'block', 500)) {
      const from = next
      while (next < steps.length && steps[next] !== block) next++
      if (next === steps.length) {
        if (steps.length < 2000) expect(steps.slice(from)).toContain(block)
        break
      }
      next++
    }
  }, 50)
})
