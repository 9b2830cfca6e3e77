import fc from 'fast-check'

// Random programs for program.test.ts, as WebAssembly text. All of them end: loops count down, and calls spend a
// budget.

const INTS = ['$a', '$b', '$c'] as const
const FLOATS = ['$x', '$y', '$z'] as const

type Int =
  | { readonly kind: 'const'; readonly value: number }
  | { readonly kind: 'get'; readonly local: string }
  | { readonly kind: 'binary'; readonly op: string; readonly a: Int; readonly b: Int }
  | { readonly kind: 'compare'; readonly op: string; readonly a: Float; readonly b: Float }
  | { readonly kind: 'bits'; readonly a: Float }
  | { readonly kind: 'trunc'; readonly a: Float }
  | { readonly kind: 'load'; readonly at: Int }
  | { readonly kind: 'grow' }
  | { readonly kind: 'block'; readonly skip: Int; readonly early: Int; readonly late: Int }
  | { readonly kind: 'leaf'; readonly a: Int; readonly b: Float }

type Float =
  | { readonly kind: 'const'; readonly value: string }
  | { readonly kind: 'get'; readonly local: string }
  | { readonly kind: 'unary'; readonly op: string; readonly a: Float }
  | { readonly kind: 'binary'; readonly op: string; readonly a: Float; readonly b: Float }
  | { readonly kind: 'convert'; readonly a: Int }
  | { readonly kind: 'select'; readonly a: Float; readonly b: Float; readonly c: Int }
  | { readonly kind: 'tee'; readonly local: string; readonly a: Float }
  | { readonly kind: 'lane'; readonly op: string; readonly a: Float; readonly b: Float }
  | { readonly kind: 'load'; readonly at: Int }

type Statement =
  | { readonly kind: 'setInt'; readonly local: string; readonly value: Int }
  | { readonly kind: 'setFloat'; readonly local: string; readonly value: Float }
  | {
      readonly kind: 'if'
      readonly test: Int
      readonly then: readonly Statement[]
      readonly else: readonly Statement[]
    }
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | { readonly kind: 'loop'; readonly turns: number; readonly body: readonly Statement[] }
  | { readonly kind: 'branch'; readonly label: number; readonly test: Int }
  | { readonly kind: 'table'; readonly labels: readonly number[]; readonly index: Int }
  | { readonly kind: 'call'; readonly callee: number; readonly how: 'call' | 'indirect' | 'tail' }
  | {
      readonly kind: 'try'
      readonly body: readonly Statement[]
      readonly all: boolean
      readonly handler: readonly Statement[]
    }
  | { readonly kind: 'throw'; readonly test: Int; readonly value: Int }
  | { readonly kind: 'store'; readonly at: Int; readonly value: Int }
  | { readonly kind: 'storeFloat'; readonly at: Int; readonly value: Float }
  | { readonly kind: 'fill'; readonly at: Int; readonly value: Int; readonly length: Int }
  | { readonly kind: 'return'; readonly test: Int }
  | { readonly kind: 'trap'; readonly test: Int }

export type Program = readonly (readonly Statement[])[]

const of = <T extends string>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)
const kind = <K extends string, R extends object>(
  name: K,
  fields: { [P in keyof R]: fc.Arbitrary<R[P]> },
): fc.Arbitrary<{ kind: K } & R> => fc.record({ kind: fc.constant(name), ...fields }) as fc.Arbitrary<{ kind: K } & R>

const { statements } = fc.letrec<{ int: Int; float: Float; statement: Statement; statements: Statement[] }>((tie) => {
  const int = tie('int')
  const float = tie('float')
  const body = tie('statements')
  return {
    int: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'expression', depthSize: 'medium' },
      kind('const', { value: fc.constantFrom(0, 1, 2, 3, 7, -1, 64, 1000, 0x7fffffff) }),
      kind('get', { local: of(...INTS) }),
      kind('binary', {
        op: of('add', 'sub', 'mul', 'and', 'or', 'xor', 'shr_u', 'lt_s', 'eq', 'rem_u'),
        a: int,
        b: int,
      }),
      kind('compare', { op: of('eq', 'ne', 'lt', 'ge'), a: float, b: float }),
      kind('bits', { a: float }),
      kind('trunc', { a: float }),
      kind('load', { at: int }),
      kind('grow', {}),
      kind('block', { skip: int, early: int, late: int }),
      kind('leaf', { a: int, b: float }),
    ),
    float: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'expression', depthSize: 'medium' },
      kind('const', { value: of('0', '-0', '1', '-1.5', 'inf', '-inf', 'nan', '-nan', '1e300') }),
      kind('get', { local: of(...FLOATS) }),
      kind('unary', { op: of('sqrt', 'neg', 'abs', 'floor', 'nearest'), a: float }),
      kind('binary', { op: of('add', 'sub', 'mul', 'div', 'min', 'max', 'copysign'), a: float, b: float }),
      kind('convert', { a: int }),
      kind('select', { a: float, b: float, c: int }),
      kind('tee', { local: of(...FLOATS), a: float }),
      kind('lane', { op: of('add', 'mul', 'div', 'pmin', 'max'), a: float, b: float }),
      kind('load', { at: int }),
    ),
    statements: fc.array(tie('statement'), { minLength: 1, maxLength: 6, depthIdentifier: 'statement' }),
    statement: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'statement', depthSize: 'large' },
      kind('setInt', { local: of(...INTS), value: int }),
      kind('setFloat', { local: of(...FLOATS), value: float }),
      kind('store', { at: int, value: int }),
      kind('storeFloat', { at: int, value: float }),
      kind('branch', { label: fc.nat(9), test: int }),
      kind('table', { labels: fc.array(fc.nat(9), { minLength: 1, maxLength: 4 }), index: int }),
      kind('call', { callee: fc.nat(2), how: of('call', 'indirect', 'tail') }),
      kind('throw', { test: int, value: int }),
      kind('fill', { at: int, value: int, length: int }),
      kind('return', { test: int }),
      kind('trap', { test: int }),
      kind('if', { test: int, then: body, else: body }),
      kind('block', { body }),
      kind('loop', { turns: fc.integer({ min: 1, max: 6 }), body }),
      kind('loop', { turns: fc.integer({ min: 1, max: 6 }), body }),
      kind('try', { body, all: fc.boolean(), handler: body }),
    ),
  }
})

/** Three functions, which may call each other. */
export const programs: fc.Arbitrary<Program> = fc.array(
  fc.array(statements, { minLength: 1, maxLength: 2 }).map((parts) => parts.flat()),
  { minLength: 3, maxLength: 3 },
)

const address = (at: Int): string => `(i32.and ${int(at)} (i32.const 0xfff8))`

function int(expression: Int): string {
  switch (expression.kind) {
    case 'const':
      return `(i32.const ${expression.value})`
    case 'get':
      return `(local.get ${expression.local})`
    case 'binary':
      return expression.op === 'rem_u'
        ? `(i32.rem_u ${int(expression.a)} (i32.or ${int(expression.b)} (i32.const 1)))`
        : `(i32.${expression.op} ${int(expression.a)} ${int(expression.b)})`
    case 'compare':
      return `(f64.${expression.op} ${float(expression.a)} ${float(expression.b)})`
    case 'bits':
      return `(i32.wrap_i64 (i64.shr_u (i64.reinterpret_f64 ${shown(expression.a)}) (i64.const 32)))`
    case 'trunc':
      return `(i32.trunc_sat_f64_s ${float(expression.a)})`
    case 'load':
      return `(i32.load ${address(expression.at)})`
    case 'grow':
      return '(memory.grow (i32.const 1))'
    case 'block':
      return `(block (result i32) ${int(expression.early)} (br_if 0 ${int(expression.skip)}) drop ${int(expression.late)})`
    case 'leaf':
      return `(call $leaf ${int(expression.a)} ${shown(expression.b)})`
  }
}

function float(expression: Float): string {
  switch (expression.kind) {
    case 'const':
      return `(f64.const ${expression.value})`
    case 'get':
      return `(local.get ${expression.local})`
    case 'unary':
      return `(f64.${expression.op} ${float(expression.a)})`
    case 'binary':
      return expression.op === 'copysign'
        ? `(f64.copysign ${float(expression.a)} ${shown(expression.b)})`
        : `(f64.${expression.op} ${float(expression.a)} ${float(expression.b)})`
    case 'convert':
      return `(f64.convert_i32_s ${int(expression.a)})`
    case 'select':
      return `(select ${float(expression.a)} ${float(expression.b)} ${int(expression.c)})`
    case 'tee':
      return `(local.tee ${expression.local} ${float(expression.a)})`
    case 'lane':
      return `(f64x2.extract_lane 1 (f64x2.${expression.op} (f64x2.splat ${float(expression.a)}) (f64x2.splat ${float(expression.b)})))`
    case 'load':
      return `(f64.load ${address(expression.at)})`
  }
}

/**
 * A float of which the bits are about to be seen: the program itself makes a NaN canonical, so that an engine may
 * choose what it likes.
 */
let shown = (expression: Float): string => `(call $canon ${float(expression)})`

/** Whether to leave: rarely, so that most of a program runs. */
const seldom = (test: Int): string => `(i32.eq (i32.and ${int(test)} (i32.const 15)) (i32.const 5))`

/** A statement; `labels` is how many labels there are, `loops` how many loops. */
function statement(each: Statement, labels: number, loops: number): string {
  const inner = (body: readonly Statement[], more = 1): string => block(body, labels + more, loops)
  switch (each.kind) {
    case 'setInt':
      return `(local.set ${each.local} ${int(each.value)})`
    case 'setFloat':
      return `(local.set ${each.local} ${float(each.value)})`
    case 'if':
      return `(if ${int(each.test)} (then ${inner(each.then)}) (else ${inner(each.else)}))`
    case 'block':
      return `(block ${inner(each.body)})`
    case 'loop': {
      if (loops === 4) return ''
      const counter = `$l${loops}`
      return `(local.set ${counter} (i32.const ${each.turns}))
        (block (loop
          (br_if 1 (i32.lt_s (local.tee ${counter} (i32.sub (local.get ${counter}) (i32.const 1))) (i32.const 0)))
          ${block(each.body, labels + 2, loops + 1)} (br 0)))`
    }
    case 'branch':
      return `(br_if ${each.label % labels} ${seldom(each.test)})`
    case 'table':
      return `(if ${seldom(each.index)} (then (br_table ${each.labels.map((label) => 1 + (label % labels)).join(' ')} ${int(each.index)})))`
    case 'call': {
      const call =
        each.how === 'call'
          ? `(call $f${each.callee})`
          : each.how === 'tail'
            ? `(return_call $f${each.callee})`
            : `(call_indirect (i32.const ${each.callee}))`
      return `(if (i32.gt_s (global.get $budget) (i32.const 0)) (then
        (global.set $budget (i32.sub (global.get $budget) (i32.const 1))) ${call}))`
    }
    case 'try': {
      const caught = each.all
        ? `(catch_all ${inner(each.handler)})`
        : `(catch $e (local.set $a) ${inner(each.handler)})`
      return `(try (do ${inner(each.body)}) ${caught})`
    }
    case 'throw':
      return `(if ${seldom(each.test)} (then (throw $e ${int(each.value)})))`
    case 'store':
      return `(i32.store ${address(each.at)} ${int(each.value)})`
    case 'storeFloat':
      return `(f64.store ${address(each.at)} ${shown(each.value)})`
    case 'fill':
      return `(memory.fill ${address(each.at)} ${int(each.value)} (i32.and ${int(each.length)} (i32.const 0x1ff)))`
    case 'return':
      return `(if ${seldom(each.test)} (then (return)))`
    case 'trap':
      return `(if (i32.eq ${int(each.test)} (i32.const 12345)) (then unreachable))`
  }
}

const block = (body: readonly Statement[], labels: number, loops: number): string =>
  body.map((each) => statement(each, labels, loops)).join('\n')

/**
 * `hides`: whether the program hides the bits of NaNs that arithmetic made; else a NaN is shown as the engine has it.
 */
export function programText(program: Program, hides: boolean): string {
  shown = hides ? (expression) => `(call $canon ${float(expression)})` : float
  const functions = program.map(
    (body, index) => `(func $f${index} (export "f${index}")
      (local $a i32) (local $b i32) (local $c i32) (local $x f64) (local $y f64) (local $z f64)
      (local $l0 i32) (local $l1 i32) (local $l2 i32) (local $l3 i32)
      ${block(body, 1, 0)}
      (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (local.get $a)))
      (f64.store (i32.const 8) ${shown({ kind: 'get', local: '$x' })})
      (i32.store (i32.const 16) (i32.xor (i32.load (i32.const 16)) (local.get $b))))`,
  )
  return `(memory (export "memory") 1 3) (tag $e (param i32)) (table funcref (elem $f0 $f1 $f2))
    (global $budget (export "budget") (mut i32) (i32.const 40))
    (func $canon (param f64) (result f64) (select (local.get 0) (f64.const nan) (f64.eq (local.get 0) (local.get 0))))
    (func $leaf (param i32 f64) (result i32) (i32.add (local.get 0) (i32.trunc_sat_f64_s (local.get 1))))
    ${functions.join('\n')}`
}
