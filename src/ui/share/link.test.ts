import fc from 'fast-check'
import { deflateSync } from 'fflate'
import { expect, test } from 'vitest'
import { encodeBase64url } from '../../engine/link/base64url.ts'
import { CONTAINER_VERSION, readContainer, writeContainer, type LinkContent } from '../../engine/link/container.ts'
import { fromFile, fromFragment, packFragment, toFragment } from '../../engine/link/fragment.ts'
import type { LinkProblem } from '../../engine/link/problem.ts'
import { recipeForm } from '../../engine/link/recipe-form.ts'
import { FILE, FRAGMENT } from '../../engine/link/samples/v1.ts'
import { Sha256, hex } from '../../engine/trace/sha256.ts'
import { makeRecipe } from '../../engine/recipe.ts'
import type { Manifest } from '../session/manifest.ts'
import { documentOf, recipeOf } from '../session/recipe-of.ts'
import { compress } from './compress.ts'
import { inflate } from './inflate.ts'

const manifest: Manifest = {
  version: 1,
  guests: {
    hello: { hash: 'a'.repeat(64), title: '', sentence: '', source: 'hello.c', argv: ['hello'], files: [{ path: '/a', text: 'brought' }], stdin: '', tty: false, programs: [] },
    cat: { hash: 'b'.repeat(64), title: '', sentence: '', source: 'cat.c', argv: ['cat', '/e'], files: [{ path: '/e', text: '' }], stdin: '', tty: false, programs: [] },
  },
  old: {},
}
const wasm = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)
const hash = hex(new Sha256().update(wasm).digest())

/** Version 1, everything in it, as samples/v1.ts was made of it. */
const SAMPLE: LinkContent = {
  recipe: makeRecipe({
    programs: [{ name: 'hello', hash: 'a'.repeat(64), argv: ['you'] }, { name: 'mine', hash, argv: [] }],
    files: [{ path: '/a', text: 'zwölf\n' }, { path: '/b', base64: '/w==' }, { path: '/c', link: 'a' }, { path: '/d', directory: true }],
    stdin: 'in', tty: true, env: ['LANG=C'], seed: -3,
    input: [{ at: 12, text: 'typed\n' }, { at: 40, end: true }],
    hand: [{ at: 5, request: 'syscall', tags: 4, signal: 0, args: [[0, '18446744073709551615']], result: -52, memory: [{ addr: 1024, bytes: [1, 255] }] }],
    host: 'wasmer', untraced: true, stopAt: 4000, script: 'await 0\n',
  }),
  cursor: 9,
  view: { filter: '%file', unmatched: 'hide', axis: 'time', window: { from: 0.5, to: 1200 }, tab: 'memory' },
  digest: '0123456789abcdef',
  modules: { [hash]: wasm },
}

test('links and files of version 1 are read as they were meant', () => {
  expect(fromFragment(FRAGMENT, inflate)).toEqual({ ok: true, value: SAMPLE })
  expect(fromFile(FILE, inflate)).toEqual({ ok: true, value: SAMPLE })
})

test('every version has a sample, and today’s is written as its sample is', () => {
  expect(CONTAINER_VERSION).toBe(1)
  expect(toFragment(SAMPLE, compress)).toBe(FRAGMENT)
})

const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const linkOf = (value: unknown): string => packFragment(compress(json(value)))
const good = writeContainer(SAMPLE, compress) as { readonly recipe: Record<string, unknown> }
const goodLink = linkOf(good)
const bomb = deflateSync(new Uint8Array(18 * 2 ** 20), { level: 1 })

test.for<readonly [string, string, LinkProblem['kind'], RegExp]>([
  ['empty', '#1/r/', 'truncated', /Only the beginning/],
  ['in the wrong alphabet', `${goodLink.slice(0, 30)}*${goodLink.slice(31)}`, 'broken', /characters that cannot be in it/],
  ['truncated', goodLink.slice(0, -20), 'truncated', /cut off: \d+ of its \d+ bytes/],
  ['changed on its way', `${goodLink.slice(0, 30)}${goodLink[30] === 'A' ? 'B' : 'A'}${goodLink.slice(31)}`, 'broken', /checksum/],
  ['not deflate', packFragment(Uint8Array.of(7, 7, 7, 7)), 'broken', /cannot be unpacked/],
  ['a bomb', packFragment(bomb), 'too-big', /more than 16 MB/],
  ['not JSON', packFragment(compress(new TextEncoder().encode('{"version":1,'))), 'broken', /not a run/],
  ['not even text', packFragment(compress(Uint8Array.of(0xff, 0xfe))), 'broken', /not text/],
  ['without a version', linkOf({ ...good, version: undefined }), 'bad-content', /which version/],
  ['of version 0', linkOf({ ...good, version: 0 }), 'bad-content', /which version/],
  ['too new', linkOf({ ...good, version: 99 }), 'too-new', /newer version/],
  ['of a grammar that is too new', goodLink.replace('#1/', '#2/'), 'too-new', /newer version/],
  ['with a program that is not what its hash says', linkOf({ ...good, modules: [{ hash, deflated: encodeBase64url(compress(Uint8Array.of(1, 2))) }] }), 'wrong-program', /mine.*hash does not fit/],
  ['with a program that cannot be unpacked', linkOf({ ...good, modules: [{ hash, deflated: '!' }] }), 'broken', /mine.*cannot be unpacked/],
  ['with a program that is a bomb', linkOf({ ...good, modules: [{ hash, deflated: encodeBase64url(deflateSync(new Uint8Array(65 * 2 ** 20), { level: 1 })) }] }), 'too-big', /64 MB/],
  ['with a bad field in its recipe', linkOf({ ...good, recipe: { ...good.recipe, seed: 'seven' } }), 'bad-content', /the link\.recipe\.seed is not a whole number/],
  ['with a budget that would hang the page', linkOf({ ...good, recipe: { ...good.recipe, budget: { events: 1e12, cpu: 1, output: 1, statements: 1 } } }), 'bad-content', /budget\.events/],
  ['with nothing to run', linkOf({ ...good, recipe: { ...good.recipe, programs: [] } }), 'bad-content', /names no program/],
  ['with a window that ends before it begins', linkOf({ ...good, view: { window: { from: 4, to: 2 } } }), 'bad-content', /window/],
  ['of another page', '#about', 'not-a-link', /not a link of Skipcall/],
])('a link that is %s gets a sentence and a way on', ([, fragment, kind, says]) => {
  const read = fromFragment(fragment, inflate)
  if (read.ok) throw new Error('it was opened')
  expect(read.problem.kind).toBe(kind)
  expect(read.problem.cause).toMatch(says)
  expect(read.problem.cure).toMatch(/^[A-Z].*\.$/)
})

test.for([
  ['empty', '', /This file is empty/],
  ['a picture', '\u0089PNG', /not JSON/],
  ['other JSON', '{"name":"skipcall"}', /This file does not say which version/],
  ['of a later version', JSON.stringify({ version: 2 }), /This file was made with a newer version/],
  ['bad in a field', JSON.stringify({ ...good, cursor: -1 }), /This file does not describe a run: the file\.cursor is not a whole number/],
] as const)('a file that is %s gets a sentence and a way on', ([, text, says]) => {
  const read = fromFile(text, inflate)
  expect(read.ok ? '' : read.problem.cause).toMatch(says)
  expect(read.ok ? '' : read.problem.cure).toMatch(/Choose|Reload/)
})

/** All places in a JSON value, as paths of keys. */
const places = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value === 'object' && value !== null ? [path, ...Object.entries(value).flatMap(([key, one]) => places(one, [...path, key]))] : [path]

const put = (value: unknown, [key, ...rest]: readonly string[], what: unknown): unknown => {
  if (key === undefined) return what
  const copy: unknown = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }
  ;(copy as Record<string, unknown>)[key] = put((value as Record<string, unknown>)[key], rest, what)
  return copy
}

test('no accepted link ever makes the page throw: its document gives a recipe again, which the machine takes', () => {
  const all = places(JSON.parse(JSON.stringify(good)))
  const words = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '', '\0', '../..', '\ud800', 'hello', 'cat', 'x'.repeat(300)))
  const anything = fc.oneof(fc.jsonValue(), fc.constantFrom(-0, 1e308, 2 ** 53, [], {}, null))
  // Mostly something of the kind that was there: what is refused for its type tells nothing about the page.
  const instead = fc.record({ string: words, number: fc.integer(), boolean: fc.boolean(), any: anything, kind: fc.integer({ max: 9, min: 0 }) })
  const pick = (was: unknown, { string, number, boolean, any, kind }: { string: string; number: number; boolean: boolean; any: unknown; kind: number }): unknown =>
    kind === 0 ? any : typeof was === 'string' ? string : typeof was === 'number' ? number : typeof was === 'boolean' ? boolean : Array.isArray(was) ? was.slice(kind % 3) : any
  let accepted = 0
  fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...all), instead), { minLength: 1, maxLength: 3 }), (changes) => {
    let mutated: unknown = good
    for (const [path, what] of changes) {
      // A place that an earlier change has taken away is none any more.
      try {
        mutated = put(mutated, path, pick(path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], mutated), what))
      } catch {
        continue
      }
    }
    const read = readContainer(JSON.parse(JSON.stringify(mutated) ?? 'null'), inflate)
    if (!read.ok) return
    accepted++
    const recipe = recipeOf(documentOf(read.value.recipe, manifest), manifest)
    expect(recipeForm(recipe, 'recipe')).toEqual(recipe)
    expect(fromFragment(toFragment(read.value, compress), inflate)).toEqual(read)
  }), { numRuns: 600 })
  expect(accepted).toBeGreaterThan(50)
})
