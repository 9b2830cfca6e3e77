import { expect, test } from 'vitest'
import { programFiles } from './tree.ts'

const module = (byte: number): Uint8Array => new Uint8Array([byte])
const modules = { aa: module(1), bb: module(2) }

test('the programs of a recipe lie in /bin, to be read and executed', () => {
  expect(programFiles([{ name: 'sh', hash: 'aa' }, { name: 'ls', hash: 'bb' }], modules, [])).toEqual([
    { path: '/bin/sh', bytes: module(1), mode: 0o555 },
    { path: '/bin/ls', bytes: module(2), mode: 0o555 },
  ])
})

test('of two programs of one name the later one is found', () => {
  expect(programFiles([{ name: 'sh', hash: 'aa' }, { name: 'sh', hash: 'bb' }], modules, [])).toEqual([{ path: '/bin/sh', bytes: module(2), mode: 0o555 }])
})

test('a file of the recipe at that place stays', () => {
  const own = { path: '/bin/sh', bytes: module(9) }
  expect(programFiles([{ name: 'sh', hash: 'aa' }, { name: 'ls', hash: 'bb' }], modules, [own]).map(({ path }) => path)).toEqual(['/bin/ls'])
})

test('a program whose module is not there is left out', () => {
  expect(programFiles([{ name: 'gone', hash: 'cc' }], modules, [])).toEqual([])
})

test.for(['', '.', '..', 'a/b', '/etc/passwd', '../etc/passwd'])('a program called %j is in no directory', (name) => {
  expect(programFiles([{ name, hash: 'aa' }], modules, [])).toEqual([])
})
