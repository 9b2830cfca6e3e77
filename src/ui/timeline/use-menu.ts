import { useEffect, useState, type RefObject } from 'react'
import type { StoreApi } from 'zustand'
import type { AppState } from '../state/store.ts'
import { hitTest } from './hit.ts'
import type { Picture } from './picture.ts'

/** Where a menu was asked for, in CSS pixels of the window. */
export interface MenuPlace {
  readonly x: number
  readonly y: number
}

/** A finger that rests so long asks for the menu, in milliseconds: where the browser does not say so itself (iOS). */
const LONG_PRESS = 550
/** Fingers are never quite still, in CSS pixels. */
const STILL = 8

/** The timeline's menu: the right button, a long press, the menu key. The cursor goes to the event that is pointed at. */
export const useMenu = (app: StoreApi<AppState>, picture: Picture | undefined, scroller: RefObject<HTMLElement | null>, gutter: number): readonly [MenuPlace | undefined, () => void] => {
  const [place, setPlace] = useState<MenuPlace>()
  useEffect(() => {
    const element = scroller.current
    if (element === null || picture === undefined) return undefined
    const controller = new AbortController()
    const { signal } = controller
    let pressed: { readonly x: number; readonly y: number; readonly timer: ReturnType<typeof setTimeout> } | undefined
    const release = (): void => {
      clearTimeout(pressed?.timer)
      pressed = undefined
    }
    const ask = (x: number, y: number): void => {
      release()
      const box = element.getBoundingClientRect()
      const hit = x - box.left < gutter ? undefined : hitTest(picture.view(), x - box.left - gutter, y - box.top)
      if (hit !== undefined) app.getState().moveTo(hit.seq)
      setPlace({ x, y })
    }
    element.addEventListener('contextmenu', (event) => {
      event.preventDefault()
      // The menu key has no place of its own: the middle of what has the focus is near the cursor.
      const byKey = event.button !== 2 && pressed === undefined
      if (!byKey) return ask(event.clientX, event.clientY)
      const { left, top, width, height } = (event.target as Element).getBoundingClientRect()
      setPlace({ x: left + width / 2, y: top + height })
    }, { signal })
    element.addEventListener('pointerdown', ({ pointerType, isPrimary, clientX: x, clientY: y }) => {
      release()
      if (pointerType === 'touch' && isPrimary) pressed = { x, y, timer: setTimeout(() => ask(x, y), LONG_PRESS) }
    }, { signal })
    element.addEventListener('pointermove', ({ clientX, clientY }) => {
      if (pressed !== undefined && Math.hypot(clientX - pressed.x, clientY - pressed.y) > STILL) release()
    }, { signal })
    for (const end of ['pointerup', 'pointercancel'] as const) element.addEventListener(end, release, { signal })
    return () => {
      release()
      controller.abort()
    }
  }, [app, picture, scroller, gutter])
  return [place, () => setPlace(undefined)]
}
