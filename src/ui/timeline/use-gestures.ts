import { useEffect, type RefObject } from 'react'
import type { StoreApi } from 'zustand'
import type { AppState } from '../state/store.ts'
import {
  IDLE,
  pointerCancel,
  pointerDown,
  pointerMove,
  pointerUp,
  wheelIntent,
  type Intent,
  type Step,
} from './gesture.ts'
import { hitTest } from './hit.ts'
import { panTimeline, zoomTimeline, zoomToCall, zoomToEvents } from './navigate.ts'
import type { Picture } from './picture.ts'
import { nearestSeq, toPosition } from './scale.ts'

/** Does what an intent says. */
const perform = (app: StoreApi<AppState>, picture: Picture, intent: Intent): void => {
  const state = app.getState()
  const view = picture.view()
  switch (intent.type) {
    case 'hover': {
      const hit = hitTest(view, intent.x, intent.y)
      const seq = hit?.isGlyph === true ? hit.seq : 0
      if (seq !== state.hover) state.setHover(seq)
      break
    }
    case 'leave':
      if (state.hover !== 0) state.setHover(0)
      break
    case 'select': {
      const hit = hitTest(view, intent.x, intent.y)
      if (hit === undefined) break
      if (intent.extends && state.cursor > 0) {
        state.setRange({ from: Math.min(state.cursor, hit.seq), to: Math.max(state.cursor, hit.seq) })
      } else {
        if (state.range !== undefined) state.setRange(undefined)
        state.moveTo(hit.seq)
      }
      break
    }
    case 'range': {
      const [a, b] = [nearestSeq(view.scale, intent.from), nearestSeq(view.scale, intent.to)]
      if (a > 0 && (state.range?.from !== Math.min(a, b) || state.range.to !== Math.max(a, b))) {
        state.setRange({ from: Math.min(a, b), to: Math.max(a, b) })
      }
      break
    }
    case 'pan':
      panTimeline(app, intent.by / view.scale.width)
      break
    case 'zoom':
      zoomTimeline(app, intent.factor, toPosition(view.scale, intent.x))
  }
}

/** Binds pointers and wheel of the scroller to the picture. Listeners of its own: React's wheel listener is passive. */
export const useGestures = (
  app: StoreApi<AppState>,
  picture: Picture | undefined,
  scroller: RefObject<HTMLElement | null>,
  gutter: number,
): void => {
  useEffect(() => {
    const element = scroller.current
    if (element === null || picture === undefined) return
    let gesture = IDLE
    const controller = new AbortController()
    const place = (event: MouseEvent): { x: number; y: number } => {
      const box = element.getBoundingClientRect()
      return { x: event.clientX - box.left - gutter, y: event.clientY - box.top }
    }
    const take = (step: Step): void => {
      gesture = step.gesture
      for (const intent of step.intents) perform(app, picture, intent)
    }
    const on = <K extends keyof HTMLElementEventMap>(
      type: K,
      listen: (event: HTMLElementEventMap[K]) => void,
      options: AddEventListenerOptions = {},
    ): void => element.addEventListener(type, listen as EventListener, { ...options, signal: controller.signal })

    on('pointerdown', (event) => {
      const point = { id: event.pointerId, ...place(event) }
      // Right of the canvas is the scrollbar, left of it are the heads.
      if (event.button !== 0 || point.x < 0 || point.x > element.clientWidth - gutter) return
      element.setPointerCapture(event.pointerId)
      take(pointerDown(gesture, point, event.pointerType === 'touch'))
    })
    on('pointermove', (event) => {
      const point = { id: event.pointerId, ...place(event) }
      if (gesture.kind === 'idle' && (point.x < 0 || event.pointerType === 'touch')) return
      take(pointerMove(gesture, point))
    })
    on('pointerup', (event) => take(pointerUp(gesture, { id: event.pointerId, ...place(event) }, event.shiftKey)))
    on('pointercancel', () => take(pointerCancel()))
    on('pointerleave', () => {
      if (gesture.kind === 'idle') take(pointerCancel())
    })
    on('dblclick', (event) => {
      const { x, y } = place(event)
      const hit = x < 0 ? undefined : hitTest(picture.view(), x, y)
      if (hit === undefined) return
      if (hit.span >= 0) zoomToCall(app, hit.span)
      else zoomToEvents(app, hit.seq - 5, hit.seq + 5)
    })
    on(
      'wheel',
      (event) => {
        const intent = wheelIntent(event, place(event).x)
        if (intent === undefined) return
        event.preventDefault()
        perform(app, picture, intent)
      },
      { passive: false },
    )
    return () => controller.abort()
  }, [app, picture, scroller, gutter])
}
