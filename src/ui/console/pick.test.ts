import { expect, test } from 'vitest'
import type { ConsoleLine, Piece } from './lines.ts'
import { pickOf } from './pick.ts'

const line = (pieces: readonly Piece[], stream: ConsoleLine['stream'] = 'stdout'): ConsoleLine => ({ seq: 4, pid: 2, stream, pieces, open: false, failed: false })
const one: Piece = { seq: 4, text: 'grüße ', from: 10, length: 8 }
const two: Piece = { seq: 9, text: 'an alle', from: 0, length: 7 }

test('of a line its first piece is picked', () => {
  expect(pickOf(line([one, two]))).toEqual({ text: 'grüße ', moved: { call: 4, from: 10, length: 8 } })
})

test('selected characters are bytes of the call that wrote them, as far as one call did', () => {
  expect(pickOf(line([one, two]), { from: 3, to: 5 })).toEqual({ text: 'ße', moved: { call: 4, from: 14, length: 3 } })
  expect(pickOf(line([one, two]), { from: 4, to: 9 })?.moved).toEqual({ call: 4, from: 16, length: 2 })
  expect(pickOf(line([one, two]), { from: 9, to: 13 })).toEqual({ text: 'alle', moved: { call: 9, from: 3, length: 4 } })
})

test('of bytes that are no text the whole piece is picked', () => {
  expect(pickOf(line([{ seq: 4, text: 'a\ufffd\ufffdb', from: 0, length: 4 }]), { from: 3, to: 4 })?.moved).toEqual({ call: 4, from: 0, length: 4 })
})

test('what a script printed came through no call', () => {
  expect(pickOf(line([{ seq: 4, text: 'printed', from: 0, length: 0 }], 'script'))).toBeUndefined()
})
