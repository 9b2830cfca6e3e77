import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { sha256 } from '../session/modules.ts'
import { packArchive, unpackArchive } from './archive.ts'
import { kindsOf } from './kinds.ts'

const module = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])
const hash = await sha256(module)
const all = {
  kept: new Map<string, unknown>([
    ['document', { script: 'console.log(1)', argv: ['a b'] }], ['recording', new Uint8Array([1, 2, 3])], ['exercise/count', { script: 'x' }], ['exercise/first-call', { script: 'y' }],
  ]),
  guests: [{ hash, name: 'mine', size: 8 }],
  modules: new Map([[hash, module]]),
}
const indexed = (index: unknown): Uint8Array => zipSync({ 'skipcall.json': strToU8(JSON.stringify(index)) })

test('what is exported comes back as it was', async () => {
  expect(await unpackArchive(packArchive(all))).toEqual(all)
})

test('what is kept is counted and weighed by its sort', () => {
  expect(kindsOf(all).map(({ id, count }) => [id, count])).toEqual([['script', undefined], ['recording', undefined], ['progress', 2], ['guests', 1]])
  expect(kindsOf(all).find(({ id }) => id === 'recording')?.size).toBe(3)
})

test.for([
  ['no zip file', strToU8('hello'), /not a zip file/],
  ['another zip file', zipSync({ 'a.txt': strToU8('a') }), /not made by Export everything/],
  ['one of another form', indexed({ version: 1, kept: [] }), /not made by Export everything/],
  ['a newer one', indexed({ version: 2 }), /newer version/],
] as const)('%s is refused with a sentence', async ([, bytes, sentence]) => {
  await expect(unpackArchive(bytes)).rejects.toThrow(sentence)
})

test('a module that is not what its hash says is refused', async () => {
  const bent = packArchive({ ...all, modules: new Map([[hash, new Uint8Array([1])]]) })
  await expect(unpackArchive(bent)).rejects.toThrow('The module of mine is not what its hash says.')
})

test('names that the page does not have are left out', async () => {
  const read = await unpackArchive(indexed({ version: 1, kept: { __proto__: { value: 1 }, 'exercise/../x': { value: 1 }, settings: { value: { theme: 'dark' } } }, guests: [] }))
  expect([...read.kept]).toEqual([['settings', { theme: 'dark' }]])
})
