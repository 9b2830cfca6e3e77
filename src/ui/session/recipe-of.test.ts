import { expect, test } from 'vitest'
import type { Manifest } from './manifest.ts'
import { documentOf, recipeOf, type Document } from './recipe-of.ts'

const guest = (name: string, digit: string, files: Manifest['guests'][string]['files'] = []) => ({
  hash: digit.repeat(64), title: name, sentence: '', source: `${name}.c`, argv: [name, '-x'], files, stdin: '', tty: false, programs: [],
})
const manifest: Manifest = {
  version: 1,
  guests: {
    hello: guest('hello', 'a'),
    cat: guest('cat', 'b', [{ path: '/poem', text: 'one' }]),
    wc: guest('wc', 'c', [{ path: '/poem', text: 'two' }, { path: '/list', text: '' }]),
  },
  old: {},
}
const document: Document = {
  script: '', tracer: 'script', guest: 'hello', module: undefined, argv: ['you'], stdin: 'in', tty: false, env: [], files: [], host: 'kernel', seed: 3,
  untraced: false,
}

test('a script brings the guests that it names, with their files', () => {
  const recipe = recipeOf({ ...document, script: `await exec("/bin/wc"); spawn('cat')` }, manifest)
  expect(recipe.programs.map(({ name, argv }) => [name, ...argv])).toEqual([['hello', 'you'], ['cat', '-x'], ['wc', '-x']])
  expect(recipe.files).toEqual([{ path: '/poem', text: 'one' }, { path: '/list', text: '' }])
})

test('a name inside a word is not a guest', () => {
  expect(recipeOf({ ...document, script: `print('concat'); cat()` }, manifest).programs).toHaveLength(1)
})

test('without a script the guest runs untraced, and is seen', () => {
  const recipe = recipeOf({ ...document, script: ' \n' }, manifest)
  expect('script' in recipe).toBe(false)
  expect(recipe.untraced).toBe(true)
})

test('an unknown guest is a sentence', () => {
  expect(() => recipeOf({ ...document, guest: 'constructor' }, manifest)).toThrow('There is no guest called constructor.')
})

test('a recipe gives back its document', () => {
  const one = { ...document, script: 'await 0', untraced: true }
  expect(documentOf(recipeOf(one, manifest), manifest)).toEqual(one)
})

test('guests of one’s own are run by their hash, and spawned by their name', () => {
  const mine = { name: 'mine', hash: 'd'.repeat(64), size: 5 }
  const chosen: Document = { ...document, guest: 'mine', module: mine.hash, script: `spawn("cat")` }
  expect(recipeOf(chosen, manifest, [mine]).programs).toEqual([{ name: 'mine', hash: mine.hash, argv: ['you'] }, { name: 'cat', hash: 'b'.repeat(64), argv: ['-x'] }])
  expect(recipeOf({ ...document, script: `spawn("mine")` }, manifest, [mine]).programs[1]).toEqual({ name: 'mine', hash: mine.hash, argv: [] })
  expect(documentOf(recipeOf(chosen, manifest, [mine]), manifest)).toEqual(chosen)
})

test('files of one’s own stand in for those that guests bring, and are told from them again', () => {
  const files = [{ path: '/poem', text: 'mine' }, { path: '/data', base64: 'AA==' }]
  const one: Document = { ...document, guest: 'cat', files }
  const recipe = recipeOf(one, manifest)
  expect(recipe.files).toEqual(files)
  expect(documentOf(recipe, manifest).files).toEqual(files)
  expect(documentOf(recipeOf({ ...one, files: [] }, manifest), manifest).files).toEqual([])
})

test('a guest of an older page is run by its hash', () => {
  const old = { ...recipeOf(document, manifest), programs: [{ name: 'hello', hash: 'e'.repeat(64), argv: [] }] }
  expect(documentOf(old, manifest)).toMatchObject({ guest: 'hello', module: 'e'.repeat(64) })
  expect(recipeOf(documentOf(old, manifest), manifest).programs).toEqual(old.programs)
})

test('host and environment travel', () => {
  const one: Document = { ...document, script: 'await 0', host: 'wasmer', env: ['A=1'] }
  expect(recipeOf(one, manifest)).toMatchObject({ host: 'wasmer', env: ['A=1'] })
  expect(documentOf(recipeOf(one, manifest), manifest)).toEqual(one)
})
