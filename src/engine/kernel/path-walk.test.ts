import { expect, test } from 'vitest'
import { MapDisk } from './disk.ts'
import { FileSystem } from './fs.ts'
import { walkPath } from './path-walk.ts'
import { encodeUtf8 } from './text.ts'
import { plantTree } from './tree.ts'

const fs = new FileSystem(new MapDisk(), 0n)
plantTree(fs, [
  { path: 'etc/motd', bytes: encodeUtf8('hi') }, { path: 'etc/hosts', bytes: encodeUtf8('') },
  { path: 'news', link: 'etc/motd' }, { path: 'loop', link: 'loop' },
], 0n)

const told = (path: string): string => {
  const { steps, near } = walkPath(fs, fs.root, path)
  return [...steps.map((step) => `${step.name}: ${step.found}${'target' in step ? ` to ${step.target}` : ''}`), ...(near.length > 0 ? [`near ${near.join(', ')}`] : [])].join('; ')
}

test.for([
  ['/etc/motd', 'etc: directory; motd: file'],
  ['news', 'news: link to etc/motd; etc: directory; motd: file'],
  ['/etc/hots', 'etc: directory; hots: nothing; near hosts, motd'],
  ['/etc/motd/x', 'etc: directory; motd: no-directory'],
  ['/etc/../news', 'etc: directory; ..: directory; news: link to etc/motd; etc: directory; motd: file'],
] as const)('the way of %s is told name by name', ([path, way]) => {
  expect(told(path)).toBe(way)
})

test('links that lead to themselves come to an end', () => {
  expect(walkPath(fs, fs.root, 'loop').steps.at(-1)).toEqual({ name: 'loop', found: 'too-many-links' })
})
