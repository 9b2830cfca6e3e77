import { describe, expect, test } from 'vitest'
import { ERRNO, errnoName } from '../abi/errno.ts'
import { MapDisk } from './disk.ts'
import { FileSystem } from './fs.ts'
import { resolvePath } from './path.ts'
import type { LastLink } from './path.ts'
import { plantTree } from './tree.ts'

const bytes = new Uint8Array(0)
const world = (): FileSystem => {
  const fs = new FileSystem(new MapDisk(), 1n)
  const problem = plantTree(fs, [
    { path: '/etc/passwd', bytes },
    { path: '/box/file', bytes },
    { path: '/box/dir/inner/file', bytes },
    { path: '/box/to-file', link: 'file' },
    { path: '/box/to-dir', link: 'dir' },
    { path: '/box/to-dir-slash', link: 'dir/' },
    { path: '/box/to-file-slash', link: 'file/' },
    { path: '/box/dangling', link: 'nowhere' },
    { path: '/box/loop', link: 'loop' },
    { path: '/box/out', link: '../etc/passwd' },
    { path: '/box/dir/up', link: '../file' },
    { path: '/box/dir/up-up', link: '../../etc/passwd' },
    { path: '/box/absolute', link: '/etc/passwd' },
    { path: '/box/root', link: '/' },
    ...Array.from({ length: 41 }, (_, i) => ({ path: `/box/chain${i + 1}`, link: i === 0 ? 'file' : `chain${i}` })),
  ], 1n)
  if (problem !== undefined) throw new Error(problem)
  return fs
}

const fs = world()
const inoOf = (path: string): number => {
  const place = resolvePath(fs, fs.root, path, 'parent')
  if (typeof place === 'number' || place.ino === undefined) throw new Error(path)
  return place.ino
}

/** What a path resolves to, as the absolute path of the same inode, 'nothing' or the errno. */
const resolve = (start: string, path: string, lastLink: LastLink): string => {
  const place = resolvePath(fs, inoOf(start), path, lastLink)
  if (typeof place === 'number') return errnoName(place) ?? 'no errno'
  if (place.ino === undefined) return `nothing named ${place.name}${place.slash ? '/' : ''}`
  const paths = ['/', '/etc', '/etc/passwd', '/box', '/box/file', '/box/dir', '/box/dir/inner', '/box/dangling',
    '/box/to-file', '/box/to-dir', '/box/loop', '/box/absolute']
  return paths.find((known) => inoOf(known) === place.ino) ?? `inode ${place.ino}`
}

describe('path_resolution(7) from a directory that is not the root', () => {
  test.for<[string, LastLink, string]>([
    ['file', 'follow', '/box/file'],
    ['', 'follow', 'ENOENT'],
    ['.', 'follow', '/box'],
    ['./././', 'follow', '/box'],
    ['dir/..', 'follow', '/box'],
    ['dir//inner/./..///../file', 'follow', '/box/file'],
    ['nowhere', 'follow', 'nothing named nowhere'],
    ['nowhere/', 'follow', 'nothing named nowhere/'],
    ['nowhere/x', 'follow', 'ENOENT'],
    ['file/x', 'follow', 'ENOTDIR'],
    ['file/.', 'follow', 'ENOTDIR'],
    ['file/..', 'follow', 'ENOTDIR'],
    ['file/', 'follow', 'ENOTDIR'],
    ['file/', 'keep', 'ENOTDIR'],
    ['file/', 'parent', '/box/file'],
    ['dir///', 'keep', '/box/dir'],
    ['to-file', 'follow', '/box/file'],
    ['to-file', 'keep', '/box/to-file'],
    ['to-file/', 'keep', 'ENOTDIR'],
    ['to-dir', 'keep', '/box/to-dir'],
    ['to-dir/', 'keep', '/box/dir'],
    ['to-dir/', 'parent', '/box/to-dir'],
    ['to-dir/inner', 'keep', '/box/dir/inner'],
    ['to-dir-slash', 'follow', '/box/dir'],
    ['to-file-slash', 'follow', 'ENOTDIR'],
    ['dangling', 'follow', 'nothing named nowhere'],
    ['dangling', 'keep', '/box/dangling'],
    ['dangling/x', 'follow', 'ENOENT'],
    ['loop', 'follow', 'ELOOP'],
    ['loop', 'keep', '/box/loop'],
    ['loop/x', 'keep', 'ELOOP'],
    ['chain40', 'follow', '/box/file'],
    ['chain41', 'follow', 'ELOOP'],
    ['dir/up', 'follow', '/box/file'],
    ['..', 'follow', 'ENOTCAPABLE'],
    ['dir/../..', 'follow', 'ENOTCAPABLE'],
    ['../box/file', 'follow', 'ENOTCAPABLE'],
    ['out', 'follow', 'ENOTCAPABLE'],
    ['dir/up-up', 'follow', 'ENOTCAPABLE'],
    ['absolute', 'follow', 'ENOTCAPABLE'],
    ['absolute', 'keep', '/box/absolute'],
    ['root/etc', 'follow', 'ENOTCAPABLE'],
    ['/box/file', 'follow', 'ENOTCAPABLE'],
    ['x'.repeat(255), 'follow', `nothing named ${'x'.repeat(255)}`],
    ['x'.repeat(256), 'follow', 'ENAMETOOLONG'],
    ['ü'.repeat(128), 'follow', 'ENAMETOOLONG'],
    ['./'.repeat(2048), 'follow', 'ENAMETOOLONG'],
  ])('%s (%s) is %s', ([path, lastLink, expected]) => {
    expect(resolve('/box', path, lastLink)).toBe(expected)
  })
})

describe('path_resolution(7) from the root', () => {
  test.for<[string, string]>([
    ['..', '/'],
    ['../../etc/passwd', '/etc/passwd'],
    ['/etc/passwd', '/etc/passwd'],
    ['/', '/'],
    ['box/out', '/etc/passwd'],
    ['box/dir/up-up', '/etc/passwd'],
    ['box/absolute', '/etc/passwd'],
    ['box/root', '/'],
    ['box/root/etc/../box/file', '/box/file'],
  ])('%s is %s', ([path, expected]) => {
    expect(resolve('/', path, 'follow')).toBe(expected)
  })
})

test('a directory that was removed while open has nothing in it and takes nothing', () => {
  const own = new FileSystem(new MapDisk(), 1n)
  plantTree(own, [{ path: '/gone', directory: true }], 1n)
  const place = resolvePath(own, own.root, 'gone', 'parent')
  if (typeof place === 'number' || place.ino === undefined) throw new Error('not there')
  own.acquire(place.ino)
  own.own(place.ino).nlink = 0
  expect(resolvePath(own, place.ino, 'x/y', 'follow')).toBe(ERRNO.ENOENT)
})
