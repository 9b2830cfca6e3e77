import { useEffect, useLayoutEffect, useRef, useState, type PointerEvent } from 'react'
import { app, useApp } from '../state/store.ts'
import { Matched, type Matches } from './matched.ts'
import { minimapWindow, MINIMAP_HEIGHT, paintMinimap } from './paint-minimap.ts'
import { modelOf } from './models.ts'
import { centreTimeline, extentOf, showWindow, windowOf } from './navigate.ts'
import { makeScale, toPixels, toPosition, type Scale, type Window } from './scale.ts'
import type { Palette } from './theme-colors.ts'
import { groupDigits } from './ticks.ts'
import styles from './timeline.module.css'
import { useSize } from './use-size.ts'
import { clampWindow, wholeWindow } from './window.ts'

/** Air at both ends, CSS pixels; half the width of an edge's target. */
const MARGIN = 4
const EDGE = 8

/** What is being dragged: the window as it was, and the position under the pointer. */
interface Drag {
  readonly part: 'from' | 'to' | 'window'
  readonly at: number
  readonly window: Window
}

const wholeScale = (width: number): Scale => {
  const state = app.getState()
  const extent = extentOf(state)
  const scale = makeScale(state.axis, wholeWindow(state.axis, extent), Math.max(1, width), extent)
  const air = ((scale.right - scale.left) / Math.max(1, width)) * MARGIN
  return { ...scale, left: scale.left - air, right: scale.right + air }
}

/** The whole trace in 32 px, with the window in it: drag it, or click where it should be. */
export function Minimap({ palette, matches }: { readonly palette: Palette; readonly matches: Matches | undefined }) {
  const trace = useApp((state) => state.trace)
  const length = useApp((state) => state.traceLength)
  const axis = useApp((state) => state.axis)
  const phase = useApp((state) => state.phase)
  useApp((state) => state.window)
  const cursor = useApp((state) => state.cursor)
  const [host, { width, ratio }] = useSize()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [drag, setDrag] = useState<Drag>()

  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (canvas.current === null || context === null || context === undefined || width === 0) return
    const model = modelOf(trace)
    canvas.current.width = Math.round(width * ratio)
    canvas.current.height = MINIMAP_HEIGHT * ratio
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    paintMinimap(
      context,
      model,
      wholeScale(width),
      palette,
      matches === undefined ? undefined : new Matched(model, matches),
    )
  }, [trace, length, axis, phase, width, ratio, palette, matches])

  useEffect(() => {
    if (drag === undefined) return
    const cancel = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      showWindow(app, drag.window)
      setDrag(undefined)
    }
    document.addEventListener('keydown', cancel, true)
    return () => document.removeEventListener('keydown', cancel, true)
  }, [drag])

  const scale = wholeScale(width)
  const state = app.getState()
  const window = windowOf(state)
  const box = minimapWindow(scale, window.from, window.to)
  const positionAt = (event: PointerEvent): number =>
    toPosition(scale, event.clientX - event.currentTarget.getBoundingClientRect().left)

  const onDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left
    const at = toPosition(scale, x)
    const [toLeft, toRight] = [Math.abs(x - box.left), Math.abs(x - box.left - box.width)]
    // Outside, and where the window is too small to aim into it, a press centres it there.
    if (x < box.left - EDGE || x > box.left + box.width + EDGE) {
      centreTimeline(app, at)
      setDrag({ part: 'window', at, window: windowOf(app.getState()) })
      return
    }
    const part =
      box.width > 4 * EDGE && Math.min(toLeft, toRight) <= EDGE ? (toLeft < toRight ? 'from' : 'to') : 'window'
    setDrag({ part, at, window })
  }
  const onMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (drag === undefined) return
    const by = positionAt(event) - drag.at
    const { from, to } = drag.window
    const next =
      drag.part === 'window'
        ? { from: from + by, to: to + by }
        : drag.part === 'from'
          ? { from: Math.min(from + by, to), to }
          : { from, to: Math.max(to + by, from) }
    showWindow(app, clampWindow(next, axis, extentOf(app.getState())))
  }
  const onEnd = (): void => setDrag(undefined)

  return (
    <div className={styles.minimap}>
      <div className={styles.minimapName}>All {groupDigits(length)}</div>
      <div
        ref={host}
        className={styles.minimapBody}
        aria-hidden="true"
        data-dragging={drag !== undefined}
        onPointerDown={onDown}
        onPointerMove={onMove}
        onPointerUp={onEnd}
        onPointerCancel={onEnd}
      >
        <canvas ref={canvas} style={{ width, height: MINIMAP_HEIGHT }} />
        {cursor > 0 && (
          <div className={styles.minimapCursor} style={{ left: toPixels(scale, cursorPosition(scale, cursor)) }} />
        )}
        <div className={styles.minimapWindow} style={box} />
      </div>
    </div>
  )
}

const cursorPosition = (scale: Scale, cursor: number): number =>
  scale.axis === 'ordinal' ? cursor : (scale.times[cursor - 1] ?? 0)
