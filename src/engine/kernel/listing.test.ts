import { expect, test } from 'vitest'
import { createFile } from './directory.ts'
import { MapDisk } from './disk.ts'
import { FileSystem } from './fs.ts'
import { listFiles, peekFile } from './listing.ts'
import { resolvePath } from './path.ts'
import { plantTree } from './tree.ts'

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0))
const planted = (): FileSystem => {
  const fs = new FileSystem(new MapDisk(), 10n)
  plantTree(fs, [
    { path: '/home/z', bytes: bytes('last') }, { path: '/home/a', bytes: bytes('first') }, { path: '/link', link: 'home/a' }, { path: '/tmp', directory: true },
  ], 10n)
  return fs
}

test('lists parents before children, by name, with what a person wants to know', () => {
  expect(listFiles(planted(), 10n)).toEqual({
    more: false,
    entries: [
      { path: '/home', kind: 'directory', size: 0, mtim: 10n, changed: false },
      { path: '/home/a', kind: 'file', size: 5, mtim: 10n, changed: false },
      { path: '/home/z', kind: 'file', size: 4, mtim: 10n, changed: false },
      { path: '/link', kind: 'link', size: 0, mtim: 10n, changed: false, link: 'home/a' },
      { path: '/tmp', kind: 'directory', size: 0, mtim: 10n, changed: false },
    ],
  })
})

test('marks what was written, even if its times were set back', () => {
  const fs = planted()
  const place = resolvePath(fs, fs.root, '/home/a', 'parent')
  if (typeof place === 'number' || place.ino === undefined) throw new Error('no /home/a')
  fs.write(place.ino, 0, bytes('FIRST'), 20n)
  fs.setTimes(place.ino, 10n, 10n, 21n)
  const changed = listFiles(fs, 10n).entries.filter((one) => one.changed)
  expect(changed.map(({ path, mtim }) => [path, mtim])).toEqual([['/home/a', 10n]])
})

test('ends a list of very many names, and says so', () => {
  const fs = planted()
  for (let i = 0; i < 10_001; i++) {
    const place = resolvePath(fs, fs.root, `/tmp/${i}`, 'parent')
    if (typeof place !== 'number') createFile(fs, place, 0o644, 11n)
  }
  const { entries, more } = listFiles(fs, 10n)
  expect([entries.length, more]).toEqual([10_000, true])
})

test('gives the beginning of a file and leaves its access time alone', () => {
  const fs = planted()
  expect(peekFile(fs, '/home/a', 3)).toEqual(bytes('fir'))
  expect(peekFile(fs, '/home', 3)).toBeUndefined()
  expect(peekFile(fs, '/nowhere/a', 3)).toBeUndefined()
  expect(peekFile(fs, '/link', 3)).toBeUndefined()
  expect(listFiles(fs, 10n).entries.some((one) => one.changed)).toBe(false)
})
