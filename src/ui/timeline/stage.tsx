import { lazy, Suspense, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import type { StoreApi } from 'zustand'
import { useApp, type AppState } from '../state/store.ts'
import { AXIS_HEIGHT, TRACER_HEIGHT, TRACK_HEIGHT } from './layout.ts'
import type { Matches } from './matched.ts'
import { modelOf } from './models.ts'
import { Picture } from './picture.ts'
import type { Palette } from './theme-colors.ts'
import styles from './timeline.module.css'
import { TrackHeads } from './track-heads.tsx'
import { useGestures } from './use-gestures.ts'
import { useMenu } from './use-menu.ts'
import { useSize } from './use-size.ts'

const ContextMenu = lazy(async () => ({ default: (await import('./context-menu.tsx')).ContextMenu }))

/** Width of the heads, CSS pixels, as in the stylesheet: a name of comm's 15 characters, nearly. */
const GUTTER = 120

interface StageProps {
  readonly app: StoreApi<AppState>
  readonly palette: Palette
  readonly matches: Matches | undefined
  /** The focusable cursor, laid over the axis. */
  readonly slider: ReactNode
}

/** Axis, heads and canvases. The browser scrolls an empty box; the canvases stay and paint what is there. */
export function Stage({ app, palette, matches, slider }: StageProps) {
  const trace = useApp((state) => state.trace)
  useApp((state) => state.traceLength)
  const { tracks } = modelOf(trace)
  const tracers = tracks.filter((track) => track.isTracer).length
  const whole = AXIS_HEIGHT + tracers * TRACER_HEIGHT + (tracks.length - tracers) * TRACK_HEIGHT

  const [sizer, size] = useSize()
  const scroller = useRef<HTMLDivElement>(null)
  const moving = useRef<HTMLDivElement>(null)
  const events = useRef<HTMLCanvasElement>(null)
  const selection = useRef<HTMLCanvasElement>(null)
  const hover = useRef<HTMLCanvasElement>(null)
  const [picture, setPicture] = useState<Picture>()
  const [first, setFirst] = useState(0)
  const firstPalette = useRef(palette)

  useLayoutEffect(() => {
    if (events.current === null || selection.current === null || hover.current === null) return
    const layers = { events: events.current, selection: selection.current, hover: hover.current }
    let scrollTop = 0
    const made = new Picture(app, layers, firstPalette.current, {
      scrollTo: (top) => scroller.current?.scrollTo({ top }),
      laid: (layout) => {
        const task = layout.lanes.find((lane) => !lane.track.isTracer)
        scrollTop = task === undefined ? 0 : layout.fixed - task.top
        if (moving.current !== null) moving.current.style.transform = `translateY(${-scrollTop}px)`
        setFirst(Math.floor(scrollTop / TRACK_HEIGHT / 4) * 4)
      },
    })
    setPicture(made)
    return () => made.destroy()
  }, [app])

  const width = Math.max(0, size.width - GUTTER)
  useLayoutEffect(() => picture?.resize(width, size.height, size.ratio), [picture, width, size.height, size.ratio])
  useLayoutEffect(() => picture?.setPalette(palette), [picture, palette])
  useEffect(() => picture?.setMatches(matches), [picture, matches])
  useGestures(app, picture, scroller, GUTTER)
  const [menu, closeMenu] = useMenu(app, picture, scroller, GUTTER)

  const canvasStyle = { left: GUTTER, width, height: size.height }
  return (
    <div
      ref={scroller}
      className={styles.stage}
      tabIndex={-1}
      onScroll={(event) => picture?.scrolled(Math.max(0, event.currentTarget.scrollTop))}
    >
      <div className={styles.sticky}>
        <div ref={sizer} className={styles.view}>
          <canvas ref={events} aria-hidden="true" style={canvasStyle} />
          <canvas ref={selection} aria-hidden="true" style={canvasStyle} />
          <canvas ref={hover} aria-hidden="true" style={canvasStyle} />
          <TrackHeads ref={moving} first={first} room={Math.ceil(size.height / TRACK_HEIGHT) + 4} />
          {slider}
        </div>
      </div>
      <div style={{ height: whole }} />
      {menu !== undefined && <Suspense><ContextMenu {...menu} onClose={closeMenu} /></Suspense>}
    </div>
  )
}
