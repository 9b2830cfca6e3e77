import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MapDisk } from './disk.ts'
import { PAGE_SIZE, PageCache } from './page-cache.ts'
import type { Page, PageTable } from './page-cache.ts'
import { Trie } from './trie.ts'

const SIZE = 4 * PAGE_SIZE

/** Offsets and lengths that meet the edges of pages more often than chance would. */
const near = fc.oneof(
  fc.nat(SIZE),
  fc.tuple(fc.nat(4), fc.integer({ min: -2, max: 2 })).map(([page, by]) => Math.max(0, page * PAGE_SIZE + by)),
)
const command = fc.oneof(
  fc.record({ do: fc.constant('write' as const), at: near, length: near, fill: fc.integer({ min: 1, max: 255 }) }),
  fc.record({ do: fc.constant('truncate' as const), at: near }),
  fc.record({ do: fc.constant('flush' as const) }),
  fc.record({ do: fc.constant('snapshot' as const) }),
)

describe('the page cache', () => {
  test('always reads what a flat array would hold, in the present and in every snapshot', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), fc.integer({ min: 1, max: 6 }), (commands, room) => {
        const disk = new MapDisk()
        const cache = new PageCache(disk, room)
        const table: PageTable = new Trie<Page>()
        const flat = new Uint8Array(2 * SIZE)
        const past: { table: PageTable; flat: Uint8Array }[] = []
        let epoch = 1
        let pages = 0
        for (const one of commands) {
          if (one.do === 'write') {
            const bytes = new Uint8Array(Math.min(one.length, 2 * SIZE - one.at)).fill(one.fill)
            pages += cache.write(table, one.at, bytes, epoch)
            flat.set(bytes, one.at)
          } else if (one.do === 'truncate') {
            pages -= cache.truncate(table, one.at, epoch)
            flat.fill(0, one.at)
          } else if (one.do === 'flush') cache.flush(table)
          else {
            past.push({ table: table.copy(), flat: flat.slice() })
            epoch++
          }
        }
        for (const then of [...past, { table, flat }]) {
          const read = new Uint8Array(2 * SIZE).fill(7)
          cache.read(then.table, 0, read)
          expect(Buffer.compare(read, then.flat)).toBe(0)
        }
        expect([...table.entries()].length).toBe(pages)
        cache.truncate(table, 0, epoch)
        cache.sweep([])
        expect(disk.size).toBe(0)
      }),
      { numRuns: 150 },
    )
  })

  test('sends a full page to the disk once and never changes it there', () => {
    const disk = new MapDisk()
    const cache = new PageCache(disk, 8)
    const table: PageTable = new Trie<Page>()
    cache.write(table, 0, new Uint8Array(PAGE_SIZE).fill(1), 1)
    expect(disk.size).toBe(1)
    cache.write(table, 5, Uint8Array.of(2), 1)
    cache.flush(table)
    const read = new Uint8Array(8)
    cache.read(table, 0, read)
    expect([...read]).toEqual([1, 1, 1, 1, 1, 2, 1, 1])
    expect(disk.size).toBe(1)
  })
})
