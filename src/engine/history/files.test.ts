import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFile } from '../kernel/directory.ts'
import { MapDisk } from '../kernel/disk.ts'
import { FileSystem } from '../kernel/fs.ts'
import { peekFile } from '../kernel/listing.ts'
import { resolvePath } from '../kernel/path.ts'
import { encodeUtf8, lossyText } from '../kernel/text.ts'
import { FileHistory } from './files.ts'

const contentOf = (fs: FileSystem): string => lossyText(peekFile(fs, '/log', 100_000) ?? encodeUtf8('nothing'))

const begin = (): { readonly fs: FileSystem; readonly ino: number } => {
  const fs = new FileSystem(new MapDisk(), 0n)
  const place = resolvePath(fs, fs.root, '/log', 'parent')
  if (typeof place === 'number') throw new Error('no place')
  return { fs, ino: createFile(fs, place, 0o644, 0n) }
}

test('a file is seen as it was at each event, and at the latest one kept where there were too many', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constant(undefined), fc.nat(400)), { maxLength: 60 }), fc.nat(600), (events, more) => {
      const { fs, ino } = begin()
      const past = new FileHistory(fs)
      const was: string[] = [contentOf(fs)]
      const all = [...events, ...Array.from({ length: more }, (_, i) => (i * 7) % 300)]
      all.forEach((offset, i) => {
        if (offset !== undefined) fs.write(ino, offset, encodeUtf8(`<${i}>`), 1n)
        past.note(i + 1)
        was.push(contentOf(fs))
      })
      was.forEach((content, seq) => {
        const then = past.at(seq)
        expect(then.seq).toBeLessThanOrEqual(seq)
        expect(contentOf(then.fs)).toBe(was[then.seq])
        if (all.length < 200) expect(then.seq).toBe(seq)
        if (then.seq === seq) expect(contentOf(then.fs)).toBe(content)
      })
      // Nobody who looks at the past changes the present.
      expect(contentOf(fs)).toBe(was.at(-1))
    }),
    { numRuns: 30 },
  )
})
