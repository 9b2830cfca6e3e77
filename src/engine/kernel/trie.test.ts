import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Trie } from './trie.ts'

test('a trie always holds what a map would, and its copies stay as they were', () => {
  const key = fc.oneof(fc.nat(40), fc.nat(2000), fc.nat(2 ** 20))
  const command = fc.tuple(fc.constantFrom('set', 'delete', 'copy'), key)
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60 }), key, (commands, from) => {
      const trie = new Trie<number>()
      const map = new Map<number, number>()
      const copies: [Trie<number>, Map<number, number>][] = []
      let epoch = 1
      for (const [what, at] of commands) {
        if (what === 'set') {
          trie.set(at, epoch, epoch)
          map.set(at, epoch)
        } else if (what === 'delete') {
          trie.delete(at, epoch)
          map.delete(at)
        } else {
          copies.push([trie.copy(), new Map(map)])
          epoch++
        }
      }
      for (const [mine, model] of [...copies, [trie, map] as const]) {
        const sorted = [...model].sort(([a], [b]) => a - b)
        expect([...mine.entries()]).toEqual(sorted)
        expect([...mine.entries(from)]).toEqual(sorted.filter(([at]) => at >= from))
        expect(mine.get(from)).toBe(model.get(from))
      }
    }),
  )
})
