import {
  lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { rename, unlinkFile } from '../engine/kernel/directory.ts'
import { MapDisk } from '../engine/kernel/disk.ts'
import { FileSystem } from '../engine/kernel/fs.ts'
import { resolvePath } from '../engine/kernel/path.ts'
import type { Place } from '../engine/kernel/path.ts'
import { plantTree, walkTree } from '../engine/kernel/tree.ts'
import { compareTrees, readHostTree, writeHostTree } from './host-tree.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'host-tree-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

test('what a guest did to a folder comes back to it, and nothing else is touched', () => {
  mkdirSync(join(folder, 'sub'))
  for (const name of ['kept', 'gone', 'sub/moved', 'turned']) writeFileSync(join(folder, name), name)
  symlinkSync('kept', join(folder, 'link'))
  const untouched = lstatSync(join(folder, 'kept')).ctimeMs
  const before = readHostTree(folder)
  const fs = new FileSystem(new MapDisk(), 1n)
  expect(plantTree(fs, before, 1n)).toBe(undefined)
  const at = (path: string): Place => {
    const place = resolvePath(fs, fs.root, path, 'parent')
    if (typeof place === 'number') throw new Error(path)
    return place
  }
  unlinkFile(fs, at('gone'), 2n)
  rename(fs, at('sub/moved'), at('here'), 2n)
  unlinkFile(fs, at('turned'), 2n)
  plantTree(fs, [{ path: '/turned/inside', bytes: Uint8Array.of(65) }], 2n)
  const changes = compareTrees(before, [...walkTree(fs)])
  expect(changes.removed).toEqual(['/turned', '/sub/moved', '/gone'])
  expect(changes.written.map(({ path }) => path)).toEqual(['/here', '/turned', '/turned/inside'])
  writeHostTree(folder, changes)
  const left = readdirSync(folder, { recursive: true }).sort()
  expect(left).toEqual(['here', 'kept', 'link', 'sub', 'turned', 'turned/inside'])
  expect(readFileSync(join(folder, 'here'), 'utf8')).toBe('sub/moved')
  expect(readlinkSync(join(folder, 'link'))).toBe('kept')
  expect(lstatSync(join(folder, 'kept')).ctimeMs).toBe(untouched)
})
