import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeRecipe, type Decision, type Recipe, type RecipeFile } from '../recipe.ts'
import { decodeBase64url, encodeBase64url } from './base64url.ts'
import { containerReader, readContainer, type LinkContent } from './container.ts'
import { fromFile, fromFragment, toFile, toFragment } from './fragment.ts'
import type { Inflate } from './pack.ts'

/** No compression: what is tested here is the grammar; the deflate of the page has its own tests. */
const plain = (bytes: Uint8Array): Uint8Array => bytes
const plainInflate: Inflate = (bytes, most) => (bytes.length > most ? 'too-big' : bytes)

const hash = fc.stringMatching(/^[0-9a-f]{64}$/)
const text = fc.string({ unit: 'grapheme', maxLength: 40 })
const file: fc.Arbitrary<RecipeFile> = fc.oneof(
  fc.record({ path: text, text }),
  fc.record({ path: text, base64: fc.base64String() }),
  fc.record({ path: text, link: text }),
  fc.record({ path: text, directory: fc.constant(true as const) }),
)
const decision: fc.Arbitrary<Decision> = fc.record({
  at: fc.integer({ min: 1 }), request: fc.constantFrom('syscall', 'sysemu', 'cont', 'detach', 'kill'), tags: fc.constantFrom(0, 2, 4, 6), signal: fc.nat(64),
  args: fc.array(fc.tuple(fc.nat(8), fc.bigInt(0n, 2n ** 64n - 1n).map(String)), { maxLength: 2 }),
  memory: fc.array(fc.record({ addr: fc.nat(), bytes: fc.array(fc.nat(255), { maxLength: 4 }) }), { maxLength: 2 }),
  result: fc.integer(),
}, { requiredKeys: ['at', 'request', 'tags', 'signal'] })
const recipe: fc.Arbitrary<Recipe> = fc
  .record({
    programs: fc.array(fc.record({ name: text, hash, argv: fc.array(text, { maxLength: 4 }) }), { minLength: 1, maxLength: 4 }),
    files: fc.array(file, { maxLength: 4 }),
    stdin: text,
    tty: fc.boolean(),
    untraced: fc.boolean(),
    seed: fc.maxSafeInteger(),
    schedule: fc.nat(),
    env: fc.array(text, { maxLength: 3 }),
    script: text,
    hand: fc.array(decision, { maxLength: 2 }),
    input: fc.array(fc.record({ at: fc.nat(), text }), { maxLength: 3 }),
  })
  .map(makeRecipe)
const content: fc.Arbitrary<LinkContent> = fc.record(
  {
    recipe,
    cursor: fc.nat(),
    view: fc.record({
      filter: text, axis: fc.constantFrom('ordinal', 'time'), tab: fc.constantFrom('memory', 'source', 'task'),
      window: fc.record({ from: fc.integer({ max: 0 }), to: fc.integer({ min: 1 }) }),
    }, { requiredKeys: [] }),
    digest: fc.stringMatching(/^[0-9a-f]{16}$/),
  },
  { requiredKeys: ['recipe'] },
)

test('base64url gives back any bytes', () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => {
    const digits = encodeBase64url(bytes)
    expect(digits).toMatch(/^[A-Za-z0-9_-]*$/)
    expect(decodeBase64url(digits)).toEqual(bytes)
  }))
})

test('a link and a file give back what was shared', () => {
  fc.assert(fc.property(content, (shared) => {
    expect(fromFragment(toFragment(shared, plain), plainInflate)).toEqual({ ok: true, value: shared })
    expect(fromFile(toFile(shared, plain), plainInflate)).toEqual({ ok: true, value: shared })
  }), { numRuns: 200 })
})

const sample = (): LinkContent => ({
  recipe: makeRecipe({ programs: [{ name: 'hello', hash: 'a'.repeat(64), argv: [] }], script: 'await 0' }),
  cursor: 3,
})
const link = toFragment(sample(), plain)

test('equal runs give equal links, whatever the order of their keys', () => {
  const { recipe: first, cursor } = sample()
  const turned = Object.fromEntries(Object.entries(first).reverse()) as unknown as Recipe
  expect(toFragment({ cursor: cursor as number, recipe: turned }, plain)).toBe(link)
})

test('ten thousand mutated links never throw, and none passes for another', () => {
  fc.assert(fc.property(
    fc.nat(link.length - 1), fc.nat(2), fc.string({ minLength: 1, maxLength: 3 }),
    (at, cut, put) => {
      const mutated = link.slice(0, at) + put + link.slice(at + cut)
      const read = fromFragment(mutated, plainInflate)
      if (read.ok) expect(read.value).toEqual(sample())
      else expect(read.problem.cause.length * read.problem.cure.length).toBeGreaterThan(0)
    },
  ), { numRuns: 10_000 })
})

test('any container of valid JSON is read or refused, never thrown', () => {
  fc.assert(fc.property(fc.jsonValue(), (json) => void readContainer(json, plainInflate)))
  fc.assert(fc.property(fc.jsonValue(), (json) => void readContainer({ version: 1, recipe: json }, plainInflate)))
})

test.for([
  ['#2/r/AAAA', 'too-new'],
  ['#1/x/AAAA', 'too-new'],
  ['#about', 'not-a-link'],
  ['', 'not-a-link'],
  ['#1/r/', 'truncated'],
  [link.slice(0, -9), 'truncated'],
  [`${link}AAAA`, 'broken'],
  [`${link.slice(0, 40)}${link[40] === 'A' ? 'B' : 'A'}${link.slice(41)}`, 'broken'],
  [`${link.slice(0, 40)}%20${link.slice(41)}`, 'broken'],
  [`#1/r/${'A'.repeat(1_400_000)}`, 'too-big'],
] as const)('of %s it says %s', ([fragment, kind]) => {
  const read = fromFragment(fragment, plainInflate)
  expect(read.ok ? 'opened' : read.problem.kind).toBe(kind)
})

test('a version from the future asks for a reload', () => {
  const read = readContainer({ version: 99 }, plainInflate)
  expect(read.ok ? '' : read.problem.cure).toMatch(/Reload/)
})

test('a bound beyond what a page can bear is refused with its place', () => {
  const { recipe: r } = sample()
  const read = readContainer({ version: 1, recipe: { ...r, budget: { ...r.budget, events: 1e9 } } }, plainInflate)
  expect(read.ok ? '' : read.problem.cause).toMatch(/recipe\.budget\.events is not a whole number/)
})

test('a reader without a step from an old version does not even load', () => {
  expect(() => containerReader(3, { 1: (old) => ({ ...old }) })).toThrow('no upgrader of links from version 2')
})

test('old versions take every step', () => {
  const read = containerReader(3, { 1: () => ({ a: 1 }), 2: (old) => ({ ...old, b: 2 }) })
  expect(read({ version: 1 })).toEqual({ ok: true, value: { a: 1, b: 2 } })
})
