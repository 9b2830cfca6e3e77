/** What a person wants of the picture; x and y in CSS pixels of the canvas. */
export type Intent =
  | { readonly type: 'hover'; readonly x: number; readonly y: number }
  | { readonly type: 'leave' }
  /** `extends`: from the cursor to here (Shift). */
  | { readonly type: 'select'; readonly x: number; readonly y: number; readonly extends: boolean }
  | { readonly type: 'range'; readonly from: number; readonly to: number }
  | { readonly type: 'pan'; readonly by: number }
  /** A factor below 1 shows less, larger. */
  | { readonly type: 'zoom'; readonly factor: number; readonly x: number }

export interface Point {
  readonly id: number
  readonly x: number
  readonly y: number
}

/** Where a gesture stands: nothing, one pointer down and still, a drag, two fingers. */
export type Gesture =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'pressed' | 'ranging' | 'panning'
      readonly start: Point
      readonly last: Point
      readonly isTouch: boolean
    }
  | { readonly kind: 'pinching'; readonly a: Point; readonly b: Point }

export interface Step {
  readonly gesture: Gesture
  readonly intents: readonly Intent[]
}

export const IDLE: Gesture = { kind: 'idle' }
/** A press that moves less is a click, CSS pixels. */
const SLOP = 4

const step = (gesture: Gesture, ...intents: readonly Intent[]): Step => ({ gesture, intents })

export const pointerDown = (gesture: Gesture, point: Point, isTouch: boolean): Step => {
  if (isTouch && (gesture.kind === 'pressed' || gesture.kind === 'panning')) {
    return step({ kind: 'pinching', a: gesture.last, b: point })
  }
  return gesture.kind === 'idle'
    ? step({ kind: 'pressed', start: point, last: point, isTouch }, { type: 'leave' })
    : step(gesture)
}

/** A finger pans, anything else selects a range: as in every map, and in every chart. */
export const pointerMove = (gesture: Gesture, point: Point): Step => {
  switch (gesture.kind) {
    case 'idle':
      return step(gesture, { type: 'hover', x: point.x, y: point.y })
    case 'pressed':
      if (point.id !== gesture.start.id || Math.abs(point.x - gesture.start.x) < SLOP) return step(gesture)
      return pointerMove({ ...gesture, kind: gesture.isTouch ? 'panning' : 'ranging' }, point)
    case 'ranging':
      if (point.id !== gesture.start.id) return step(gesture)
      return step({ ...gesture, last: point }, { type: 'range', from: gesture.start.x, to: point.x })
    case 'panning':
      if (point.id !== gesture.start.id) return step(gesture)
      return step({ ...gesture, last: point }, { type: 'pan', by: gesture.last.x - point.x })
    case 'pinching': {
      const { a, b } = gesture
      if (point.id !== a.id && point.id !== b.id) return step(gesture)
      const next: Gesture = point.id === a.id ? { ...gesture, a: point } : { ...gesture, b: point }
      const [before, after] = [spread(a, b), spread(next.a, next.b)]
      const [middle, now] = [(a.x + b.x) / 2, (next.a.x + next.b.x) / 2]
      return step(next, { type: 'pan', by: middle - now }, { type: 'zoom', factor: before / after, x: now })
    }
  }
}

/** Fingers above each other still have a distance: a pinch may be upright. */
const spread = (a: Point, b: Point): number => Math.max(16, Math.hypot(a.x - b.x, a.y - b.y))

export const pointerUp = (gesture: Gesture, point: Point, withShift: boolean): Step => {
  if (gesture.kind === 'pressed' && point.id === gesture.start.id) {
    return step(IDLE, { type: 'select', x: point.x, y: point.y, extends: withShift })
  }
  if (gesture.kind === 'pinching') {
    // The finger that stays goes on panning.
    const rest = point.id === gesture.a.id ? gesture.b : gesture.a
    return step({ kind: 'panning', start: rest, last: rest, isTouch: true })
  }
  return gesture.kind !== 'idle' && point.id === gesture.start.id ? step(IDLE) : step(gesture)
}

/** The browser took the pointer away, to scroll for instance. */
export const pointerCancel = (): Step => step(IDLE, { type: 'leave' })

interface Wheel {
  readonly deltaX: number
  readonly deltaY: number
  readonly deltaMode: number
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
}

/** WheelEvent.DOM_DELTA_LINE and _PAGE in CSS pixels. */
const DELTA_PIXELS = [1, 16, 400] as const
/** A notch of a wheel (100 px) zooms by a quarter. */
const ZOOM_PER_PIXEL = Math.log(1.25) / 100

/** What a wheel wants; undefined: scroll the tracks, which the browser does itself. */
export const wheelIntent = (wheel: Wheel, x: number): Intent | undefined => {
  const unit = DELTA_PIXELS[wheel.deltaMode as 0 | 1 | 2] ?? 1
  const [dx, dy] = [wheel.deltaX * unit, wheel.deltaY * unit]
  // A pinch on a touch pad arrives as a wheel with Ctrl and small deltas.
  if (wheel.ctrlKey || wheel.metaKey)
    return { type: 'zoom', factor: Math.exp(clamp(dy, 400) * ZOOM_PER_PIXEL * (Math.abs(dy) < 20 ? 4 : 1)), x }
  if (wheel.shiftKey) return { type: 'pan', by: dx === 0 ? dy : dx }
  return Math.abs(dx) > Math.abs(dy) ? { type: 'pan', by: dx } : undefined
}

const clamp = (value: number, most: number): number => Math.min(Math.max(value, -most), most)

/** What a key on the focused cursor wants; letters and signs are commands (commands.ts) and act everywhere. */
export type KeyIntent =
  | { readonly type: 'step'; readonly by: number }
  | { readonly type: 'page'; readonly by: -1 | 1 }
  | { readonly type: 'end'; readonly which: 'first' | 'last' }
  | { readonly type: 'pan'; readonly part: number }

/** What the zoom and pan buttons do at a time. */
export const ZOOM_STEP = 1.5
export const PAN_STEP = 0.25

const KEYS: Readonly<Record<string, KeyIntent>> = {
  ArrowRight: { type: 'step', by: 1 },
  ArrowUp: { type: 'step', by: 1 },
  ArrowLeft: { type: 'step', by: -1 },
  ArrowDown: { type: 'step', by: -1 },
  PageUp: { type: 'page', by: 1 },
  PageDown: { type: 'page', by: -1 },
  Home: { type: 'end', which: 'first' },
  End: { type: 'end', which: 'last' },
}
const SHIFTED: Readonly<Record<string, KeyIntent>> = {
  ArrowRight: { type: 'pan', part: PAN_STEP },
  ArrowLeft: { type: 'pan', part: -PAN_STEP },
}

interface Key {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

export const keyIntent = (key: Key): KeyIntent | undefined =>
  key.ctrlKey || key.metaKey || key.altKey ? undefined : (key.shiftKey ? SHIFTED : KEYS)[key.key]
