import { describe, expect, test } from 'vitest'
import { easeTo, isMoving, still, valueAt } from './ease.ts'
import {
  IDLE,
  keyIntent,
  pointerDown,
  pointerMove,
  pointerUp,
  wheelIntent,
  type Gesture,
  type Intent,
} from './gesture.ts'

const at = (x: number, y = 0, id = 1) => ({ id, x, y })

/** Runs a story of pointers; answers the intents of all steps. */
const play = (
  ...steps: readonly ((gesture: Gesture) => { gesture: Gesture; intents: readonly Intent[] })[]
): readonly Intent[] => {
  let gesture: Gesture = IDLE
  return steps
    .flatMap((step) => {
      const done = step(gesture)
      gesture = done.gesture
      return done.intents
    })
    .filter(({ type }) => type !== 'leave')
}

describe('a pointer', () => {
  test('that is pressed and released selects', () => {
    expect(
      play(
        (g) => pointerDown(g, at(10, 5), false),
        (g) => pointerMove(g, at(12, 5)),
        (g) => pointerUp(g, at(12, 5), false),
      ),
    ).toEqual([{ type: 'select', x: 12, y: 5, extends: false }])
  })
  test('that drags marks a range, from where it began', () => {
    expect(
      play(
        (g) => pointerDown(g, at(10), false),
        (g) => pointerMove(g, at(40)),
        (g) => pointerMove(g, at(5)),
        (g) => pointerUp(g, at(5), false),
      ),
    ).toEqual([
      { type: 'range', from: 10, to: 40 },
      { type: 'range', from: 10, to: 5 },
    ])
  })
  test('that is a finger pans instead', () => {
    expect(
      play(
        (g) => pointerDown(g, at(50), true),
        (g) => pointerMove(g, at(40)),
        (g) => pointerMove(g, at(25)),
      ),
    ).toEqual([
      { type: 'pan', by: 10 },
      { type: 'pan', by: 15 },
    ])
  })
  test('joined by a second finger zooms around the middle, and pans when one is lifted', () => {
    const intents = play(
      (g) => pointerDown(g, at(100), true),
      (g) => pointerDown(g, at(200, 0, 2), true),
      (g) => pointerMove(g, at(300, 0, 2)),
      (g) => pointerUp(g, at(100), false),
      (g) => pointerMove(g, at(290, 0, 2)),
    )
    expect(intents).toEqual([
      { type: 'pan', by: -50 },
      { type: 'zoom', factor: 0.5, x: 200 },
      { type: 'pan', by: 10 },
    ])
  })
})

test.for([
  ['scrolls the tracks', {}, undefined],
  ['pans with Shift', { shiftKey: true }, { type: 'pan', by: 100 }],
  ['pans when it goes sideways', { deltaX: 120 }, { type: 'pan', by: 120 }],
] as const)('a wheel %s', ([, how, intent]) => {
  const wheel = { deltaX: 0, deltaY: 100, deltaMode: 0, ctrlKey: false, metaKey: false, shiftKey: false, ...how }
  expect(wheelIntent(wheel, 7)).toEqual(intent)
})

test('a wheel with Ctrl or ⌘ zooms at the pointer, in and out by the same factor', () => {
  const wheel = { deltaX: 0, deltaY: 100, deltaMode: 0, ctrlKey: true, metaKey: false, shiftKey: false }
  const [out, back] = [wheelIntent(wheel, 7), wheelIntent({ ...wheel, deltaY: -100, ctrlKey: false, metaKey: true }, 7)]
  expect([out, back]).toEqual([
    { type: 'zoom', factor: 1.25, x: 7 },
    { type: 'zoom', factor: 0.8, x: 7 },
  ])
})

test('keys of the slider move the cursor; with Ctrl they are the browser’s', () => {
  const key = { key: 'ArrowRight', shiftKey: false, ctrlKey: false, metaKey: false, altKey: false }
  expect(keyIntent(key)).toEqual({ type: 'step', by: 1 })
  expect(keyIntent({ ...key, shiftKey: true })).toEqual({ type: 'pan', part: 0.25 })
  expect(keyIntent({ ...key, ctrlKey: true })).toBeUndefined()
})

test('an easing goes from where it is, ends where it should, and takes no time for those who want none', () => {
  const first = easeTo(still(0), 100, 1000, 160)
  expect([valueAt(first, 1000), valueAt(first, 1160), isMoving(first, 1159), isMoving(first, 1160)]).toEqual([
    0,
    100,
    true,
    false,
  ])
  const turned = easeTo(first, 0, 1080, 160)
  expect(valueAt(turned, 1080)).toBe(valueAt(first, 1080))
  expect(valueAt(easeTo(first, 7, 1000, 0), 1000)).toBe(7)
})
