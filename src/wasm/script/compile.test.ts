import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile, SOURCE_LIMIT } from './compile.ts'
import { EXPORTED, runCompiled, runPlain } from './testing.ts'

const HEAD = 'import { out, later } from "ptrace"\n'

/** Programs in which something could go wrong when text is inserted. */
const FORMS: Readonly<Record<string, string>> = {
  'bodies without a block': 'let n = 0\nfor (let i = 0; i < 3; i++) n += i\nif (n) out(n); else out(0)\nwhile (n--) ;\ndo n++\nwhile (n < 5)\nout(n)',
  'else if chains': 'for (const x of [1,2,3,4]) if (x === 1) out("a"); else if (x === 2) out("b")\nelse if (x === 3) { out("c") } else out("d")',
  'statements ended by line ends': 'let a = 1\nlet b = a\n++a\nout([a, b])\nconst f = () => 7\nout(f())\nvar c = f\n;(1, c)()\nout(typeof c)',
  'restricted productions': 'const f = () => { return\n 5 }\nout(f())\nfunction* g() { yield\n 6 }\nout([...g()])',
  'labels, break and continue': 'outer: for (const a of [1,2,3]) { for (const b of [1,2,3]) { if (b === 2) continue outer; if (a === 3) break outer; out([a,b]) } }\nblock: { out(1); break block; out(2) }\nblock2: if (true) break block2\nl: while (true) break l',
  'switch with fall-through': 'for (const x of [1,2,3,9]) switch (x) { case 1: out("one"); case 2: { out("two"); break } case 3: default: out("rest") }',
  'arrows with expressions': 'out([1,2].map(x => x * 2)); out((() => ({ a: 1 }))()); out((a => b => c => a + b + c)(1)(2)(3)); out((x => (x, 5))(1))\nout((x =>\n // comment\n x + 1)(1))\nconst v = [x => x, y => y].map(f => f(3))\nout(v)',
  'arrows in the middle of expressions': 'const f = true ? x => x + 1 : x => x - 1, g = (x) => x\nout(f(1) + g(2)); const o = { m: x => x, n: 1 }; out(o.m(4))',
  'async arrows and await': 'const f = async x => (await later(x)) + await later(1)\nout(await f(2))\nconst g = async () => { for (let i = 0; i < 3; i++) out(await later(i)); return "done" }\nout(await g())\nout(await Promise.all([f(1), f(2), g()]))',
  'await in odd places': 'const f = async (o) => { o[await later("k")] = await later(await later(5)); out(`${await later(3)}${await later(4)}`); const { a = await later(9) } = {}; return [a, o.k, ...(await later([1]))] }\nout(await f({}))\nout(await (0, later)(1))',
  'for await': 'async function* g() { for (let i = 0; i < 3; i++) { const got = yield i; out(["got", got]) } return 9 }\nfor await (const x of g()) out(x)\nfor await (const x of [later(1), 2]) out(x)\nconst h = async () => { for await (const x of g()) if (x === 1) return x }\nout(await h())\nconst it = g(); out(await it.next()); out(await it.next("hi")); out(await it.return(4))',
  'generators': 'function* inner() { const a = yield 1; out(["a", a]); try { yield 2 } finally { out("fin") } return 3 }\nfunction* outer() { const r = yield* inner(); out(["r", r]); yield* [7, 8]; const e = yield; out(["e", e]); return [yield 5, yield] }\nconst it = outer(); out(it.next()); out(it.next("x")); out(it.next()); out(it.next()); out(it.next()); out(it.next()); out(it.next("e")); out(it.next("p")); out(it.next("q"))\nconst t = inner(); t.next(); t.next(); try { t.throw(new Error("no")) } catch (e) { out(e.message) }\nout([...(function*(){yield})()])',
  'classes': 'class A { x = 1; #p = 2; static s = 3; static #q = 4; static { A.t = A.#q + 1 } static {} get p() { return this.#p } set p(v) { this.#p = v } ["c" + 1] = 5; ["m" + 1]() { return 6 } f = () => this.x; g = function () {}; k = class {}; static async *ag() { yield 1 } y\n z = 3 }\nconst a = new A(); a.p = 9\nout([a.x, a.p, A.s, A.t, a.c1, a.m1(), a.f(), a.f.name, a.g.name, a.k.name, a.z, "y" in a])\nclass B extends A { constructor() { super(); out(new.target.name) } x = super.m1() }\nout(new B().x)\nclass C extends (0, B) { }\nout(new C().x); class D extends Object { toString() { return `D${super.toString()}` } }\nout(`${new D()}`)\nconst mixin = (P) => class extends P { mixed = true }\nout(new (mixin(A))().mixed)\nclass N extends null { static a = 1 }\nout(N.a)',
  'function names and lengths': 'function f(a, b = 1, ...c) {}\nconst g = (x, y) => {}, h = class {}, k = async () => 1\nout([f.name, f.length, g.name, g.length, h.name, k.name])\nconst o = { m() {}, ["x" + 1]: () => {}, get z() { return 1 } }\nout([o.m.name, o.x1.name, o.z])\nconst { d = () => {} } = {}\nout(d.name)\nconst w = (q = () => {}) => q.name\nout(w())',
  'default parameters': 'const f = (a = 1, { b = a + 1, ["c" + b]: d = b * 2 } = {}, [e = 4, ...r] = []) => [a, b, d, e, r]\nout(f()); out(f(5, { b: 2, c2: 3 }, [6, 7, 8]))\nlet n = 0\nconst g = (a = n++, b = (n++, a)) => [a, b]\nout(g()); out(g())\nfunction h(a, b = () => a) { a = 2; return b() }\nout(h(1)); function argc(a = 1) { return arguments.length }\nout(argc()); out(argc(undefined, 2))',
  'powers': 'let x = 2; x **= 3; out(x); out(2 ** 3 ** 2); out((-2) ** 2); out(2n ** 64n); const o = { a: { b: 3 }, get k() { out("k"); return "b" } }; o.a.b **= 2; out(o.a.b); o.a[o.k] **= 2; out(o.a.b)\nlet i = 0; const arr = [2, 3]; arr[i++] **= 2; out([arr, i]); (arr[1]) **= 2; out(arr)\nclass P { #x = 3; static q = 2 ** 5; self() { out("self"); return this } go() { this.self().#x **= 2; this.#x **= 1; return this.#x } }\nout(new P().go()); out(P.q)\nclass Q { get v() { return 3 } set v(n) { out(["set", n]) } }\nclass R extends Q { go() { super.v **= 2; super["v"] **= 3 } }\nnew R().go()\nout([1,2,3].map(v => v ** 2)); out(2 ** -1); out(1 + 2 ** 2 * 3); out([[4]][0] **\n 2); x **= 2 ** 2; out(x)\nout((() => { try { return 2n ** 2 } catch (e) { return e instanceof TypeError } })())\nconst q = { s: 2 }; out((q.s **= 2) + 1); x = x ** 2 ** 0 / 4 ** 1; out(x)\nout({ valueOf() { return 3 } } ** 2)',
  'catch in all its forms': 'try { throw { message: "m", deep: [1, { z: 2 }] } } catch ({ message, deep: [a, { z = 5 }], none = 7 }) { out([message, a, z, none]) }\ntry { throw 1 } catch { out("none") }\ntry { throw 2 } catch (e) { out(e) } finally { out("f") }\ntry { throw [1,2] } catch (\n [p,\n q]\n) { out(p + q) }\nconst f = () => { try { return 1 } finally { out("after") } }\nout(f())\nfor (const i of [1,2]) { try { continue } finally { out(i) } }',
  'getters, setters, spread, tags': 'const o = { _v: 1, get v() { return this._v }, set v(x) { this._v = x }, async *gen() { yield* [1, 2] }, "quoted key"() { return 1 }, 42: () => 1 }\no.v = 5; out(o.v); for await (const x of o.gen()) out(x)\nconst tag = (s, ...v) => [s.raw.join("|"), v]\nout(tag`a${1}b${(() => 2)()}c\\n`); out(Math.max(...[1, 5, 2])); out({ ...o, v: 3 }.v); out(o?.x?.y ?? "dflt"); out(o.nope?.()); let z = null; z ??= 3; z ||= 4; z &&= 5; out(z)',
  'use strict and directives': '"use strict"\nfunction f() { "use strict"; "another"\n return this }\nout(f())\nconst g = () => { "use other" }\nout(g()); function h() { "d" }\nout(h())',
  'scopes': 'function f(a) { var a; { let a = 2; out(a) } var b = 1; { function b2() { return 3 } out(b2()) } return [a, b] }\nout(f(1)); out(hoisted()); function hoisted() { return inner(); function inner() { return "in" } }\nfor (let i = 0, fs = []; i < 3; i++) { fs.push(() => i); if (i === 2) out(fs.map(g => g())) }\nfor (var v in { a: 1, b: 2 }) out(v)\nfor (const [k, w] of Object.entries({ a: 1 })) out([k, w])\nlet u; for (u of [1, 2]) ; out(u); for (const x of []) ;\nfor (;;) { break }',
  'regular expressions and templates': 'out("a1b2".replace(/[a-z](?<d>\\d)/g, "$<d>")); out(`x${`y${[1].map(a => `${a}`)}`}`); out(/=>\\{/.test("=>{")); const d = 4 / 2 / 1\nout(d)',
  'sequences and conditionals': 'let a = (1, 2), b = a ? (0, 3) : 4\nout([a, b]); out(((a, b), 5)); const f = async () => (await later(1), await later(2))\nout(await f()); const g = function* () { return (yield 1, yield 2) }\nout([...g()])',
  'exports': 'export const a = 1\nexport function f() { return 2 }\nexport default class { }\nexport { a as b }\nout(a + f())',
  'comments at the ends': 'out((x => x /* c */)(1)) // end\nconst f = () => 2 // tail\nout(f())\nif (true) out(3) // more\n// last',
  'new.target, in, instanceof, delete, void': 'function F() { out(new.target === F); if (!("x" in this)) this.x = 1 }\nnew F(); class G { #b; static has(o) { return #b in o } }\nout(G.has(new G())); const o = { p: 1 }; delete o.p; out(Object.keys(o)); out(void 0)',
  'async generators that return and throw': 'async function* g() { try { yield await later(1); throw new Error("x") } catch (e) { out(e.message); yield 2 } finally { out("fin") } }\nfor await (const x of g()) out(x)\nconst t = async () => { throw new Error("rejected") }\nawait t().catch((e) => out(e.message)); try { await t() } catch (e) { out(e.message) }',
}

for (const [name, source] of Object.entries(FORMS)) {
  test(`${name} behave as without ticks`, async () => {
    const plain = await runPlain(HEAD + source)
    const compiled = await runCompiled(HEAD + source)
    expect(plain.thrown).toBeUndefined()
    expect(compiled.thrown).toBeUndefined()
    expect(compiled.out).toEqual(plain.out)
    expect(plain.out.length).toBeGreaterThan(0)
    const lines = (HEAD + source).split('\n').length
    for (const line of compiled.lines) expect(line).toBeLessThanOrEqual(lines)
  })
}

test('ticks name the lines that run, in order', async () => {
  const { lines } = await runCompiled(`${HEAD}const f = (x: number): number => {
  return x
}
for (const i of [1, 2]) {
  f(i)
}
if (f(0)) out(1)
else
  out(2)`)
  expect(lines).toEqual([2, 5, 6, 3, 6, 3, 8, 3, 10])
})

test('types, enums and type-only imports go, lines stay', async () => {
  const { out, lines, thrown } = await runCompiled(`import type { Stop } from "ptrace"
${HEAD}interface A {
  a: number
}
type B<T> = {
  [K in keyof T]: T[K]
}
enum Colour { Red, Green }
const x = <T,>(v: T): T => v as unknown as T
abstract class P { constructor(private readonly n: number, public m = n!) {} declare z: string; get(): number { return this.n } }
class Q extends P {}
out([x<number>(1), Colour.Green, new Q(2).get(), ({ a: 1 } satisfies A).a])
function over(a: string): void
function over(a: unknown): void { out(a) }
over("s")`)
  expect(thrown).toBeUndefined()
  expect(out).toEqual([[1, 1, 2, 1], 's'])
  expect(lines.at(-1)).toBe(15)
})

test.for([
  ['a loop', 'for (;;) ;'],
  ['a loop of awaits', 'while (true) await later(1)'],
  ['a loop that catches everything', 'for (;;) try { for (;;) ; } catch {}'],
  ['a loop that continues from finally', 'x: for (;;) { try { for (;;) ; } finally { continue x } }'],
  ['two functions that call each other', 'const f = () => { try { g() } catch { g() } }; const g = () => { try { f() } catch { f() } }; f()'],
  ['an endless generator', 'function* g() { for (;;) yield }\n[...g()]'],
  ['a getter that is asked for ever', 'const o = { get x() { return this.y + 1 }, y: 1 }\nfor (;o.x;);'],
] as const)('%s is ended by its ticks', async ([, source]) => {
  const { ticks } = await runCompiled(HEAD + source, 20_000)
  expect(ticks.ended?.why).toBe('endless')
})

test.for([
  ['functions', 'const f = (n) => 1 + f(n + 1)\nf(0)'],
  ['default parameters', 'function f(a = f()) {}\nf()'],
  ['fields', 'class A { x = new A() }\nnew A()'],
  ['computed keys', 'function f({ [f()]: x } = {}) {}\nf()'],
  ['heritage', 'class A { x = class extends f() {} }\nfunction f() { return new A() }\nf()'],
  ['async functions', 'const f = async () => { await f() }\nawait f()'],
  ['generators', 'function* g() { yield* g() }\n[...g()]'],
  ['getters', 'const o = { get x() { return this.x } }\no.x'],
] as const)('endless recursion through %s ends after 2,000 calls', async ([, source]) => {
  const { thrown, ticks } = await runCompiled(HEAD + source)
  expect(thrown).toBeInstanceOf(RangeError)
  expect((thrown as Error).message).toBe('more than 2000 calls within one another')
  expect(ticks.ended).toBeUndefined()
})

test('many calls that are not within one another may be made', async () => {
  const { out, thrown } = await runCompiled(`${HEAD}let n = 0
const fib = (k) => { try { return k < 2 ? k : fib(k - 1) + fib(k - 2) } finally { n++ } }
out(fib(15))
const all = await Promise.all(Array.from({ length: 3000 }, async (_, i) => { await later(i); n++; await later(1); return i }))
out(all.length)
for (let i = 0; i < 3000; i++) { try { (() => { throw i })() } catch { n++ } }
function* g() { yield 1; yield* [2] }
for (let i = 0; i < 3000; i++) { const it = g(); it.next(); it.next() }
await Promise.allSettled(Array.from({ length: 3000 }, async () => { throw 1 }))
out(await (async () => { for (let i = 0; i < 3000; i++) await later(i); return fib(5) })())`)
  expect(thrown).toBeUndefined()
  expect(out).toEqual([610, 3000, 5])
})

test.for([
  ['import fs from "fs"\nfs.x()', 'There is no module "fs" here', 1],
  ['\nimport "https://example.org/x.js"', 'There is no module "https://example.org/x.js" here', 2],
  ['import p from "ptrace"\np()', 'The module "ptrace" has no default export', 1],
  ['import { Out } from "ptrace"\nOut()', '"ptrace" does not export Out', 1],
  ['const x = 1\nawait import("ptrace")', 'import() cannot be used here', 2],
  ['export * from "ptrace"', 'A script cannot export from another module', 1],
  ['export { out } from "ptrace"', 'A script cannot export from another module', 1],
  ['function f() {\n  var a\n  function a() {}\n}', 'Two things are called a', 3],
] as const)('%s is refused with a place and a cure', ([source, title, line]) => {
  const compiled = compile(source, EXPORTED)
  expect(compiled).toMatchObject({ ok: false, failure: { kind: 'syntax', title, line } })
  if (!compiled.ok) expect(compiled.failure.cure).toMatch(/\w+.*[.?]$/)
})

test.for([
  ['let x = ', 1, undefined],
  ['const a = 1\nlet b = (2\nout(b)', 3, undefined],
  ['x = @', 1, undefined],
  ['let a\nlet a', 2, 5],
  ['return 1', 1, 1],
  ['"unterminated', 1, undefined],
] as const)('a syntax error in %j has its line', ([source, line, column]) => {
  const compiled = compile(source, EXPORTED)
  expect(compiled.ok).toBe(false)
  if (compiled.ok) return
  expect(compiled.failure.kind).toBe('syntax')
  expect(compiled.failure.line).toBe(line)
  if (column !== undefined) expect(compiled.failure.column).toBe(column)
  expect(compiled.failure.cause).not.toMatch(/\(\d+:\d+\)/)
})

test.for([
  ['parentheses', (k: number) => `${'('.repeat(k)}1${')'.repeat(k)}`],
  ['brackets', (k: number) => `x = ${'['.repeat(k)}${']'.repeat(k)}`],
  ['additions', (k: number) => `1${'+1'.repeat(k)}`],
  ['arrows', (k: number) => `${'a=>'.repeat(k)}1`],
  ['functions', (k: number) => `${'function f(){'.repeat(k)}${'}'.repeat(k)}`],
  ['ifs', (k: number) => `${'if(1)'.repeat(k)};`],
  ['templates', (k: number) => `x = ${'`${'.repeat(k)}1${'}`'.repeat(k)}`],
  ['types', (k: number) => `let a: ${'A<'.repeat(k)}A${'>'.repeat(k)}`],
] as const)('deep nesting of %s is a sentence', ([, source]) => {
  for (const k of [20_000, 60_000]) {
    expect(compile(source(k), EXPORTED)).toMatchObject({ ok: false, failure: { title: 'The script is nested too deeply' } })
  }
})

test('a source above the limit is refused', () => {
  expect(compile(' '.repeat(SOURCE_LIMIT + 1), EXPORTED)).toMatchObject({ ok: false, failure: { title: 'The script is too long' } })
})

test('the hooks have names that the script does not use, not even with escapes', async () => {
  const { out, thrown } = await runCompiled(`${HEAD}const $0_tick = 1, \\u0024${'1'}_tick = 2\nout($0_tick + $1_tick)`)
  expect(thrown).toBeUndefined()
  expect(out).toEqual([3])
})

test('import.meta is a constant that says nothing', async () => {
  const { out } = await runCompiled(`${HEAD}out(import.meta.url)\nout(Object.isFrozen(import.meta))`)
  expect(out).toEqual(['script.ts', true])
})

test('the same source compiles to the same bytes', () => {
  const source = HEAD + Object.values(FORMS)[5]
  expect(compile(source, EXPORTED)).toEqual(compile(source, EXPORTED))
})

/** Programs over the variables a to d that always end, and say what they computed. */
const program = (() => {
  const name = fc.constantFrom('a', 'b', 'c', 'd')
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 3 },
      fc.integer({ min: -5, max: 9 }).map((n) => `(${n})`),
      name,
      fc.tuple(tie('expression'), fc.constantFrom('+', '-', '*', '<', '===', '&&', '||', '??'), tie('expression')).map(([l, o, r]) => `((${l}) ${o} (${r}))`),
      fc.tuple(tie('expression'), tie('expression')).map(([l, r]) => `((${l}) ** (Number(${r}) & 3))`),
      fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([c, l, r]) => `(${c} ? ${l} : ${r})`),
      tie('expression').map((e) => `(x => x + (${e}))(1)`),
      tie('expression').map((e) => `(({ p = ${e} }, [q = p] = []) => q)({})`),
      tie('expression').map((e) => `(await later(${e}))`),
      tie('expression').map((e) => `[...(function* () { const r = yield (${e}); yield r })()].length`),
      tie('expression').map((e) => `(() => { try { throw ${e} } catch (e) { return e } finally { d = 1 } })()`.replaceAll('await later', '(v => v)')),
      tie('expression').map((e) => `new (class { f = ${e}; static s = 1; get g() { return this.f } })().g`.replaceAll('await later', '(v => v)')),
    ),
  }))
  // An await cannot stand in a function that is not async.
  const safe = expression.map((e) => (/=>|function|class/.test(e) ? e.replaceAll('await later', '(v => v)') : e))
  const { statement } = fc.letrec<{ statement: string }>((tie) => ({
    statement: fc.oneof(
      { maxDepth: 3 },
      fc.tuple(name, safe).map(([n, e]) => `${n} = ${e}`),
      fc.tuple(name, safe).map(([n, e]) => `${n} **= Number(${e}) & 3;`),
      safe.map((e) => `out(${e});`),
      fc.tuple(safe, tie('statement'), tie('statement')).map(([e, s, t]) => `if (${e}) { ${s} } else { ${t} }`),
      fc.tuple(safe, safe).map(([e, f]) => `if (${e}) out(${f})\nelse out(0)`),
      tie('statement').map((s) => `for (let i = 0; i < 3; i++) { if (i === 1) continue; ${s} }`),
      fc.tuple(tie('statement'), fc.nat()).map(([s, n]) => `l${n}: for (const k of [1, 2]) { for (;;) { ${s}\ncontinue l${n} } }`),
      fc.tuple(safe, tie('statement')).map(([e, s]) => `switch (${e}) { case 1: ${s}\ndefault: out("d") }`),
      fc.tuple(tie('statement'), tie('statement')).map(([s, t]) => `try { ${s} } catch ({ message }) { out(message) } finally { ${t} }`),
      fc.tuple(tie('statement'), tie('statement')).map(([s, t]) => `{ ${s}\n${t} }`),
      tie('statement').map((s) => `await (async () => { for await (const y of [1]) { ${s} } })()`),
    ),
  }))
  return fc.array(statement, { minLength: 1, maxLength: 5 }).map((all) => `${HEAD}let a = 1, b = 2, c = 0, d = null\n${all.join('\n')}\nout([a, b, c, d].map(String))`)
})()

test('whatever the program, ticks do not change what it does', { timeout: 30_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(program, async (source) => {
      const plain = await runPlain(source)
      const compiled = await runCompiled(source)
      expect(compiled.out.map(String)).toEqual(plain.out.map(String))
      expect(String(compiled.thrown)).toBe(String(plain.thrown))
    }),
    { numRuns: 250, seed: 3 },
  )
})

test('whatever the text, the compiler answers, and twice the same', () => {
  const token = fc.constantFrom('import', '{', '}', '(', ')', 'await', 'yield', '=>', 'class', '`', '${', '**=', 'a', ':', '<', '>', '/', '"', "'", '\n', ' ', ';', 'enum', '#x', '@', '\\u0061', '*/', '/*', '\u2028', 'export', 'from', '"ptrace"', 'import.meta')
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 60 }), fc.array(token, { maxLength: 30 }).map((all) => all.join(''))), (source) => {
      const once = compile(source, EXPORTED)
      expect(compile(source, EXPORTED)).toEqual(once)
      if (!once.ok) expect(once.failure.cause.length * once.failure.cure.length).toBeGreaterThan(0)
    }),
    { numRuns: 600, seed: 4 },
  )
})
