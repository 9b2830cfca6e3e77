// A program for stack.test.ts: how deep recursions come inside a JSPI stack, by what their frames hold, and what ends
// them.
import { STACK_BYTES } from './limit.ts'
import type { Build } from './rewrite.ts'
import { assemble, run } from './testing.ts'

// JSPI is newer than TypeScript's library.
const { promising, Suspending } = WebAssembly as unknown as {
  promising: (body: WebAssembly.ExportValue) => (...args: unknown[]) => Promise<unknown>
  Suspending: new (body: () => Promise<void>) => WebAssembly.ImportValue
}

/** Which build's frames: an argument of this program. */
const build: Build = process.argv[2] === 'step' ? 'step' : 'count'

const times = (count: number, each: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => each(index)).join(' ')
const ADD = { i32: 'i32.add', i64: 'i64.add', f64: 'f64.add', v128: 'i32x4.add' } as const
const TO_I32 = { i32: '', i64: 'i32.wrap_i64', f64: 'i32.trunc_sat_f64_s', v128: 'i32x4.extract_lane 0' } as const
type Type = keyof typeof ADD

/** A recursion that keeps so many values of a type in locals, on the operand stack, or in parameters. */
const keeps = {
  locals: (type: Type, count: number): string => `(func $f (param i32) (result i32) (local ${times(count, () => type)})
    local.get 0 i32.eqz if call $bottom i32.const 0 return end
    ${times(count, (index) => `local.get 0 ${type}.load offset=${index * 16} local.set ${index + 1}`)}
    local.get 0 i32.const 1 i32.sub call $f ${times(count, (index) => `local.get ${index + 1} ${TO_I32[type]} i32.add`)})`,
  operands: (type: Type, count: number): string => `(func $f (param i32) (result i32)
    local.get 0 i32.eqz if call $bottom i32.const 0 return end
    ${times(count, (index) => `local.get 0 ${type}.load offset=${index * 16}`)}
    local.get 0 i32.const 1 i32.sub call $f drop ${times(count - 1, () => ADD[type])} ${TO_I32[type]})`,
  parameters: (type: Type, count: number): string => `(func $g (param i32 ${times(count, () => type)}) (result i32)
    local.get 0 i32.eqz if call $bottom i32.const 0 return end
    local.get 0 i32.const 1 i32.sub
    ${times(count, (index) => `local.get ${index + 1} local.get 0 ${type}.load offset=${index * 16} ${ADD[type]}`)} call $g
    ${times(count, (index) => `local.get ${index + 1} ${TO_I32[type]} i32.add`)})
    (func $f (param i32) (result i32) local.get 0 ${times(count, (index) => `local.get 0 ${type}.load offset=${index * 16}`)} call $g)`,
} as const

const others: Readonly<Record<string, string>> = {
  nothing:
    '(func $f (param i32) (result i32) local.get 0 if local.get 0 i32.const 1 i32.sub call $f drop else call $bottom end i32.const 0)',
  'an indirect call': `(table funcref (elem $f)) (func $f (param i32) (result i32) local.get 0 i32.eqz if call $bottom i32.const 0 return end
    local.get 0 i32.const 1 i32.sub i32.const 0 call_indirect (param i32) (result i32))`,
  'ten results': `(func $g (param i32) (result i32 i64 f64 i32 i64 f64 i32 i64 f64 i32)
    local.get 0 if local.get 0 i32.const 1 i32.sub call $g return end call $bottom
    i32.const 0 i64.const 0 f64.const 0 i32.const 0 i64.const 0 f64.const 0 i32.const 0 i64.const 0 f64.const 0 i32.const 0)
    (func $f (param i32) (result i32) local.get 0 call $g ${times(9, () => 'drop')})`,
  'leaf functions just below the size that is counted': `(func $leaf (param i32) (result i32) (local ${times(200, () => 'i64')})
    ${times(200, (index) => `local.get 0 i64.load offset=${index * 8} local.set ${index + 1}`)}
    ${times(200, (index) => `local.get ${index + 1} i32.wrap_i64 local.get 0 i32.add local.set 0`)} local.get 0)
    (func $f (param i32) (result i32) local.get 0 call $leaf drop local.get 0 i32.eqz if call $bottom i32.const 0 return end
    local.get 0 i32.const 1 i32.sub call $f)`,
  'an exception handler': `(tag $e) (func $f (param i32) (result i32) local.get 0 i32.eqz if call $bottom i32.const 0 return end
    try (result i32) local.get 0 i32.const 1 i32.sub call $f catch $e i32.const 1 end)`,
}

/** The deepest recursion that a module's `f` comes back from, and what ends deeper ones. */
async function measure(fields: string): Promise<{ deepest: number; ended: string }> {
  const bytes = assemble(
    `(import "env" "bottom" (func $bottom)) (memory 16) ${fields} (func (export "go") (param i32) (result i32) local.get 0 call $f)`,
  )
  const bottom = new Suspending(() => Promise.resolve())
  const { exports, calls, stack } = run(bytes, build, { imports: { env: { bottom } } })
  const go = promising(exports['go']!)
  const why = new Set<string>()
  const returns = async (depth: number): Promise<boolean> => {
    stack.value = STACK_BYTES
    const overflows = calls.overflow
    try {
      await go(depth)
      return true
    } catch (error) {
      why.add(calls.overflow > overflows ? 'overflow' : String(error))
      return false
    }
  }
  let [some, many] = [1, 1 << 18]
  while (many - some > 1) {
    const middle = (some + many) >> 1
    if (await returns(middle)) some = middle
    else many = middle
  }
  return { deepest: some, ended: [...why].join() }
}

const measured: Record<string, { deepest: number; ended: string }> = {}
for (const [name, fields] of Object.entries(others)) measured[name] = await measure(fields)
for (const type of ['i32', 'i64', 'f64', 'v128'] as const) {
  for (const count of [1, 40, 300]) {
    for (const kept of ['locals', 'operands', 'parameters'] as const) {
      measured[`${count} ${type} ${kept}`] = await measure(keeps[kept](type, count))
    }
  }
}
console.log(JSON.stringify(measured))
