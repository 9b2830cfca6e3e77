import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Branch } from '../branch.ts'
import { noteTitle, notesOfLane, seekNote, withNote, type Note } from './note.ts'

const branch = (name: string, parent: number, at: number): Branch => ({ name, parent, at, does: { kind: 'script', script: '' } })
const BRANCHES = [branch('a', -1, 10), branch('b', 0, 20), branch('c', -1, 5)]
const NOTES: readonly Note[] = [
  { at: 3, text: 'trunk 3' }, { at: 12, text: 'trunk 12' }, { at: 15, text: 'a 15', branch: 'a' }, { at: 25, text: 'a 25', branch: 'a' }, { at: 30, text: 'b 30', branch: 'b' },
]

test.for([
  ['the trunk', -1, ['trunk 3', 'trunk 12']],
  ['a branch', 0, ['trunk 3', 'a 15', 'a 25']],
  ['a branch of a branch', 1, ['trunk 3', 'a 15', 'b 30']],
  ['a branch without notes', 2, ['trunk 3']],
] as const)('%s shows its own notes, and of what it left those up to there', ([, lane, texts]) => {
  expect(notesOfLane(NOTES, BRANCHES, lane).map(({ text }) => text)).toEqual(texts)
})

test('a list of branches that goes round in circles ends', () => {
  expect(notesOfLane(NOTES, [branch('x', 0, 4), branch('y', 3, 4)], 0)).toEqual([])
})

test('notes stay in the order of their events, one at each; empty words take one away', () => {
  fc.assert(fc.property(fc.array(fc.record({ at: fc.integer({ min: 1, max: 9 }), text: fc.constantFrom('', ' ', 'a', 'b') })), (made) => {
    const notes = made.reduce<readonly Note[]>(withNote, [])
    const places = notes.map(({ at }) => at)
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b))
    for (const { at, text } of notes) expect(text).toBe(made.findLast((one) => one.at === at)?.text)
  }))
})

test('the next note is the nearest behind an event, the previous the nearest before it', () => {
  expect(seekNote(NOTES, 3, 1)?.at).toBe(12)
  expect(seekNote(NOTES, 13, -1)?.at).toBe(12)
  expect(seekNote(NOTES, 3, -1)).toBeUndefined()
  expect(seekNote(NOTES, 30, 1)).toBeUndefined()
})

test.for([
  ['## Why `fd_write` returns *twice*\n\nmore', 'Why fd_write returns twice'],
  ['\n\n- [a link](https://example.org) and text', 'a link and text'],
  ['x'.repeat(99), `${'x'.repeat(59)}…`],
  ['   ', ''],
] as const)('the title of %j is %j', ([text, title]) => expect(noteTitle(text)).toBe(title))
