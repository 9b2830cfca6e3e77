import { describe, expect, test } from 'vitest'
import { hitTest } from './hit.ts'
import { AXIS_HEIGHT, layTracks } from './layout.ts'
import { Model } from './model.ts'
import { engineVocabulary } from './names.ts'
import { paint } from './paint.ts'
import { pennantsOf } from './pennant.ts'
import { makeScale, xOf } from './scale.ts'
import { drawLog, FAMILY, familyTrace, testPalette } from './testing.ts'
import type { View } from './view.ts'
import { wholeWindow } from './window.ts'

const viewOf = (notes: View['notes'], width = 1000): View => {
  const trace = familyTrace()
  const model = new Model(trace, engineVocabulary)
  model.sync()
  const extent = { length: model.length, times: trace.events.columns.time, isGrowing: false }
  return {
    model, scale: makeScale('ordinal', wholeWindow('ordinal', extent), width, extent), layout: layTracks(model.tracks, 400, 0),
    palette: testPalette, matched: undefined, hidesUnmatched: false, isGrowing: false, ...(notes === undefined ? {} : { notes }),
  }
}
const texts = (view: View): readonly unknown[] => {
  const { surface, log } = drawLog()
  paint(surface, view)
  return log.filter(({ op }) => op === 'fillText').map(({ args }) => args[0])
}

describe('a note', () => {
  const view = viewOf([{ at: FAMILY.write, text: '## It writes\n\nmore' }, { at: FAMILY.signal, text: 'A signal' }, { at: 9999, text: 'beyond the end' }])
  test('stands on the axis above its event, with its number and its first line', () => {
    expect(pennantsOf(view).map(({ seq, x }) => [seq, x])).toEqual([FAMILY.write, FAMILY.signal].map((seq) => [seq, Math.round(xOf(view.scale, seq))]))
    expect(texts(view)).toEqual(expect.arrayContaining(['1', 'It writes', '2', 'A signal']))
    expect(texts(view)).not.toContain('beyond the end')
  })
  test('is chosen by a click on its words', () => {
    const x = xOf(view.scale, FAMILY.write)
    expect(hitTest(view, x + 40, 10)?.seq).toBe(FAMILY.write)
    expect(hitTest(view, x + 40, AXIS_HEIGHT + 40)?.seq).not.toBe(FAMILY.write)
  })
  test('has only its cloth where the next one is near', () => {
    const near = viewOf([{ at: 10, text: 'one' }, { at: 11, text: 'two' }], 400)
    const [first, second] = pennantsOf(near)
    expect(first?.text).toBe('')
    expect(first?.right).toBeLessThanOrEqual((second?.x ?? 0) - 2 + 3)
  })
  test('and its neighbours never overlap, however many there are', () => {
    for (const width of [80, 390, 1440]) {
      const all = pennantsOf(viewOf(Array.from({ length: 46 }, (_, i) => ({ at: i + 1, text: 'some words of it' })), width))
      all.slice(1).forEach(({ x }, i) => expect(all[i]?.right).toBeLessThanOrEqual(Math.max(x, (all[i]?.x ?? 0) + 3)))
    }
  })
})

test('without notes nothing is drawn for them', () => expect(texts(viewOf([]))).toEqual(texts(viewOf(undefined))))
