import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { wasmerText } from '../cli/headless.ts'
import { KernelBug } from '../engine/kernel/bug.ts'
import { MapDisk } from '../engine/kernel/disk.ts'
import { FS_LIMITS, FileSystem } from '../engine/kernel/fs.ts'
import { PAGE_SIZE } from '../engine/kernel/page-cache.ts'
import { createFile } from '../engine/kernel/directory.ts'
import { resolvePath } from '../engine/kernel/path.ts'
import { LateDisk, MemfsDisk } from './disk-memfs.ts'
import { loadPackage, NOWHERE, type Wasmer } from './wasmer-package.ts'

const loader = {
  moduleUrl: (code: string) => `data:text/javascript;charset=utf-8,${encodeURIComponent(code)}`,
  importModule: (url: string): Promise<unknown> => import(/* @vite-ignore */ url),
}
let wasmer: Wasmer
beforeAll(async () => {
  wasmer = (await loadPackage(wasmerText(), loader)).start(NOWHERE)
})
const memfs = (): MemfsDisk => new MemfsDisk(new wasmer.MemFS())

/** What a page cache does to a disk: pages by number, each written once. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), page: fc.nat(600), fill: fc.nat(255), length: fc.oneof(fc.nat(40), fc.integer({ min: PAGE_SIZE - 2, max: PAGE_SIZE })) }),
  fc.record({ kind: fc.constantFrom('read' as const, 'remove' as const), page: fc.nat(600) }),
)

test('MemFS keeps pages as a Map does, whatever is written, read and removed', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const [disk, model] = [memfs(), new MapDisk()]
      const there = new Set<number>()
      for (const one of steps) {
        if (one.kind === 'write') {
          if (there.has(one.page)) continue
          there.add(one.page)
          const bytes = Uint8Array.from({ length: one.length }, (_, i) => (one.fill + i * 7) & 0xff)
          disk.write(one.page, bytes)
          model.write(one.page, bytes.slice())
        } else if (one.kind === 'remove') {
          there.delete(one.page)
          disk.remove(one.page)
          model.remove(one.page)
        } else if (there.has(one.page)) expect(disk.read(one.page)).toEqual(model.read(one.page))
        expect(disk.size).toBe(model.size)
      }
      for (const page of there) expect(disk.read(page)).toEqual(model.read(page))
    }),
    { numRuns: 40, seed: 7 },
  )
})

test('a page is written once, and what is not there is a mistake of ours', () => {
  const disk = memfs()
  disk.write(1, new Uint8Array([1, 2, 3]))
  expect(() => disk.write(1, new Uint8Array([4]))).toThrow(KernelBug)
  expect(() => disk.read(2)).toThrow(KernelBug)
  expect(disk.read(1)).toEqual(new Uint8Array([1, 2, 3]))
})

test('a file system is the same on MemFS and on a Map, with two pages in memory', () => {
  const write = fc.record({ file: fc.nat(2), offset: fc.nat(5 * PAGE_SIZE), length: fc.nat(PAGE_SIZE + 100), fill: fc.nat(255) })
  fc.assert(
    fc.property(fc.array(write, { maxLength: 25 }), (writes) => {
      const contents = [memfs(), new MapDisk()].map((disk) => {
        const fs = new FileSystem(disk, 1n, { ...FS_LIMITS, residentPages: 2 })
        const files = ['/a', '/b', '/c'].map((path) => {
          const place = resolvePath(fs, fs.root, path, 'parent')
          const ino = typeof place === 'number' ? -1 : createFile(fs, place, 0o644, 1n)
          fs.acquire(ino)
          return ino
        })
        for (const { file, offset, length, fill } of writes) fs.write(files[file] as number, offset, new Uint8Array(length).fill(fill), 2n)
        return files.map((ino) => {
          fs.release(ino)
          const bytes = new Uint8Array(fs.sizeOf(ino))
          fs.read(ino, 0, bytes, 3n)
          return Buffer.from(bytes).toString('latin1')
        })
      })
      expect(contents[0]).toEqual(contents[1])
    }),
    { numRuns: 15, seed: 7 },
  )
})

test('a Map serves until MemFS has come, and keeps what it has', () => {
  const disk = new LateDisk(() => {})
  disk.write(1, new Uint8Array([1]))
  disk.arrive(memfs())
  disk.write(2, new Uint8Array([2]))
  expect(disk.sizes).toEqual([1, 1])
  expect([...disk.read(1), ...disk.read(2)]).toEqual([1, 2])
  disk.remove(1)
  disk.remove(2)
  expect(disk.sizes).toEqual([0, 0])
})

test('when MemFS breaks the Map takes over, and a page that is lost ends the run with a sentence', () => {
  const lost: string[] = []
  const disk = new LateDisk((cause) => lost.push(cause))
  const fs = new wasmer.MemFS()
  disk.arrive(new MemfsDisk(fs))
  disk.write(1, new Uint8Array([1]))
  // Somebody else took the name of page 257, which lies beside page 1, and took page 1 away.
  fs.createDir('/1/257')
  disk.write(257, new Uint8Array([2]))
  expect([...disk.read(257)]).toEqual([2])
  fs.removeFile('/1/1')
  expect(disk.read(1)).toHaveLength(0)
  expect(lost).toHaveLength(1)
})
