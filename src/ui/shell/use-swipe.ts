import { useMemo, type TouchEvent } from 'react'
import { runCommand } from '../commands/commands.ts'

/** How far a finger goes, in CSS pixels, before it means a step. */
const SWIPE = 40

/** A swipe to the left steps on, to the right back. */
export const useSwipe = () =>
  useMemo(() => {
    let from: { readonly x: number; readonly y: number } | undefined
    return {
      onTouchStart: ({ touches: { 0: touch } }: TouchEvent) => {
        from = touch === undefined ? undefined : { x: touch.clientX, y: touch.clientY }
      },
      onTouchEnd: ({ changedTouches: { 0: touch } }: TouchEvent) => {
        if (from === undefined || touch === undefined) return
        const [dx, dy] = [touch.clientX - from.x, touch.clientY - from.y]
        from = undefined
        if (Math.abs(dx) > SWIPE && Math.abs(dx) > 2 * Math.abs(dy)) runCommand(dx < 0 ? 'step' : 'back')
      },
    }
  }, [])
