import { expect, test } from 'vitest'
import type { Manifest } from './manifest.ts'
import { documentOf, recipeOf } from './recipe-of.ts'

const guest = (name: string, digit: string, files: Manifest['guests'][string]['files'] = []) => ({
  hash: digit.repeat(64), title: name, sentence: '', source: `${name}.c`, argv: [name, '-x'], files, stdin: '', tty: false,
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
const document = { script: '', guest: 'hello', argv: ['you'], stdin: 'in', tty: false, seed: 3, untraced: false }

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
  expect(documentOf(recipeOf(one, manifest))).toEqual(one)
})
