import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ALLOWED } from './realm.ts'

let worker: Worker
let locked: { before: string[]; after: string[]; left: string[]; unfrozen: string[] }

const answer = (): Promise<unknown> => new Promise((resolve) => {
  worker.once('message', resolve)
})
/** What a module sees in the locked realm. */
const evaluate = (expression: string): Promise<unknown> => {
  const said = answer()
  worker.postMessage(`report(await (async () => (${expression}))())`)
  return said
}

beforeAll(async () => {
  worker = new Worker(new URL('./realm-probe.ts', import.meta.url))
  locked = (await answer()) as typeof locked
})
afterAll(async () => {
  await worker.terminate()
})

test('nothing is left but what is allowed', () => {
  expect(locked.left).toEqual([])
  expect(locked.before.length).toBeGreaterThan(100)
  expect(locked.after.filter((name) => !ALLOWED.has(name))).toEqual([])
})

test('every allowed name is there', () => {
  expect([...ALLOWED].filter((name) => !locked.after.includes(name))).toEqual([])
})

test('everything that can be reached is frozen', () => {
  expect(locked.unfrozen).toEqual([])
})

test.for([
  'eval', 'Function', 'WebAssembly', 'SharedArrayBuffer', 'Atomics', 'WeakRef', 'FinalizationRegistry', 'Intl', 'Temporal',
  'fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'performance', 'crypto', 'process', 'Buffer', 'require',
  'postMessage', 'MessageChannel', 'BroadcastChannel', 'Worker', 'structuredClone', 'TextEncoder', 'TextDecoder', 'URL', 'Blob',
  'navigator', 'harden', 'lockdown', 'Compartment', 'assert', 'escape', 'Float16Array', 'DisposableStack', 'gc',
])('%s is undefined', async (name) => {
  expect(await evaluate(`typeof ${name}`)).toBe('undefined')
})

test.for([
  ['code cannot be made by a constructor', '["function", "async", "gen", "asyncgen"].map((_, i) => { try { [function () {}, async () => {}, function* () {}, async function* () {}][i].constructor("return 1"); return "made" } catch { return "refused" } }).join()', 'refused,refused,refused,refused'],
  ['Date.now is the virtual clock', 'Date.now()', 86_400_000 * 365],
  ['new Date() is the virtual clock, in UTC', 'String(new Date()) + new Date().getTimezoneOffset()', 'Fri Jan 01 1971 00:00:00 GMT+0000 (UTC)0'],
  ['a date without a zone is UTC', 'new Date("2026-11-23T10:00").getTime() === Date.UTC(2026, 10, 23, 10) && new Date(2026, 10, 23, 10).getHours()', 10],
  ['a date in words is no date', 'String(new Date("23 Nov 2026")) + Date.parse("2026-02-01") + new Date(NaN)', `Invalid Date${Date.UTC(2026, 1, 1)}Invalid Date`],
  ['a class can extend Date', 'new (class extends Date { year() { return this.getFullYear() } })(0).year()', 1970],
  ['Math.random is seeded', 'Math.random()', 0.25],
  ['Math is ours', 'Math.sin.name + Math.sin.length + Math.hypot(3, 4) + Math.pow("2", 3)', 'sin158'],
  ['numbers in other bases are ours', '[(0.5).toString(2), (255).toString(16), (-0.1).toString(3), (1e21).toString(36), (1.5).toString()].join()', [(0.5).toString(2), 'ff', (-0.1).toString(3), (1e21).toString(36), '1.5'].join()],
  ['errors have no stack', 'new Error("x").stack === undefined && !("captureStackTrace" in Error)', true],
  ['messages of the engine are ours', '(() => { try { null.x } catch (e) { return tame(e).message + Object.getOwnPropertyNames(e) } })()', 'a value is not of the kind that is needed heremessage'],
  ['rejections are seen through then', 'Promise.resolve().then(() => null.x).catch((e) => e.message)', 'a value is not of the kind that is needed here'],
  ['rejections are seen through allSettled', 'Promise.allSettled([(async () => null.x)()]).then(([r]) => r.reason.message)', 'a value is not of the kind that is needed here'],
  ['messages of scripts stay', '(() => { try { throw new TypeError("mine") } catch (e) { return tame(e).message } })()', 'mine'],
  ['errors can be extended', '(() => { class A extends TypeError { constructor(m) { super(m); this.name = "A" } } const a = new A("m"); return [a instanceof A, a instanceof TypeError, a instanceof Error, String(a), Error("x") instanceof Error].join() })()', 'true,true,true,A: m,true'],
  ['causes and aggregates work', 'new Error("a", { cause: 1 }).cause + new AggregateError([1, 2], "m").errors.length', 3],
  ['functions do not show their text', '(() => 1).toString() + Array.prototype.push', 'function () { [code] }function push() { [code] }'],
  ['locales are not asked', '(1234.5).toLocaleString() + "ä".localeCompare("z")', '1234.51'],
  ['sort is stable and compares in our order', '(() => { const seen = []; [3, 1, 2].sort((a, b) => { seen.push(a + "" + b); return a - b }); return seen.join() })()', '31,32,12'],
  ['sort without a comparator goes by text', '[10, 9, undefined, 1, , "b"].sort().map(String).join() + [3, 20].toSorted()', '1,10,9,b,undefined,20,3'],
  ['typed arrays sort', '[...new Uint8Array([3, 10, 2]).sort((a, b) => b - a)].join() + [...new Float64Array([2, -1]).sort()]', '10,3,2-1,2'],
  ['ordinary overriding works', '(() => { const o = {}; o.toString = () => "p"; const p = Object.create([]); p.length = 0; class A {} A.prototype.toString = () => "q"; return `${o}${new A()}` })()', 'pq'],
  ['intrinsics cannot be changed', '(() => { try { Array.prototype.push = 1; return "changed" } catch { return "refused" } })()', 'refused'],
  ['regular expressions keep no secrets of others', 'typeof RegExp.$1', 'undefined'],
] as const)('%s', async ([, expression, expected]) => {
  expect(await evaluate(expression)).toEqual(expected)
})
