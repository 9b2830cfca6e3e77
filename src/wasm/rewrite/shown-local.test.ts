import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readLocals } from './local.ts'
import { type Program, programs, programText } from './testing-program.ts'
import { assemble, must, run } from './testing.ts'

// A program that, behind each of its statements, stores its locals and then the number of the statement: a witness of
// what they hold there that needs nobody to compute it. No call and no loop head stands between, where everything would be
// shown anew.

const LOCALS = [
  ['$a', 'i32'], ['$b', 'i32'], ['$c', 'i32'], ['$x', 'f64'], ['$y', 'f64'], ['$z', 'f64'],
  ['$l0', 'i32'], ['$l1', 'i32'], ['$l2', 'i32'], ['$l3', 'i32'], ['$p', 'i64'], ['$q', 'f32'],
] as const
/** Above what programs touch: their addresses have 16 bits. */
const WITNESS = 0x20000
const MARK = 0x30000
const MOST_STEPS = 10_000

/** Puts a witness behind each whole statement that stands for itself in a line of the program. */
function witnessed(text: string): { readonly text: string; readonly points: number } {
  let points = 0
  const stores = LOCALS.map(([name, type], i) => `(${type}.store (i32.const ${WITNESS + 8 * i}) (local.get ${name}))`).join(' ')
  const lines = text.split('\n').map((line) => {
    const statement = line.trim()
    const isWhole = /^\((local\.set|i32\.store|f64\.store|memory\.fill|br_if|block|if|try)\b/.test(statement) && balanced(statement)
    return isWhole ? `${line} ${stores} (i32.store (i32.const ${MARK}) (i32.const ${++points}))` : line
  })
  return { text: lines.join('\n'), points }
}

function balanced(text: string): boolean {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++
    else if (text[i] === ')' && --depth < 0) return false
  }
  return depth === 0
}

/** With parameters, which the entry gives values that tell them apart. */
const withParameters = (text: string): string =>
  text
    .replace('(memory (export "memory") 1 3)', '(memory (export "memory") 4 6)')
    .replaceAll(/\(func \$f(\d) \(export "f\d"\)/g, '(func $f$1 (export "f$1") (param $p i64) (param $q f32)')
    .replaceAll(/\(call \$f(\d)\)/g, '(call $f$1 (i64.const $1234567890123) (f32.const $1.5))')
    .replaceAll(/\(return_call \$f(\d)\)/g, '(return_call $f$1 (i64.const -$1) (f32.const -$1.25))')
    .replaceAll(/\(call_indirect \(i32\.const (\d)\)\)/g, '(call_indirect (param i64 f32) (i64.const $17) (f32.const 0.$1) (i32.const $1))')

test('the step build shows at every point of random programs what their locals hold', { timeout: 60_000 }, () => {
  let compared = 0
  fc.assert(
    fc.property(programs, (program: Program) => {
      const { text } = witnessed(withParameters(programText(program, true)))
      const bytes = assemble(text)
      const table = must(readLocals(bytes))
      let steps = 0
      let view = new DataView(new ArrayBuffer(0))
      const running = run(bytes, 'step', {
        onStep: (_, index) => {
          if (view.buffer !== running.memory.buffer) view = new DataView(running.memory.buffer)
          const mark = view.getInt32(MARK, true)
          if (++steps === MOST_STEPS) running.stepping.value = 0
          if (mark === 0) return
          view.setInt32(MARK, 0, true)
          const shown = table(index).map(({ type, slot }) => {
            const bits = BigInt.asUintN(64, (running.exports[`skipcall.local.${slot}`] as WebAssembly.Global<'i64'>).value)
            return `${type} ${bits}`
          })
          // The parameters come first; the program declares its own in the order of LOCALS.
          const order = [10, 11, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
          const stored = order.map((at) => {
            const type = (LOCALS[at] as (typeof LOCALS)[number])[1]
            const address = WITNESS + 8 * at
            const isWide = type === 'f64' || type === 'i64'
            return `${type} ${isWide ? view.getBigUint64(address, true) : BigInt(view.getUint32(address, true))}`
          })
          if (shown.join() !== stored.join()) expect(`at ${mark}: ${shown.join()}`).toBe(`at ${mark}: ${stored.join()}`)
          compared++
        },
      })
      for (const name of ['f0', 'f1', 'f2']) {
        try {
          running.call(name, 0x1234_5678_9abc_def0n, 2.5)
        } catch (error) {
          if (!(error instanceof WebAssembly.RuntimeError || error instanceof WebAssembly.Exception)) throw error
        }
      }
    }),
    { seed: 20261124, numRuns: 25 },
  )
  expect(compared).toBeGreaterThan(1000)
})
