import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { programs, programText } from './testing-program.ts'
import { assemble, must, run } from './testing.ts'
import { rewrite } from './rewrite.ts'

interface Report {
  readonly addr: number
  readonly length: number
  /** What stands in the original where it says that the instruction is: its first two bytes. */
  readonly opcode: string
  readonly index: number
}

/** Where the contents of the code section begin. */
function codeStart(bytes: Uint8Array): number {
  const size = (at: number): [value: number, next: number] => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!
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

/** Runs `f` on the watch build with [lo, hi) watched, and lists the reports. */
function watch(fields: string, lo: number, hi: number, ...args: unknown[]) {
  const bytes = assemble(fields)
  const start = codeStart(bytes)
  const reports: Report[] = []
  const running = run(bytes, 'watch', {
    imports: { env: { call: () => 0 } },
    onWatched: (addr, length, pc, index) => {
      const opcode = [...bytes.subarray(start + pc, start + pc + 2)].map((byte) => byte.toString(16)).join(' ')
      reports.push({ addr, length, opcode, index })
    },
  })
  const bound = (name: string, value: number): void => {
    ;(running.exports[name] as WebAssembly.Global<'i32'>).value = value
  }
  bound('skipcall.watch.lo', lo)
  bound('skipcall.watch.hi', hi)
  let trapped = false
  try {
    running.call('f', ...args)
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error
    trapped = true
  }
  return { reports, trapped, running }
}

const body = (code: string, locals = ''): string => `(memory 1) (data $d "abcdef") (func (export "f") ${locals} ${code})`

const VALUES = { i32: '(i32.const -1)', i64: '(i64.const -1)', f32: '(f32.const 1)', f64: '(f64.const 1)', v128: '(v128.const i64x2 1 2)' } as const

const STORES: readonly (readonly [name: string, type: keyof typeof VALUES, length: number])[] = [
  ['i32.store', 'i32', 4], ['i64.store', 'i64', 8], ['f32.store', 'f32', 4], ['f64.store', 'f64', 8],
  ['i32.store8', 'i32', 1], ['i32.store16', 'i32', 2], ['i64.store8', 'i64', 1], ['i64.store16', 'i64', 2],
  ['i64.store32', 'i64', 4], ['v128.store', 'v128', 16],
  ['i32.atomic.store', 'i32', 4], ['i64.atomic.store', 'i64', 8], ['i32.atomic.store8', 'i32', 1],
  ['i32.atomic.store16', 'i32', 2], ['i64.atomic.store8', 'i64', 1], ['i64.atomic.store16', 'i64', 2],
  ['i64.atomic.store32', 'i64', 4],
]
const LANES = [8, 16, 32, 64] as const
const RMW = ['add', 'sub', 'and', 'or', 'xor', 'xchg'] as const
const WIDTHS = [
  ['i32', 'rmw', '', 4], ['i64', 'rmw', '', 8], ['i32', 'rmw8', '_u', 1], ['i32', 'rmw16', '_u', 2],
  ['i64', 'rmw8', '_u', 1], ['i64', 'rmw16', '_u', 2], ['i64', 'rmw32', '_u', 4],
] as const

const cases: readonly (readonly [name: string, code: string, length: number])[] = [
  ...STORES.map(([name, type, length]) => [name, `(${name} offset=16 (i32.const 112) ${VALUES[type]})`, length] as const),
  ...LANES.map((width) => [`v128.store${width}_lane`, `(v128.store${width}_lane offset=16 1 (i32.const 112) ${VALUES.v128})`, width / 8] as const),
  ...RMW.flatMap((op) => WIDTHS.map(([type, kind, end, length]) =>
    [`${type}.atomic.${kind}.${op}${end}`, `(drop (${type}.atomic.${kind}.${op}${end} offset=16 (i32.const 112) ${VALUES[type]}))`, length] as const)),
  ...WIDTHS.map(([type, kind, end, length]) =>
    [`${type}.atomic.${kind}.cmpxchg${end}`, `(drop (${type}.atomic.${kind}.cmpxchg${end} offset=16 (i32.const 112) (${type}.const 0) ${VALUES[type]}))`, length] as const),
  ['memory.fill', '(memory.fill (i32.const 128) (i32.const 1) (i32.const 6))', 6],
  ['memory.copy', '(memory.copy (i32.const 128) (i32.const 0) (i32.const 6))', 6],
  ['memory.init', '(memory.init $d (i32.const 128) (i32.const 0) (i32.const 6))', 6],
]

describe('the watch build', () => {
  test.for(cases)('reports %s where it meets what is watched, at either end, and not beside it', ([, code, length]) => {
    const seen = (lo: number, hi: number): readonly Report[] => watch(body(code), lo, hi).reports
    const [report, ...more] = seen(128, 129)
    expect(more).toEqual([])
    expect(report).toMatchObject({ addr: 128, length, index: 0 })
    expect(report?.opcode).toMatch(/^(3[6-9a-e]|f[cde]) /)
    expect(seen(128 + length - 1, 200)).toHaveLength(1)
    expect(seen(0, 0x10000)).toHaveLength(1)
    expect(seen(128 + length, 200)).toEqual([])
    expect(seen(0, 128)).toEqual([])
    expect(seen(0, 0)).toEqual([])
  })

  test('reports behind the store, which has been made', () => {
    const bytes = assemble(body('(i32.store (i32.const 8) (i32.const 77))'))
    const found: number[] = []
    const running = run(bytes, 'watch', { onWatched: () => found.push(new DataView(running.memory.buffer).getUint32(8, true)) })
    ;(running.exports['skipcall.watch.hi'] as WebAssembly.Global<'i32'>).value = 100
    running.call('f')
    expect(found).toEqual([77])
  })

  test('leaves results and operands as they are', () => {
    const { running } = watch(
      `(memory 1) (global $r (export "r") (mut i64) (i64.const 0)) (func (export "f")
        (i64.store (i32.const 8) (i64.const 5))
        (global.set $r (i64.add (i64.mul (i64.const 1000)
          (i64.atomic.rmw.cmpxchg (i32.const 8) (i64.const 5) (i64.const 6)))
          (i64.atomic.rmw.add (i32.const 8) (i64.const 10)))))`,
      0, 0x10000,
    )
    expect((running.exports['r'] as WebAssembly.Global<'i64'>).value).toBe(5006n)
    expect(new DataView(running.memory.buffer).getBigUint64(8, true)).toBe(16n)
  })

  test('says nothing of an exchange that found something else, nor of a length of zero', () => {
    const code = `(drop (i32.atomic.rmw.cmpxchg (i32.const 8) (i32.const 1) (i32.const 2)))
      (drop (i32.atomic.rmw8.cmpxchg_u (i32.const 8) (i32.const 256) (i32.const 2)))
      (memory.fill (i32.const 9) (i32.const 1) (i32.const 0)) (memory.copy (i32.const 9) (i32.const 0) (i32.const 0))`
    expect(watch(body(code), 0, 0x10000)).toMatchObject({ reports: [], trapped: false })
  })

  test.for([
    ['a store at the end of the memory', '(i64.store (i32.const 65532) (i64.const 1))'],
    ['an address that its offset carries over', '(i32.store offset=4294967295 (i32.const 5) (i32.const 1))'],
    ['an address below zero', '(i32.store8 (i32.const -1) (i32.const 1))'],
    ['a fill beyond the end', '(memory.fill (i32.const 65000) (i32.const 1) (i32.const 1000))'],
    ['a segment that is too short', '(memory.init $d (i32.const 0) (i32.const 0) (i32.const 7))'],
    ['an atomic that is not aligned', '(i32.atomic.store (i32.const 2) (i32.const 1))'],
  ] as const)('lets %s trap, and does not report it', ([, code]) => {
    for (const [lo, hi] of [[0, 0], [0, 0x10000], [0, -1]] as const) {
      expect(watch(body(code), lo, hi)).toMatchObject({ reports: [], trapped: true })
    }
  })

  test('reports the last byte of the memory', () => {
    expect(watch(body('(i32.store8 (i32.const 65535) (i32.const 1))'), 65535, 65536).reports).toHaveLength(1)
  })

  test('tells the function and the place in the original', () => {
    const { reports } = watch(
      `(import "env" "call" (func (result i32))) (memory 1)
       (func $g (i32.store (i32.const 4) (i32.const 1)) (f64.store (i32.const 8) (f64.const 2)))
       (func (export "f") (i64.store32 (i32.const 0) (i64.const 1)) (call $g))`,
      0, 100,
    )
    expect(reports.map(({ index, opcode }) => `${index} ${opcode}`)).toEqual(['2 3e 2', '1 36 2', '1 39 3'])
  })

  test('may be given fuel, and shows how much of the stack is left', () => {
    const bytes = assemble(`(memory 1) (func $leaf (param i32) (loop $l
        (i32.store (i32.const 0) (local.get 0))
        (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
      (func (export "f") (call $leaf (i32.const 9)) (i32.store (i32.const 0) (i32.const 1)))`)
    const left: number[] = []
    const fuel: number[] = []
    const running = run(bytes, 'watch', {
      quantum: 100,
      onWatched: () => {
        left.push(running.stack.value)
        fuel.push(running.fuel.value)
        running.fuel.value = 50
      },
    })
    ;(running.exports['skipcall.watch.hi'] as WebAssembly.Global<'i32'>).value = 4
    running.call('f')
    // The entry of f, and the first turn; then a turn each from 50; the last is in f, after the leaf's ninth turn.
    expect(fuel).toEqual([98, ...Array<number>(8).fill(49), 50])
    expect(new Set(left.slice(0, 9)).size).toBe(1)
    expect(left[9]!).toBeGreaterThan(left[0]!)
    expect(running.stack.value).toBe(left[9])
  })

  test('counts the ticks of random programs and does what they do, watched or not', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(programs, (program) => {
        const bytes = assemble(programText(program, false))
        const outcome = (build: 'count' | 'watch', quantum: number, hi: number) => {
          let reports = 0
          const running = run(bytes, build, { quantum, onWatched: () => reports++ })
          if (build === 'watch') (running.exports['skipcall.watch.hi'] as WebAssembly.Global<'i32'>).value = hi
          const ends = ['f0', 'f1', 'f2'].map((name) => {
            try {
              return running.call(name)
            } catch (error) {
              return error instanceof WebAssembly.RuntimeError ? 'trapped' : 'threw'
            }
          })
          return { ends, ticks: running.ticks(), memory: Buffer.from(running.memory.buffer).toString('latin1'), reports }
        }
        for (const quantum of [1, 1_000_000]) {
          const { reports: _, ...expected } = outcome('count', quantum, 0)
          expect(outcome('watch', quantum, 0)).toEqual({ ...expected, reports: 0 })
          expect(outcome('watch', quantum, -1)).toMatchObject(expected)
        }
      }),
      { seed: 20261124, numRuns: 50 },
    )
  })

  test('finds every byte of the memory that a random program changed', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(programs, (program) => {
        const bytes = assemble(programText(program, false))
        // What was reported is copied; at the end the copy must be the memory.
        let copy = new Uint8Array(3 * 65536)
        const running = run(bytes, 'watch', {
          onWatched: (addr, length) => copy.set(new Uint8Array(running.memory.buffer, addr, length), addr),
        })
        ;(running.exports['skipcall.watch.hi'] as WebAssembly.Global<'i32'>).value = -1
        for (const name of ['f0', 'f1', 'f2']) {
          try {
            running.call(name)
          } catch {
            // How it ends is no matter here.
          }
        }
        const memory = new Uint8Array(running.memory.buffer)
        copy = copy.subarray(0, memory.length)
        expect(Buffer.compare(copy, memory)).toBe(0)
      }),
      { seed: 20261124, numRuns: 50 },
    )
  })
})

test('a module without stores is no larger than it must be', () => {
  const bytes = assemble('(func (export "f") (param i32) (result i32) local.get 0)')
  expect(must(rewrite(bytes, 'watch')).length - must(rewrite(bytes, 'count')).length).toBeLessThan(120)
})
