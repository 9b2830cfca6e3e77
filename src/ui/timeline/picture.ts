import type { StoreApi } from 'zustand'
import { shownNotes } from '../notes/shown.ts'
import type { AppState } from '../state/store.ts'
import { easeTo, isMoving, MOVE, still, valueAt, type Ease } from './ease.ts'
import { layTracks, scrollToLane, type Layout } from './layout.ts'
import { Matched, type Matches } from './matched.ts'
import { modelOf } from './models.ts'
import { followCursor, isGrowing, windowOf } from './navigate.ts'
import { paint } from './paint.ts'
import { paintHover, paintSelection } from './paint-selection.ts'
import { makeScale, positionOf, type Window } from './scale.ts'
import type { Palette } from './theme-colors.ts'
import type { View } from './view.ts'

/** The canvases, lowest first. */
export interface Layers {
  readonly events: HTMLCanvasElement
  readonly selection: HTMLCanvasElement
  readonly hover: HTMLCanvasElement
}
type LayerName = keyof Layers

/** What the picture asks of the pane that holds it. */
export interface Holder {
  /** Scroll the tracks to here, CSS pixels. */
  scrollTo(top: number): void
  /** The tracks lie so now: called with every painting of the events. */
  laid(layout: Layout): void
}

/**
 * The canvases of the timeline, from mount to unmount: paints the layers that have changed, at most once a
 * frame, and only then.
 */
export class Picture {
  readonly #app: StoreApi<AppState>
  readonly #layers: Layers
  readonly #holder: Holder
  #palette: Palette
  #size = { width: 0, height: 0, ratio: 1 }
  #scrollTop = 0
  #matches: Matches | undefined
  #matched: Matched | undefined
  #cursor: Ease = still(0)
  #window: { readonly from: Ease; readonly to: Ease } | undefined
  #stale = new Set<LayerName>(['events', 'selection', 'hover'])
  #frame = 0
  #follows = false
  #outcomes = 0
  #unsubscribe: () => void

  constructor(app: StoreApi<AppState>, layers: Layers, palette: Palette, holder: Holder) {
    this.#app = app
    this.#layers = layers
    this.#palette = palette
    this.#holder = holder
    this.#cursor = still(this.#cursorTarget())
    this.#unsubscribe = app.subscribe((now, before) => this.#changed(now, before))
    this.invalidate('events', 'selection', 'hover')
  }
  destroy(): void {
    this.#unsubscribe()
    cancelAnimationFrame(this.#frame)
  }

  setPalette(palette: Palette): void {
    this.#palette = palette
    this.invalidate('events', 'selection', 'hover')
  }
  setMatches(matches: Matches | undefined): void {
    this.#matches = matches
    this.#matched = undefined
    this.invalidate('events', 'selection')
  }
  /** CSS pixels; `ratio` device pixels for each. */
  resize(width: number, height: number, ratio: number): void {
    const isFirst = this.#size.height === 0
    this.#size = { width, height, ratio }
    for (const canvas of Object.values(this.#layers) as HTMLCanvasElement[]) {
      canvas.width = Math.round(width * ratio)
      canvas.height = Math.round(height * ratio)
    }
    this.invalidate('events', 'selection', 'hover')
    if (isFirst && height > 0) this.#revealTrack()
    // An emptied canvas must not be seen.
    this.#paint(performance.now())
  }
  scrolled(top: number): void {
    if (top === this.#scrollTop) return
    this.#scrollTop = top
    this.invalidate('events', 'selection', 'hover')
  }
  invalidate(...layers: readonly LayerName[]): void {
    for (const layer of layers) this.#stale.add(layer)
    if (this.#frame === 0) this.#frame = requestAnimationFrame((now) => this.#paint(now))
  }

  /** The picture as it is shown now, for hit tests. */
  view(now = performance.now()): View {
    const state = this.#app.getState()
    const { trace, axis } = state
    const model = modelOf(trace)
    if (this.#matches !== undefined) this.#matched ??= new Matched(model, this.#matches)
    const times = trace.events.columns.time
    return {
      model,
      scale: makeScale(axis, this.#shownWindow(state, now), Math.max(1, this.#size.width), {
        length: model.length,
        times,
      }),
      layout: layTracks(model.tracks, this.#size.height, this.#scrollTop),
      palette: this.#palette,
      matched: this.#matches === undefined ? undefined : this.#matched,
      hidesUnmatched: state.unmatched === 'hide',
      isGrowing: isGrowing(state),
      notes: shownNotes(state),
    }
  }

  #shownWindow(state: AppState, now: number): Window {
    const window = windowOf(state)
    if (this.#window === undefined) return window
    return { from: valueAt(this.#window.from, now), to: valueAt(this.#window.to, now) }
  }

  #cursorTarget(): number {
    const { axis, cursor, trace } = this.#app.getState()
    return positionOf(
      { axis, left: 0, right: 1, width: 1, length: trace.length, times: trace.events.columns.time },
      cursor,
    )
  }

  #changed(now: AppState, before: AppState): void {
    const isOther = now.trace !== before.trace || now.axis !== before.axis
    if (isOther) {
      this.#matched = undefined
      this.#window = undefined
      this.#cursor = still(this.#cursorTarget())
      if (now.trace !== before.trace) this.#holder.scrollTo(0)
    }
    if (now.window !== before.window) this.#moveWindow(now, before)
    // A chunk of outcomes alone leaves the length as it was; the model has noticed.
    if (
      isOther ||
      now.traceLength !== before.traceLength ||
      now.window !== before.window ||
      now.phase !== before.phase ||
      now.unmatched !== before.unmatched ||
      now.annotations !== before.annotations ||
      this.#outcomes !== now.trace.outcomes.length
    ) {
      this.#outcomes = now.trace.outcomes.length
      this.invalidate('events', 'selection', 'hover')
    }
    if (now.range !== before.range) this.invalidate('selection')
    if (now.hover !== before.hover) this.invalidate('hover')
    if (now.cursor !== before.cursor) this.#moveCursor(before.cursor)
  }

  /** `--move`, or nothing for people who want no motion. */
  get #duration(): number {
    return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : MOVE
  }

  #moveCursor(before: number): void {
    const now = performance.now()
    this.#cursor =
      before === 0 ? still(this.#cursorTarget()) : easeTo(this.#cursor, this.#cursorTarget(), now, this.#duration)
    this.#follows = true
    followCursor(this.#app)
    this.#follows = false
    this.#revealTrack()
    this.invalidate('selection')
  }
  /** Scrolls the cursor's track into view; for a request, that of the task it is about. */
  #revealTrack(): void {
    const { layout, model } = this.view()
    const { cursor, trace } = this.#app.getState()
    const track = model.track(cursor)
    const lane = layout.laneOf(track?.isTracer === true ? model.trackOfPid(trace.event(cursor)?.pid ?? 0) : track)
    if (lane === undefined) return
    const top = scrollToLane(lane, layout, this.#scrollTop)
    if (top !== this.#scrollTop) this.#holder.scrollTo(top)
  }

  /** Only following the cursor is eased; what a hand does is followed at once. */
  #moveWindow(state: AppState, before: AppState): void {
    const duration = this.#follows ? this.#duration : 0
    if (duration === 0) {
      this.#window = undefined
      return
    }
    const now = performance.now()
    const shown = this.#shownWindow(before, now)
    const target = windowOf(state)
    this.#window = {
      from: easeTo(still(shown.from), target.from, now, duration),
      to: easeTo(still(shown.to), target.to, now, duration),
    }
  }

  #paint(now: number): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    if (this.#size.width === 0 || this.#size.height === 0) return
    const { cursor, range, hover } = this.#app.getState()
    const view = this.view(now)
    const stale = this.#stale
    this.#stale = new Set()
    if (stale.has('events')) {
      paint(this.#surface('events'), view)
      this.#holder.laid(view.layout)
    }
    if (stale.has('selection'))
      paintSelection(this.#surface('selection'), view, { cursor, at: valueAt(this.#cursor, now), range })
    if (stale.has('hover')) paintHover(this.#surface('hover'), view, hover)
    if (this.#window !== undefined && !isMoving(this.#window.from, now)) {
      this.#window = undefined
      this.invalidate('events', 'selection', 'hover')
    } else if (this.#window !== undefined) this.invalidate('events', 'selection', 'hover')
    if (isMoving(this.#cursor, now)) this.invalidate('selection')
  }

  #surface(layer: LayerName): CanvasRenderingContext2D {
    const context = this.#layers[layer].getContext('2d', { alpha: layer !== 'events' })
    if (context === null) throw new Error('this browser has no 2D canvas')
    context.setTransform(this.#size.ratio, 0, 0, this.#size.ratio, 0, 0)
    return context
  }
}
