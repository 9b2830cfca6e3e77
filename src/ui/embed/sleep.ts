import { endPast } from '../session/past.ts'
import { putAway, startRun } from '../session/run.ts'
import { app } from '../state/store.ts'

/** Off screen for so many milliseconds, it sleeps: who scrolls past comes back at once. */
const PATIENCE = 1500

/**
 * Calls `wake` when the embed is first seen. Off screen its machine is put away: all frames of one site share a few dozen live
 * memories, and a page of slides has many frames. What has been recorded stays; a run that was not over begins again when it is seen.
 */
export const sleepOffScreen = (element: Element, wake: () => void): (() => void) => {
  let awake = false
  let broken: { readonly cursor: number } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const fallAsleep = (): void => {
    const { phase, cursor, arrange } = app.getState()
    broken = phase === 'loading' || phase === 'running' || phase === 'waiting' ? { cursor } : undefined
    arrange({ playing: false })
    putAway()
    endPast()
  }
  const wakeUp = (): void => {
    if (!awake) {
      awake = true
      wake()
      return
    }
    const { recipe } = app.getState()
    if (broken !== undefined && recipe !== undefined) void startRun({ recipe, cursor: broken.cursor })
    broken = undefined
  }
  const observer = new IntersectionObserver((entries) => {
    clearTimeout(timer)
    if (entries.at(-1)?.isIntersecting === true) wakeUp()
    else if (awake) timer = setTimeout(fallAsleep, PATIENCE)
  })
  observer.observe(element)
  return () => {
    clearTimeout(timer)
    observer.disconnect()
  }
}
