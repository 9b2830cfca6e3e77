import { describe, expect, test } from 'vitest'
import { errnoName } from '../abi/errno.ts'
import {
  createFile, list, makeDirectory, makeLink, makeSymlink, removeDirectory, rename, unlinkFile,
} from './directory.ts'
import { MapDisk } from './disk.ts'
import { FS_LIMITS, FileSystem } from './fs.ts'
import { resolvePath } from './path.ts'
import type { Place } from './path.ts'
import { plantTree, walkTree } from './tree.ts'
import type { Found } from './tree.ts'

const bytes = new Uint8Array(0)
const fresh = (): FileSystem => {
  const fs = new FileSystem(new MapDisk(), 1n)
  plantTree(fs, [
    { path: '/f', bytes },
    { path: '/g', bytes },
    { path: '/d', directory: true },
    { path: '/full/x', bytes },
    { path: '/to-d', link: 'd' },
    { path: '/dangling', link: 'nowhere' },
  ], 1n)
  return fs
}
const at = (fs: FileSystem, path: string): Place => {
  const place = resolvePath(fs, fs.root, path, 'parent')
  if (typeof place === 'number') throw new Error(`${path}: ${errnoName(place)}`)
  return place
}

type Call = (fs: FileSystem, a: string, b: string) => number
const calls: Record<string, Call> = {
  mkdir: (fs, a) => makeDirectory(fs, at(fs, a), 0o755, 2n),
  rmdir: (fs, a) => removeDirectory(fs, at(fs, a), 2n),
  unlink: (fs, a) => unlinkFile(fs, at(fs, a), 2n),
  symlink: (fs, a, b) => makeSymlink(fs, a, at(fs, b), 2n),
  link: (fs, a, b) => makeLink(fs, at(fs, a), at(fs, b), 2n),
  rename: (fs, a, b) => rename(fs, at(fs, a), at(fs, b), 2n),
  creat: (fs, a) => Math.max(0, -createFile(fs, at(fs, a), 0o644, 2n)),
}

describe('names change as on Linux 6 (each row tried there)', () => {
  test.for<[string, string, string, string]>([
    ['symlink', 's', 'f/', 'EEXIST'],
    ['symlink', 's', 'd/', 'EEXIST'],
    ['symlink', 's', 'new/', 'ENOENT'],
    ['symlink', '', 'new', 'ENOENT'],
    ['symlink', 's', 'new', 'ok'],
    ['mkdir', 'f/', '', 'EEXIST'],
    ['mkdir', 'new/', '', 'ok'],
    ['mkdir', '.', '', 'EEXIST'],
    ['mkdir', '..', '', 'EEXIST'],
    ['mkdir', 'dangling', '', 'EEXIST'],
    ['mkdir', 'dangling/', '', 'EEXIST'],
    ['rmdir', 'd', '', 'ok'],
    ['rmdir', 'd/', '', 'ok'],
    ['rmdir', 'd/.', '', 'EINVAL'],
    ['rmdir', 'd/..', '', 'ENOTEMPTY'],
    ['rmdir', '/', '', 'EBUSY'],
    ['rmdir', 'full', '', 'ENOTEMPTY'],
    ['rmdir', 'f', '', 'ENOTDIR'],
    ['rmdir', 'to-d/', '', 'ENOTDIR'],
    ['rmdir', 'nope', '', 'ENOENT'],
    ['unlink', 'f', '', 'ok'],
    ['unlink', 'f/', '', 'ENOTDIR'],
    ['unlink', 'd', '', 'EISDIR'],
    ['unlink', 'd/', '', 'EISDIR'],
    ['unlink', '.', '', 'EISDIR'],
    ['unlink', 'to-d', '', 'ok'],
    ['unlink', 'to-d/', '', 'ENOTDIR'],
    ['unlink', 'nope', '', 'ENOENT'],
    ['link', 'f', 'new', 'ok'],
    ['link', 'f', 'new/', 'ENOENT'],
    ['link', 'f/', 'new', 'ENOTDIR'],
    ['link', 'f', 'g', 'EEXIST'],
    ['link', 'd', 'new', 'EPERM'],
    ['link', 'd', 'f', 'EEXIST'],
    ['link', 'nope', 'f', 'ENOENT'],
    ['link', 'dangling', 'new', 'ok'],
    ['rename', 'f', 'new', 'ok'],
    ['rename', 'f', 'new/', 'ENOTDIR'],
    ['rename', 'f', 'g', 'ok'],
    ['rename', 'f', 'f', 'ok'],
    ['rename', 'f', 'f/', 'ENOTDIR'],
    ['rename', 'f', 'd', 'EISDIR'],
    ['rename', 'd', 'f', 'ENOTDIR'],
    ['rename', 'd', 'new/', 'ok'],
    ['rename', 'd', 'd/sub', 'EINVAL'],
    ['rename', 'd', 'full', 'ENOTEMPTY'],
    ['rename', 'full', 'd', 'ok'],
    ['rename', 'full/x', 'full', 'ENOTEMPTY'],
    ['rename', 'd/.', 'new', 'EBUSY'],
    ['rename', 'd/..', 'new', 'EBUSY'],
    ['rename', 'to-d/', 'new', 'ENOTDIR'],
    ['rename', 'nope', 'new', 'ENOENT'],
    ['creat', 'new', '', 'ok'],
    ['creat', 'new/', '', 'EISDIR'],
  ])('%s(%s, %s) is %s', ([call, a, b, expected]) => {
    const errno = calls[call]?.(fresh(), a, b) ?? -1
    expect(errno === 0 ? 'ok' : errnoName(errno)).toBe(expected)
  })
})

const names = (fs: FileSystem, cookie: number): string[] => [...list(fs, fs.root, cookie)].map(({ name }) => name)

test('a cookie goes on behind its entry whatever was made and removed meanwhile', () => {
  const fs = fresh()
  const [, , f, g] = [...list(fs, fs.root, 0)]
  expect(names(fs, g?.next ?? 0)).toEqual(['d', 'full', 'to-d', 'dangling'])
  calls['unlink']?.(fs, 'f', '')
  calls['creat']?.(fs, 'late', '')
  calls['unlink']?.(fs, 'g', '')
  expect(names(fs, f?.next ?? 0)).toEqual(['d', 'full', 'to-d', 'dangling', 'late'])
  expect(names(fs, g?.next ?? 0)).toEqual(['d', 'full', 'to-d', 'dangling', 'late'])
})

test('numbers of inodes are never used again', () => {
  const fs = fresh()
  const before = at(fs, 'g').ino ?? 0
  calls['unlink']?.(fs, 'g', '')
  calls['creat']?.(fs, 'g', '')
  expect(at(fs, 'g').ino).toBeGreaterThan(before)
})

test('a hostile guest that fills the file system gets ENOSPC, EFBIG and EMLINK', () => {
  const limits = { ...FS_LIMITS, fileSize: 100_000, pages: 3, inodes: 4, entries: 5, links: 3 }
  const fs = new FileSystem(new MapDisk(), 1n, limits)
  for (const name of ['a', 'b', 'c']) expect(calls['creat']?.(fs, name, '')).toBe(0)
  expect(errnoName(calls['creat']?.(fs, 'd', '') ?? 0)).toBe('ENOSPC')
  expect(calls['link']?.(fs, 'a', 'a2')).toBe(0)
  expect(calls['link']?.(fs, 'a', 'a3')).toBe(0)
  expect(errnoName(calls['link']?.(fs, 'a', 'a4') ?? 0)).toBe('EMLINK')
  expect(errnoName(calls['link']?.(fs, 'b', 'b2') ?? 0)).toBe('ENOSPC')
  const a = at(fs, 'a').ino ?? 0
  expect(fs.write(a, 0, new Uint8Array(60_000), 2n)).toBe(3 * 16_384)
  expect(errnoName(-fs.write(a, 60_000, new Uint8Array(1), 2n))).toBe('ENOSPC')
  expect(fs.write(a, 0, new Uint8Array(10), 2n)).toBe(10)
  expect(errnoName(-fs.write(a, 100_000, new Uint8Array(1), 2n))).toBe('EFBIG')
  expect(fs.resize(a, 100_000, 2n)).toBe(0)
  expect(errnoName(fs.resize(a, 100_001, 2n))).toBe('EFBIG')
  for (const name of ['a', 'a2', 'a3']) calls['unlink']?.(fs, name, '')
  expect(fs.write(at(fs, 'b').ino ?? 0, 0, new Uint8Array(3 * 16_384), 2n)).toBe(3 * 16_384)
})

test('what goes in comes out', () => {
  const fs = fresh()
  calls['link']?.(fs, 'full/x', 'd/y')
  const found = [...walkTree(fs)]
  expect(found.map(({ path }) => path)).toEqual(['/f', '/g', '/d', '/d/y', '/full', '/full/x', '/to-d', '/dangling'])
  const other = new FileSystem(new MapDisk(), 5n)
  expect(plantTree(other, found, 5n)).toBe(undefined)
  const modes = (all: readonly Found[]): unknown[] => all.map(({ path, mode }) => [path, mode])
  expect(modes([...walkTree(other)])).toEqual(modes(found))
})
