import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Descriptors } from './descriptors.ts'
import { restoreDescriptors, saveDescriptors } from './descriptors-image.ts'
import { createFile, makeLink, rename, unlinkFile } from './directory.ts'
import { MapDisk } from './disk.ts'
import { openInode } from './file.ts'
import { FS_LIMITS, FileSystem } from './fs.ts'
import { resolvePath } from './path.ts'
import type { Place } from './path.ts'
import { readAll } from './tree.ts'

const NAMES = ['a', 'b', 'c', 'd'] as const
const name = fc.constantFrom(...NAMES)
const offset = fc.oneof(fc.nat(100), fc.integer({ min: 16_300, max: 33_000 }))
const fill = fc.integer({ min: 1, max: 9 })
const write = fc.record({ do: fc.constant('write' as const), a: name, at: offset, length: offset, fill })
const command = fc.oneof(
  { weight: 4, arbitrary: write },
  fc.record({ do: fc.constant('truncate' as const), a: name, at: offset }),
  fc.record({ do: fc.constant('rename' as const), a: name, b: name }),
  fc.record({ do: fc.constant('link' as const), a: name, b: name }),
  fc.record({ do: fc.constant('unlink' as const), a: name }),
  fc.record({ do: fc.constant('open' as const), a: name }),
  fc.record({ do: fc.constant('close' as const), which: fc.nat(5) }),
  fc.record({ do: fc.constant('snapshot' as const) }),
  fc.record({ do: fc.constant('restore' as const) }),
  fc.record({ do: fc.constant('forget' as const) }),
)

/** A file of the naive model: shared by all of its names and by those who have it open. */
interface Model {
  bytes: Uint8Array
}

/** Names and open files as a pair of plain structures, copied whole for a snapshot. */
interface World {
  names: Map<string, Model>
  open: Model[]
}
const copyWorld = ({ names, open }: World): World => {
  const copies = new Map<Model, Model>()
  const copy = (file: Model): Model => {
    const mine = copies.get(file) ?? { bytes: file.bytes.slice() }
    copies.set(file, mine)
    return mine
  }
  return { names: new Map([...names].map(([key, file]) => [key, copy(file)])), open: open.map(copy) }
}

const place = (fs: FileSystem, path: string): Place => {
  const found = resolvePath(fs, fs.root, path, 'parent')
  if (typeof found === 'number') throw new Error(`errno ${found}`)
  return found
}

describe('the file system', () => {
  test('always agrees with a naive model, through links, open files, snapshots and a tiny cache', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
        const disk = new MapDisk()
        const fs = new FileSystem(disk, 1n, { ...FS_LIMITS, residentPages: 2 })
        let world: World = { names: new Map(), open: [] }
        let inos: number[] = []
        let saved: { fs: ReturnType<FileSystem['snapshot']>; world: World; inos: number[] } | undefined
        for (const one of commands) {
          if (one.do === 'write') {
            const at = place(fs, one.a)
            const ino = at.ino ?? createFile(fs, at, 0o644, 2n)
            const file = world.names.get(one.a) ?? { bytes: new Uint8Array(0) }
            world.names.set(one.a, file)
            const bytes = new Uint8Array(one.length).fill(one.fill)
            expect(fs.write(ino, one.at, bytes, 2n)).toBe(one.length)
            if (one.length > 0) {
              const grown = new Uint8Array(Math.max(file.bytes.length, one.at + one.length))
              grown.set(file.bytes)
              grown.set(bytes, one.at)
              file.bytes = grown
            }
          } else if (one.do === 'truncate') {
            const { ino } = place(fs, one.a)
            const file = world.names.get(one.a)
            if (ino !== undefined && file !== undefined) {
              fs.resize(ino, one.at, 2n)
              const cut = new Uint8Array(one.at)
              cut.set(file.bytes.subarray(0, one.at))
              file.bytes = cut
            }
          } else if (one.do === 'rename') {
            const file = world.names.get(one.a)
            expect(rename(fs, place(fs, one.a), place(fs, one.b), 2n) === 0).toBe(file !== undefined)
            if (file !== undefined && file !== world.names.get(one.b)) {
              world.names.set(one.b, file)
              world.names.delete(one.a)
            }
          } else if (one.do === 'link') {
            const file = world.names.get(one.a)
            const works = file !== undefined && !world.names.has(one.b)
            expect(makeLink(fs, place(fs, one.a), place(fs, one.b), 2n) === 0).toBe(works)
            if (works) world.names.set(one.b, file)
          } else if (one.do === 'unlink') {
            expect(unlinkFile(fs, place(fs, one.a), 2n) === 0).toBe(world.names.delete(one.a))
          } else if (one.do === 'open') {
            const { ino } = place(fs, one.a)
            const file = world.names.get(one.a)
            if (ino !== undefined && file !== undefined) {
              fs.acquire(ino)
              inos.push(ino)
              world.open.push(file)
            }
          } else if (one.do === 'close') {
            const [ino] = inos.splice(one.which, 1)
            world.open.splice(one.which, 1)
            if (ino !== undefined) fs.release(ino)
          } else if (one.do === 'snapshot') {
            if (saved !== undefined) fs.forget(saved.fs)
            saved = { fs: fs.snapshot(), world: copyWorld(world), inos: [...inos] }
          } else if (saved !== undefined && one.do === 'restore') {
            fs.restore(saved.fs)
            world = copyWorld(saved.world)
            inos = [...saved.inos]
          } else if (saved !== undefined) {
            fs.forget(saved.fs)
            saved = undefined
          }
        }
        for (const key of NAMES) {
          const { ino } = place(fs, key)
          const file = world.names.get(key)
          expect(ino !== undefined).toBe(file !== undefined)
          if (ino === undefined || file === undefined) continue
          expect(Buffer.compare(readAll(fs, ino), file.bytes)).toBe(0)
          const links = [...world.names.values()].filter((other) => other === file).length
          expect(fs.get(ino).nlink).toBe(links)
        }
        for (const [i, ino] of inos.entries()) {
          expect(Buffer.compare(readAll(fs, ino), world.open[i]?.bytes ?? new Uint8Array(0))).toBe(0)
        }
        // With everything closed, removed and forgotten, nothing is left.
        for (const ino of inos) fs.release(ino)
        for (const key of NAMES) unlinkFile(fs, place(fs, key), 3n)
        const last = fs.snapshot()
        if (saved !== undefined) fs.forget(saved.fs)
        fs.forget(last)
        expect(disk.size).toBe(0)
      }),
      { numRuns: 200 },
    )
  })

  test('comes back with its open files, shared offsets and all', () => {
    const fs = new FileSystem(new MapDisk(), 1n)
    const ino = createFile(fs, place(fs, 'a'), 0o644, 1n)
    const parent = new Descriptors()
    const file = openInode(fs, ino, 0, '/a')
    parent.add({ file, rights: 1, inheriting: 0, closeOnExec: false, preopen: undefined })
    const child = parent.fork()
    const snapshot = fs.snapshot()
    const image = saveDescriptors([parent, child])
    unlinkFile(fs, place(fs, 'a'), 2n)
    parent.closeAll()
    child.closeAll()
    for (let again = 0; again < 2; again++) {
      fs.restore(snapshot)
      const [first, second] = restoreDescriptors(image)
      expect(first?.get(0)?.file).toBe(second?.get(0)?.file)
      expect(first?.get(0)?.file.refs).toBe(2)
      expect(fs.get(ino).opens).toBe(1)
      first?.closeAll()
      second?.closeAll()
      expect(fs.get(ino).opens).toBe(0)
    }
  })

  test('keeps access times as relatime does', () => {
    const fs = new FileSystem(new MapDisk(), 1n)
    const ino = createFile(fs, place(fs, 'a'), 0o644, 10n)
    fs.write(ino, 0, Uint8Array.of(1), 20n)
    fs.read(ino, 0, new Uint8Array(1), 30n)
    expect(fs.get(ino).atim).toBe(30n)
    fs.read(ino, 0, new Uint8Array(1), 40n)
    expect(fs.get(ino).atim).toBe(30n)
    fs.read(ino, 0, new Uint8Array(1), 30n + 86_400_000_000_000n)
    expect(fs.get(ino).atim).toBe(30n + 86_400_000_000_000n)
  })
})
