import { describe, expect, test } from 'vitest'
import { bigTrace } from '../../engine/trace/testing.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { capsuleOf } from './capsule.ts'
import { EMPTY, sumColumns, WAITING } from './columns.ts'
import { hitTest } from './hit.ts'
import { AXIS_HEIGHT, layTracks, scrollToLane, TRACER_HEIGHT, TRACK_HEIGHT } from './layout.ts'
import { Matched } from './matched.ts'
import { Bit } from './mip.ts'
import { Model } from './model.ts'
import { engineVocabulary } from './names.ts'
import { paint } from './paint.ts'
import { paintMinimap } from './paint-minimap.ts'
import { conversationOf, paintHover, paintSelection } from './paint-selection.ts'
import { makeScale, xOf } from './scale.ts'
import { drawLog, FAMILY, familyTrace, testPalette, writerTrace, type Drawn } from './testing.ts'
import type { View } from './view.ts'
import { wholeWindow } from './window.ts'

const viewOf = (
  trace: Trace,
  change: Partial<View> & { readonly width?: number; readonly from?: number; readonly to?: number } = {},
): View => {
  const model = new Model(trace, engineVocabulary)
  model.sync()
  const extent = { length: model.length, times: trace.events.columns.time, isGrowing: false }
  const { width = 1000, from, to, ...rest } = change
  const window = from === undefined || to === undefined ? wholeWindow('ordinal', extent) : { from, to }
  return {
    model,
    scale: makeScale('ordinal', window, width, extent),
    layout: layTracks(model.tracks, 400, 0),
    palette: testPalette,
    matched: undefined,
    hidesUnmatched: false,
    isGrowing: false,
    ...rest,
  }
}

const painted = (view: View): readonly Drawn[] => {
  const { surface, log } = drawLog()
  paint(surface, view)
  return log
}
const texts = (log: readonly Drawn[]): readonly (string | number | undefined)[] =>
  log.filter(({ op }) => op === 'fillText').map(({ args }) => args[0])

describe('the capsule of a call', () => {
  const shape = (seq: number) => {
    const view = viewOf(familyTrace())
    const span = view.model.span(seq)
    const lane = view.layout.laneOf(view.model.track(view.model.spans.anchor(span)))
    if (lane === undefined) throw new Error('no lane')
    return capsuleOf(view.model, span, view.scale, lane)
  }
  test.for([
    ['with both stops is closed', FAMILY.write, { left: true, right: true, isHatched: false }],
    ['that was skipped is hatched, its right end open', FAMILY.skip, { left: true, right: false, isHatched: true }],
    ['without an exit stop has its right end open', FAMILY.skipExit, { left: true, right: false, isHatched: false }],
    ['whose entry was not reported has its left end open', FAMILY.lone, { left: false, right: true, isHatched: false }],
    ['that nobody traced is open at both ends', FAMILY.untraced, { left: false, right: false, isHatched: false }],
    ['that is not decided has neither hatch nor end', FAMILY.pending, { left: true, right: false, isHatched: false }],
  ] as const)('%s', ([, seq, expected]) => {
    expect(shape(seq)).toMatchObject(expected)
  })
  test('is thin while it waits and others run', () => {
    const view = viewOf(familyTrace())
    const capsule = shape(FAMILY.poll)
    expect(capsule.thin?.from).toBeGreaterThan(xOf(view.scale, FAMILY.poll + 1))
    expect(capsule.thin?.to).toBeLessThan(xOf(view.scale, FAMILY.pollExit))
    expect(shape(FAMILY.write).thin).toBeUndefined()
  })
})

describe('painting', () => {
  test('draws every name that has room, the errno below, and the letter of each event', () => {
    const log = painted(viewOf(familyTrace(), { width: 2400 }))
    expect(texts(log)).toEqual(
      expect.arrayContaining([
        'fd_write',
        'clock_time_get',
        'poll_oneoff',
        'path_open',
        'noent',
        'SIGUSR1',
        'F',
        'X',
        'T',
        '2',
        '4',
        '6',
      ]),
    )
    expect(log.some(({ op, color }) => op === 'stroke' && color === 'time')).toBe(true)
  })

  test('shortens a name that has too little room, and drops the SIG of a signal', () => {
    const names = texts(painted(viewOf(familyTrace(), { width: 900 })))
    expect(names).toContain('USR1')
    expect(names).not.toContain('SIGUSR1')
    expect(names.some((name) => String(name).endsWith('…'))).toBe(true)
  })

  test('draws nothing of a call beyond the present: no hatch, no notch, no errno', () => {
    const view = viewOf(familyTrace(), { from: FAMILY.pending - 1, to: FAMILY.pending + 8, isGrowing: true })
    const log = painted(view)
    expect(log.some(({ op, color }) => op === 'fill' && color === 'danger')).toBe(false)
    expect(log.some(({ op, color }) => op === 'stroke' && color === 'random')).toBe(false)
    expect(texts(log)).toContain(`Nothing has happened beyond event ${FAMILY.pending}.`)
  })

  test('dims what the filter does not match, or leaves it out', () => {
    const trace = familyTrace()
    const model = new Model(trace, engineVocabulary)
    model.sync()
    const marks = new Uint8Array(trace.length)
    marks[FAMILY.write - 1] = 1
    const matched = new Matched(model, marks)
    const dimmed = painted(viewOf(trace, { model, matched }))
    const bodies = (log: readonly Drawn[], color: string) =>
      log.filter((each) => each.op === 'fillRect' && each.color === color)
    expect(bodies(dimmed, 'desc-tint').some(({ alpha }) => alpha === 1)).toBe(true)
    expect(bodies(dimmed, 'file-tint').map(({ alpha }) => alpha)).toEqual([0.4])
    expect(bodies(painted(viewOf(trace, { model, matched, hidesUnmatched: true })), 'file-tint')).toEqual([])
  })

  test('draws as many shapes as fit the picture, however many events there are', () => {
    const few = painted(viewOf(bigTrace(20_000)))
    expect(few.length).toBeLessThan(400)
    expect(few.filter(({ color }) => color === 'danger').length).toBeGreaterThan(0)
  })

  test('hatches at a pitch of 6 px whatever the zoom', () => {
    for (const width of [800, 3000]) {
      const hatch = painted(viewOf(familyTrace(), { width })).find(
        ({ op, color }) => op === 'stroke' && color === 'time',
      )
      const xs = hatch?.args.filter((_, i) => i % 4 === 0).map(Number) ?? []
      const steps = xs
        .slice(1)
        .map((x, i) => x - (xs[i] as number))
        .slice(2)
      for (const step of steps) expect(step / Math.SQRT2).toBeCloseTo(6, 6)
    }
  })

  test('keeps an error and a skip in the minimap at any size', () => {
    for (const trace of [familyTrace(), bigTrace(5000)]) {
      const { model, scale } = viewOf(trace)
      const { surface, log } = drawLog()
      paintMinimap(surface, model, scale, testPalette, undefined)
      expect(log.some(({ op, color }) => op === 'fill' && color === 'danger')).toBe(true)
      expect(log.some(({ color }) => color.endsWith('-hatch'))).toBe(true)
    }
  })
})

describe('columns of pixels', () => {
  test('carry class and bits of every event, and stay what they are when panned', () => {
    const trace = bigTrace(8000)
    const sums = (from: number) => {
      const view = viewOf(trace, { from, to: from + 3999, width: 500 })
      const [, track] = view.model.tracks
      if (track === undefined) throw new Error('no track')
      return sumColumns(view.model, track, view.scale, undefined, {
        classes: new Uint8Array(0),
        bits: new Uint8Array(0),
        dimmed: new Uint8Array(0),
      })
    }
    const [a, b] = [sums(1000.5), sums(1080.5)]
    expect(a.classes.slice(10, 400)).toEqual(b.classes.slice(0, 390))
    expect(a.bits.slice(10, 400)).toEqual(b.bits.slice(0, 390))
  })

  test('tell a call that goes on from nothing at all', () => {
    const view = viewOf(familyTrace(), { width: 40 })
    const track = view.model.trackOfPid(3)
    if (track === undefined) throw new Error('no track')
    const { classes, bits } = sumColumns(view.model, track, view.scale, undefined)
    expect(classes[0]).toBe(EMPTY)
    expect(classes[Math.round(xOf(view.scale, FAMILY.poll + 6))]).toBe(WAITING + 3)
    expect(bits.some((each) => (each & Bit.stop) !== 0)).toBe(true)
  })
})

describe('the selection', () => {
  test('is a stop with its requests, the resuming one last, from whichever of them one comes', () => {
    const { model } = viewOf(familyTrace())
    const talk = { stop: FAMILY.skip, requests: [FAMILY.skip + 1, FAMILY.skip + 2, FAMILY.skip + 3], isOver: true }
    expect(conversationOf(model, FAMILY.skip)).toMatchObject(talk)
    expect(conversationOf(model, FAMILY.skip + 2)).toMatchObject(talk)
    expect(conversationOf(model, FAMILY.pending)).toMatchObject({ requests: [], isOver: false })
    expect(conversationOf(model, 1)).toBeUndefined()
  })

  test('tells the whole name and the number of the event, without touching the events', () => {
    const view = viewOf(familyTrace(), { width: 700 })
    const { surface, log } = drawLog()
    paintSelection(surface, view, { cursor: FAMILY.skip, at: FAMILY.skip, range: { from: 3, to: 9 } })
    expect(log[0]?.op).toBe('clearRect')
    expect(texts(log)).toEqual(expect.arrayContaining(['clock_time_get', '15']))
    const hover = drawLog()
    paintHover(hover.surface, view, FAMILY.error)
    expect(texts(hover.log)).toEqual(['path_open'])
  })
})

describe('a point', () => {
  const view = viewOf(familyTrace(), { width: 2400 })
  const middle = (pid: number): number => view.layout.laneOf(view.model.trackOfPid(pid))?.middle ?? 0

  test.for([
    ['on a left half is the entry', FAMILY.poll, 3, 0, FAMILY.poll],
    ['on a right half is the exit', FAMILY.pollExit, 3, 0, FAMILY.pollExit],
    ['on a waiting call is its entry', FAMILY.poll + 7, 3, 0, FAMILY.poll],
    ['near a mark of the tracer is the request', FAMILY.skip + 3, 1, 9, FAMILY.skip + 3],
    ['beside everything is the event of its column', FAMILY.signal, 3, 0, FAMILY.poll],
  ] as const)('%s', ([, seq, pid, off, expected]) => {
    expect(hitTest(view, xOf(view.scale, seq) + off, middle(pid))?.seq).toBe(expected)
  })
  test('on the axis is the event of its column', () => {
    expect(hitTest(view, xOf(view.scale, 33), AXIS_HEIGHT - 2)).toEqual({ seq: 33, span: -1, isGlyph: false })
  })
})

test('scrolls no further than it takes to show a track whole', () => {
  const { model } = viewOf(writerTrace(1))
  const [tracer, task] = model.tracks
  if (tracer === undefined || task === undefined) throw new Error('no tracks')
  const many = [tracer, ...Array.from({ length: 10 }, (_, i) => ({ ...task, index: i + 1 }))]
  const room = AXIS_HEIGHT + TRACER_HEIGHT + 4 * TRACK_HEIGHT
  const layout = layTracks(many, room, 0)
  const at = (i: number): number => scrollToLane(layout.lanes[i] as (typeof layout.lanes)[number], layout, 0)
  expect([at(0), at(1), at(4), at(5), at(10)]).toEqual([0, 0, 0, TRACK_HEIGHT, 6 * TRACK_HEIGHT])
})
