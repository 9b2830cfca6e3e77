import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recipeFile } from '../../engine/link/recipe-form.ts'
import type { FileEntry } from '../../engine/protocol.ts'
import { hexOf, SHOWN, textOf } from './preview.ts'
import { bytesOf, recipeFileOf, sizeOf } from './recipe-file.ts'
import { rowsAfter, rowsBefore } from './rows.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

test('any bytes become a file of a recipe and come back', () => {
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 100 }), fc.string({ unit: 'binary' }).map(utf8))
  fc.assert(fc.property(bytes, (given) => {
    const file = recipeFileOf('/a', given)
    expect(recipeFile(file, 'file')).toEqual(file)
    expect(bytesOf(file)).toEqual(given)
    expect(sizeOf(file)).toBe(given.length)
  }))
})

test('text stays text, and what only looks like it does not', () => {
  expect(recipeFileOf('/a', utf8('zwölf\n'))).toEqual({ path: '/a', text: 'zwölf\n' })
  expect('base64' in recipeFileOf('/a', Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)) || bytesOf(recipeFileOf('/a', Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).length === 4).toBe(true)
  expect('base64' in recipeFileOf('/a', Uint8Array.of(0x61, 0))).toBe(true)
  expect('base64' in recipeFileOf('/a', Uint8Array.of(0xff))).toBe(true)
})

const files = [
  { path: '/home/poem.txt', text: 'one' }, { path: '/home/notes', text: 'two' }, { path: '/bin', directory: true as const }, { path: '/l', link: 'home' },
]

test('before the run, the directories above are shown, and what was added is', () => {
  const [added] = files
  const rows = rowsBefore(files, added === undefined ? [] : [added])
  expect(rows.map(({ path, depth, kind }) => [path, depth, kind])).toEqual([
    ['/bin', 0, 'directory'], ['/home', 0, 'directory'], ['/home/notes', 1, 'file'], ['/home/poem.txt', 1, 'file'], ['/l', 0, 'link'],
  ])
  expect(rows.filter((row) => row.added).map(({ path }) => path)).toEqual(['/home/poem.txt'])
})

test('after the run, what was created, changed and deleted is marked, and nothing else', () => {
  const entry = (path: string, kind: FileEntry['kind'] = 'file', changed = false): FileEntry => ({ path, kind, size: 3, mtim: 0n, changed })
  const rows = rowsAfter([entry('/home', 'directory', true), entry('/home/poem.txt', 'file', true), entry('/home/new'), entry('/bin', 'directory'), entry('/l', 'link')], files)
  expect(rows.map(({ path, mark }) => [path, mark])).toEqual([
    ['/bin', undefined], ['/home', undefined], ['/home/new', 'created'], ['/home/notes', 'deleted'], ['/home/poem.txt', 'changed'], ['/l', undefined],
  ])
})

test('a character that the end of the preview cuts makes no binary file', () => {
  const long = utf8('ä'.repeat(SHOWN))
  expect(textOf(long.subarray(0, SHOWN * 2 - 1))?.length).toBe(SHOWN / 2)
  expect(textOf(Uint8Array.of(0xc3))).toBeUndefined()
  expect(textOf(Uint8Array.of(0))).toBeUndefined()
  expect(textOf(new Uint8Array())).toBe('')
})

test('hex looks as hexdump -C has it', () => {
  expect(hexOf(utf8('skip the call, 17\n')).split('\n')).toEqual([
    '00000  73 6b 69 70 20 74 68 65  20 63 61 6c 6c 2c 20 31  skip the call, 1',
    '00010  37 0a                                             7·',
  ])
})
