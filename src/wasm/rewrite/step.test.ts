import { describe, expect, test } from 'vitest'
import { type LocalTable, readLocals } from './local.ts'
import { type Build, movedFunction, rewrite } from './rewrite.ts'
import { assemble, must, original, run, type Running } from './testing.ts'

const OPCODES: Readonly<Record<number, string>> = {
  0x00: 'unreachable',
  0x01: 'nop',
  0x02: 'block',
  0x03: 'loop',
  0x04: 'if',
  0x06: 'try',
  0x08: 'throw',
  0x0b: 'end',
  0x0c: 'br',
  0x0d: 'br_if',
  0x0e: 'br_table',
  0x0f: 'return',
  0x10: 'call',
  0x12: 'return_call',
  0x1a: 'drop',
  0x1f: 'try_table',
  0x20: 'local.get',
  0x21: 'local.set',
  0x22: 'local.tee',
  0x40: 'memory.grow',
  0x41: 'i32.const',
  0x6a: 'i32.add',
  0x6b: 'i32.sub',
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

interface Step {
  readonly pc: number
  readonly index: number
  readonly name: string
  readonly depth: number
  /** The bits of the locals that are shown. */
  readonly locals: readonly bigint[]
}

function shownIn(exports: WebAssembly.Exports, table: LocalTable, index: number): bigint[] {
  const slot = (at: number): bigint =>
    BigInt.asUintN(64, (exports[`skipcall.local.${at}`] as WebAssembly.Global<'i64'>).value)
  return table(index).map(({ type, slot: at }) => slot(at) | (type === 'v128' ? slot(at + 1) << 64n : 0n))
}

interface Walk {
  readonly steps: Step[]
  readonly result: unknown
  readonly running: Running
}

const steps = (fields: string, build: Build, ...args: unknown[]): Walk => stepsOf(assemble(fields), build, ...args)

/** Runs `f` and lists its steps. */
function stepsOf(bytes: Uint8Array<ArrayBuffer>, build: Build, ...args: unknown[]): Walk {
  const table = must(readLocals(bytes))
  const start = codeStart(bytes)
  const list: Step[] = []
  const running = run(bytes, build, {
    imports: { env: { call: () => 0 } },
    onStep: (pc, index) => {
      const name = OPCODES[bytes[start + pc]!] ?? 'other'
      const depth = running.depth.value
      list.push({ pc, index, name, depth, locals: shownIn(running.exports, table, index) })
    },
  })
  const result = running.call('f', ...args)
  return { steps: list, result, running }
}

const names = (fields: string, build: Build, ...args: unknown[]): string =>
  steps(fields, build, ...args)
    .steps.map(({ name }) => name)
    .join(' ')

const COUNTDOWN = `(func (export "f") (param $n i32) (result i32) (local $sum i32)
  (loop $l
    (local.set $sum (i32.add (local.get $sum) (local.get $n)))
    (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
  (local.get $sum))`

describe('the step build steps', () => {
  test('each instruction, and the end of the function', () => {
    expect(names('(func (export "f") (param i32) (drop (i32.add (local.get 0) (i32.const 1))))', 'step', 1)).toBe(
      'local.get i32.const i32.add drop end',
    )
  })

  test('each turn of a loop from its first instruction, and the loop itself once', () => {
    const turn = 'local.get local.get i32.add local.set local.get i32.const i32.sub local.tee br_if'
    expect(names(COUNTDOWN, 'step', 2)).toBe(`loop ${turn} ${turn} local.get end`)
  })

  test('the way that is taken', () => {
    const fields = '(func (export "f") (param i32) (if (local.get 0) (then nop nop) (else nop)))'
    expect(names(fields, 'step', 1)).toBe('local.get if nop nop end')
    expect(names(fields, 'step', 0)).toBe('local.get if nop end')
  })

  test('callees as well', () => {
    const { steps: list } = steps('(func $g nop) (func (export "f") call $g nop)', 'step')
    expect(list.map(({ index, name }) => `${index} ${name}`)).toEqual(['1 call', '0 nop', '0 end', '1 nop', '1 end'])
  })

  test('in the order of the bytes where nothing branches', () => {
    const body = `(local.set 0 (i32.const 1)) (drop (local.get 0)) nop (block nop)
      (memory.fill (i32.const 0) (i32.const 0) (i32.const 9))`
    const list = steps(`(memory 1) (func (export "f") (local i32) ${body})`, 'step').steps.map(({ pc }) => pc)
    expect(list).toEqual(list.toSorted((a, b) => a - b))
    expect(new Set(list).size).toBe(list.length)
  })

  test('nothing while the machine does not want it', () => {
    const bytes = assemble(COUNTDOWN)
    let count = 0
    const running = run(bytes, 'step', {
      quantum: 0,
      onStep: () => {
        if (++count === 4) running.stepping.value = 0
      },
      onTick: () => {
        if (running.calls.tick === 3) running.stepping.value = 1
      },
    })
    expect(running.call('f', 4)).toBe(10)
    expect(count).toBe(4 + 4 - 4 + 9 * 2 + 2)
  })
})

describe('the block build steps', () => {
  test('at the entry, at each turn of a loop and after it', () => {
    expect(names(COUNTDOWN, 'block', 2)).toBe('loop local.get local.get local.get')
  })

  test('after calls, and where ways part and meet', () => {
    const fields = `(func $g nop) (func (export "f") (param i32)
      call $g (if (local.get 0) (then nop) (else i32.const 0 drop)) i32.const 0 drop nop)`
    expect(names(fields, 'block', 1)).toBe('call nop local.get nop i32.const')
    expect(names(fields, 'block', 0)).toBe('call nop local.get i32.const i32.const')
  })

  test('after a branch, taken or not, and not at the end of a block to which none leads', () => {
    const fields = `(func (export "f") (param i32)
      (block (br_if 0 (local.get 0)) nop) (block nop) (drop (i32.const 0)))`
    expect(names(fields, 'block', 0)).toBe('block nop block')
    expect(names(fields, 'block', 1)).toBe('block block')
  })
})

describe.for(['step', 'block'] as const)('the %s build shows', (build) => {
  test('locals of every type, in order', () => {
    const list = steps(
      `(func (export "f") (param i32 i64) (local f32 f64 v128 funcref externref)
        (local.set 0 (i32.const -1)) (local.set 1 (i64.const -2))
        (local.set 2 (f32.const 1)) (local.set 3 (f64.const 1))
        (local.set 4 (v128.const i64x2 3 4)) (local.set 5 (ref.func $g))
        (block (br 0)) nop)
      (func $g) (elem declare func $g)`,
      build,
      7,
      8n,
    ).steps
    expect(list[0]!.locals).toEqual([7n, 8n, 0n, 0n, 0n, 0n, 0n])
    const last = [0xffff_ffffn, 2n ** 64n - 2n, 0x3f80_0000n, 0x3ff0_0000_0000_0000n, (4n << 64n) | 3n, 1n, 0n]
    expect(list.at(-1)!.locals).toEqual(last)
  })

  test('as many locals as there is room for', () => {
    const table = (locals: string): number => must(readLocals(assemble(`(func (local ${locals}))`)))(0).length
    expect(table('i32 '.repeat(63))).toBe(63)
    expect(table('i32 '.repeat(65))).toBe(64)
    expect(table('v128 '.repeat(40))).toBe(32)
    expect(table(`i32 ${'v128 '.repeat(40)}`)).toBe(32)
    const { steps: list } = steps(`(func (export "f") (local ${'i32 '.repeat(100)}) (local.set 63 (i32.const 5))
      (local.set 64 (i32.const 6)) (block (br 0)) nop)`, build)
    expect(list.at(-1)!.locals).toEqual([...Array<bigint>(63).fill(0n), 5n])
  })

  test('what a branch brought, from wherever it came', () => {
    const fields = `(func (export "f") (param $n i32) (local $a i32) (local $b i32)
      (block $out
        (block $in
          (local.set $a (i32.const 1))
          (br_if $out (i32.eq (local.get $n) (i32.const 0)))
          (local.set $b (i32.const 2))
          (br_table $in $out (i32.sub (local.get $n) (i32.const 1))))
        (local.set $a (i32.const 3)))
      nop)`
    const last = (n: number): unknown => steps(fields, build, n).steps.at(-1)!.locals
    expect([0, 1, 2].map(last)).toEqual([
      [0n, 1n, 0n],
      [1n, 3n, 2n],
      [2n, 1n, 2n],
    ])
  })

  test('what is set before ways part, in both of them', () => {
    const fields = (otherwise: string): string => `(func (export "f") (param $n i32) (local $a i32) (local $b i32)
      (local.set $a (i32.const 5))
      (if (local.get $n) (then (local.set $b (i32.const 6))) ${otherwise}) nop)`
    const nops = (text: string, n: number): unknown =>
      steps(text, build, n)
        .steps.filter(({ name }) => name === 'nop')
        .map(({ locals }) => locals)
    expect(nops(fields(''), 0)).toEqual([[0n, 5n, 0n]])
    expect(nops(fields(''), 1)).toEqual([[1n, 5n, 6n]])
    expect(nops(fields('(else nop)'), 0)).toEqual([
      [0n, 5n, 0n],
      [0n, 5n, 0n],
    ])
  })

  test('each local that one of several branches may have set', () => {
    const fields = `(func (export "f") (param $n i32) (local $a i32) (local $b i32)
      (block $out
        (if (local.get $n) (then (local.set $a (i32.const 1)) (br $out)))
        (local.set $b (i32.const 2)) (br $out))
      nop)`
    expect([0, 1].map((n) => steps(fields, build, n).steps.at(-1)!.locals)).toEqual([
      [0n, 0n, 2n],
      [1n, 1n, 0n],
    ])
  })

  test.for([
    ['memory.grow', '(drop (memory.grow (i32.const 0)))', 'grow', 1],
    ['a bulk instruction', '(memory.fill (i32.const 0) (i32.const 0) (i32.const 64))', 'tick', 1],
    ['a loop', '(loop nop)', 'tick', 1],
    ['a call', '(call $g)', 'tick', 2],
  ] as const)('all locals from where the machine begins to step: in %s', ([, instruction, how, time]) => {
    const bytes = assemble(`(memory 1) (func $g (local i32) (loop (local.set 0 (i32.const 1))))
      (func (export "f") (local $a i32) (local.set $a (i32.const 5)) ${instruction} (block (br 0)) nop)`)
    const table = must(readLocals(bytes))
    let first: unknown
    const begin = (): void => {
      if (running.calls[how] === time) running.stepping.value = 1
    }
    const running = run(bytes, build, {
      quantum: 0,
      onTick: begin,
      onGrow: begin,
      onStep: (_, index) => {
        if (index === 1) first ??= shownIn(running.exports, table, 1)
      },
    })
    running.stepping.value = 0
    running.call('f')
    expect(first).toEqual([5n])
  })

  test('a caller’s locals again after a call', () => {
    const { steps: list } = steps(
      `(func $g (param i32) (local.set 0 (i32.const 99)) nop)
       (func (export "f") (param i32) (call $g (i32.const 5)) nop)`,
      build,
      7,
    )
    expect(list.filter(({ index }) => index === 1).at(-1)!.locals).toEqual([7n])
  })

  test('no NaN of the engine’s choice, and payloads that the guest made', () => {
    const list = steps(
      `(func (export "f") (param f64) (local $acc f64) (local $boxed f64) (local $v v128) (local $i i32)
        (local.set $boxed (f64.reinterpret_i64 (i64.const 0x7ff4000000001234)))
        (loop $l
          (local.set $acc (f64.sub (f64.mul (local.get $acc) (f64.const -inf)) (f64.const 1)))
          (local.set $v (f32x4.sqrt (v128.const f32x4 -1 4 -1 9)))
          (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 3))))
        nop)`,
      build,
      1,
    ).steps
    const [, acc, boxed, vector] = list.at(-1)!.locals
    expect(acc).toBe(0x7ff8_0000_0000_0000n)
    expect(boxed).toBe(0x7ff4_0000_0000_1234n)
    expect(vector).toBe(0x4040_0000_7fc0_0000_4000_0000_7fc0_0000n)
  })

  test('how deep calls are, after returns, exceptions and tail calls', () => {
    const { steps: list, running } = steps(
      `(tag $e) (table funcref (elem $leaf)) (type $t (func))
       (func $leaf nop)
       (func $thrower call $leaf throw $e)
       (func $tail return_call $leaf)
       (func $indirect i32.const 0 return_call_indirect (type $t))
       (func (export "f") call $leaf
         (try (do call $thrower) (catch $e nop)) nop
         call $tail nop call $indirect nop)`,
      build,
    )
    const depths = new Map(list.map(({ index }) => [index, new Set<number>()] as const))
    for (const { index, depth } of list) depths.get(index)!.add(depth)
    expect([...depths].toSorted(([a], [b]) => a - b).map(([, each]) => [...each])).toEqual([[2, 3], [2], [2], [2], [1]])
    const leaf = list.filter(({ index }) => index === 0).map(({ depth }) => depth)
    expect(leaf.filter((_, at) => at % (leaf.length / 4) === 0)).toEqual([2, 3, 2, 2])
    running.depth.value = 41
    running.call('f')
    expect(list.at(-1)!.depth).toBe(42)
  })

  test('how deep a leaf function is that uses up the fuel', () => {
    const bytes = assemble(`(func $leaf (param i32)
        (loop $l (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
      (func (export "f") (call $leaf (i32.const 3)))`)
    const seen: number[] = []
    const running = run(bytes, build, { quantum: 0, onTick: () => seen.push(running.depth.value) })
    running.call('f')
    expect(seen).toEqual([1, 2, 2, 2])
  })

  test('what is left of the stack where calls may begin', () => {
    const bytes = assemble('(func $g) (func (export "f") call $g call $g)')
    const seen = new Map<number, Set<number>>()
    const running = run(bytes, build, {
      onStep: (_, index) => {
        seen.set(index, (seen.get(index) ?? new Set()).add(running.stack.value))
      },
    })
    const before = running.stack.value
    running.call('f')
    expect([...seen.get(1)!]).toHaveLength(1)
    expect([...seen.get(1)!][0]).toBeLessThan(before)
  })
})

test('what try_table catches is shown anew', () => {
  // (tag $e) (func (export "f") (param i32) (local i32)
  //   (block $h (try_table (catch_all $h) (local.set 1 (i32.const 7)) (throw $e))) nop)
  const code = [0x02, 0x40, 0x1f, 0x40, 1, 2, 0, 0x41, 7, 0x21, 1, 0x08, 0, 0x0b, 0x0b, 0x01, 0x0b]
  const name = (text: string): number[] => [text.length, ...new TextEncoder().encode(text)]
  const section = (id: number, ...content: number[]): number[] => [id, content.length, ...content]
  const bytes = new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 2, 0x60, 0, 0, 0x60, 1, 0x7f, 0),
    ...section(3, 2, 1, 0),
    ...section(13, 1, 0, 0),
    ...section(7, 2, ...name('f'), 0, 0, ...name('_start'), 0, 1),
    ...section(10, 2, code.length + 3, 1, 1, 0x7f, ...code, 2, 0, 0x0b),
  ])
  for (const [build, expected] of [
    ['step', 'block try_table i32.const local.set throw nop end'],
    ['block', 'block nop'],
  ] as const) {
    const { steps: list } = stepsOf(bytes, build, 3)
    expect(list.map((step) => step.name).join(' ')).toBe(expected)
    expect(list.find((step) => step.name === 'nop')!.locals).toEqual([3n, 7n])
  }
})

describe.for(['step', 'block'] as const)('in the %s build', (build) => {
  test('a step may change the fuel, in any loop', () => {
    const bytes = assemble(COUNTDOWN)
    const running = run(bytes, build, {
      onStep: () => {
        running.fuel.value = 0
      },
    })
    running.call('f', 50)
    expect(running.calls.tick).toBe(50)
  })

  test('functions move by one more than in the others', () => {
    const bytes = assemble('(import "env" "call" (func $i (result i32))) (func $f (export "f") unreachable)', true)
    expect([0, 1].map((index) => movedFunction(index, 1, build))).toEqual([0, 5])
    const running = run(bytes, build, { imports: { env: { call: () => 0 } } })
    let stack = ''
    try {
      running.call('f')
    } catch (error) {
      stack = (error as Error).stack ?? ''
    }
    expect(stack).toMatch(/at f .*wasm-function\[5\]/)
  })

  // Each is a body of (param $n i32) (result i32).
  test.for<[what: string, fields: string]>([
    [
      'several results and parameters of blocks',
      `(func $two (param i32) (result i32 i32) local.get 0 i32.const 2)
       (func (export "f") (param $n i32) (result i32) local.get $n call $two
         (block (param i32 i32) (result i32 i32) (br_if 0 (local.get $n)) i32.add i32.const 9)
         (if (param i32) (result i32) (then i32.const 3 i32.add) (else i32.const 4 i32.mul))
         (loop $l (param i32) (result i32) i32.const 1 i32.sub local.set $n local.get $n
           (br_if $l (i32.gt_s (local.get $n) (i32.const 0)))))`,
    ],
    [
      'instructions on many bytes and references',
      `(memory 1) (table $t 9 funcref) (elem $e funcref (ref.func $g)) (data $d "abcdef") (func $g)
       (func (export "f") (param $n i32) (result i32) (local $r funcref) (local $x externref)
         (memory.init $d (i32.const 0) (i32.const 1) (i32.const 4)) (data.drop $d)
         (memory.fill (i32.const 300) (local.get $n) (i32.const 200))
         (memory.copy (i32.const 600) (i32.const 290) (i32.const 70))
         (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 1)) (elem.drop $e)
         (table.set $t (i32.const 1) (local.tee $r (table.get $t (i32.const 0))))
         (table.copy $t $t (i32.const 3) (i32.const 0) (i32.const 2))
         (drop (table.grow $t (local.get $r) (i32.const 1)))
         (table.fill $t (i32.const 4) (local.get $r) (i32.const 3)) (drop (memory.grow (i32.const 0)))
         (i32.add (ref.is_null (table.get $t (i32.const 5)))
           (i32.add (ref.is_null (local.get $x)) (i32.load (i32.const 610)))))`,
    ],
    [
      'vectors',
      `(func (export "f") (param $n i32) (result i32) (local $v v128)
         (local.set $v (i32x4.mul (i32x4.splat (local.get $n)) (v128.const i32x4 1 2 3 4)))
         (local.set $v (i8x16.shuffle 0 1 2 3 16 17 18 19 8 9 10 11 4 5 6 7 (local.get $v) (i32x4.neg (local.get $v))))
         (i32.add (i32x4.extract_lane 1 (local.get $v)) (i8x16.bitmask (local.get $v))))`,
    ],
    [
      'exceptions, thrown on and delegated',
      `(tag $e (param i32)) (func $thrower (param i32) (if (local.get 0) (then (throw $e (local.get 0)))))
       (func (export "f") (param $n i32) (result i32) (local $c i32)
         (try (do
             (try (do (try (do (call $thrower (local.get $n))) (delegate 0)))
               (catch $e (local.set $c) (rethrow 0)) (catch_all unreachable)))
           (catch $e (local.set $c (i32.add (local.get $c)))) (catch_all (unreachable)))
         (local.get $c))`,
    ],
    [
      'tail calls',
      `(table funcref (elem $odd)) (type $t (func (param i32) (result i32)))
       (func $even (param i32) (result i32) (if (i32.eqz (local.get 0)) (then (return (i32.const 1))))
         (return_call_indirect (type $t) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0)))
       (func $odd (param i32) (result i32) (if (i32.eqz (local.get 0)) (then (return (i32.const 0))))
         (return_call $even (i32.sub (local.get 0) (i32.const 1))))
       (func (export "f") (param $n i32) (result i32) (call $even (local.get $n)))`,
    ],
    [
      'code that cannot be reached',
      `(func (export "f") (param $n i32) (result i32)
         (block (br 0) (drop (i32.add)) (if (then nop) (else (br 1) (loop (br 0))))
           (block (result i32) i32.const 1) drop)
         (if (local.get $n) (then (return (i32.const 1)) (drop (i32.mul))) (else (return (i32.const 2)) unreachable))
         unreachable (i32.add) (drop) (block (br_table 0 0 (i32.const 1))) (select) (i64.add) unreachable)`,
    ],
  ])('modules with %s do what they did', ([, fields]) => {
    const bytes = assemble(fields)
    const rewritten = must(rewrite(bytes, build))
    expect(WebAssembly.validate(rewritten)).toBe(true)
    for (const n of [0, 1, 2, 5]) {
      const expected = original(bytes)('f', n)
      expect(run(bytes, build).call('f', n)).toBe(expected)
      expect(steps(fields, build, n).result).toBe(expected)
    }
  })
})
